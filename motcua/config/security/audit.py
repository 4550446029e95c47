"""`motcua audit`: may these packages be installed? Licences, hashes, versions, times to mend.

Whether a version has a hole that nobody wrote down cannot be known without asking. `--online` asks
the registry for each version; what it does not answer is told as unknown, never as sound.
"""

import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import requests

from motcua.config.console import step
from motcua.config.env import ROOT
from motcua.config.security import updates
from motcua.config.security.lock import DEVELOPMENT, PRODUCTION, Package, packages, strange_lines
from motcua.kernel import clock

EXCEPTIONS = ROOT / "docs" / "security" / "licences.toml"
REGISTRY = "https://pypi.org/pypi"
PATIENCE = 10
# Words that metadata uses for licences which ask no more than to be named.
ALLOWED = frozenset({
    "0BSD", "Apache License", "Apache Software License", "Apache-2.0", "BSD License",
    "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "ISC License (ISCL)",
    "MIT", "MIT License", "MIT-0", "MIT-CMU", "OFL-1.1", "PSF-2.0",
    "Python Software Foundation License", "The Unlicense (Unlicense)", "Unlicense", "Zlib",
})  # fmt: skip
BEFORE_RELEASE = ("a", "b", "rc", "dev")
Asking = Callable[[Package], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Exemption:
    """A licence that asks for more, and why it is all right here."""

    licence: str
    why: str


def exemptions(path: Path = EXCEPTIONS) -> dict[str, Exemption]:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: Exemption(one["licence"], one["why"]) for name, one in said.items()}


def complaints(lock: Path, allowed: Mapping[str, Exemption]) -> Iterator[str]:
    """What speaks against installing from this lock; nothing of it needs the network."""
    yield from (f"{lock.name}: dòng lạ {line!r}" for line in strange_lines(lock))
    for one in packages(lock):
        if not one.hashes:
            yield f"{one.name}: không có mã băm"
        if _is_before_release(one.version):
            yield f"{one.name} {one.version}: bản chưa phát hành chính thức"
        if not is_free(one.licence) and not _is_exempt(one, allowed):
            yield f"{one.name}: giấy phép «{one.licence}» chưa được xét"


def unused(allowed: Mapping[str, Exemption]) -> Iterator[str]:
    known = {one.name: one for one in packages(DEVELOPMENT)}
    for name in allowed:
        if name not in known:
            yield f"{name}: được miễn nhưng không còn dùng"


def is_free(licence: str) -> bool:
    """All of «A AND B», any of «A OR B» and of classifiers."""
    if licence in ALLOWED:
        return True
    if ";" in licence:
        return any(part.strip() in ALLOWED for part in licence.split(";"))
    if " OR " in licence:
        return any(is_free(part.strip("() ")) for part in licence.split(" OR "))
    return all(part.strip("() ") in ALLOWED for part in licence.split(" AND "))


def _is_exempt(one: Package, allowed: Mapping[str, Exemption]) -> bool:
    """A copy that is not for this machine says nothing; its licence was read elsewhere."""
    return one.name in allowed and one.licence in ("", allowed[one.name].licence)


def _is_before_release(version: str) -> bool:
    tail = version.lower().replace("post", "")
    return any(mark in tail for mark in BEFORE_RELEASE)


def run(rest: list[str]) -> int:
    allowed, said = exemptions(), updates.rules()
    today = clock.city_date(clock.now())
    # Where only the city is installed, nothing can be read of the tools of tests.
    locks = (PRODUCTION, DEVELOPMENT) if find_spec("pytest") else (PRODUCTION,)
    found = [text for lock in locks for text in complaints(lock, allowed)] + [*unused(allowed)]
    found += updates.overdue(said, updates.installed(), today)
    if "--online" in rest:
        found += _asked_online(said, today)
    else:
        step("Lỗ hổng đã biết: không hỏi được khi ngoại tuyến; motcua audit --online hỏi kho gói")
    sys.stdout.writelines(f"{one}\n" for one in found)
    return 1 if found else 0


def _asked_online(said: updates.Rules, today: date) -> tuple[str, ...]:
    """What the registry holds against our packages; what it did not answer is told."""
    late = updates.behind(packages(DEVELOPMENT), today - timedelta(days=said.days["update"]))
    if late is None:
        step("Bản mới hơn: kho gói không trả lời")
    else:
        step(f"Bản mới hơn quá {said.days['update']} ngày: {len(late)} gói chậm")
    told = online(packages(PRODUCTION), asked)
    step(f"Đã hỏi lỗ hổng: {told.sound} gói không có lỗ hổng đã biết, {told.unknown} chưa rõ")
    step("Ghi ngày và kết quả vào docs/security/updates.toml, mục [look]")
    noted = {hole.id for hole in said.holes}
    return (*(late or ()), *(f"{one}: ghi vào updates.toml" for one in told.but(noted)))


@dataclass(frozen=True, slots=True)
class Told:
    """What the registry said of a lock."""

    sound: int
    unknown: int
    holes: tuple[tuple[str, str], ...]

    def but(self, noted: Set[str]) -> Iterator[str]:
        """Holes that nobody wrote down yet: those have their times."""
        return (f"{package}: {hole}" for package, hole in self.holes if hole not in noted)


def online(found: tuple[Package, ...], ask: Asking) -> Told:
    sound, unknown, holes = 0, 0, []
    for one in found:
        said = ask(one)
        if said is None:
            unknown += 1
            continue
        ids = [hole.get("id", "?") for hole in said.get("vulnerabilities", [])]
        yanked = bool(said.get("urls")) and all(file.get("yanked") for file in said["urls"])
        if ids or yanked:
            holes += [(f"{one.name} {one.version}", hole) for hole in ids or ("bị thu hồi",)]
        else:
            sound += 1
    return Told(sound, unknown, tuple(holes))


def asked(one: Package) -> Mapping[str, Any] | None:
    """The registry's page of one version; None when it does not answer."""
    try:
        answer = requests.get(f"{REGISTRY}/{one.name}/{one.version}/json", timeout=PATIENCE)
        answer.raise_for_status()
        said: dict[str, Any] = answer.json()
    except requests.RequestException:
        return None
    return said
