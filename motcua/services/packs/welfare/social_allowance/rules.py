"""Trợ cấp xã hội: the age that each group asks for."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from motcua.kernel.forms import Refusal

LAW = "Nghị định 20/2021/NĐ-CP, Điều 5"


class Ages(NamedTuple):
    """Full years, half open: from `least` to below `below`."""

    least: int
    below: int


OLDEST = 200
EARLIEST_YEAR = 1900
AGES: Mapping[str, Ages] = {
    "orphan": Ages(0, 16),
    "student": Ages(16, 23),
    "hiv_child": Ages(0, 16),
    "hiv_adult": Ages(16, OLDEST),
    "small_child": Ages(0, 3),
    "elderly": Ages(60, OLDEST),
}


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of an application for the monthly allowance."""
    refusals: list[Refusal] = []
    who = "requester" if answers.get("for_whom") == "self" else "beneficiary"
    born_on = str(answers.get(f"{who}_born_on", ""))
    ages = AGES.get(str(answers.get("group", "")))
    if born_on and ages:
        age = _full_years(date.fromisoformat(born_on), today)
        if not ages.least <= age < ages.below:
            message = _(
                "Người hưởng %(age)d tuổi, diện này dành cho người %(ages)s. "
                "Bạn chọn diện khác, hoặc sửa ngày sinh."
            ) % {"age": age, "ages": _said(ages)}
            refusals.append(Refusal(field="group", message=message, citation=LAW))
    needs_poverty = answers.get("group") in ("hiv_child", "hiv_adult", "elderly", "single_parent")
    if needs_poverty and answers.get("poor") in ("near_poor", "no"):
        message = _(
            "Diện đã chọn chỉ dành cho hộ nghèo. Bạn xem lại diện ở trang trước, hoặc mục này."
        )
        refusals.append(Refusal(field="poor", message=message, citation=LAW))
    members = answers.get("household_members")
    rows = members if isinstance(members, list) else []
    years = [int(row.get("born_year", today.year)) for row in rows]
    if any(not EARLIEST_YEAR <= year <= today.year for year in years):
        message = _("Có năm sinh chưa đúng. Bạn ghi năm từ 1900 đến năm nay.")
        refusals.append(Refusal(field="household_members", message=message))
    return refusals


def _said(ages: Ages) -> str:
    if ages.below == OLDEST:
        return _("từ đủ %(least)d tuổi") % {"least": ages.least}
    if ages.least == 0:
        return _("dưới %(below)d tuổi") % {"below": ages.below}
    return _("từ %(least)d đến %(most)d tuổi") % {"least": ages.least, "most": ages.below - 1}


def _full_years(born_on: date, today: date) -> int:
    had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return today.year - born_on.year - (0 if had_birthday else 1)
