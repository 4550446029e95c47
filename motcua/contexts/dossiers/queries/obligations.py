"""Nghĩa vụ đến hạn: of dossiers, bills, mandates and keys of a party, by their days."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from motcua.contexts.dossiers.contracts.obligations import (
    FeedNotFound,
    FeedView,
    Obligation,
    ObligationKind,
)
from motcua.contexts.dossiers.models import CalendarFeed, Dossier, SupplementRequest
from motcua.contexts.dossiers.policies import CalendarFeedPolicy
from motcua.contexts.dossiers.queries.lists import visible_rows
from motcua.contexts.identity import public as identity
from motcua.contexts.payments import public as payments
from motcua.contexts.payments.contracts import InvoiceState, InvoiceView
from motcua.kernel import access
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time, start_of_day

TOLD_AFTER = timedelta(days=60)  # how long what ended is told as cancelled
MOST = 500
HOST = "motcua.invalid"  # of an UID: nobody's, and the same wherever the city runs


def obligations(actor: Actor, *, now: datetime) -> tuple[Obligation, ...]:
    """Those still open and those that ended lately."""
    if not actor.party_ids:
        return ()
    rows = list(_dossiers(actor, now))
    found = [*_of_dossiers(rows, now), *_supplements(rows, now), *_of_keys(actor, now)]
    return tuple(sorted(found, key=lambda one: (_moment(one.at), one.uid)))


def open_obligations(actor: Actor, *, now: datetime) -> tuple[Obligation, ...]:
    return tuple(one for one in obligations(actor, now=now) if not one.ended)


def _moment(at: datetime | date) -> datetime:
    return at if isinstance(at, datetime) else start_of_day(at)


def _dossiers(actor: Actor, now: datetime) -> Iterator[Dossier]:
    living = Q(case__ended_at__isnull=True) | Q(case__ended_at__gt=now - TOLD_AFTER)
    mine = visible_rows(actor, now).filter(living, applicant_person_id__in=actor.party_ids)
    yield from mine.order_by("-case__opened_at", "-case_id")[:MOST]


def _of_dossiers(rows: list[Dossier], now: datetime) -> Iterator[Obligation]:
    bills = payments.invoices_of(tuple(row.code for row in rows))
    for row in rows:
        case = row.case
        if case.due_at is not None:
            yield _of(ObligationKind.RESULT, row, case.due_at, ended=case.ended_at is not None)
        bill = bills.get(row.code)
        if bill is not None and bill.state is not InvoiceState.NOTHING_DUE:
            yield _fee(row, bill, now)


def _fee(row: Dossier, bill: InvoiceView, now: datetime) -> Obligation:
    ended = not bill.outstanding or row.case.ended_at is not None
    path = f"/thanh-toan/{bill.code}"
    return _of(ObligationKind.FEE, row, None, ended=ended, now=now, path=path)


def _supplements(rows: list[Dossier], now: datetime) -> Iterator[Obligation]:
    by_id = {row.pk: row for row in rows}
    asked = SupplementRequest.objects.filter(dossier__in=by_id).order_by("dossier", "number")
    for request in asked:
        row = by_id[request.dossier_id]
        ended = request.supplied_at is not None or row.case.ended_at is not None
        yield _of(
            ObligationKind.SUPPLEMENT,
            row,
            request.answer_by,
            ended=ended,
            now=now,
            path=f"/ho-so/{row.code}/gui-them",
            number=request.number,
        )


def _of(
    kind: ObligationKind,
    row: Dossier,
    at: datetime | None,
    *,
    ended: bool,
    now: datetime | None = None,
    path: str = "",
    number: int = 0,
) -> Obligation:
    """What has no deadline stands on today, and moves on every day until it is done."""
    today = city_date(now) if now else date.min
    return Obligation(
        uid=f"{kind.lower()}-{row.code}-{number}@{HOST}",
        kind=kind,
        subject=row.code,
        at=city_time(at) if at else today,
        open_ended=at is None,
        ended=ended,
        sequence=row.case.version + (0 if at else today.toordinal()),
        path=path or f"/ho-so/{row.code}",
    )


def _of_keys(actor: Actor, now: datetime) -> Iterator[Obligation]:
    """Rights to act and keys of programs that end: a business stands still without them."""
    oldest = city_date(now) - TOLD_AFTER
    for mandate in identity.mandates_given(actor, now=now):
        if mandate.valid_to is not None and mandate.valid_to >= oldest:
            ended = mandate.revoked_at is not None or mandate.valid_to < city_date(now)
            yield _ending(
                ObligationKind.MANDATE, mandate.id, mandate.valid_to, "/toi/uy-quyen", ended
            )
    for key_id, day, ended in identity.key_ends(actor, since=oldest, now=now):
        yield _ending(ObligationKind.KEY, key_id, day, "/toi/lap-trinh", ended)


def _ending(kind: ObligationKind, key: UUID, day: date, path: str, ended: bool) -> Obligation:
    return Obligation(
        uid=f"{kind.lower()}-{key}@{HOST}",
        kind=kind,
        subject="",
        at=day,
        open_ended=False,
        ended=ended,
        sequence=int(ended),
        path=path,
    )


def feed_digest(text: str) -> bytes:
    """The secret has 256 random bits: a plain hash cannot be guessed back."""
    return sha256(text.encode()).digest()


def own_feed(actor: Actor, *, now: datetime) -> CalendarFeed | None:
    """The living address of the party's calendar that this account made."""
    rows = access.visible(CalendarFeed.objects.all(), actor, CalendarFeedPolicy, now=now)
    return rows.filter(ended_at__isnull=True).first()


def feed_view(actor: Actor, *, now: datetime) -> FeedView | None:
    row = own_feed(actor, now=now)
    return FeedView(id=row.id, made_at=row.made_at, read_at=row.read_at) if row else None


def feed_of(text: str) -> CalendarFeed:
    """Raises: FeedNotFound."""
    rows = CalendarFeed.objects.filter(digest=feed_digest(text), ended_at__isnull=True)
    found = rows.first()
    if found is None:
        raise FeedNotFound
    return found
