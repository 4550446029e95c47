"""The API explained to people who read: whole, and without anything from elsewhere."""

import re

import pytest

from motcua.kernel.addresses import operations

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(client) -> str:
    return client.get("/api/v1/docs").content.decode()


def test_every_operation_stands_on_the_page(text):
    assert [one.address for one in operations() if f"{one.methods} {one.address}" not in text] == []


def test_an_operation_says_who_may_call_it_what_it_takes_and_gives(text):
    start = text.index("POST /api/v1/dossiers/{code}/steps")
    told = text[start : text.index("</article>", start)]

    assert "Ai được gọi: cán bộ" in told
    assert "409" in told and "case_moved" in told
    assert "StepIn" in told and "StepOut" in told


def test_shapes_name_their_fields_and_words(text):
    assert ">StepIn<" in text
    assert "seen_version" in text
    assert "WORKING_DAY" in text


def test_nothing_is_loaded_from_elsewhere(text):
    assert re.findall(r'(?:src|href)="https?://', text) == []
