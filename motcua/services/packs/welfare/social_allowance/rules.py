"""Trợ cấp xã hội: the age that each group asks for."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from motcua.kernel.forms import Refusal

LAW = "Nghị định 20/2021/NĐ-CP, Điều 5"


class Ages(NamedTuple):
    """Full years, half open: from `least` to below `below`."""

    least: int
    below: int


OLDEST = 200
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
            message = f"Người hưởng {age} tuổi, diện đã chọn là {_said(ages)}."
            refusals.append(Refusal(field="group", message=message, citation=LAW))
    needs_poverty = answers.get("group") in ("hiv_child", "hiv_adult", "elderly", "single_parent")
    if needs_poverty and answers.get("poor") in ("near_poor", "no"):
        message = "Diện đã chọn chỉ dành cho hộ nghèo."
        refusals.append(Refusal(field="poor", message=message, citation=LAW))
    return refusals


def _said(ages: Ages) -> str:
    if ages.below == OLDEST:
        return f"từ đủ {ages.least} tuổi"
    if ages.least == 0:
        return f"dưới {ages.below} tuổi"
    return f"từ {ages.least} đến {ages.below - 1} tuổi"


def _full_years(born_on: date, today: date) -> int:
    had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return today.year - born_on.year - (0 if had_birthday else 1)
