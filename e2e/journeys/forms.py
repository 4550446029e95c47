"""Answering the questions of a page as a person reads them: by their label."""

import re
from collections.abc import Mapping
from datetime import date

from playwright.sync_api import Locator, Page

Answer = str | bool | date | tuple[str, str]  # a tuple is an address: commune, street


def answer(page: Page, label: str, said: Answer) -> None:
    """Wait until the page asks it, then say it."""
    group = page.get_by_role("group", name=_starting_with(label)).last
    line = page.get_by_label(_starting_with(label)).and_(page.locator("input, select, textarea"))
    _asks(page, label).first.wait_for()
    if group.count():
        _answer_group(group, said)
    elif line.first.evaluate("field => field.tagName") == "SELECT":
        line.first.select_option(label=str(said))
    else:
        line.first.fill(str(said))


def fill(page: Page, answers: Mapping[str, Answer]) -> None:
    """Without script a question that depends on another one is asked after the page was saved."""
    scripted = page.locator("html.scripted").count()
    for label, said in answers.items():
        if not scripted and not _asks(page, label).count():
            page.get_by_role("button", name="Lưu và tiếp tục").click()
        answer(page, label, said)


def _asks(page: Page, label: str) -> Locator:
    named = _starting_with(label)
    return page.get_by_role("group", name=named).or_(page.get_by_label(named))


def _answer_group(group: Locator, said: Answer) -> None:
    if isinstance(said, date):
        for part, value in (("Ngày", said.day), ("Tháng", said.month), ("Năm", said.year)):
            group.get_by_label(part, exact=True).fill(str(value))
    elif isinstance(said, tuple):
        ward, street = said
        group.get_by_label("Phường, xã, đặc khu").select_option(label=ward)
        group.get_by_label("Số nhà, đường, khu phố, ấp").fill(street)
    elif said is True:
        group.get_by_role("checkbox").check()
    else:
        group.get_by_label(str(said), exact=True).check()


def _starting_with(label: str) -> re.Pattern[str]:
    """A label may go on with «(không bắt buộc)»."""
    return re.compile(rf"^\s*{re.escape(label)}(\s*\(.*)?\s*$")
