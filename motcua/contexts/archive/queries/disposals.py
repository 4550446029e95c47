"""Questions about lists of what shall go."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from motcua.contexts.archive.contracts import (
    DisposalLineView,
    DisposalListLine,
    DisposalListView,
    ListNotFound,
    ListState,
)
from motcua.contexts.archive.models import DisposalLine, DisposalList, Keeping
from motcua.contexts.archive.policies import DisposalPolicy, decides
from motcua.contexts.identity import public as identity
from motcua.contexts.privacy import public as privacy
from motcua.kernel import access
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date

PAGE = 50


def list_row(list_id: UUID, actor: Actor, *, now: datetime, lock: bool = False) -> DisposalList:
    """Raises: ListNotFound."""
    rows = access.visible(DisposalList.objects.filter(pk=list_id), actor, DisposalPolicy, now=now)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise ListNotFound
    return row


def approved_open(without: Collection[str], today: date, *, limit: int) -> list[UUID]:
    """Dossiers on approved lists that are not gone, not held, and past their last day."""
    lines = DisposalLine.objects.filter(list__state=ListState.APPROVED, open=True)
    lines = lines.exclude(code__in=set(without))
    over = Keeping.objects.filter(keep_until__lt=today, disposed_at__isnull=True)
    rows = lines.filter(case_id__in=over.order_by().values("pk")).order_by(
        "list__decided_at", "code"
    )
    return list(rows.values_list("case_id", flat=True)[:limit])


def listed(actor: Actor, *, now: datetime) -> tuple[DisposalListLine, ...]:
    """The newest first."""
    rows = access.visible(DisposalList.objects.all(), actor, DisposalPolicy, now=now)
    counted = rows.annotate(
        n=Count("lines"), gone=Count("lines", filter=Q(lines__gone_at__isnull=False))
    )
    return tuple(
        DisposalListLine(
            id=row.pk,
            code=row.code,
            state=ListState(row.state),
            proposed_at=row.proposed_at,
            dossiers=row.n,
            gone=row.gone,
        )
        for row in counted.order_by("-proposed_at", "-pk")[:PAGE]
    )


def disposal_list(list_id: UUID, actor: Actor, *, now: datetime) -> DisposalListView:
    """Raises: ListNotFound."""
    row = list_row(list_id, actor, now=now)
    lines = list(DisposalLine.objects.filter(list=row).order_by("code"))
    kept = {one.pk: one for one in Keeping.objects.filter(pk__in=[line.case_id for line in lines])}
    held = privacy.holds_on([line.code for line in lines], on=city_date(now))
    names = identity.officer_names({one for one in (row.proposed_by, row.decided_by) if one})
    return DisposalListView(
        id=row.pk,
        code=row.code,
        state=ListState(row.state),
        why=row.why,
        proposed_by=names.get(row.proposed_by, ""),
        proposed_at=row.proposed_at,
        decided_by=names.get(row.decided_by, "") if row.decided_by else "",
        decided_at=row.decided_at,
        minutes=row.minutes,
        said=row.said,
        may_decide=decides(actor) and row.proposed_by != actor.account_id,
        lines=tuple(_line(line, kept[line.case_id], held.get(line.code, "")) for line in lines),
    )


def _line(line: DisposalLine, kept: Keeping, held: str) -> DisposalLineView:
    return DisposalLineView(
        code=line.code,
        procedure_name=kept.procedure_name,
        ended_on=kept.ended_on,
        keep_until=kept.keep_until,
        held=held,
        kept_for=line.kept_for,
        run=line.run,
        gone_at=line.gone_at,
    )
