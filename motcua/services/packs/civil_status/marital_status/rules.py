"""Tình trạng hôn nhân: the end of a marriage is past and after one's own birth."""

from collections.abc import Mapping
from datetime import date

from motcua.kernel.forms import Refusal


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of an application for a certificate of marital status."""
    ended_on = str(answers.get("marriage_ended_on", ""))
    born_on = str(answers.get("requester_born_on", ""))
    if not ended_on:
        return []
    if ended_on > today.isoformat():
        return [Refusal(field="marriage_ended_on", message="Ngày này ở tương lai.")]
    if born_on and ended_on <= born_on:
        message = "Ngày này phải sau ngày sinh của bạn."
        return [Refusal(field="marriage_ended_on", message=message)]
    return []
