"""The event catalogue: what is told, by whom, and who listens."""

import ast
import dataclasses
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from motcua.config import house
from motcua.config.map.marks import document, first_sentence, table
from motcua.kernel import events
from motcua.kernel.events import Event

COMMON = frozenset(field.name for field in dataclasses.fields(Event))


def kinds() -> tuple[type[Event], ...]:
    """Every event of every context, by wire name."""
    found = {
        one
        for dotted in house.modules("events")
        for _, one in inspect.getmembers(import_module(dotted), inspect.isclass)
        if issubclass(one, Event) and one.__module__ == dotted
    }
    return tuple(sorted(found, key=lambda one: one.name))


def page() -> str:
    told = publishers()
    rows = (
        (
            f"`{one.name}`",
            _says(one),
            ", ".join(_carried(one)),
            "<br>".join(told.get(one.__name__, ())) or "–",
            "<br>".join(sorted(map(_short, events.subscribers_of(one.name)))) or "–",
        )
        for one in kinds()
    )
    return document(
        "Events",
        "Facts that contexts tell, as jobs of the same transaction: at least once, in order per"
        " subject. Every event carries `subject` and `occurred_at`. A fact nobody listens to costs"
        " nothing.",
        table(("event", "says", "carries", "told by", "heard by"), rows),
    )


def _says(kind: type[Event]) -> str:
    text = kind.__doc__ or ""
    return "" if text.startswith(f"{kind.__name__}(") else first_sentence(text)


def _carried(kind: type[Event]) -> Iterator[str]:
    yield from (f"`{f.name}`" for f in dataclasses.fields(kind) if f.name not in COMMON)


def publishers() -> dict[str, list[str]]:
    """Modules that make an event of this class, tests apart."""
    names = {one.__name__ for one in kinds()}
    found: dict[str, list[str]] = {}
    for path in sorted(house.HOUSE.rglob("*.py")):
        relative = path.relative_to(house.HOUSE)
        if {"tests", "migrations"} & {*relative.parts} or path.stem in {"events", "testing"}:
            continue
        for name in sorted(_made(path) & names):
            found.setdefault(name, []).append(_short(".".join(relative.with_suffix("").parts)))
    return found


def _made(path: Path) -> set[str]:
    calls = (
        n.func for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)
    )
    return {
        call.id if isinstance(call, ast.Name) else call.attr
        for call in calls
        if isinstance(call, ast.Name | ast.Attribute)
    }


def _short(dotted: str) -> str:
    return f"`{dotted.removeprefix('motcua.').removeprefix('contexts.')}`"
