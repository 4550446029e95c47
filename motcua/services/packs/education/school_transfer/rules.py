"""Chuyển trường: two schools, a day to come, parent and pupil are two people."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from motcua.kernel.forms import Refusal
from motcua.kernel.text import fold


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of a school transfer."""
    refusals: list[Refusal] = []
    schools = [fold(str(answers.get(key, ""))).strip() for key in ("from_school", "to_school")]
    if schools[0] and schools[0] == schools[1] and answers.get("from_place") == "city":
        message = _("Hai trường trùng nhau. Bạn xem lại tên trường chuyển đến.")
        refusals.append(Refusal(field="to_school", message=message))
    own, pupil = (answers.get(f"{who}_personal_number") for who in ("requester", "pupil"))
    if own and own == pupil:
        message = _("Đây là số định danh của bạn. Bạn ghi số của học sinh.")
        refusals.append(Refusal(field="pupil_personal_number", message=message))
    born = [str(answers.get(f"{who}_born_on", "")) for who in ("requester", "pupil")]
    if all(born) and born[1] <= born[0]:
        message = _("Học sinh sinh trước phụ huynh. Bạn xem lại ngày sinh của học sinh.")
        refusals.append(Refusal(field="pupil_born_on", message=message))
    starts_on = str(answers.get("starts_on", ""))
    if starts_on and starts_on < today.isoformat():
        refusals.append(
            Refusal(
                field="starts_on", message=_("Ngày này đã qua. Bạn chọn hôm nay hoặc một ngày sau.")
            )
        )
    return refusals
