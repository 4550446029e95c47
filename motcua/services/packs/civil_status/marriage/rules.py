"""Kết hôn: age, freedom to marry, two different people."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from motcua.kernel.forms import Refusal

LAW = "Luật Hôn nhân và gia đình 52/2014/QH13, Điều 8"
AGE = {"nam": 20, "nu": 18}  # full years
SIDES = ("applicant", "partner")


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of a marriage registration."""
    refusals = [*_ages(answers, today), *_free_to_marry(answers)]
    own, theirs = (answers.get(f"{side}_personal_number") for side in SIDES)
    if own and own == theirs:
        message = _("Đây là số định danh của bạn. Bạn ghi số của người kia.")
        refusals.append(Refusal(field="partner_personal_number", message=message))
    signing_on = str(answers.get("signing_on", ""))
    if signing_on and signing_on < today.isoformat():
        refusals.append(
            Refusal(
                field="signing_on",
                message=_("Ngày này đã qua. Bạn chọn hôm nay hoặc một ngày sau."),
            )
        )
    return refusals


def _ages(answers: Mapping[str, object], today: date) -> Iterator[Refusal]:
    """Legal: a man from 20, a woman from 18 full years (Law 52/2014/QH13 Art. 8(1)(a))."""
    for side in SIDES:
        born_on = str(answers.get(f"{side}_born_on", ""))
        least = AGE.get(str(answers.get(f"{side}_sex", "")))
        if born_on and least and _full_years(date.fromisoformat(born_on), today) < least:
            message = _(
                "Chưa đủ %(least)d tuổi thì chưa đăng ký kết hôn được. "
                "Ghi sai thì bạn sửa ngày sinh."
            ) % {"least": least}
            yield Refusal(field=f"{side}_born_on", message=message, citation=LAW)


def _free_to_marry(answers: Mapping[str, object]) -> Iterator[Refusal]:
    for side in SIDES:
        field = f"{side}_marital_status"
        if answers.get(field) == "MARRIED":
            message = _(
                "Đang có vợ hoặc chồng thì chưa đăng ký kết hôn được. "
                "Cơ sở dữ liệu ghi sai thì bạn sửa mục này, cán bộ sẽ đối chiếu."
            )
            yield Refusal(field=field, message=message, citation=LAW)


def _full_years(born_on: date, today: date) -> int:
    had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return today.year - born_on.year - (0 if had_birthday else 1)
