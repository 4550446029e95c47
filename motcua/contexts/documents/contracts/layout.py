"""Thể thức: what a paper should say where, and what was found on it (Decree 30/2020)."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    HOLDS = "HOLDS"
    DIFFERS = "DIFFERS"  # on purpose, the data say why
    FAULT = "FAULT"
    ABSENT = "ABSENT"  # this paper has no such component


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a paper is known to say. name: of its template; about: its trích yếu."""

    name: str
    title: str
    agency: str
    superior: str = ""
    about: str = ""
    position: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One component of one paper. verified: its number was read in a source."""

    part: str
    name: str
    outcome: Outcome
    said: str
    verified: bool = True
