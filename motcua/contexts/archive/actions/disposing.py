"""Tiêu hủy bởi hai người: one proposes, another decides by the council's record.

What is erased, how, and the certificate are privacy's (`actions/retention.py` there): this says
only which dossiers may go, and asks again at the moment they go.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from motcua.contexts.archive.contracts import (
    ApproveDisposal,
    ListDecided,
    ListState,
    MinutesMissing,
    NothingToDispose,
    OwnProposal,
    Proposed,
    ProposeDisposal,
    TooManyListed,
    WhyMissing,
)
from motcua.contexts.archive.models import (
    DisposalLine,
    DisposalList,
    Keeping,
    PackedDossier,
    RestoredDossier,
    RestoredFile,
)
from motcua.contexts.archive.queries import disposals, keepings
from motcua.contexts.archive.rules.keeping import may_go
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.privacy import public as privacy
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.db import joins_transaction, owns_transaction
from motcua.kernel.holdings import Ending
from motcua.kernel.text import letters_in, nfc

MOST = 500
FEW_LETTERS = 4


@owns_transaction
def propose(command: ProposeDisposal, *, actor: Actor, now: datetime) -> Proposed:
    """A list of what may go; what may not is left out. Raises: TooManyListed, WhyMissing,
    NothingToDispose."""
    why = nfc(command.why)[:500]
    if letters_in(why) < FEW_LETTERS:
        raise WhyMissing(field="why")
    if len(command.codes) > MOST:
        raise TooManyListed(field="codes")
    rows = _free(command.codes, actor, now)
    if not rows:
        raise NothingToDispose(field="codes")
    assert actor.account_id is not None
    row = DisposalList(
        code=f"DM-{city_time(now):%Y%m%d-%H%M%S}",
        state=ListState.PROPOSED,
        why=why,
        proposed_by=actor.account_id,
        proposed_at=now,
    )
    db.insert(row, *(DisposalLine(list=row, case_id=one.pk, code=one.code) for one in rows))
    facts: dict[str, object] = {"dossiers": [one.code for one in rows]}
    db.record(action="archive.propose_disposal", subject=row.code, actor=actor, facts=facts)
    return Proposed(list_id=row.pk, code=row.code, dossiers=len(rows))


def _free(codes: Collection[str], actor: Actor, now: datetime) -> list[Keeping]:
    """Those that may go today and are on no list."""
    rows = list(keepings.seen(codes, actor, now=now))
    today = city_date(now)
    held = privacy.holds_on([row.code for row in rows], on=today)
    listed = keepings.listed_among([row.pk for row in rows])
    return [
        row
        for row in rows
        if row.pk not in listed and may_go(row.keep_until, on=today, is_held=row.code in held)
    ]


@owns_transaction
def approve(command: ApproveDisposal, *, actor: Actor, now: datetime) -> None:
    """Raises: ListNotFound, ListDecided, OwnProposal, MinutesMissing, WhyMissing."""
    row = _to_decide(command.list_id, actor, now)
    minutes = nfc(command.minutes)[:200]
    if letters_in(minutes) < 2:
        raise MinutesMissing(field="minutes")
    lines = list(DisposalLine.objects.filter(list=row).order_by("code"))
    for line in lines:
        if line.code in command.kept:
            why = nfc(command.kept[line.code])[:300]
            if letters_in(why) < FEW_LETTERS:
                raise WhyMissing(field=f"why-{line.code}")
            line.kept_for, line.open = why, False
            db.change(line, "kept_for", "open", expecting={"open": True})
    row.minutes = minutes
    _decide(row, ListState.APPROVED, actor, now)
    facts: dict[str, object] = {"kept": sorted(command.kept), "listed": len(lines)}
    db.record(action="archive.approve_disposal", subject=row.code, actor=actor, facts=facts)


@owns_transaction
def refuse(list_id: UUID, said: str, *, actor: Actor, now: datetime) -> None:
    """Also an approval that is taken back before the night. Raises: ListNotFound, ListDecided,
    OwnProposal, WhyMissing."""
    row = _to_decide(list_id, actor, now, again=True)
    words = nfc(said)[:500]
    if letters_in(words) < FEW_LETTERS:
        raise WhyMissing(field="said")
    row.said = words
    DisposalLine.objects.filter(list=row, open=True).update(open=False)
    _decide(row, ListState.REFUSED, actor, now)
    db.record(action="archive.refuse_disposal", subject=row.code, actor=actor)


def _to_decide(list_id: UUID, actor: Actor, now: datetime, *, again: bool = False) -> DisposalList:
    """again: what was approved may still be taken back while nothing of it is gone."""
    row = disposals.list_row(list_id, actor, now=now, lock=True)
    untouched = not DisposalLine.objects.filter(list=row, gone_at__isnull=False).exists()
    if row.state != ListState.PROPOSED and not (
        again and row.state == ListState.APPROVED and untouched
    ):
        raise ListDecided
    if row.proposed_by == actor.account_id:
        raise OwnProposal
    return row


def _decide(row: DisposalList, state: ListState, actor: Actor, now: datetime) -> None:
    was, row.state = row.state, state
    row.decided_by, row.decided_at = actor.account_id, now
    fields = ("state", "decided_by", "decided_at", "minutes", "said")
    db.change(row, *fields, expecting={"state": was})


class ApprovedDossiers:
    """What privacy's nightly run asks: no dossier goes but by these lists."""

    def due(self, now: datetime, *, limit: int, without: Collection[str]) -> Sequence[Ending]:
        today = city_date(now)
        lines = disposals.approved_open(without, today, limit=limit)
        kept = {row.pk: row for row in Keeping.objects.filter(pk__in=lines).order_by("pk")}
        free = [
            pk
            for pk, row in kept.items()
            if may_go(row.keep_until, on=today, is_held=row.code in without)
        ]
        return dossiers.endings_of(free)

    @joins_transaction
    def gone(self, ids: Collection[UUID], *, run: str, now: datetime) -> int:
        """Lines and last days say so; bags and what was restored of them go too."""
        lines = DisposalLine.objects.filter(case_id__in=set(ids), open=True)
        lines.update(open=False, run=run, gone_at=now)
        Keeping.objects.filter(pk__in=set(ids)).update(disposed_at=now)
        codes = list(
            Keeping.objects.filter(pk__in=set(ids)).order_by("pk").values_list("code", flat=True)
        )
        return documents.dispose(_let_go(ids, codes, now), subjects=(), now=now)


@joins_transaction
def _let_go(ids: Collection[UUID], codes: Collection[str], now: datetime) -> list[UUID]:
    """Files of the archive that nothing names any more."""
    bags = PackedDossier.objects.filter(case_id__in=set(ids), file__isnull=False)
    files = [one for one in bags.order_by("pk").values_list("file_id", flat=True) if one]
    bags.update(file=None, gone_at=now)
    back = RestoredDossier.objects.filter(code__in=codes)
    papers = RestoredFile.objects.filter(dossier__in=back)
    files += papers.order_by("pk").values_list("file_id", flat=True)
    back.delete()
    return files
