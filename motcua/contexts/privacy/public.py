"""Cửa vào của privacy: rights of the person, for portals and neighbours above."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from motcua.contexts.privacy.actions import requests as actions
from motcua.contexts.privacy.actions import retention as disposing
from motcua.contexts.privacy.contracts import Asked, AskRight, Decide, HeldUnder, RequestLine
from motcua.contexts.privacy.policies import signs_for_office
from motcua.contexts.privacy.queries import held, requests, retention
from motcua.contexts.privacy.rules import holds
from motcua.contexts.privacy.rules.words import GROUNDS as HOLD_GROUNDS
from motcua.kernel.actors import Actor

__all__ = [
    "HOLD_GROUNDS",
    "ask",
    "decide",
    "disposal_runs",
    "disposed_dossiers",
    "held_about",
    "hold_in",
    "holds_on",
    "is_stopped",
    "place_hold",
    "queue",
    "signs_for_office",
]

is_stopped = requests.is_stopped
holds_on = retention.holds_on
disposal_runs = retention.runs
place_hold = disposing.place_hold
hold_in = holds.hold_in


def ask(command: AskRight, *, actor: Actor, now: datetime) -> Asked:
    """A person asks something about their own data; an action of its own."""
    return actions.ask(command, actor=actor, now=now)


def decide(command: Decide, *, actor: Actor, now: datetime) -> None:
    """The data protection officer answers; an action of its own."""
    actions.decide(command, actor=actor, now=now)


def held_about(person_id: UUID) -> tuple[HeldUnder, ...]:
    """What the city holds about a person. No policy: the caller has checked its own."""
    return held.held_about(person_id)


def disposed_dossiers(codes: Collection[str]) -> dict[str, str]:
    """Those of these codes whose content was disposed of, and by which run."""
    return retention.disposed(codes, kind="dossiers.dossier")


def queue(actor: Actor, *, now: datetime) -> tuple[RequestLine, ...]:
    """What waits for this data protection officer."""
    return requests.queue(actor, now=now)
