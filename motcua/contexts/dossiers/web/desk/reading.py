"""Đọc biểu mẫu của bàn làm việc: from what an officer typed to the command of a step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.http import QueryDict

from motcua.contexts.casework.contracts import ActionKind
from motcua.contexts.dossiers.contracts import DeskView, SupplementItem, TakeStep
from motcua.contexts.procedures.contracts import ReasonView
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.errors import Invalid
from motcua.kernel.money import dong_in
from motcua.kernel.text import whole
from motcua.kernel.web import uuid_of

END_OF_DAY = time(17)
MISSING = "Hồ sơ còn thiếu hoặc chưa đúng giấy tờ."
ROWS = 12  # of a supplement request, more is a new file for a lawyer
PARTS = ("component", "what", "reason", "why", "how", "law")


class DateMalformed(Invalid):
    sentence = "Bạn ghi ngày theo thứ tự ngày, tháng, năm, như 25/11/2026."


class AmountMalformed(Invalid):
    sentence = "Bạn ghi số tiền bằng chữ số, như 150.000."


class AssigneeNeeded(Invalid):
    sentence = "Bạn chọn người được giao."


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTyped:
    """One row of a supplement request as typed."""

    number: int
    component: str = ""
    what: str = ""
    reason: str = ""
    why: str = ""
    how: str = ""
    law: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.what, self.why, self.how, self.law)))

    @property
    def is_empty(self) -> bool:
        return not any((self.reason, self.why.strip(), self.how.strip()))


def items_typed(typed: QueryDict) -> tuple[ItemTyped, ...]:
    """The rows in order, without those that were left empty and name no paper."""
    rows: list[ItemTyped] = []
    for number in range(ROWS):
        said = {part: typed.get(f"item.{number}.{part}", "").strip() for part in PARTS}
        if any(said.values()):
            rows.append(ItemTyped(number=len(rows), **said))
    return tuple(rows)


def items_of(
    rows: tuple[ItemTyped, ...], view: DeskView, reasons: Mapping[str, ReasonView]
) -> tuple[SupplementItem, ...]:
    """A reason of the library fills what was not typed."""
    found = []
    for row in rows:
        if row.is_empty and not row.what:
            continue
        library = reasons.get(row.reason)
        component = view.dossier.version.component(row.component)
        found.append(
            SupplementItem(
                component_key=row.component,
                what=row.what or (component.name if component else ""),
                why=row.why or (library.text if library else ""),
                how=row.how or (library.guidance if library else ""),
                law=row.law or (library.law if library else ""),
            )
        )
    return tuple(found)


def reasons_of(view: DeskView, *kinds: ActionKind) -> dict[str, ReasonView]:
    """The library of the procedure for these kinds of action, for all when none is named."""
    library = view.dossier.version.texts.vi.reasons
    return {reason.key: reason for reason in library if not kinds or reason.kind in kinds}


def command_of(view: DeskView, action: str, typed: QueryDict) -> TakeStep:
    """From the typed words alone, so that the same form sent twice is the same command.

    What must not be empty, the action refuses, but for whom an assignment names: other ways into
    a step need nobody. Raises: DateMalformed, AmountMalformed, AssigneeNeeded.
    """
    assignee = uuid_of(typed.get("assignee", ""))
    if assignee is None and _names_somebody(view, action):
        raise AssigneeNeeded(field="assignee")
    reasons = reasons_of(view)
    library = reasons.get(typed.get("library", ""))
    items = items_of(items_typed(typed), view, reasons)
    return TakeStep(
        code=view.dossier.code,
        action=action,
        seen_version=seen_version(typed),
        reason=_reason(library, typed.get("reason", "").strip()) or (MISSING if items else ""),
        note=typed.get("note", "").strip(),
        citation=typed.get("citation", "").strip() or (library.law if library else ""),
        assignee_id=assignee,
        asked_unit_ids=tuple(u for u in map(uuid_of, typed.getlist("unit")) if u),
        question=typed.get("question", "").strip(),
        answer_hours=_hours(typed.get("answer_hours", "")),
        items=items,
        answer_by=day_typed(typed, "answer_by"),
        obligation_dong=_dong(typed.get("obligation_dong", "")),
        obligation_label=typed.get("obligation_label", "").strip(),
    )


def _names_somebody(view: DeskView, action: str) -> bool:
    return any(a.key == action and a.kind is ActionKind.ASSIGN for a in view.actions)


def _reason(library: ReasonView | None, said: str) -> str:
    chosen = f"{library.text} {library.guidance}".strip() if library else ""
    return "\n".join(part for part in (chosen, said) if part)


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
    parts = [typed.get(f"{name}.{part}", "").strip() for part in ("year", "month", "day")]
    if not any(parts):
        return None
    try:
        on = date(*(int(part) for part in parts))
    except (ValueError, OverflowError):
        raise DateMalformed(field=name) from None
    return datetime.combine(on, END_OF_DAY, CITY_TZ)
