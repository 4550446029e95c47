"""Hai máy một bản nháp: what another device changed meanwhile is not overwritten unseen.

A page remembers, for each of its questions, at which version of the draft and with which answer
it was shown. When it comes back, an answer that another device has changed since then stays:
silently where this page left it alone, and as a question to the person where both changed it.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from motcua.contexts.dossiers.contracts import Seen
from motcua.kernel.forms import is_missing

_SHOWN = re.compile(r"([a-z][a-z0-9_]{0,62}):([0-9]{1,9}):([0-9a-f]{8})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """When an answer was given last: at which version of the draft, by which device."""

    version: int
    device: str
    at: datetime


def print_of(answer: object) -> str:
    """The same for the same answer; what is left empty is one answer."""
    if is_missing(answer):
        return "0" * 8
    plain = json.dumps(answer, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(plain.encode(errors="surrogatepass")).hexdigest()[:8]


def written(keys: Iterable[str], version: int, answers: Mapping[str, object]) -> str:
    """What a page keeps in a hidden field."""
    return " ".join(f"{key}:{version}:{print_of(answers.get(key))}" for key in keys)


def read(text: str) -> dict[str, tuple[int, str]]:
    """As `written`; anything else in the field is not ours."""
    return {found[1]: (int(found[2]), found[3]) for found in _SHOWN.finditer(text)}


def read_marks(table: Mapping[str, list[object]]) -> dict[str, Mark]:
    return {
        key: Mark(version=int(str(v)), device=str(device), at=datetime.fromisoformat(str(at)))
        for key, (v, device, at) in table.items()
    }


def mark_table(mark: Mark) -> list[object]:
    return [mark.version, mark.device, mark.at.isoformat()]


def is_newer(mark: Mark | None, key: str, seen: Seen) -> bool:
    """Whether another device answered after this page was shown."""
    if mark is None or key not in seen.shown or mark.device == seen.device:
        return False
    return mark.version > seen.shown[key][0]


def was_touched(key: str, given: object, seen: Seen) -> bool:
    return print_of(given) != seen.shown[key][1]


def of_session(session_key: str) -> str:
    """A device is a signed-in browser; nobody gets from the name to the session."""
    return sha256(f"device/{session_key}".encode()).hexdigest()[:16]
