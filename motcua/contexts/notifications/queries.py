"""Hộp thông báo: lists, the badge, and the rows that wait to go out."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from motcua.contexts.notifications import ports
from motcua.contexts.notifications.contracts import (
    DeliveryState,
    Level,
    MessageView,
    Tab,
)
from motcua.contexts.notifications.models import Delivery, Notification
from motcua.contexts.notifications.rules import wording
from motcua.kernel.access import Ground, Policy, visible, where
from motcua.kernel.actors import Actor

PAGE = 30
BADGE_LIMIT = 100
RELEASE_BATCH = 200
TURN = ~Q(level=Level.FYI) & Q(settled_at__isnull=True)


class NotificationPolicy(Policy):
    """A message is for its reader and nobody else, whatever their posts."""

    resource = "notifications.notification"
    model = "notifications.Notification"
    what = "thông báo"
    named_by: ClassVar = {"notification_id": "pk"}
    lists = ("/thong-bao",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        ours = Q(person_id__in=actor.party_ids)
        if actor.mandate and actor.mandate.is_limited:
            ours &= ports.reached(actor, now)
        to_account = where(actor.is_officer and actor.account_id, Q(account_id=actor.account_id))
        to_person = where(actor.is_citizen and actor.party_ids, ours)
        return (
            Ground("Thông báo này gửi cho bạn.", to_account if actor.is_officer else to_person),
        )


def inbox(actor: Actor, *, now: datetime) -> QuerySet[Notification]:
    """Everything the actor was told, newest first."""
    rows = visible(Notification.objects.all(), actor, NotificationPolicy, now=now)
    return rows.order_by("-id")


def page_of(
    rows: QuerySet[Notification], tab: Tab | None, *, before: UUID | None, language: str
) -> tuple[MessageView, ...]:
    """One page of a tab (of both without one), and one message more when there are older ones."""
    if tab is not None:
        rows = rows.filter(TURN) if tab is Tab.TO_DO else rows.exclude(TURN)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(view_of(row, language) for row in rows[: PAGE + 1])


def of_person(person_id: UUID) -> QuerySet[Notification]:
    return Notification.objects.filter(person_id=person_id).order_by("-id")


def of_account(account_id: UUID) -> QuerySet[Notification]:
    return Notification.objects.filter(account_id=account_id).order_by("-id")


def unread(*, person_id: UUID | None = None, account_id: UUID | None = None) -> int:
    """How many are unread, counted up to BADGE_LIMIT on an index of unread rows only."""
    rows = Notification.objects.filter(_reader(person_id, account_id), read_at__isnull=True)
    return rows.order_by()[:BADGE_LIMIT].count()


def _reader(person_id: UUID | None, account_id: UUID | None) -> Q:
    return Q(person_id=person_id) if person_id else Q(account_id=account_id)


def unread_of(rows: QuerySet[Notification]) -> int:
    """How many of these are unread, counted up to BADGE_LIMIT."""
    return rows.filter(read_at__isnull=True).order_by()[:BADGE_LIMIT].count()


def to_do_count(rows: QuerySet[Notification]) -> int:
    """How many messages ask for an act, counted up to BADGE_LIMIT."""
    return rows.filter(TURN).order_by()[:BADGE_LIMIT].count()


def view_of(row: Notification, language: str) -> MessageView:
    values = {**row.params, "subject": row.subject}
    words = wording.say(row.template, language, values)
    return MessageView(
        id=row.id,
        level=Level(row.level),
        template=row.template,
        subject=row.subject,
        title=words.title,
        text=" ".join(words.text),
        next_step=words.next_step,
        url=wording.link_of(row.template, values),
        created_at=row.created_at,
        read=row.read_at is not None,
        settled=row.settled_at is not None,
    )


def settle(
    subject: str,
    templates: Iterable[str],
    *,
    person_id: UUID | None,
    account_id: UUID | None,
    now: datetime,
) -> None:
    """End the turns of these templates (EVERYTHING: of all) about a dossier for one reader."""
    open_turns = Notification.objects.filter(TURN, _reader(person_id, account_id), subject=subject)
    wanted = tuple(templates)
    if wording.EVERYTHING not in wanted:
        open_turns = open_turns.filter(template__in=wanted)
    open_turns.update(settled_at=now)


def mark_read(rows: QuerySet[Notification], *, now: datetime) -> None:
    """Read; the turn of a message that asks for nothing more than eyes ends with it."""
    found = rows.order_by()
    unsettled = found.filter(TURN).exclude(template__in=wording.staying())
    unsettled.update(settled_at=now)
    found.filter(read_at__isnull=True).update(read_at=now)


def for_sending(notification_id: UUID) -> Notification | None:
    """Lock the message so that two workers start its ways out one after the other."""
    rows = Notification.objects.select_for_update().filter(id=notification_id)
    return rows.order_by("id").first()


def started_channels(notification_id: UUID) -> frozenset[str]:
    rows = Delivery.objects.filter(notification_id=notification_id).order_by("channel")
    return frozenset(rows.values_list("channel", flat=True))


def held_for_update(now: datetime) -> list[Delivery]:
    """What may go out now; rows another worker holds are passed over."""
    rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=DeliveryState.HELD, not_before__lte=now
    )
    return list(rows.select_related("notification").order_by("not_before", "id")[:RELEASE_BATCH])


def has_held(now: datetime) -> bool:
    return Delivery.objects.filter(state=DeliveryState.HELD, not_before__lte=now).exists()


def set_outcome(delivery_id: UUID, state: DeliveryState, *, reason: str, now: datetime) -> None:
    """Compare and set; what was sent stays sent."""
    waiting = Delivery.objects.filter(id=delivery_id).exclude(state=DeliveryState.SENT)
    waiting.update(state=state, reason=reason[:200], changed_at=now)


def deliveries_of(notification_id: UUID) -> tuple[Delivery, ...]:
    rows = Delivery.objects.filter(notification_id=notification_id)
    return tuple(rows.order_by("channel"))


def deliveries_about(subject: str) -> dict[str, dict[str, int]]:
    rows = Delivery.objects.filter(notification__subject=subject).order_by()
    found: dict[str, dict[str, int]] = {}
    for channel, state, count in rows.values_list("channel", "state").annotate(Count("id")):
        found.setdefault(channel, {})[state] = count
    return found
