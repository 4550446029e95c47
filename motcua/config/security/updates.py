"""How soon packages must be mended, and whether any is overdue.

Without a network this much is known: holes that somebody wrote down, days on which support ends,
and how long ago the registry was asked. The registry knows the rest: a package is overdue when a
release older than the allowed days is newer than ours, whatever that release mends.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from motcua.config.env import ROOT
from motcua.config.security.lock import DEVELOPMENT, Package, packages

RULES = ROOT / "docs" / "security" / "updates.toml"
PYTHON = "python"


class Severity(StrEnum):
    """How bad a hole is, as its finder says."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Hole:
    """A known hole of a package. mended_in: the first version without it."""

    id: str
    package: str
    severity: Severity
    known_on: date
    mended_in: str


@dataclass(frozen=True, slots=True)
class Support:
    """A series of releases, and the last day on which it is mended."""

    name: str
    series: str
    until: date
    said_by: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What the file says."""

    days: Mapping[str, int]
    support: tuple[Support, ...]
    holes: tuple[Hole, ...]
    looked_on: date


def rules(path: Path = RULES) -> Rules:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    holes = tuple(
        Hole(one["id"], one["package"], Severity(one["severity"]), one["known_on"],
             one["mended_in"])
        for one in said.get("hole", ())
    )  # fmt: skip
    support = tuple(Support(**one) for one in said["support"])
    return Rules(said["days"], support, holes, said["look"]["on"])


def installed() -> dict[str, tuple[str, ...]]:
    """Versions in the locks by name, and the Python that runs."""
    found: dict[str, tuple[str, ...]] = {PYTHON: (".".join(map(str, sys.version_info[:3])),)}
    for one in packages(DEVELOPMENT):
        found[one.name] = (*found.get(one.name, ()), one.version)
    return found


def overdue(said: Rules, versions: Mapping[str, tuple[str, ...]], today: date) -> Iterator[str]:
    """What breaks the promised times, as far as it is known without asking anybody."""
    for hole in said.holes:
        last = hole.known_on + timedelta(days=said.days[hole.severity])
        yield from (
            f"{hole.package} {version}: {hole.id} ({hole.severity}) quá hạn vá {last:%d/%m/%Y}"
            for version in versions.get(hole.package, ())
            if today > last and is_older(version, hole.mended_in)
        )
    yield from _without_support(said, versions, today)
    if today > said.looked_on + timedelta(days=said.days["look"]):
        on = f"{said.looked_on:%d/%m/%Y}"
        yield f"kho gói được hỏi lần cuối ngày {on}: chạy motcua audit --online"


def _without_support(
    said: Rules, versions: Mapping[str, tuple[str, ...]], today: date
) -> Iterator[str]:
    for name in sorted({one.name for one in said.support}):
        for version in versions.get(name, ()):
            found = [one for one in said.support if one.name == name and _is_of(version, one)]
            if not found:
                yield f"{name} {version}: chưa ghi ngày hết hỗ trợ của dòng này"
            elif today > found[0].until:
                yield f"{name} {version}: hết hỗ trợ từ {found[0].until:%d/%m/%Y}"


def _is_of(version: str, series: Support) -> bool:
    return f"{version}.".startswith(f"{series.series}.")


def is_older(version: str, other: str) -> bool:
    """By the numbers of a release; letters after them do not count."""
    return _numbers(version) < _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def behind(known: tuple[Package, ...], before: date) -> tuple[str, ...] | None:
    """Packages to which a newer release belongs that was out on that day; None: no answer.

    uv asks the registry as it does when it installs, so that mirrors and proxies count.
    """
    asked = subprocess.run(
        (sys.executable, "-m", "uv", "pip", "list", "--python", sys.executable, "--outdated",
         "--exclude-newer", before.isoformat(), "--format", "json"),
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return told(asked.stdout, known) if asked.returncode == 0 else None


def told(answer: str, known: tuple[Package, ...]) -> tuple[str, ...] | None:
    """The lines of that answer which speak of our packages."""
    try:
        found = json.loads(answer)
    except ValueError:
        return None
    ours = {one.name for one in known}
    return tuple(
        f"{one['name']} {one['version']}: bản {one['latest_version']} đã có từ lâu"
        for one in found
        if one["name"] in ours
    )
