"""Báo tin: put a message in a reader's inbox, once, and end the turns that it answers."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from motcua.contexts.notifications import queries
from motcua.contexts.notifications.contracts import Level, NobodyToTell
from motcua.contexts.notifications.events import NotificationMade
from motcua.contexts.notifications.models import Notification
from motcua.contexts.notifications.rules import wording
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import joins_transaction, owns_transaction, record
from motcua.kernel.events import publish

ONCE = UUID("8f6f9d1c-6c1a-4a61-9a52-0f3b7a9d2e11")


@joins_transaction
def tell_within(
    *,
    person_id: UUID | None,
    account_id: UUID | None,
    template: str,
    subject: str,
    params: Mapping[str, str],
    level: Level | None,
    now: datetime,
) -> None:
    """Write the message inside the caller's action; told again with the same `now`, only once.

    Raises: UnknownTemplate, NobodyToTell.
    """
    kind = wording.template(template)
    reader = person_id or account_id
    if reader is None or (person_id and account_id):
        raise NobodyToTell
    if kind.settles:
        queries.settle(subject, kind.settles, person_id=person_id, account_id=account_id, now=now)
    notification = Notification(
        once=uuid5(ONCE, f"{reader}|{template}|{subject}|{now.timestamp()}"),
        person_id=person_id,
        account_id=account_id,
        level=level or kind.level,
        template=template,
        params=dict(params),
        subject=subject,
        created_at=now,
    )
    Notification.objects.bulk_create([notification], ignore_conflicts=True)
    if kind.served:  # proves later when it was made
        record(
            action="notifications.made",
            subject=str(notification.once),
            actor=SYSTEM,
            facts={"template": template, "about": subject},
        )
    if person_id or kind.channels or queries.has_devices(reader):
        made = NotificationMade(occurred_at=now, subject=subject, notification_id=notification.id)
        publish(made, urgent=notification.level == Level.EMERGENCY)


@owns_transaction
def tell(
    *,
    person_id: UUID | None,
    account_id: UUID | None,
    template: str,
    subject: str,
    params: Mapping[str, str],
    level: Level | None,
    now: datetime,
) -> None:
    """`tell_within` as an action of its own, for subscribers and periodic work."""
    tell_within(
        person_id=person_id,
        account_id=account_id,
        template=template,
        subject=subject,
        params=params,
        level=level,
        now=now,
    )
    record(action="notifications.tell", subject=subject, actor=SYSTEM, facts={"template": template})


@owns_transaction
def settle_turns(
    *, subject: str, person_id: UUID | None, account_id: UUID | None, now: datetime
) -> None:
    """Nothing is left to do about this dossier for this reader."""
    everything = (wording.EVERYTHING,)
    queries.settle(subject, everything, person_id=person_id, account_id=account_id, now=now)
    record(action="notifications.settle_turns", subject=subject, actor=SYSTEM)
