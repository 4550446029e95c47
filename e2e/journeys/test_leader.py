"""Điều hành: what a leader reads adds up, and every number opens the dossiers behind it."""

import pytest
from playwright.sync_api import Locator, Page

from e2e.api.births import sends_a_birth
from e2e.api.client import program, token_of
from e2e.journeys.citizen import TUYET
from e2e.journeys.waiting import eventually

RECEIVED, IN_PROCESS = "Tiếp nhận", "Đang giải quyết"
LISTED = 50  # lines of one page


@pytest.fixture
def counted(playwright, city, a_citizen, an_officer):
    """A dossier received just now; the worker counts the city again each minute."""
    page = a_citizen(TUYET).page
    code = sends_a_birth(program(playwright, city, token_of(page, city)))
    ngan = an_officer("ngan")
    ngan.opens_dossier(code)
    ngan.does("Tiếp nhận")
    return code


def test_the_parts_sum_to_the_whole_down_to_the_dossiers(an_officer, counted, shot):
    leader = an_officer("thanh")
    page = leader.page

    def whole() -> int:
        leader.opens("/dieu-hanh")
        return table(page)[1].get(RECEIVED, 0)

    eventually(page, whole)
    shot(page, "leader")
    rows, total = table(page)
    for name in (RECEIVED, IN_PROCESS):
        assert sum(row[name] for row in rows) == total[name], name

    def the_list_is_as_long() -> bool:
        """The board counts each minute, the list at once: they meet when nothing comes in."""
        number = whole()
        page.get_by_role("link", name="Tiếp nhận,").first.click()
        page.wait_for_url("**/danh-sach**")
        listed = page.locator("table.table tbody tr").count()
        return listed == min(number, LISTED)

    eventually(page, the_list_is_as_long)
    page.locator("table.table tbody a").first.click()
    assert "H29." in leader.reads()


def table(page: Page) -> tuple[list[dict[str, int]], dict[str, int]]:
    """Rows and the total of the table of units, by the head of the column."""
    heads = page.locator("#don-vi thead th").all_inner_texts()
    body = [numbers(heads, row) for row in page.locator("#don-vi tbody tr").all()]
    foot = [numbers(heads, row) for row in page.locator("#don-vi tfoot tr").all()]
    return body, foot[0] if foot else {}


def numbers(heads: list[str], row: Locator) -> dict[str, int]:
    told = zip(heads, row.locator("th, td").all_inner_texts(), strict=False)
    whole = {head: text.replace(".", "").strip() for head, text in told}
    return {head: int(text) for head, text in whole.items() if text.isdigit()}
