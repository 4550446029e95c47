"""Nộp cả loạt: how far the sending of a table is, and which lines were not sent."""

from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from motcua.contexts.dossiers.contracts import BulkFault, BulkSendingView
from motcua.contexts.dossiers.models import (
    BulkFiling,
    BulkPart,
    BulkSending,
    BulkSendingPart,
)
from motcua.contexts.dossiers.queries.bulk import filing_row
from motcua.kernel.actors import Actor


def by_id(sending_id: UUID) -> BulkSending:
    return BulkSending.objects.select_related("filing").get(pk=sending_id)


def at_work(filing: BulkFiling) -> BulkSending | None:
    return BulkSending.objects.filter(filing=filing, done_at__isnull=True).first()


def parts_left(sending: BulkSending) -> list[BulkPart]:
    told = BulkSendingPart.objects.filter(sending=sending).values("number")
    rows = BulkPart.objects.filter(filing=sending.filing).exclude(number__in=told)
    return list(rows.order_by("number"))


def counts_of(sending: BulkSending) -> BulkSendingView:
    rows = BulkSendingPart.objects.filter(sending=sending)
    told = rows.aggregate(passed=Sum("passed"), refused=Sum("refused"))
    return BulkSendingView(
        trial=sending.trial,
        passed=told["passed"] or 0,
        refused=told["refused"] or 0,
        is_done=sending.done_at is not None,
    )


def latest_sending(bulk_id: UUID, actor: Actor, *, now: datetime) -> BulkSendingView | None:
    """Raises: BulkNotFound."""
    found = _latest(filing_row(bulk_id, actor, now=now))
    return counts_of(found) if found else None


def _latest(filing: BulkFiling) -> BulkSending | None:
    return BulkSending.objects.filter(filing=filing).order_by("-asked_at", "-id").first()


def lines_sent(
    bulk_id: UUID, actor: Actor, *, now: datetime, after: int = 0, limit: int = 50
) -> tuple[tuple[int, str], ...]:
    """Line and code of the dossier, of the latest sending. Raises: BulkNotFound."""
    found = _outcomes(filing_row(bulk_id, actor, now=now))
    codes = [(line, code) for line, code, _said in found if code and line > after]
    return tuple(codes[:limit])


def lines_refused(
    bulk_id: UUID, actor: Actor, *, now: datetime, after: int = 0, limit: int = 50
) -> tuple[BulkFault, ...]:
    """The first lines that were not sent, with what to do. Raises: BulkNotFound."""
    found = _outcomes(filing_row(bulk_id, actor, now=now))
    faults = [
        BulkFault(line=line, column="", sentence=said)
        for line, code, said in found
        if not code and line > after
    ]
    return tuple(faults[:limit])


def _outcomes(filing: BulkFiling) -> list[tuple[int, str, str]]:
    sending = _latest(filing)
    if sending is None:
        return []
    rows = BulkSendingPart.objects.filter(sending=sending).order_by("number")
    return [(line, code, said) for row in rows for line, code, said in row.outcomes]
