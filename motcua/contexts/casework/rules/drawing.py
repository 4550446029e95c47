"""Sơ đồ: where the boxes and arrows of a table of steps stand; pages draw them as SVG.

Steps stand below each other in the order of the table; what leads on runs down the left, what
leads back up the right, ends and tasks aside beside their step.
"""

from dataclasses import dataclass

from motcua.contexts.casework.contracts import ENDS, ActionKind, ProcessTable, Step, StepAction

WIDE, HIGH, GAP, LEFT = 280, 44, 46, 20
SIDE = 280
LANE = 14  # between two ways that run beside each other
ASIDE = {
    ActionKind.SUPPLEMENT: "chờ người nộp",
    ActionKind.OBLIGATION: "chờ trả tiền",
    ActionKind.CONSULT: "hỏi ý kiến",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    key: str
    title: str
    note: str
    x: int
    y: int
    wide: int
    high: int
    kind: str  # step, end or aside

    @property
    def middle(self) -> int:
        return self.x + self.wide // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """points: of a polyline. back: it leads back."""

    points: str
    label: str
    x: int
    y: int
    back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    wide: int
    high: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def drawn(table: ProcessTable) -> Drawing:
    """The drawing of a table."""
    boxes: dict[str, Box] = {}
    y = 20
    for step in table.steps:
        boxes[step.key] = _step_box(step, y)
        beside = sum(a.kind in ENDS or a.kind in ASIDE for a in step.actions)
        y += max(HIGH, beside * 40) + GAP
    more: list[Box] = []
    arrows: list[Arrow] = []
    returns = 0
    for step in table.steps:
        place = 0
        for action in step.actions:
            if action.kind in ENDS or action.kind in ASIDE:
                box = _beside(boxes[step.key], action, place)
                more.append(box)
                arrows.append(_across(boxes[step.key], box))
                place += 1
            elif action.to in boxes:
                back = action.kind is ActionKind.RETURN
                returns += back
                arrows.append(_way(boxes[step.key], boxes[action.to], action, back, returns))
    wide = LEFT + 130 + WIDE + 60 + SIDE + 20
    return Drawing(wide=wide, high=y, boxes=(*boxes.values(), *more), arrows=tuple(arrows))


def _step_box(step: Step, y: int) -> Box:
    note = f"{step.hours:g} giờ"
    x = LEFT + 130
    return Box(
        key=step.key, title=step.name, note=note, x=x, y=y, wide=WIDE, high=HIGH, kind="step"
    )


def _beside(box: Box, action: StepAction, place: int) -> Box:
    ends = action.kind in ENDS
    return Box(
        key=f"{box.key}.{action.key}",
        title=action.label,
        note="kết thúc" if ends else ASIDE[action.kind],
        x=box.x + box.wide + 60,
        y=box.y + place * 40,
        wide=SIDE,
        high=34,
        kind="end" if ends else "aside",
    )


def _across(one: Box, other: Box) -> Arrow:
    y = other.y + other.high // 2
    return Arrow(
        points=f"{one.x + one.wide},{min(y, one.y + one.high - 8)} {other.x - 20},"
        f"{min(y, one.y + one.high - 8)} {other.x - 20},{y} {other.x},{y}",
        label="",
        x=0,
        y=0,
        back=False,
    )


def _way(one: Box, other: Box, action: StepAction, back: bool, returns: int) -> Arrow:
    next_below = other.y > one.y and other.y - one.y <= one.high + GAP + 200 and not back
    if next_below:
        return Arrow(
            points=f"{one.middle},{one.y + one.high} {other.middle},{other.y}",
            label=action.label,
            x=one.middle + 8,
            y=one.y + one.high + 20,
            back=False,
        )
    x = one.x - 16 - (returns % 8) * LANE
    start, end = one.y + one.high // 2 + 8, other.y + other.high // 2 - 8
    return Arrow(
        points=f"{one.x},{start} {x},{start} {x},{end} {other.x},{end}",
        label="",
        x=x,
        y=start,
        back=back,
    )
