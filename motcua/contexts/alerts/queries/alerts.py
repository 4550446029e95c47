"""Alerts through their policy, their chain, and who did what."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.alerts.contracts import (
    LANGUAGES,
    AlertNotFound,
    AlertView,
    Certainty,
    Ended,
    Kind,
    Severity,
    State,
    Status,
    Urgency,
    Words,
)
from motcua.contexts.alerts.models import Alert, Reach
from motcua.contexts.alerts.policies import AlertPolicy
from motcua.contexts.alerts.rules import cap, places
from motcua.contexts.organisations import public as organisations
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor

PAGE = 50
FEED_DAYS = timedelta(days=30)
PUBLIC = (State.RELEASED, State.ENDED)


def rows(actor: Actor, *, now: datetime) -> QuerySet[Alert]:
    return visible(Alert.objects.all(), actor, AlertPolicy, now=now)


def row(code: str, actor: Actor, *, now: datetime) -> Alert:
    """Raises: AlertNotFound."""
    found = rows(actor, now=now).filter(code=code).first()
    if found is None:
        raise AlertNotFound
    return found


def one(code: str, actor: Actor, *, now: datetime) -> AlertView:
    """With the codes of its chain. Raises: AlertNotFound."""
    found = row(code, actor, now=now)
    return view_of(found, chain=tuple(earlier.code for earlier in before(found)))


def public_one(code: str, actor: Actor, *, now: datetime) -> AlertView:
    """The same of what was released. Raises: AlertNotFound."""
    found = one(code, actor, now=now)
    if found.state not in PUBLIC:
        raise AlertNotFound
    return found


def document(code: str, actor: Actor, *, now: datetime) -> str:
    """The CAP document as it was released. Raises: AlertNotFound."""
    found = row(code, actor, now=now)
    if found.state not in PUBLIC:
        raise AlertNotFound
    return found.cap


def released(actor: Actor, *, now: datetime, before: str = "") -> tuple[AlertView, ...]:
    """What was released, newest first, a page and one more; keyset by the code of the last."""
    found = rows(actor, now=now).filter(state__in=PUBLIC).order_by("-released_at", "-id")
    if before:
        last = row(before, actor, now=now)
        found = found.filter(released_at__lt=last.released_at)
    return tuple(view_of(one) for one in found[: PAGE + 1])


def for_feed(actor: Actor, *, now: datetime) -> tuple[AlertView, ...]:
    """What was released within the last days, cancels and exercises too."""
    found = rows(actor, now=now).filter(state__in=PUBLIC, released_at__gt=now - FEED_DAYS)
    return tuple(view_of(one) for one in found.order_by("-released_at", "-id")[:PAGE])


def drafts(actor: Actor, *, now: datetime) -> tuple[AlertView, ...]:
    """What waits for somebody else to release it, oldest first."""
    found = rows(actor, now=now).filter(state=State.DRAFT).order_by("drafted_at", "id")
    return tuple(view_of(one) for one in found[:PAGE])


def for_update(alert_id: UUID) -> Alert:
    """Locked, so that a batch and a cancel come one after the other."""
    return Alert.objects.select_for_update().get(id=alert_id)


def unfinished() -> list[UUID]:
    """Released messages that somebody on their list has not been told of yet."""
    found = Alert.objects.filter(state=State.RELEASED, told_at__isnull=True)
    return list(found.order_by("released_at").values_list("id", flat=True))


def expired(now: datetime) -> list[Alert]:
    found = Alert.objects.select_for_update(skip_locked=True)
    return list(found.filter(state=State.RELEASED, expires_at__lte=now).order_by("expires_at"))


def has_expired(now: datetime) -> bool:
    return Alert.objects.filter(state=State.RELEASED, expires_at__lte=now).exists()


def before(found: Alert) -> list[Alert]:
    """The earlier messages of its chain, oldest first."""
    chain: list[Alert] = []
    earlier = found.replaces
    while earlier is not None:
        chain.insert(0, earlier)
        earlier = earlier.replaces
    return chain


def references(found: Alert) -> tuple[cap.Reference, ...]:
    """The chain as CAP names it."""
    chain = before(found)
    units = organisations.units_by_id({one.unit_id for one in chain})
    return tuple(
        cap.Reference(sender=units[one.unit_id].code, code=one.code, sent=one.released_at)
        for one in chain
        if one.released_at is not None
    )


def successor(code: str, actor: Actor, *, now: datetime) -> str:
    """The code of the message that replaced or cancelled this one; empty when none did."""
    found = rows(actor, now=now).filter(replaces__code=code, state__in=PUBLIC).first()
    return found.code if found else ""


def view_of(found: Alert, chain: tuple[str, ...] = ()) -> AlertView:
    unit = organisations.units_by_id([found.unit_id]).get(found.unit_id)
    return AlertView(
        id=found.id,
        code=found.code,
        status=Status(found.status),
        kind=Kind(found.kind),
        state=State(found.state),
        ended_as=Ended(found.ended_as) if found.ended_as else None,
        category=found.category,
        urgency=Urgency(found.urgency),
        severity=Severity(found.severity),
        certainty=Certainty(found.certainty),
        words={language: Words(**found.words[language]) for language in LANGUAGES},
        contact=found.contact,
        wards=tuple(found.wards),
        area=places.kept(found.shape),
        unit_id=found.unit_id,
        unit_name=unit.name if unit else "",
        template=found.template,
        version=found.version,
        hours=found.hours,
        drafted_at=found.drafted_at,
        released_at=found.released_at,
        onset_at=found.onset_at,
        expires_at=found.expires_at,
        ended_at=found.ended_at,
        chain=chain,
        reached=found.reached,
    )


def note_all_told(alert_id: UUID, *, now: datetime) -> None:
    """Only once nobody is left, also none whom another worker is telling at this moment."""
    if not Reach.objects.filter(alert_id=alert_id, told_at__isnull=True).exists():
        Alert.objects.filter(id=alert_id, told_at__isnull=True).update(told_at=now)
