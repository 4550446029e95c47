"""Journeys in a real browser.

`site`: our pages on a free loopback port, with the empty database of the test (fast).
`city`: the whole city as `./run` starts it, seeded, with worker and simulators (once a run).
`page_phone`, `page_desktop`: a fresh browser for each test; `axe(page)`; `shot(page, name)`.
"""

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from pytest_django.live_server_helper import LiveServer

from e2e.browser import (
    ARGUMENTS,
    DESKTOP,
    PHONE,
    THEMES,
    chromium,
    picture,
    scrolls_sideways,
    set_theme,
    violations,
)
from e2e.living_city import City, living_city
from motcua.ui import assets

HERE = Path(__file__).parent
SHOTS = HERE.parent / "docs" / "screenshots"
FAILED = HERE.parent / "var" / "e2e" / "failed"
PATIENCE = 30_000  # ms; nothing waits by the clock, this is for a machine with much else to do
KEEP_SHOTS = "E2E_SHOTS"  # set it to renew the pictures of the documentation

# Playwright's synchronous API runs a loop in this thread; Django would refuse the database in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.e2e)
    if ours and not chromium():
        config.hook.pytest_deselected(items=ours)
        items[:] = [item for item in items if item not in ours]
        config.stash[_MISSING] = len(ours)


_MISSING = pytest.StashKey[int]()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    count = config.stash.get(_MISSING, 0)
    if count:
        terminalreporter.write_line("")
        terminalreporter.write_line(
            f"##  NO CHROMIUM: {count} browser tests were NOT run. "
            "Install the package chromium, or name it in CHROMIUM.  ##",
            red=True,
            bold=True,
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed journey leaves its pages as they were, in var/e2e/failed."""
    report = yield
    browser = getattr(item, "funcargs", {}).get("browser")
    if report.failed and browser:
        pages = [page for context in browser.contexts for page in context.pages]
        for number, page in enumerate(pages):
            path = FAILED / f"{item.name}-{number}.png"
            page.screenshot(path=path, full_page=True)
            report.sections.append(("page", f"{page.url}\n{path}"))
    return report


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    yield started
    started.close()


@pytest.fixture(scope="session")
def built() -> None:
    """The typeface and htmx, as `./run` makes them before it opens."""
    assets.build()


@pytest.fixture
def site(built: None, live_server: LiveServer) -> str:
    """The address of our pages, without data and without worker."""
    return str(live_server.url)


@pytest.fixture(scope="session")
def worker_name() -> str:
    """Each process of pytest-xdist has a city of its own."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def city(worker_name: str) -> Iterator[City]:
    """The whole city. Its data live as long as the run: tests must not disturb each other's."""
    with living_city(worker_name) as started:
        yield started


OpenContext = Callable[..., BrowserContext]


@pytest.fixture
def new_context(browser: Browser) -> Iterator[OpenContext]:
    """Another person's browser: `new_context(viewport=…)`; closed after the test."""
    opened: list[BrowserContext] = []

    def open_one(**more: Any) -> BrowserContext:
        context = browser.new_context(
            **{"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", **more}
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


def watched(context: BrowserContext, complaints: list[str]) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda line: complaints.append(line.text) if _is_ours(line.type, line.text) else None,
    )
    return page


def _is_ours(kind: str, text: str) -> bool:
    """A refused page (404, 422) is told to the console by the browser itself."""
    return kind == "error" and "Failed to load resource" not in text


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browser complained of: script errors, refused inline code. Must stay empty."""
    heard: list[str] = []
    yield heard
    assert heard == []


@pytest.fixture
def page_phone(new_context: OpenContext, complaints: list[str]) -> Page:
    return watched(new_context(viewport=PHONE, has_touch=True, is_mobile=True), complaints)


@pytest.fixture
def page_desktop(new_context: OpenContext, complaints: list[str]) -> Page:
    return watched(new_context(viewport=DESKTOP), complaints)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)`: no broken rule in light and dark, nothing sticking out."""

    def check(page: Page) -> None:
        chosen = page.evaluate("document.documentElement.dataset.theme")
        for theme in THEMES:
            set_theme(page, theme)
            assert violations(page) == [], f"{page.url} in {theme}"
        set_theme(page, chosen)
        assert not scrolls_sideways(page), f"{page.url} is wider than its window"

    return check


@pytest.fixture
def shot(tmp_path: Path) -> Callable[[Page, str], Path]:
    """`shot(page, "tracker")` keeps tracker-phone.png or tracker-desktop.png for the docs."""

    def take(page: Page, name: str) -> Path:
        size = page.viewport_size or DESKTOP
        folder = SHOTS if os.environ.get(KEEP_SHOTS) else tmp_path
        path = folder / f"{name}-{'phone' if size['width'] < 600 else 'desktop'}.png"
        picture(page, path)
        return path

    return take
