"""Điều hành: what a leader reads adds up, and every number opens the dossiers behind it."""

import pytest
from playwright.sync_api import expect

from e2e.api.births import sends_a_birth
from e2e.api.client import program, token_of
from e2e.journeys.citizen import TUYET
from e2e.journeys.waiting import eventually

RECEIVED, IN_PROCESS = "Tiếp nhận", "Đang giải quyết"


@pytest.fixture
def counted(playwright, city, a_citizen, an_officer):
    """A dossier received just now; the worker counts the city again each minute."""
    page = a_citizen(TUYET).page
    code = sends_a_birth(program(playwright, city, token_of(page, city)))
    ngan = an_officer("ngan")
    ngan.opens_dossier(code)
    ngan.does("Tiếp nhận")
    return code


def test_the_parts_sum_to_the_whole_down_to_the_dossiers(an_officer, counted):
    leader = an_officer("thanh")
    page = leader.page

    def listed() -> bool:
        leader.opens("/dieu-hanh")
        return page.locator("#don-vi tbody tr").count() > 0

    eventually(page, listed)
    heads = page.locator("#don-vi thead th").all_inner_texts()
    rows = [
        row.locator("th, td").all_inner_texts() for row in page.locator("#don-vi tbody tr").all()
    ]
    total = page.locator("#don-vi tfoot tr").locator("th, td").all_inner_texts()
    for name in (RECEIVED, IN_PROCESS):
        column = heads.index(name)
        parts = [int(row[column].replace(".", "") or 0) for row in rows]
        assert sum(parts) == int(total[column].replace(".", "")), name

    whole = int(total[heads.index(RECEIVED)].replace(".", ""))
    page.get_by_role("link", name="Tiếp nhận,").first.click()
    expect(page.locator("table.table tbody tr")).to_have_count(min(whole, 20))
