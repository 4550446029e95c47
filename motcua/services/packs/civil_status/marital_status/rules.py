"""Tình trạng hôn nhân: the end of a marriage is past and after one's own birth."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from motcua.kernel.forms import Refusal

LAW = "Luật Hôn nhân và gia đình 52/2014/QH13, Điều 8"


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of an application for a certificate of marital status."""
    if answers.get("marital_state") == "married" and answers.get("purpose") == "marriage_abroad":
        message = _("Đang có vợ hoặc chồng thì chưa kết hôn được. Bạn chọn việc khác.")
        return [Refusal(field="purpose", message=message, citation=LAW)]
    ended_on = str(answers.get("marriage_ended_on", ""))
    born_on = str(answers.get("requester_born_on", ""))
    if not ended_on:
        return []
    if ended_on > today.isoformat():
        return [Refusal(field="marriage_ended_on", message=_("Ngày này chưa tới. Bạn xem lại."))]
    if born_on and ended_on <= born_on:
        message = _("Ngày này trước ngày sinh của bạn. Bạn xem lại.")
        return [Refusal(field="marriage_ended_on", message=message)]
    return []
