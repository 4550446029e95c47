"""The ten national statuses and every process table, as state diagrams; who does which action."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from motcua.config import house
from motcua.config.map.marks import document, mermaid, plain, table
from motcua.contexts.casework.contracts import ENDS, ActionKind, ProcessTable, Step, StepAction
from motcua.contexts.casework.rules.process import parse_table
from motcua.contexts.dossiers.contracts import STATUS_NAMES
from motcua.contexts.dossiers.rules.statuses import NEXT, PAUSED, RUNNING, TERMINAL
from motcua.kernel.actors import ROLE_NAMES, Role

SERVICES = house.HOUSE / "services"


def statuses() -> str:
    names = [f"s{int(one)} : {int(one)} {STATUS_NAMES[one]}" for one in sorted(NEXT)]
    ways = [f"s{int(a)} --> s{int(b)}" for a in sorted(NEXT) for b in sorted(NEXT[a])]
    ends = [f"s{int(one)} --> [*]" for one in sorted(TERMINAL)]
    return document(
        "National statuses",
        "The ten statuses of a dossier, from `motcua/contexts/dossiers/rules/statuses.py`.",
        mermaid("stateDiagram-v2", ["[*] --> s1", *names, *ways, *ends]),
        table(
            ("no", "status", "processing clock"),
            ((int(one), STATUS_NAMES[one], _clock(one)) for one in sorted(NEXT)),
        ),
    )


def _clock(status: object) -> str:
    if status in RUNNING:
        return "runs"
    return "stands still" if status in PAUSED else "not running"


def tables() -> tuple[tuple[Path, ProcessTable], ...]:
    """Every process table of the repository, by its file."""
    files = [*SERVICES.glob("processes/*.toml"), *SERVICES.glob("packs/*/*/process.toml")]
    return tuple(
        (path.relative_to(house.HOUSE.parent), parse_table(tomllib.loads(path.read_text("utf-8"))))
        for path in sorted(files)
    )


def processes() -> str:
    return document(
        "Processes",
        "One diagram per approved table of steps. Hours are working hours of the step.",
        *(block for path, one in tables() for block in _process(path, one)),
    )


def _process(path: Path, process: ProcessTable) -> Iterator[str]:
    hours = sum(step.hours for step in process.steps)
    model = " Model table, invented." if process.invented else ""
    yield f"## {process.name}"
    yield f"`{path.as_posix()}`, {hours:g} working hours on the straight path.{model}"
    yield mermaid("stateDiagram-v2", _diagram(process))


def _diagram(process: ProcessTable) -> Iterator[str]:
    yield f"[*] --> {process.steps[0].key}"
    for step in process.steps:
        yield f"{step.key} : {plain(step.name)} ({step.hours:g} giờ, {ROLE_NAMES[step.role]})"
    for step in process.steps:
        for action in step.actions:
            yield f"{step.key} --> {_target(step, action)} : {plain(action.label)}"


def _target(step: Step, action: StepAction) -> str:
    if action.to:
        return action.to
    return "[*]" if action.kind in ENDS else step.key


def roles() -> str:
    """Roles × kinds of actions over all process tables."""
    found: dict[Role, set[ActionKind]] = {role: set() for role in Role}
    for _, process in tables():
        for step in process.steps:
            found[step.role] |= {action.kind for action in step.actions}
    return table(
        ("role", *(kind.value for kind in ActionKind)),
        (
            (ROLE_NAMES[role], *("●" if kind in found[role] else "" for kind in ActionKind))
            for role in Role
        ),
    )
