"""Kết hôn: age, freedom to marry, two different people."""

from collections.abc import Iterator, Mapping
from datetime import date

from motcua.kernel.forms import Refusal

LAW = "Luật Hôn nhân và gia đình 52/2014/QH13, Điều 8"
AGE = {"nam": 20, "nu": 18}  # full years
SIDES = (("applicant", "Bạn"), ("partner", "Người bạn sẽ kết hôn"))


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of a marriage registration."""
    refusals = [*_ages(answers, today), *_free_to_marry(answers)]
    own, theirs = (answers.get(f"{side}_personal_number") for side, _words in SIDES)
    if own and own == theirs:
        message = "Hai bên không thể có cùng số định danh."
        refusals.append(Refusal(field="partner_personal_number", message=message))
    signing_on = str(answers.get("signing_on", ""))
    if signing_on and signing_on < today.isoformat():
        refusals.append(Refusal(field="signing_on", message="Ngày đến ký đã qua."))
    return refusals


def _ages(answers: Mapping[str, object], today: date) -> Iterator[Refusal]:
    """Legal: a man from 20, a woman from 18 full years (Law 52/2014/QH13 Art. 8(1)(a))."""
    for side, words in SIDES:
        born_on = str(answers.get(f"{side}_born_on", ""))
        least = AGE.get(str(answers.get(f"{side}_sex", "")))
        if born_on and least and _full_years(date.fromisoformat(born_on), today) < least:
            message = f"{words} chưa đủ {least} tuổi nên chưa đăng ký kết hôn được."
            yield Refusal(field=f"{side}_born_on", message=message, citation=LAW)


def _free_to_marry(answers: Mapping[str, object]) -> Iterator[Refusal]:
    for side, words in SIDES:
        field = f"{side}_marital_status"
        if answers.get(field) == "MARRIED":
            message = f"{words} đang có vợ hoặc chồng nên chưa đăng ký kết hôn được."
            yield Refusal(field=field, message=message, citation=LAW)


def _full_years(born_on: date, today: date) -> int:
    had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return today.year - born_on.year - (0 if had_birthday else 1)
