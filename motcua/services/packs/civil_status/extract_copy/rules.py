"""Bản sao trích lục: an event is registered after the birth of the person and not in the future."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from motcua.kernel.forms import Refusal


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of an application for a copy of an extract."""
    registered_on = str(answers.get("registered_on", ""))
    is_own = "self" in (answers.get("relation"), answers.get("subject"))
    who = "requester" if is_own else "subject"
    born_on = str(answers.get(f"{who}_born_on", ""))
    refusals: list[Refusal] = []
    if is_own and answers.get("event_kind") == "death":
        message = _("Trích lục khai tử là của người khác. Bạn quay lại trang trước và chọn lại.")
        refusals.append(Refusal(field="event_kind", message=message))
    if registered_on > today.isoformat():
        refusals.append(
            Refusal(field="registered_on", message=_("Ngày này chưa tới. Bạn xem lại."))
        )
    if registered_on and born_on and registered_on < born_on:
        message = _("Ngày đăng ký trước ngày sinh. Bạn xem lại hai ngày.")
        refusals.append(Refusal(field="registered_on", message=message))
    return refusals
