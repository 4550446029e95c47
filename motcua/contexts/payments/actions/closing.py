"""Chốt ngày: a collector signs the sums of a day, a second person closes it; then it never changes.

Money that turns up afterwards is a line of the next day, with the day it belongs to.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError

from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.payments.contracts import ReasonNeeded
from motcua.contexts.payments.contracts.closing import (
    ClosingMade,
    ClosingMoved,
    ClosingNotFound,
    DayNotOver,
    EarlierDayOpen,
    NotYourDay,
    SameSigner,
    SignDay,
    SigningNeedsProof,
    WordsNeeded,
)
from motcua.contexts.payments.events import DaysLeftOpen
from motcua.contexts.payments.models import ClosingLine, UnitClosing
from motcua.contexts.payments.queries import closings
from motcua.contexts.payments.rules.closing import Sheet, report
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import change, insert, owns_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.text import nfc

LONGEST = 300
PROOF = timedelta(minutes=5)
CLOSERS = (Role.DIVISION_HEAD, Role.SIGNER, Role.FEE_COLLECTOR)


def sign_day(command: SignDay, *, actor: Actor, now: datetime) -> ClosingMade:
    """A collector of the unit says that the sums are right.

    Raises: NotYourDay, SigningNeedsProof, ClosingNotFound, ClosingMoved, EarlierDayOpen,
    DayNotOver, WordsNeeded.
    """
    try:
        return _sign(command, actor=actor, now=now)
    except IntegrityError:  # a second press, or a colleague
        raise ClosingMoved from None


@owns_transaction
def _sign(command: SignDay, *, actor: Actor, now: datetime) -> ClosingMade:
    officer = _signer(command.unit_id, actor, (Role.FEE_COLLECTOR,), now=now)
    sheet = _sheet(command.unit_id, command.day, command.digest, today=city_date(now))
    words = nfc(command.words)[:LONGEST]
    if sheet.needs_words and not words:
        raise WordsNeeded(field="words")
    row = UnitClosing(
        unit_id=command.unit_id,
        day=command.day,
        report=report(sheet),
        digest=sheet.digest,
        words=words,
        signed_at=now,
        signed_by_id=officer,
    )
    insert(row)
    _record("payments.sign_unit_day", row, actor)
    return ClosingMade(id=row.id)


def close_day(closing_id: UUID, *, actor: Actor, now: datetime) -> ClosingMade:
    """The second person has looked too: the lines are written down and stand for ever.

    Raises: ClosingNotFound, NotYourDay, SameSigner, SigningNeedsProof, ClosingMoved, DayNotOver.
    """
    try:
        return _close(closing_id, actor=actor, now=now)
    except IntegrityError:  # a line that another closing took at the same moment
        raise ClosingMoved from None


@owns_transaction
def _close(closing_id: UUID, *, actor: Actor, now: datetime) -> ClosingMade:
    row = closings.closing_for_update(closing_id)
    officer = _signer(row.unit_id, actor, CLOSERS, now=now)
    if row.closed_at is not None or row.returned_at is not None:
        raise ClosingMoved
    if officer == row.signed_by_id:
        raise SameSigner
    sheet = _sheet(row.unit_id, row.day, row.digest, today=city_date(now))
    row.closed_at, row.closed_by_id = now, officer
    change(row, "closed_at", "closed_by_id", expecting={"closed_at": None, "returned_at": None})
    insert(*_frozen(row, sheet))
    _record("payments.close_unit_day", row, actor)
    return ClosingMade(id=row.id)


@owns_transaction
def return_day(closing_id: UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """The second person does not agree: the collector looks again and signs anew.

    Raises: ClosingNotFound, NotYourDay, SameSigner, ReasonNeeded, ClosingMoved.
    """
    row = closings.closing_for_update(closing_id)
    officer = _at(row.unit_id, actor, CLOSERS, now=now)
    if row.closed_at is not None or row.returned_at is not None:
        raise ClosingMoved
    if not nfc(reason):
        raise ReasonNeeded(field="reason")
    row.returned_at, row.returned_by_id = now, officer
    row.return_reason = nfc(reason)[:LONGEST]
    change(
        row, "returned_at", "returned_by_id", "return_reason",
        expecting={"closed_at": None, "returned_at": None},
    )  # fmt: skip
    _record("payments.return_unit_day", row, actor)


@owns_transaction
def tell_open_days(*, now: datetime) -> None:
    """Each morning: whoever collects and heads a unit hears of days before today left open."""
    today = city_date(now)
    waiting: dict[UUID, list[date]] = {}
    for one in closings.open_days(None, today - timedelta(days=1)):
        waiting.setdefault(one.unit_id, []).append(one.day)
    for unit_id, days in sorted(waiting.items()):
        publish(
            DaysLeftOpen(
                occurred_at=now,
                subject=str(unit_id),
                unit_id=organisations.heir_of(unit_id, today),
                days=len(days),
                oldest=min(days).isoformat(),
            )
        )
    record(
        action="payments.tell_open_days",
        subject=today.isoformat(),
        actor=SYSTEM,
        facts={"units": len(waiting)},
    )


def may_sign(unit_id: UUID, actor: Actor, *, now: datetime) -> bool:
    """Whether the actor collects there."""
    return _holds(unit_id, actor, (Role.FEE_COLLECTOR,), now=now)


def may_close(unit_id: UUID, actor: Actor, *, now: datetime) -> bool:
    """Whether the actor may be the second person there."""
    return _holds(unit_id, actor, CLOSERS, now=now)


def _holds(unit_id: UUID, actor: Actor, wanted: tuple[Role, ...], *, now: datetime) -> bool:
    heir = organisations.heir_of(unit_id, city_date(now))
    return any(actor.holds(one, wanted) for one in (unit_id, heir))


def _signer(unit_id: UUID, actor: Actor, wanted: tuple[Role, ...], *, now: datetime) -> UUID:
    """The officer, who has just shown who they are. Raises: NotYourDay, SigningNeedsProof."""
    officer = _at(unit_id, actor, wanted, now=now)
    identity.require_recent(actor, now=now)
    if actor.proven_at is None or now - actor.proven_at > PROOF:
        raise SigningNeedsProof(field="code")
    return officer


def _at(unit_id: UUID, actor: Actor, wanted: tuple[Role, ...], *, now: datetime) -> UUID:
    """Raises: NotYourDay."""
    if actor.officer_id is None or not _holds(unit_id, actor, wanted, now=now):
        raise NotYourDay
    return actor.officer_id


def _sheet(unit_id: UUID, day: date, digest: str, *, today: date) -> Sheet:
    """The day as it stands, if it is as it was seen.

    Raises: ClosingNotFound, EarlierDayOpen, ClosingMoved, DayNotOver.
    """
    closed = closings.closed_span(unit_id)[1]
    if day > today or (closed is not None and day <= closed):
        raise ClosingNotFound
    if closings.earlier_open(unit_id, day) is not None:
        raise EarlierDayOpen
    sheet = closings.sheet_of(unit_id, day)
    if sheet.digest != digest:
        raise ClosingMoved
    if sheet.blocked:
        raise DayNotOver
    return sheet


def _frozen(row: UnitClosing, sheet: Sheet) -> tuple[ClosingLine, ...]:
    return tuple(
        ClosingLine(
            closing=row,
            kind=one.kind,
            item=one.item,
            amount_dong=int(one.amount),
            happened_at=one.at,
            happened_on=one.on,
            reference=one.reference,
            bill=one.bill,
        )
        for one in sheet.entries
    )


def _record(action: str, row: UnitClosing, actor: Actor) -> None:
    record(
        action=action,
        subject=row.day.isoformat(),
        actor=actor,
        facts={
            "closing": str(row.id),
            "unit": str(row.unit_id),
            "digest": row.digest,
            "net": row.report["net"],
        },
    )
