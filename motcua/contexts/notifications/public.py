"""Cửa vào của notifications: tell somebody, and show them what they were told."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from motcua.contexts.notifications import ports, queries
from motcua.contexts.notifications.actions import telling
from motcua.contexts.notifications.contracts import DeliveryState, Level, MessageView
from motcua.kernel import db
from motcua.kernel.actors import Actor

__all__ = [
    "deliver_by",
    "deliveries_about",
    "has_held",
    "messages_for",
    "messages_for_account",
    "notify",
    "reach_by",
    "settle_turns",
    "unread_by",
    "unread_count",
    "unread_count_for_account",
]


def notify(
    *,
    template: str,
    subject: str,
    params: Mapping[str, str],
    now: datetime,
    person_id: UUID | None = None,
    account_id: UUID | None = None,
    level: Level | None = None,
) -> None:
    """Tell one person (or one officer's account) something about a dossier.

    template: a table of texts.toml; its sentences whose values are missing in `params` are left
    out. level: only to overrule the template's. now: pass the event's `occurred_at`: told again
    with the same moment nothing happens twice. Inside an action it joins, else it is its own.
    Raises: UnknownTemplate, NobodyToTell.
    """
    tell = telling.tell_within if db.inside_action() else telling.tell
    tell(
        person_id=person_id,
        account_id=account_id,
        template=template,
        subject=subject,
        params=params,
        level=level,
        now=now,
    )


def reach_by(rule: ports.SubjectRule) -> None:
    """Say which messages a limited mandate reaches; see `ports.reach_by`."""
    ports.reach_by(rule)


def deliver_by(rule: ports.DeskRule) -> None:
    """Say which desk brings a notice on paper that reached nobody; see `ports.deliver_by`."""
    ports.deliver_by(rule)


def settle_turns(
    *,
    subject: str,
    now: datetime,
    person_id: UUID | None = None,
    account_id: UUID | None = None,
) -> None:
    """Move a reader's messages about a dossier out of «Cần làm»; an action of its own."""
    telling.settle_turns(subject=subject, person_id=person_id, account_id=account_id, now=now)


def messages_for(
    person_id: UUID, *, language: str = "vi", before: UUID | None = None
) -> tuple[MessageView, ...]:
    """What a person was told, newest first, a page at a time (keyset by id)."""
    rows = queries.of_person(person_id)
    return queries.page_of(rows, None, before=before, language=language)[: queries.PAGE]


def messages_for_account(
    account_id: UUID, *, language: str = "vi", before: UUID | None = None
) -> tuple[MessageView, ...]:
    """What an officer was told, newest first."""
    rows = queries.of_account(account_id)
    return queries.page_of(rows, None, before=before, language=language)[: queries.PAGE]


def unread_by(actor: Actor, *, now: datetime) -> int:
    """For the badge of whoever reads: their own, or of whom they act for as far as they may."""
    if actor.person_id is not None and not actor.mandate and not actor.also:
        return queries.unread(person_id=actor.person_id)
    return queries.unread_of(queries.inbox(actor, now=now))


def unread_count(person_id: UUID) -> int:
    """For the badge: one look at an index, never more than 100."""
    return queries.unread(person_id=person_id)


def unread_count_for_account(account_id: UUID) -> int:
    """For the officer's badge."""
    return queries.unread(account_id=account_id)


def deliveries_about(subject: str) -> dict[str, dict[str, int]]:
    """How many went out about a subject: by channel, then by state. Counts, nobody's name."""
    return queries.deliveries_about(subject)


def has_held(now: datetime) -> bool:
    """Whether messages held over night may go out now."""
    return queries.is_waiting(DeliveryState.HELD, now)
