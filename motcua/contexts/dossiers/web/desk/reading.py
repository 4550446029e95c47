"""Đọc biểu mẫu của bàn làm việc: from what an officer typed to the command of a step."""

from datetime import datetime, time

from django.http import QueryDict

from motcua.contexts.casework.contracts import ActionKind
from motcua.contexts.dossiers.contracts import DeskView, TakeStep
from motcua.contexts.dossiers.contracts.joint import AssigneeNeeded
from motcua.contexts.dossiers.web.desk.deciding import MISDIRECTED
from motcua.contexts.dossiers.web.desk.items import items_of
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.errors import Invalid
from motcua.kernel.forms.dates import day_of_parts
from motcua.kernel.money import dong_in
from motcua.kernel.text import whole
from motcua.kernel.web import uuid_of

END_OF_DAY = time(17)


class DateMalformed(Invalid):
    sentence = "Bạn ghi ngày theo thứ tự ngày, tháng, năm, như 25/11/2026."


class AmountMalformed(Invalid):
    sentence = "Bạn ghi số tiền bằng chữ số, như 150.000."


def command_of(view: DeskView, action: str, typed: QueryDict) -> TakeStep:
    """From the typed words alone, so that the same form sent twice is the same command.

    What must not be empty, the action refuses, but for whom an assignment names: other ways into
    a step need nobody. Raises: DateMalformed, AmountMalformed, AssigneeNeeded.
    """
    assignee = uuid_of(typed.get("assignee", ""))
    if assignee is None and _names_somebody(view, action):
        raise AssigneeNeeded(field="assignee")
    return TakeStep(
        code=view.dossier.code,
        action=action,
        seen_version=seen_version(typed),
        reason=typed.get("reason", "").strip(),
        note=typed.get("note", "").strip(),
        assignee_id=assignee,
        asked_unit_ids=tuple(u for u in map(uuid_of, typed.getlist("unit")) if u),
        question=typed.get("question", "").strip(),
        answer_hours=_hours(typed.get("answer_hours", "")),
        items=items_of(typed),
        answer_by=day_typed(typed, "answer_by"),
        obligation_dong=_dong(typed.get("obligation_dong", "")),
        misdirected=typed.get("return_for", "") == MISDIRECTED,
        obligation_label=typed.get("obligation_label", "").strip(),
    )


def _names_somebody(view: DeskView, action: str) -> bool:
    return any(a.key == action and a.kind is ActionKind.ASSIGN for a in view.actions)


def seen_version(typed: QueryDict) -> int:
    """0 never fits: the refusal then shows the present state."""
    return whole(typed.get("seen_version", "")) or 0


def _hours(text: str) -> float | None:
    return float(hours) if (hours := whole(text)) else None


def _dong(text: str) -> int | None:
    if not text.strip():
        return None
    amount = dong_in(text)
    if amount is None:
        raise AmountMalformed(field="obligation_dong")
    return int(amount)


def day_typed(typed: QueryDict, name: str) -> datetime | None:
    """Three small fields, as the questions of the forms have; the end of that working day."""
    if not any(typed.get(f"{name}.{part}", "").strip() for part in ("day", "month", "year")):
        return None
    on = day_of_parts(typed, name)
    if on is None:
        raise DateMalformed(field=name)
    return datetime.combine(on, END_OF_DAY, CITY_TZ)
