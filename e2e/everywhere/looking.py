"""One page looked at in every way: in two languages, two themes, two widths, and narrower still."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from e2e.browser import DESKTOP, PHONE, RULES, THEMES, scrolls_sideways, set_theme

NARROWEST = 320
LARGEST = "() => Object.assign(document.documentElement.dataset, {text: '150', help: ''})"
# What a theme can change; the other rules were asked in the first one.
OF_COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
RUN = """options => axe.run(document, {...options, resultTypes: ["violations"]}).then(
  found => found.violations.map(rule => [rule.id, rule.nodes.slice(0, 3).map(node => node.html)]))
"""
# Labels of the tab bar that touch the one before them read as one word.
TOUCHING = """() => {
  const label = tab => [...tab.childNodes].find(node => node.nodeType === Node.TEXT_NODE);
  const place = tab => {
    const range = document.createRange();
    range.selectNodeContents(label(tab));
    return range.getBoundingClientRect();
  };
  const tabs = [...document.querySelectorAll(".tabbar a")];
  return tabs.slice(1).filter((tab, before) => place(tab).left - place(tabs[before]).right < 3)
    .map(tab => label(tab).textContent.trim());
}"""


@dataclass(slots=True)
class Seen:
    """What was looked at, and what was wrong."""

    pages: int = 0
    modes: int = 0
    faults: list[str] = field(default_factory=list)


def look(page: Page, url: str, language: str, seen: Seen) -> None:
    """The page as it comes, then by width and theme; what is wrong goes into `seen`."""
    page.set_viewport_size(PHONE)
    page.goto(url)
    seen.pages += 1
    found = [*_of_the_document(page, language)]
    page.evaluate(AXE_SCRIPT)
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        for theme in THEMES:
            set_theme(page, theme)
            rules = RULES if theme == THEMES[0] else OF_COLOUR
            seen.modes += 1
            found += [f"{theme}, {size['width']}: {rule}" for rule in _broken(page, rules)]
    found += _too_wide(page)
    page.evaluate(LARGEST)
    found += [f"in large text and helper mode: {fault}" for fault in _too_wide(page)]
    seen.faults += [f"{url} in {language}: {fault}" for fault in found]


def _broken(page: Page, options: object) -> list[str]:
    """One line a rule. axe is in the page already."""
    found = page.evaluate(RUN, options)
    return [f"{rule}: {' | '.join(html[:200] for html in nodes)}" for rule, nodes in found]


def _of_the_document(page: Page, language: str) -> Iterator[str]:
    if page.locator("html").get_attribute("lang") != language:
        yield "is in another language"
    headings = page.locator("h1:visible").count()
    if headings != 1:
        yield f"has {headings} first headings"


def _too_wide(page: Page) -> Iterator[str]:
    for width in (PHONE["width"], NARROWEST):
        page.set_viewport_size({"width": width, "height": PHONE["height"]})
        if scrolls_sideways(page):
            yield f"is wider than {width}"
        for words in page.evaluate(TOUCHING):
            yield f"«{words}» touches its neighbour at {width}"
