"""Bảng quy trình: from the approved table, as data, to steps that cannot be wrong.

`parse_table` refuses a table that could leave a case without a way on: every complaint names
the step and says how to mend it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.contexts.casework.contracts import (
    ENDS,
    ActionKind,
    ProcessMalformed,
    ProcessTable,
    Seat,
    Silence,
    Step,
    StepAction,
    StepClock,
)
from motcua.kernel.actors import Role

_NEEDS_TARGET = frozenset(
    {ActionKind.MOVE, ActionKind.ASSIGN, ActionKind.RETURN, ActionKind.SIGN, ActionKind.ISSUE}
)
_AFTER_ACCEPTANCE = frozenset(
    {
        ActionKind.ASSIGN,
        ActionKind.OBLIGATION,
        ActionKind.SIGN,
        ActionKind.ISSUE,
        ActionKind.RETURN_RESULT,
    }
)


def parse_table(data: Mapping[str, Any]) -> ProcessTable:
    """Raises: ProcessMalformed, with every complaint in `facts["complaints"]`."""
    try:
        table = ProcessTable(
            key=data["key"],
            name=data["name"],
            approved_by=data.get("approved_by", ""),
            invented=bool(data.get("invented", True)),
            steps=tuple(_step(step) for step in data.get("step", ())),
            intake=bool(data.get("intake", True)),
        )
    except (KeyError, ValueError) as wrong:
        raise ProcessMalformed(f"Bảng quy trình thiếu hoặc sai mục: {wrong}.") from wrong
    complaints = list(complaints_about(table))
    if complaints:
        raise ProcessMalformed(" ".join(complaints), complaints=complaints)
    return table


def _step(data: Mapping[str, Any]) -> Step:
    return Step(
        key=data["key"],
        name=data["name"],
        citizen_name=data.get("citizen_name", ""),
        citizen_text=data.get("citizen_text", ""),
        citizen_name_en=data.get("citizen_name_en", ""),
        citizen_text_en=data.get("citizen_text_en", ""),
        citizen_do=data.get("citizen_do", ""),
        citizen_do_en=data.get("citizen_do_en", ""),
        message=data.get("message", ""),
        message_en=data.get("message_en", ""),
        clock=StepClock(data["clock"]) if data.get("clock") else None,
        visit=data.get("visit", ""),
        seat=Seat(data["seat"]),
        role=Role(data["role"]),
        hours=float(data["hours"]),
        actions=tuple(_action(action) for action in data.get("action", ())),
    )


def _action(data: Mapping[str, Any]) -> StepAction:
    return StepAction(
        key=data["key"],
        label=data["label"],
        kind=ActionKind(data["kind"]),
        to=data.get("to", ""),
        status=int(data.get("status", 0)),
        units=tuple(data.get("units", ())),
        answer_hours=float(data.get("answer_hours", 16)),
        silence=Silence(data.get("silence", Silence.CONSENT)),
        silence_law=data.get("silence_law", ""),
        silence_verified=bool(data.get("silence_verified", False)),
    )


def complaints_about(table: ProcessTable) -> Iterable[str]:
    """Every reason why this table must not be published."""
    keys = [step.key for step in table.steps]
    if not keys:
        yield "Quy trình chưa có bước nào."
        return
    for key in {key for key in keys if keys.count(key) > 1}:
        yield f"Bước «{key}» xuất hiện hai lần."
    for step in table.steps:
        yield from _complaints_about_step(step, keys)
    if table.intake:
        yield from _complaints_about_intake(table.first)
    yield from _complaints_about_ways(table)


def _complaints_about_intake(first: Step) -> Iterable[str]:
    """Before acceptance no clock runs: nothing can stop it, and only a MOVE starts it."""
    for action in first.actions:
        if action.kind in _AFTER_ACCEPTANCE:
            yield (
                f"Thao tác «{first.key}.{action.key}» thuộc lúc đã tiếp nhận, còn bước đầu thì "
                "chưa tiếp nhận. Tiếp nhận là thao tác MOVE."
            )


def _complaints_about_step(step: Step, keys: list[str]) -> Iterable[str]:
    if not step.citizen_name or not step.citizen_text:
        yield f"Bước «{step.key}» chưa có tên và lời giải thích cho người dân."
    if step.hours < 0:
        yield f"Bước «{step.key}» có số giờ âm."
    if not step.actions:
        yield f"Bước «{step.key}» không có thao tác nào để đi tiếp."
    names = [action.key for action in step.actions]
    if len(set(names)) != len(names):
        yield f"Bước «{step.key}» có hai thao tác trùng mã."
    for action in step.actions:
        if action.kind in _NEEDS_TARGET and action.to not in keys:
            yield f"Thao tác «{step.key}.{action.key}» chỉ tới bước không có: «{action.to}»."
        back = action.kind is ActionKind.RETURN and action.to in keys
        if back and keys.index(action.to) >= keys.index(step.key):
            yield f"Thao tác «{step.key}.{action.key}» là trả lại, phải chỉ tới bước trước."


def _complaints_about_ways(table: ProcessTable) -> Iterable[str]:
    """Every step is reached from the first, and an end is reached from every step."""
    onward = {step.key: {a.to for a in step.actions if a.to} for step in table.steps}
    ending = {step.key for step in table.steps if any(a.kind in ENDS for a in step.actions)}
    reached = _closure({table.first.key}, onward)
    for step in table.steps:
        if step.key not in reached:
            yield f"Không có đường nào tới bước «{step.key}»."
        if not _closure({step.key}, onward) & ending:
            yield f"Từ bước «{step.key}» không có đường nào tới kết thúc."


def _closure(start: set[str], onward: Mapping[str, set[str]]) -> set[str]:
    seen, waiting = set(start), list(start)
    while waiting:
        for target in onward.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def ways_unsigned(table: ProcessTable, start: str) -> bool:
    """Whether a result may be issued from that step on without anybody having signed."""
    onward = {
        step.key: {a.to for a in step.actions if a.to and a.kind is not ActionKind.SIGN}
        for step in table.steps
    }
    return bool(_closure({start}, onward) & _issuing(table))


def is_to_issue(table: ProcessTable, start: str) -> bool:
    """Whether a result may still be issued from that step on."""
    onward = {step.key: {a.to for a in step.actions if a.to} for step in table.steps}
    return bool(_closure({start}, onward) & _issuing(table))


def _issuing(table: ProcessTable) -> set[str]:
    return {s.key for s in table.steps if any(a.kind is ActionKind.ISSUE for a in s.actions)}


def straight_path(table: ProcessTable) -> tuple[Step, ...]:
    """The steps of a case to which nothing special happens."""
    path, here = [], table.first
    while here not in path:
        path.append(here)
        forward = [
            a.to
            for a in here.actions
            if a.kind in _NEEDS_TARGET and a.kind is not ActionKind.RETURN
        ]
        if not forward:
            break
        here = table.step(forward[0])
    return tuple(path)


def straight_hours(table: ProcessTable) -> float:
    """Working hours of the straight path; must fit into the legal time."""
    return sum(step.hours for step in straight_path(table))
