"""Nối các bước: when a step comes, goes or moves, the steps around it are linked anew."""

from typing import Any

from motcua.contexts.casework.contracts import ActionKind
from motcua.contexts.procedures.contracts.designing import EditRefused

Step = dict[str, Any]
FORWARD = frozenset(
    {ActionKind.MOVE, ActionKind.ASSIGN, ActionKind.SIGN, ActionKind.ISSUE}
)  # what leads on; RETURN leads back


def insert_between(steps: list[Step], place: int) -> None:
    """The step at `place` comes between the one before it and where that one led."""
    new, before = steps[place], steps[place - 1]
    onward = next((action for action in _ways_on(before) if action.get("to")), None)
    if onward is None:
        return
    if not _ways_on(new):
        passed = {"key": "pass", "label": "Chuyển bước sau", "kind": str(ActionKind.MOVE)}
        new.setdefault("action", []).append(passed)
    for action in _ways_on(new):
        action.setdefault("to", onward["to"])
    onward["to"] = new["key"]


def take_out(steps: list[Step], place: int) -> None:
    """Whatever led to the step leads to where it led; what came back to it goes further back."""
    gone = steps[place]
    ahead = _next_of(gone)
    behind = steps[place - 1]["key"] if place else ""
    for step in steps:
        if step is gone:
            continue
        for action in step.get("action", ()):
            if action.get("to") == gone["key"]:
                action["to"] = behind if action["kind"] == ActionKind.RETURN else ahead
        lost = ("", step["key"])
        step["action"] = [a for a in step.get("action", ()) if a.get("to", "-") not in lost]


def exchange(steps: list[Step], first: int) -> None:
    """The steps at `first` and behind it change places in the way of a case, if it went so.

    Raises: EditRefused for the step a case comes in by, and for the one it ends in.
    """
    one, two = steps[first], steps[first + 1]
    if two["key"] not in {action.get("to") for action in _ways_on(one)}:
        return
    after = _next_of(two)
    if first == 0 or not after:
        raise EditRefused("Bước tiếp nhận đứng đầu, bước trả kết quả đứng cuối.")
    for step in steps:
        if step is not two:
            _redirect(step, one["key"], two["key"])
    _redirect(one, two["key"], after)
    _redirect(two, after, one["key"])
    for action in two.get("action", ()):  # what came back to a step behind it comes back further
        if action.get("kind") == ActionKind.RETURN and action.get("to") == one["key"]:
            action["to"] = steps[first - 1]["key"]


def _ways_on(step: Step) -> list[dict[str, Any]]:
    return [action for action in step.get("action", ()) if action.get("kind") in FORWARD]


def _next_of(step: Step) -> str:
    return next((str(action["to"]) for action in _ways_on(step) if action.get("to")), "")


def _redirect(step: Step, before: str, after: str) -> None:
    """What led on to one step leads to another."""
    for action in _ways_on(step):
        if action.get("to") == before:
            action["to"] = after
