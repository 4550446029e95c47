"""The register of OWASP ASVS 5.0.0: every requirement by number, what we can show for it.

Numbers and levels are those of the standard; the words are ours. Evidence is a test, by its node
id, or a dated look at named files, which counts for a year. A line without either is open and
says what is lacking.
"""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from motcua.config.env import ROOT

PLACE = ROOT / "docs" / "security" / "asvs"
LOOK_COUNTS = timedelta(days=365)
# Level 1, 2 and 3 of each chapter, as published; together 70, 183 and 92.
SIZES: Mapping[int, tuple[int, int, int]] = {
    1: (8, 19, 3), 2: (4, 7, 2), 3: (8, 11, 12), 4: (2, 8, 6), 5: (4, 5, 4), 6: (13, 22, 12),
    7: (6, 12, 1), 8: (4, 3, 6), 9: (4, 3, 0), 10: (5, 24, 7), 11: (3, 11, 10), 12: (3, 6, 3),
    13: (1, 12, 8), 14: (2, 7, 4), 15: (3, 10, 8), 16: (0, 16, 1), 17: (0, 7, 5),
}  # fmt: skip


class State(StrEnum):
    """What can be said of one line."""

    MET = "met"
    NOT_APPLICABLE = "not_applicable"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at these files on that day and found this."""

    on: date
    files: tuple[str, ...]
    found: str

    def is_old(self, today: date) -> bool:
        return today > self.on + LOOK_COUNTS


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement. `why`: the reason of what does not apply, or what an open one lacks."""

    id: str
    level: int
    title: str
    state: State
    tests: tuple[str, ...] = ()
    looks: tuple[Look, ...] = ()
    why: str = ""

    @property
    def chapter(self) -> int:
        return int(self.id.partition(".")[0])

    @property
    def order(self) -> tuple[int, ...]:
        return tuple(int(part) for part in self.id.split("."))


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the register."""

    number: int
    title: str
    lines: tuple[Line, ...]


def chapters(place: Path = PLACE) -> tuple[Chapter, ...]:
    return tuple(_chapter(path) for path in sorted(place.glob("v*.toml")))


def _chapter(path: Path) -> Chapter:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    lines = tuple(_line(one) for one in said["line"])
    return Chapter(number=said["chapter"], title=said["title"], lines=lines)


def _line(said: Mapping[str, Any]) -> Line:
    looks = tuple(
        Look(on=one["on"], files=tuple(one["files"]), found=one["found"])
        for one in said.get("looks", ())
    )
    return Line(
        id=said["id"],
        level=said["level"],
        title=said["title"],
        state=State(said["state"]),
        tests=tuple(said.get("tests", ())),
        looks=looks,
        why=said.get("why", ""),
    )


def baseline(place: Path = PLACE) -> frozenset[str]:
    """Lines of level 1 and 2 that may still be open; may only shrink."""
    said = tomllib.loads((place / "baseline.toml").read_text(encoding="utf-8"))
    return frozenset(said["open"])


def complaints(
    found: tuple[Chapter, ...], allowed: frozenset[str], *, today: date, root: Path = ROOT
) -> Iterator[str]:
    """What is wrong with the register; nothing when it can be believed."""
    yield from _numbers(found)
    lines = [line for chapter in found for line in chapter.lines]
    for line in lines:
        yield from (f"{line.id}: {text}" for text in _of_line(line, today=today, root=root))
    opened = {line.id for line in lines if line.state is State.OPEN and line.level < 3}
    yield from (f"{one}: open, and not in the baseline" for one in sorted(opened - allowed))
    yield from (f"{one}: not open any more, strike it off" for one in sorted(allowed - opened))


def _numbers(found: tuple[Chapter, ...]) -> Iterator[str]:
    seen: set[str] = set()
    for chapter in found:
        sizes = tuple(sum(line.level == n for line in chapter.lines) for n in (1, 2, 3))
        if sizes != SIZES.get(chapter.number):
            yield f"V{chapter.number}: {sizes} lines, {SIZES.get(chapter.number)} are published"
        for line in chapter.lines:
            if line.chapter != chapter.number:
                yield f"{line.id}: stands in chapter {chapter.number}"
            if line.id in seen:
                yield f"{line.id}: is there twice"
            seen.add(line.id)
        yield from _gaps(chapter)
    yield from (f"V{number}: is missing" for number in sorted(SIZES.keys() - _numbered(found)))


def _numbered(found: tuple[Chapter, ...]) -> set[int]:
    return {chapter.number for chapter in found}


def _gaps(chapter: Chapter) -> Iterator[str]:
    """Within a section the standard counts without gaps."""
    sections: dict[tuple[int, ...], list[int]] = {}
    for line in chapter.lines:
        sections.setdefault(line.order[:2], []).append(line.order[2])
    for section, numbers in sections.items():
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"V{section[0]}.{section[1]}: its numbers have gaps or another order"


def _of_line(line: Line, *, today: date, root: Path) -> Iterator[str]:
    if not line.title or len(line.title) > 100:
        yield "needs a title of at most a hundred letters"
    if line.state is not State.MET and not line.why:
        yield f"is {line.state} and does not say why"
    if line.state is State.MET and not (line.tests or line.looks):
        yield "is said to be met without evidence"
    yield from (f"no such test: {node}" for node in line.tests if not is_there(node, root))
    for look in line.looks:
        if look.on > today:
            yield f"was looked at in the future: {look.on}"
        elif look.is_old(today):
            yield f"was looked at too long ago: {look.on}"
        if len(look.found) < 20:
            yield "a look must say what was found"
        if not look.files:
            yield "a look must name its files"
        yield from (f"no such file: {name}" for name in look.files if not (root / name).exists())


def is_there(node: str, root: Path = ROOT) -> bool:
    """Whether a file of tests has this function, without importing it."""
    name, _colons, function = node.partition("::")
    return function in _functions(root / name)


@cache
def _functions(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
