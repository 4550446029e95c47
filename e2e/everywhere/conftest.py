"""The small city behind a live server, with everything that a citizen may have."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Page

from e2e.conftest import OpenContext, watched
from tests.citizen_pages import Neighbourhood, neighbourhood


def _peopled() -> Neighbourhood:
    try:
        return neighbourhood()
    finally:
        connection.close()


@pytest.fixture
def around(site: str, small_city_for_threads: None) -> Neighbourhood:
    """Made beside this thread: signing a paper runs a loop, and Playwright has one here."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(copy_context().run, _peopled).result()


@pytest.fixture
def page_of(
    site: str, around: Neighbourhood, new_context: OpenContext, complaints: list[str]
) -> Callable[[str, str], Page]:
    """`page_of(who, language)`: a browser that is signed in already."""

    def open_one(who: str, language: str) -> Page:
        context = new_context()
        kept = {name: morsel.value for name, morsel in around.browsers[who].cookies.items()}
        kept[settings.LANGUAGE_COOKIE_NAME] = language
        context.add_cookies(
            [{"name": name, "value": value, "url": site} for name, value in kept.items()]
        )
        return watched(context, complaints)

    return open_one
