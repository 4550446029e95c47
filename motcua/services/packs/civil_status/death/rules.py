"""Khai tử: what the dates must agree on."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from motcua.kernel.forms import Refusal


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of a death registration; dates are ISO text, so they compare as they stand."""
    born_on, died_on = (str(answers.get(key, "")) for key in ("deceased_born_on", "died_on"))
    notice_on = str(answers.get("notice_on", ""))
    refusals: list[Refusal] = []
    if died_on > today.isoformat():
        refusals.append(Refusal(field="died_on", message=_("Ngày này chưa tới. Bạn xem lại.")))
    if born_on and died_on and died_on < born_on:
        refusals.append(
            Refusal(field="died_on", message=_("Ngày mất trước ngày sinh. Bạn xem lại hai ngày."))
        )
    if notice_on and died_on and notice_on < died_on:
        message = _("Ngày của giấy báo tử trước ngày mất. Bạn xem lại trên giấy.")
        refusals.append(Refusal(field="notice_on", message=message))
    own, theirs = (answers.get(f"{who}_personal_number") for who in ("requester", "deceased"))
    if own and own == theirs:
        message = _("Đây là số định danh của bạn. Bạn ghi số của người đã mất, hoặc để trống.")
        refusals.append(Refusal(field="deceased_personal_number", message=message))
    return refusals
