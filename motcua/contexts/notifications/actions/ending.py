"""Hết hạn lưu: messages that ask for nothing any more go, with how they were delivered."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.contexts.notifications.contracts import DeliveryState, Level
from motcua.contexts.notifications.models import Delivery, Notification, PaperService
from motcua.kernel.db import joins_transaction
from motcua.kernel.holdings import Ending, digest_of

CLOSED = Q(level=Level.FYI) | Q(settled_at__isnull=False)
ON_THE_WAY = (DeliveryState.HELD, DeliveryState.HANDED)


class MessagesEnd:
    """Closed notifications, whoever read them; past the period nothing is on its way any more."""

    kind = "notifications.notification"

    def due(self, before: datetime, *, limit: int, without: Collection[str]) -> Sequence[Ending]:
        old = Notification.objects.filter(CLOSED, created_at__lt=before)
        rows = old.exclude(subject__in=without)
        return [_ending(row) for row in rows.order_by("id")[:limit]]

    def of_person(self, person_id: UUID) -> Sequence[Ending]:
        rows = _closed().filter(person_id=person_id, read_at__isnull=False)
        return [_ending(row) for row in rows.order_by("id")]

    @joins_transaction
    def erase(self, ids: Collection[UUID], *, now: datetime) -> int:
        PaperService.objects.filter(notification_id__in=ids).delete()
        Delivery.objects.filter(notification_id__in=ids).delete()
        Notification.objects.filter(pk__in=ids).delete()
        return 0


def _closed() -> "QuerySet[Notification]":
    """Nothing to do about them, and no way out of the house still open."""
    leaving = Delivery.objects.filter(state__in=ON_THE_WAY).values("notification_id")
    return Notification.objects.filter(CLOSED).exclude(pk__in=leaving)


def _ending(row: Notification) -> Ending:
    return Ending(
        id=row.id,
        code=row.subject or f"message {row.id}",
        digest=digest_of(row.template, row.params),
        person_id=row.person_id,
        ended_at=row.created_at,
    )
