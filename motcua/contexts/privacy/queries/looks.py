"""Ai đã xem: the read log in names and words, for its owner and for the guards of data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.privacy.contracts import LookNotFound
from motcua.contexts.privacy.models import LookQuestion, ReadAlert, WatchSetting
from motcua.contexts.privacy.policies import LookQuestionPolicy, ReadAlertPolicy
from motcua.contexts.privacy.rules.watching import Watch
from motcua.kernel import read_log
from motcua.kernel.access import visible
from motcua.kernel.actors import ROLE_NAMES, Actor, Role
from motcua.kernel.read_log import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class LookLine:
    """A look with the names of reader and unit; empty for machines and holders of a code."""

    look: Look
    reader: str
    role: str
    unit: str
    question: LookQuestion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """An alert with the reader's name."""

    alert: ReadAlert
    reader: str


def looks_of(
    actor: Actor, *, by_machines: bool = False, before: datetime | None = None, limit: int = 30
) -> tuple[LookLine, ...]:
    """Who read about the caller, newest first. Raises: LookNotFound for whoever is no person."""
    if actor.person_id is None:
        raise LookNotFound
    found = read_log.looks_at(actor.person_id, by_machines=by_machines, before=before, limit=limit)
    return _named(found)


def look_of(actor: Actor, line_id: UUID) -> Look:
    """Raises: LookNotFound, also for a line about somebody else."""
    found = read_log.look_at(actor.person_id, line_id) if actor.person_id else None
    if found is None:
        raise LookNotFound
    return found


def _named(looks: Iterable[Look]) -> tuple[LookLine, ...]:
    looks = tuple(looks)
    names = identity.officer_names([look.account_id for look in looks if look.account_id])
    units = organisations.units_by_id({look.unit_id for look in looks if look.unit_id})
    asked = {
        one.line: one for one in LookQuestion.objects.filter(line__in=[look.id for look in looks])
    }
    return tuple(
        LookLine(
            look=look,
            reader=names.get(look.account_id, "") if look.account_id else "",
            role=ROLE_NAMES[Role(look.role)] if look.role else "",
            unit=units[look.unit_id].name if look.unit_id in units else "",
            question=asked.get(look.id),
        )
        for look in looks
    )


def questions(actor: Actor, *, now: datetime) -> tuple[tuple[LookQuestion, LookLine | None], ...]:
    """What people asked about looks, unanswered first, with the look itself."""
    rows = visible(LookQuestion.objects.all(), actor, LookQuestionPolicy, now=now)
    found = list(rows.order_by("-answered_at", "asked_at")[:200])
    known = [read_log.look_at(one.person_id, one.line) for one in found]
    looks = {line.look.id: line for line in _named(look for look in known if look)}
    return tuple((one, looks.get(one.line)) for one in found)


def alerts(actor: Actor, *, now: datetime) -> tuple[AlertLine, ...]:
    """Unseen first, newest first."""
    rows = visible(ReadAlert.objects.all(), actor, ReadAlertPolicy, now=now)
    found = list(rows.order_by("-seen_at", "-hour", "account_id")[:200])
    names = identity.officer_names([one.account_id for one in found])
    return tuple(AlertLine(alert=one, reader=names.get(one.account_id, "")) for one in found)


def alert(alert_id: UUID, actor: Actor, *, now: datetime) -> AlertLine:
    """Raises: LookNotFound."""
    row = visible(ReadAlert.objects.all(), actor, ReadAlertPolicy, now=now).filter(id=alert_id)
    found = row.first()
    if found is None:
        raise LookNotFound
    names = identity.officer_names([found.account_id])
    return AlertLine(alert=found, reader=names.get(found.account_id, ""))


def looks_behind(line: AlertLine, *, limit: int = 200) -> tuple[Look, ...]:
    """What the officer read in the hour of the alert, oldest first."""
    return read_log.looks_in_hour(line.alert.account_id, line.alert.hour, limit=limit)


def watch_of_now() -> Watch:
    """As a guard set it last."""
    row = WatchSetting.objects.order_by("-set_at", "-id").first()
    if row is None:
        return Watch()
    return Watch(many=row.many, odd_from=row.odd_from, odd_to=row.odd_to, odd_many=row.odd_many)
