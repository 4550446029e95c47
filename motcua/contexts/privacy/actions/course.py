"""Gia hạn, rút yêu cầu: the one extension of a term, and a request that its owner takes back."""

from datetime import date, datetime

from motcua.contexts.casework import public as casework
from motcua.contexts.notifications import public as notifications
from motcua.contexts.privacy.contracts import (
    AnsweredBefore,
    ExtensionTooLong,
    NoExtension,
    Outcome,
    ReasonMissing,
    RequestNotFound,
    RequestStatus,
    Right,
)
from motcua.contexts.privacy.events import DataRequestDecided
from motcua.contexts.privacy.queries import requests as queries
from motcua.contexts.privacy.rules import rights
from motcua.kernel import db, events
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.db import owns_transaction
from motcua.kernel.text import nfc

LONGEST = 2000


@owns_transaction
def extend(code: str, *, until: date, reason: str, actor: Actor, now: datetime) -> None:
    """Once, where the right may be extended, no longer than it allows; the person is told why.

    Raises: RequestNotFound, NoExtension, ReasonMissing, ExtensionTooLong.
    """
    row = queries.row(code, actor, now=now)
    if not actor.has(Role.DATA_PROTECTION):
        raise RequestNotFound
    last = queries.extensible_to(row)
    if last is None:
        raise NoExtension
    if not nfc(reason):
        raise ReasonMissing(field="why")
    due_at = casework.case(code).due_at
    if due_at is None or not city_date(due_at) < until <= city_date(last):
        raise ExtensionTooLong(field="until")
    new_due = city_time(due_at).replace(year=until.year, month=until.month, day=until.day)
    told = nfc(reason)[:LONGEST]
    casework.extend(case_code=code, new_due=new_due, reason=told, actor=actor, now=now)
    casework.send_message(case_code=code, text=told, from_party=False, actor=actor, now=now)
    facts: dict[str, object] = {"until": str(until)}
    db.record(action="privacy.extend", subject=code, actor=actor, facts=facts)
    notifications.notify(
        template="data_request_extended",
        subject=code,
        params={"until": f"{until:%d/%m/%Y}"},
        now=now,
        person_id=row.person_id,
    )


@owns_transaction
def withdraw(code: str, *, actor: Actor, now: datetime) -> None:
    """Whoever asked takes it back before the answer; nothing is done of it.

    Raises: RequestNotFound (also for the officer), AnsweredBefore.
    """
    row = queries.row(code, actor, now=now)
    if row.person_id not in actor.own_ids:
        raise RequestNotFound
    if row.outcome:
        raise AnsweredBefore
    casework.ask_withdrawal(
        case_code=code, reason="", asked=RequestStatus.WITHDRAWAL_ASKED, actor=actor, now=now
    )
    casework.stop_withdrawn(case_code=code, stopped=RequestStatus.WITHDRAWN, actor=actor, now=now)
    row.outcome, row.decided_at = Outcome.WITHDRAWN, now
    db.change(row, "outcome", "decided_at", expecting={"outcome": ""})
    db.record(action="privacy.withdraw", subject=code, actor=actor, facts={"right": row.right})
    notifications.notify(
        template="data_request_withdrawn",
        subject=code,
        params={"what": rights.rule(Right(row.right)).name},
        now=now,
        person_id=row.person_id,
    )
    events.publish(
        DataRequestDecided(
            occurred_at=now, subject=code, right=row.right, outcome=Outcome.WITHDRAWN.value
        )
    )
