"""Khai sinh: what the answers must agree on with each other."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from motcua.kernel.forms import Refusal


def check(answers: Mapping[str, object], *, today: date) -> list[Refusal]:
    """Refusals of a birth registration; dates are ISO text, so they compare as they stand."""
    born_on = str(answers.get("child_born_on", ""))
    refusals: list[Refusal] = []
    if born_on > today.isoformat():
        refusals.append(
            Refusal(field="child_born_on", message=_("Ngày này chưa tới. Bạn xem lại."))
        )
    for parent in ("mother", "father"):
        field, parent_born_on = _born_on(answers, parent)
        if parent_born_on and born_on and parent_born_on >= born_on:
            message = _("Cha hoặc mẹ sinh sau trẻ. Bạn xem lại ngày sinh này.")
            refusals.append(Refusal(field=field, message=message))
    if _number(answers, "mother") and _number(answers, "mother") == _number(answers, "father"):
        other = "father" if answers.get("relation") == "mother" else "mother"
        message = _("Cha và mẹ đang có cùng số định danh. Bạn xem lại số này.")
        refusals.append(Refusal(field=f"{other}_personal_number", message=message))
    return refusals


def _born_on(answers: Mapping[str, object], parent: str) -> tuple[str, str]:
    """The question that holds the parent's birth date and its answer.

    A parent who applies is asked once, on the applicant's page.
    """
    field = f"{_prefix(answers, parent)}_born_on"
    return field, str(answers.get(field, ""))


def _number(answers: Mapping[str, object], parent: str) -> str:
    return str(answers.get(f"{_prefix(answers, parent)}_personal_number", ""))


def _prefix(answers: Mapping[str, object], parent: str) -> str:
    return "requester" if answers.get("relation") == parent else parent
