"""Quy trình và thời hạn: a step for everyone, and hours that fit into the law's time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from motcua.contexts.casework.contracts import StepClock
from motcua.contexts.procedures.contracts import (
    Definition,
    DurationView,
    Finding,
    Routing,
    TimeUnit,
)
from motcua.contexts.procedures.rules.lint.saying import error, warning

HOURS_A_DAY = 8
_HOURS = {
    TimeUnit.HOUR: 1.0,
    TimeUnit.WORKING_DAY: float(HOURS_A_DAY),
    TimeUnit.CALENDAR_DAY: HOURS_A_DAY * 5 / 7,
    TimeUnit.MONTH: HOURS_A_DAY * 21.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessFacts:
    """What casework says about the process table. straight_hours None: there is no table.

    clocks: by step, which clocks can run there.
    """

    straight_hours: float | None = None
    complaints: tuple[str, ...] = ()
    dead_ends: tuple[str, ...] = ()
    clocks: Mapping[str, frozenset[StepClock]] = field(default_factory=dict)


def process_findings(definition: Definition, process: ProcessFacts) -> Iterator[Finding]:
    yield from (error("process", sentence) for sentence in process.complaints)
    if definition.routing is Routing.HERE and not definition.process:
        yield error("process", "Chưa có quy trình: thêm process trỏ tới một bảng các bước.")
    yield from (error("process", sentence) for sentence in process.dead_ends)
    yield from _durations(definition)
    if process.straight_hours is None:
        return
    for place, duration in enumerate(definition.durations):
        room = working_hours_of(duration)
        if room is not None and process.straight_hours > room:
            yield error(
                f"duration[{place}]",
                f"Các bước cộng lại {process.straight_hours:g} giờ làm việc, dài hơn thời hạn "
                f"{room:g} giờ. Rút giờ của bước hoặc đổi quy trình.",
            )


def _durations(definition: Definition) -> Iterator[Finding]:
    if not definition.durations:
        yield error("duration", "Chưa có thời hạn giải quyết: thêm [[procedure.duration]].")
    for place, one in enumerate(definition.durations):
        path = f"duration[{place}]"
        if one.unit not in (TimeUnit.RULE_TEXT, TimeUnit.SAME_DAY_15H) and one.value <= 0:
            yield error(path, "Thời hạn phải lớn hơn 0.")
        if one.applies_if is not None and not one.case:
            yield error(path, "Có điều kiện applies_if thì cần tên trường hợp ở «case».")
        if one.unit is TimeUnit.RULE_TEXT and definition.is_runnable:
            yield warning(path, "Thời hạn chỉ có chữ: hồ sơ sẽ không có ngày hẹn trả.")
        if not one.verified:
            yield warning(path, "Thời hạn chưa đối chiếu với văn bản.")
        for other in definition.durations[place + 1 :]:
            if (one.channel, one.case) == (other.channel, other.case) and _overlap(one, other):
                yield error(path, "Hai thời hạn cùng kênh, cùng trường hợp trùng thời gian.")


def _overlap(one: DurationView, other: DurationView) -> bool:
    starts = one.valid_from is None or other.valid_to is None or one.valid_from < other.valid_to
    ends = other.valid_from is None or one.valid_to is None or other.valid_from < one.valid_to
    return starts and ends


def working_hours_of(duration: DurationView) -> float | None:
    """How many working hours the time limit surely holds; None when it is only words."""
    if duration.unit is TimeUnit.SAME_DAY_15H:
        return float(HOURS_A_DAY)
    hours = _HOURS.get(duration.unit)
    return None if hours is None else hours * duration.value
