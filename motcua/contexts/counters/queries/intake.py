"""Nhận tại quầy: what is half filled, and what the page needs to go on."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from motcua.contexts.counters.contracts.intake import State
from motcua.contexts.counters.models import Intake
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import PersonView
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import Hit, VersionView
from motcua.kernel.actors import Actor
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.errors import DomainError
from motcua.kernel.text import fold

MOST = 6


def row_of(actor: Actor) -> Intake | None:
    """The one of this receiver: nobody else has it."""
    account_id = actor.account_id
    return Intake.objects.filter(account_id=account_id).first() if account_id else None


def state_of(actor: Actor) -> tuple[State, int]:
    """As it was left, with its version; empty when there is none."""
    row = row_of(actor)
    if row is None:
        return State(), 0
    table: Mapping[str, Any] = row.state
    return State.of(table), row.version


def people_of(number: str) -> tuple[PersonView, ...]:
    """Whom the city knows by this number; more than one where names disagreed."""
    if not PersonalNumber.parses(number):
        return ()
    return tuple(identity.person(one) for one in identity.people_with_number(number))


def version_of(code: str, *, on: date, ward: str) -> VersionView:
    """ward: of the desk, where another version may be on trial.

    Raises: ProcedureNotFound, ProcedureNotOpen.
    """
    return procedures.open_version(code, on, ward)


def still_open(state: State, *, on: date, ward: str) -> State:
    """Without procedures that have closed since they were chosen, or that there never were."""
    kept = []
    for item in state.items:
        with suppress(DomainError):
            version_of(item.code, on=on, ward=ward)
            kept.append(item)
    return replace(state, items=tuple(kept))


def offered(text: str, actor: Actor, *, on: date) -> tuple[Hit, ...]:
    """Procedures that can be received here: what this receiver had last stands first.

    text: some letters, a word or a code; "" for the last ones alone.
    """
    row = row_of(actor)
    recent = [
        hit
        for code in (row.recent if row else ())
        for hit in procedures.search(code, 1, on=on)
        if hit.is_runnable
    ]
    if not text:
        return tuple(recent)
    wanted = fold(text).split()
    first = [hit for hit in recent if _begins(hit, wanted)]
    rest = [hit for hit in procedures.search(text, MOST * 2, on=on) if hit.is_runnable]
    known = {hit.code for hit in first}
    return tuple([*first, *(hit for hit in rest if hit.code not in known)][:MOST])


def _begins(hit: Hit, wanted: list[str]) -> bool:
    """Every piece typed begins a word of the name."""
    words = fold(hit.name).split()
    return all(any(word.startswith(piece) for word in words) for piece in wanted)
