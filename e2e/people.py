"""Fixtures: people with browsers of their own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.browser import DESKTOP, PHONE
from e2e.conftest import PATIENCE, OpenContext, watched
from e2e.journeys.album import KEEP, Album
from e2e.journeys.citizen import Citizen
from e2e.journeys.hands import POINTER, Pointer
from e2e.journeys.officer import Officer
from e2e.living_city import City

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def album() -> Iterator[Callable[..., Album]]:
    """`album("birth", title=…, about=…)`: keeps its pictures where JOURNEYS names a folder."""
    opened: list[Album] = []
    kept_in = os.environ.get(KEEP, "")

    def open_one(name: str, *, title: str, about: str) -> Album:
        folder = Path(kept_in) / name if kept_in else None
        opened.append(Album(title=title, about=about, folder=folder))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


@pytest.fixture
def new_page(new_context: OpenContext, complaints: list[str]) -> Callable[..., Page]:
    def open_one(**more: object) -> Page:
        context = new_context(**more)
        return watched(context, complaints)

    return open_one


@pytest.fixture
def a_citizen(city: City, new_page: Callable[..., Page]) -> Callable[..., Citizen]:
    """`a_citizen(TUYET)`: signed in, on a phone of her own. hand: how she works it."""

    def make(personal_number: str = "", *, hand: Pointer = POINTER, **more: object) -> Citizen:
        browser = {"viewport": PHONE, "has_touch": True, "is_mobile": True, **more}
        citizen = Citizen(new_page(**browser), city, hand=hand)
        if personal_number:
            citizen.signs_in(personal_number)
        return citizen

    return make


@pytest.fixture
def an_officer(city: City, new_page: Callable[..., Page]) -> Callable[..., Officer]:
    """`an_officer("khue")`: signed in, at a desk of the officer's own."""

    def make(username: str, **more: object) -> Officer:
        officer = Officer(new_page(**{"viewport": DESKTOP, **more}), city)
        officer.signs_in(username)
        return officer

    return make
