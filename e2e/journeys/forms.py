"""Answering the questions of a page as a person reads them: by their label."""

import re
from collections.abc import Mapping
from datetime import date

from playwright.sync_api import Locator, Page

from e2e.journeys.hands import POINTER, Pointer

Answer = str | bool | date | tuple[str, str]  # a tuple is an address: commune, street


def answer(page: Page, label: str, said: Answer, hand: Pointer = POINTER) -> None:
    """Wait until the page asks it, then say it."""
    group = page.get_by_role("group", name=_starting_with(label)).last
    line = page.get_by_label(_starting_with(label)).and_(page.locator("input, select, textarea"))
    _asks(page, label).first.wait_for()
    if group.count():
        _answer_group(group, said, hand)
    elif line.first.evaluate("field => field.tagName") == "SELECT":
        hand.choose(line.first, str(said))
    else:
        hand.write(line.first, str(said))


def fill(page: Page, answers: Mapping[str, Answer], hand: Pointer = POINTER) -> None:
    """Without script a question that depends on another one is asked after the page was saved."""
    scripted = page.locator("html.scripted").count()
    for label, said in answers.items():
        if not scripted and not _asks(page, label).count():
            hand.press(page.get_by_role("button", name="Lưu và tiếp tục"))
        answer(page, label, said, hand)


def _asks(page: Page, label: str) -> Locator:
    named = _starting_with(label)
    return page.get_by_role("group", name=named).or_(page.get_by_label(named))


def _answer_group(group: Locator, said: Answer, hand: Pointer) -> None:
    if isinstance(said, date):
        for part, value in (("Ngày", said.day), ("Tháng", said.month), ("Năm", said.year)):
            hand.write(group.get_by_label(part, exact=True), str(value))
    elif isinstance(said, tuple):
        ward, street = said
        hand.choose(group.get_by_label("Phường, xã, đặc khu"), ward)
        hand.write(group.get_by_label("Số nhà, đường, khu phố, ấp"), street)
    elif said is True:
        hand.check(group.get_by_role("checkbox"))
    else:
        hand.check(group.get_by_label(str(said), exact=True))


def _starting_with(label: str) -> re.Pattern[str]:
    """A label may go on with «(không bắt buộc)»."""
    return re.compile(rf"^\s*{re.escape(label)}(\s*\(.*)?\s*$")
