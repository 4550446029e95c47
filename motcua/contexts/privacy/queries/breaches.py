"""Questions about breaches."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.documents import public as documents
from motcua.contexts.identity import public as identity
from motcua.contexts.privacy.contracts import BreachNotFound, BreachStep
from motcua.contexts.privacy.models import Breach, BreachEvent
from motcua.contexts.privacy.policies import BreachPolicy
from motcua.contexts.privacy.rules.breaches import Countdown, countdown
from motcua.kernel import access
from motcua.kernel.actors import Actor

MANY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of the timeline."""

    at: datetime
    step: BreachStep
    who: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachView:
    """A breach with its countdowns. persons: None where nobody has to be told."""

    code: str
    found_at: datetime
    recorded_at: datetime
    story: str
    classes: tuple[str, ...]
    activities: tuple[str, ...]
    affected: int | None
    tells_persons: bool
    authority: Countdown
    persons: Countdown | None
    authority_proof: str
    persons_proof: str
    closed_at: datetime | None
    letter_url: str
    life: tuple[Happening, ...] = ()


def visible(actor: Actor, now: datetime) -> "QuerySet[Breach]":
    return access.visible(Breach.objects.all(), actor, BreachPolicy, now=now)


def row(code: str, actor: Actor, *, now: datetime) -> Breach:
    """Raises: BreachNotFound."""
    found = visible(actor, now).filter(code=code).first()
    if found is None:
        raise BreachNotFound
    return found


def all_of(actor: Actor, *, now: datetime) -> tuple[BreachView, ...]:
    """Open ones first, the next due at the top."""
    rows = visible(actor, now).order_by("closed_at", "found_at", "id").reverse()[:MANY]
    kept = sorted(rows, key=lambda one: (one.closed_at is not None, one.found_at))
    return tuple(_view(one, now) for one in kept)


def one(code: str, actor: Actor, *, now: datetime) -> BreachView:
    """Raises: BreachNotFound."""
    found = row(code, actor, now=now)
    return _view(found, now, life=_life(found.id), url=_url(found.letter_id))


def _url(file_id: UUID | None) -> str:
    return documents.file_by_id(file_id).url if file_id else ""


def _life(breach_id: UUID) -> tuple[Happening, ...]:
    rows = list(BreachEvent.objects.filter(breach_id=breach_id).order_by("at", "id"))
    names = identity.officer_names({r.actor_account_id for r in rows if r.actor_account_id})
    return tuple(
        Happening(
            at=r.at,
            step=BreachStep(r.step),
            who=names.get(r.actor_account_id, "") if r.actor_account_id else "",
            note=r.note or "",
        )
        for r in rows
    )


def _view(
    found: Breach, now: datetime, *, life: tuple[Happening, ...] = (), url: str = ""
) -> BreachView:
    since, told = found.found_at, found.persons_told_at
    return BreachView(
        code=found.code,
        found_at=since,
        recorded_at=found.recorded_at,
        story=found.story,
        classes=tuple(found.classes),
        activities=tuple(found.activities),
        affected=found.affected,
        tells_persons=found.tells_persons,
        authority=countdown(since, done_at=found.authority_told_at, as_of=now),
        persons=countdown(since, done_at=told, as_of=now) if found.tells_persons else None,
        authority_proof=found.authority_proof,
        persons_proof=found.persons_proof,
        closed_at=found.closed_at,
        letter_url=url,
        life=life,
    )
