"""The lock files: every package that is installed, with the hashes of its files."""

import importlib.metadata
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from motcua.config.env import ROOT

PRODUCTION, DEVELOPMENT = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
_PACKAGE = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_LICENCE = re.compile(r"^License :: (?:OSI Approved :: )?(.+)$")
_WORD = re.compile(r"\w[\w.-]*")
LONGEST_EXPRESSION = 80  # longer ones are the whole text of a licence


@dataclass(frozen=True, slots=True)
class Package:
    """One line of a lock. `licence` is what the installed copy says; empty when none is here."""

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str
    needs: tuple[str, ...]

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def packages(lock: Path) -> tuple[Package, ...]:
    return tuple(sorted(_read(lock.read_text(encoding="utf-8")), key=lambda one: one.purl))


def strange_lines(lock: Path) -> Iterator[str]:
    """What is neither package nor hash nor remark: another index, an address, an editable."""
    for line in lock.read_text(encoding="utf-8").splitlines():
        plain = line.strip()
        known = not plain or plain.startswith("#") or _PACKAGE.match(plain) or _HASH.match(plain)
        if not known:
            yield plain


def _read(text: str) -> Iterator[Package]:
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        found = _PACKAGE.match(block)
        if found:
            name = _normal(found[1])
            licence, needs = _installed(name)
            yield Package(name, found[2], tuple(sorted(_HASH.findall(block))), licence, needs)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed(name: str) -> tuple[str, tuple[str, ...]]:
    """Its licence and what it needs, as the installed copy says."""
    try:
        said = importlib.metadata.metadata(name)
        required = importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        return "", ()
    words = (_WORD.match(line) for line in required if "extra ==" not in line)
    return _licence(said), tuple(sorted({_normal(word[0]) for word in words if word}))


def _licence(said: importlib.metadata.PackageMetadata) -> str:
    expression = said.json.get("license_expression", "")
    if expression:
        return str(expression)
    classed = [_LICENCE.match(one) for one in said.get_all("Classifier") or []]
    names = [one[1] for one in classed if one and one[1] != "Other/Proprietary License"]
    if names:
        return "; ".join(names)
    return str(said.json.get("license", "")).split("\n")[0].strip()[:LONGEST_EXPRESSION]
