"""Bắt đầu thiết kế: what is in force, as a draft that designers own.

Tables of steps are shared by many procedures; a designed one has a table of its own, and words
that the old table did not have are filled from what it says, to be read and changed.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from motcua.contexts.casework.contracts import ActionKind, StepClock
from motcua.contexts.procedures.contracts import Definition, Source

NOTHING_TO_DO = "Bạn chưa cần làm gì."
NOTHING_TO_DO_EN = "You need not do anything now."


def as_design(definition: Definition) -> Definition:
    """The definition as a draft: the city's own from now on."""
    if definition.source is Source.EDITOR:
        return replace(definition, valid_from=None)
    key = f"rieng_{str(definition.code).replace('.', '_')}"
    process = own_table(definition.process, key) if definition.process else None
    return replace(
        definition,
        source=Source.EDITOR,
        valid_from=None,
        process=process,
        process_key=key if process else definition.process_key,
    )


def own_table(process: Mapping[str, Any], key: str) -> dict[str, Any]:
    """A copy of a table of steps under a key of its own, with every step wholly said."""
    phase = StepClock.RECEIVING if process.get("intake", True) else StepClock.RUNS
    steps = []
    for step in process.get("step", ()):
        steps.append(_whole(step, phase))
        kinds = {action.get("kind") for action in step.get("action", ())}
        if ActionKind.ISSUE in kinds:
            phase = StepClock.ENDED
        elif phase is StepClock.RECEIVING:
            phase = StepClock.RUNS
    return {**process, "key": key, "step": steps}


def _whole(step: Mapping[str, Any], clock: StepClock) -> dict[str, Any]:
    said = {
        "citizen_do": NOTHING_TO_DO,
        "citizen_do_en": NOTHING_TO_DO_EN,
        "message": step.get("citizen_text", ""),
        "message_en": step.get("citizen_text_en", ""),
        "clock": clock.value,
    }
    return {**{name: text for name, text in said.items() if text}, **step}
