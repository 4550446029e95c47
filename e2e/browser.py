"""The system's Chromium, how it is started, and what the accessibility rules are."""

import os
import shutil
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
THEMES = ("light", "dark")
LONGEST = 1_600  # pixels of a picture


def chromium() -> str:
    """Where it is, by CHROMIUM or on the path; empty when there is none."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        return named if Path(named).is_file() else ""
    return next((found for name in NAMES if (found := shutil.which(name))), "")


def set_theme(page: Page, theme: str) -> None:
    """As the theme button does, without leaving the page."""
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)


def violations(page: Page) -> list[str]:
    """One line for each broken rule, with the first elements that break it."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: "
        + "; ".join(node["html"][:160] for node in rule["nodes"][:3])
        for rule in found
    ]


def scrolls_sideways(page: Page) -> bool:
    """The page is wider than its window: something sticks out."""
    # not innerWidth: the window of a phone grows with what sticks out
    wider = "root => root.scrollWidth > root.clientWidth"
    return bool(page.locator("html").evaluate(wider))


def picture(page: Page, path: Path) -> None:
    """The page down to LONGEST, with the window as high so that fixed bars stay at its end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size or DESKTOP
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(max(height, 1), LONGEST)})
    page.screenshot(path=path)
    page.set_viewport_size(size)
