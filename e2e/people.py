"""Fixtures: people with browsers of their own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.browser import DESKTOP, PHONE
from e2e.conftest import PATIENCE, OpenContext, watched
from e2e.journeys.citizen import Citizen
from e2e.journeys.officer import Officer
from e2e.living_city import City

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def new_page(new_context: OpenContext, complaints: list[str]) -> Callable[..., Page]:
    def open_one(**more: object) -> Page:
        context = new_context(**more)
        return watched(context, complaints)

    return open_one


@pytest.fixture
def a_citizen(city: City, new_page: Callable[..., Page]) -> Callable[..., Citizen]:
    """`a_citizen(TUYET)`: signed in, on a phone of her own."""

    def make(personal_number: str = "", **more: object) -> Citizen:
        browser = {"viewport": PHONE, "has_touch": True, "is_mobile": True, **more}
        citizen = Citizen(new_page(**browser), city)
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
