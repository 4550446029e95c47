"""Waiting for what the worker does: look again until it is there, never for a fixed time."""

import time
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Locator, Page

PATIENCE = 90.0  # seconds; periodic work comes once a minute
BETWEEN_LOOKS = 250  # milliseconds

T = TypeVar("T")


def eventually(page: Page, look: Callable[[], T]) -> T:
    """The first answer that is true."""
    deadline = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < deadline, f"not there in {PATIENCE} s; the page is {page.url}"
        page.wait_for_timeout(BETWEEN_LOOKS)
    return found


def until(page: Page, wanted: Locator) -> None:
    """Reload the page until it shows what is wanted."""

    def look() -> bool:
        if wanted.count():
            return True
        page.reload()
        return wanted.count() > 0

    eventually(page, look)
