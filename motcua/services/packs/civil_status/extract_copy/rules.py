"""Bản sao trích lục: an event is registered after the birth of the person and not in the future."""

from collections.abc import Mapping
from datetime import date

from motcua.kernel.forms import Refusal


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of an application for a copy of an extract."""
    registered_on = str(answers.get("registered_on", ""))
    who = "requester" if answers.get("subject") == "self" else "subject"
    born_on = str(answers.get(f"{who}_born_on", ""))
    refusals: list[Refusal] = []
    if registered_on > today.isoformat():
        refusals.append(Refusal(field="registered_on", message="Ngày đăng ký ở tương lai."))
    if registered_on and born_on and registered_on < born_on:
        message = "Ngày đăng ký phải từ ngày sinh trở đi."
        refusals.append(Refusal(field="registered_on", message=message))
    return refusals
