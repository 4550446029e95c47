"""Dữ liệu đang giữ: what each context tells about a person, and how its records end.

A context says so itself, through ports registered once in `apps.ready()`; `privacy` collects,
restricts, corrects and disposes without knowing any table. Values leave here in the clear: to the
person they are about, or to nobody.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext

from motcua.kernel.actors import Actor
from motcua.kernel.crypto import blind_index
from motcua.kernel.privacy import DataClass

Code = TypeVar("Code", bound=str)


class Coded(str):
    """A value kept as a code: machines read the code, people read `said`."""

    said: str


def coded(code: str | None, names: Mapping[Code, str]) -> str:
    """The code with its name in the reader's language; what has no name is its own word."""
    name = {str(key): name for key, name in names.items()}.get(code or "")
    if not code or name is None:
        return code or ""
    value = Coded(code)
    value.said = gettext(name)
    return value


def said(value: str) -> str:
    """What people read."""
    return value.said if isinstance(value, Coded) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One record about a person, in words its owner understands.

    model: label of the table («identity.Person»): leads to purpose, recipients and period.
    values: (label, value) in the reader's language, codes `coded`.
    unit_id: who knows most about it.
    data_class: of the content, where it says more than the fields of the table.
    """

    model: str
    title: str
    values: tuple[tuple[str, str], ...]
    code: str = ""
    source: str = ""
    since: datetime | None = None
    unit_id: UUID | None = None
    data_class: DataClass | None = None


class Holder(Protocol):
    """What one context holds about people.

    models: every table of it with a value about a person. held_about: every record, complete.
    """

    models: frozenset[str]

    def held_about(self, person_id: UUID) -> Iterable[Held]: ...


class Processing(StrEnum):
    """Uses of data that a person may have stopped; each is obeyed by whoever does it."""

    SMS = "SMS"
    EMAIL = "EMAIL"
    REGISTERS = "REGISTERS"  # asking registers of other bodies to fill forms


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A consent that the person gave and may take back. key: for its own port alone."""

    key: str
    title: str
    given_at: datetime
    effect: str  # what happens when it is taken back, one sentence


class ConsentPort(Protocol):
    """Consents that one context asked for."""

    def given_by(self, person_id: UUID) -> Sequence[Given]: ...

    def take_back(self, key: str, person_id: UUID, *, actor: Actor, now: datetime) -> None:
        """Joins the action. Nothing when it was taken back before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correctable:
    """A field that a person may have corrected. source: set when the truth lies elsewhere."""

    key: str
    label: str
    value: str
    source: str = ""


class CorrectionPort(Protocol):
    """Fields that one context keeps as the truth or as a copy of it."""

    def fields_of(self, person_id: UUID) -> Sequence[Correctable]: ...

    def correct(
        self, key: str, value: str, person_id: UUID, *, actor: Actor, now: datetime
    ) -> None:
        """Joins the action. Raises: what the context says about a wrong value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A record that may go. digest: keyed, proves later which one it was, tells nothing else."""

    id: UUID
    code: str
    digest: bytes
    person_id: UUID | None
    ended_at: datetime


class DisposalPort(Protocol):
    """How the records of one kind end. erase joins the action and may be repeated."""

    kind: str

    def due(self, before: datetime, *, limit: int, without: Collection[str]) -> Sequence[Ending]:
        """Records that ended before the moment, oldest first; codes on hold left out."""

    def of_person(self, person_id: UUID) -> Sequence[Ending]:
        """Those about a person that no duty keeps; empty where a duty keeps all of the kind."""

    def erase(self, ids: Collection[UUID], *, now: datetime) -> int:
        """How many files went along; their bytes leave the store with its next sweep."""


class Release(Protocol):
    """Which records of one kind may go, where people decide about each; else the schedule does."""

    def due(self, now: datetime, *, limit: int, without: Collection[str]) -> Sequence[Ending]:
        """Decided, and free to go at this moment; codes on hold left out."""

    def gone(self, ids: Collection[UUID], *, run: str, now: datetime) -> int:
        """They went, with this run. Joins the action. Returns how many more files went along."""


def digest_of(*values: object) -> bytes:
    """Keyed digest of what a record says, for its tombstone."""
    told = json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
    return blind_index(hashlib.sha256(told.encode()).hexdigest(), scope="disposal")


Tally = Callable[[UUID], Mapping[str, int]]
StoppedFor = Callable[[Processing, UUID], bool]

_holders: dict[str, Holder] = {}
_consents: dict[str, ConsentPort] = {}
_corrections: dict[str, CorrectionPort] = {}
_disposals: dict[str, DisposalPort] = {}
_releases: dict[str, Release] = {}
_marks: list[StoppedFor] = []
_tallies: dict[str, Tally] = {}


def register_holder(context: str, holder: Holder) -> None:
    """Called once from `ready()`; the same name again replaces."""
    _holders[context] = holder


def register_consents(context: str, port: ConsentPort) -> None:
    _consents[context] = port


def register_corrections(context: str, port: CorrectionPort) -> None:
    _corrections[context] = port


def register_disposal(port: DisposalPort) -> None:
    _disposals[port.kind] = port


def register_release(kind: str, release: Release) -> None:
    _releases[kind] = release


def register_tally(context: str, tally: Tally) -> None:
    """How many things of each kind one row of a person has; counts, so that nothing is read."""
    _tallies[context] = tally


def register_marks(stopped: StoppedFor) -> None:
    """Who knows which processing a person has had stopped."""
    _marks[:] = [stopped]


def holders() -> dict[str, Holder]:
    return dict(_holders)


def consents() -> dict[str, ConsentPort]:
    return dict(_consents)


def corrections() -> dict[str, CorrectionPort]:
    return dict(_corrections)


def disposals() -> dict[str, DisposalPort]:
    return dict(_disposals)


def releases() -> dict[str, Release]:
    return dict(_releases)


def tallies(person_id: UUID) -> dict[str, int]:
    """What hangs on this row of a person, by name of the kind; kinds without any are left out."""
    found = {name: n for tally in _tallies.values() for name, n in tally(person_id).items()}
    return {name: number for name, number in found.items() if number}


def is_stopped(processing: Processing, person_id: UUID) -> bool:
    """Whether this person had this processing stopped. Whoever is about to do it asks."""
    return any(stopped(processing, person_id) for stopped in _marks)
