"""Questions about the schedule: what is kept until when, and why it cannot go."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.contexts.archive.contracts import (
    Due,
    KeepingFilter,
    KeepingImpact,
    KeepingLine,
    KeepingPage,
)
from motcua.contexts.archive.models import DisposalLine, Keeping
from motcua.contexts.archive.policies import KeepingPolicy
from motcua.contexts.archive.rules.keeping import is_longer
from motcua.contexts.organisations import public as organisations
from motcua.contexts.privacy import public as privacy
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import (
    CountedFrom,
    KeptOf,
    ProcedureNotFound,
    ProcedureNotOpen,
    RetentionView,
)
from motcua.kernel import access
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date

PAGE = 100
RULE = ("version_id", "ruled", "years", "counted_from", "law", "mark", "verified", "keep_until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengthened:
    codes: tuple[str, ...]


def noted_to() -> date | None:
    """The last day on which a noted dossier ended."""
    rows = Keeping.objects.order_by("-ended_on").values_list("ended_on", flat=True)
    return rows.first()


def known_among(case_ids: Collection[UUID]) -> frozenset[UUID]:
    rows = Keeping.objects.filter(pk__in=set(case_ids)).order_by()
    return frozenset(rows.values_list("pk", flat=True))


def codes_of(procedure_code: str, *, after: str, limit: int) -> list[str]:
    rows = Keeping.objects.filter(procedure_code=procedure_code, disposed_at__isnull=True)
    rows = rows.filter(code__gt=after).order_by("code")
    return list(rows.values_list("code", flat=True)[:limit])


def rule_in_force(procedure_code: str, on: date) -> tuple[RetentionView, UUID] | None:
    """What the version of today says; None when none is in force or it says nothing."""
    try:
        version = procedures.open_version(procedure_code, on)
    except (ProcedureNotFound, ProcedureNotOpen):
        return None
    rule = version.kept(KeptOf.DOSSIER)
    return (rule, version.id) if rule else None


def impact(procedure_code: str, rule: RetentionView | None) -> KeepingImpact:
    """What a rule would do to what is kept now, counted."""
    rows = Keeping.objects.filter(procedure_code=procedure_code, disposed_at__isnull=True)
    longer = unchanged = shorter = 0
    told = rows.order_by("pk").values_list("ruled", "keep_until", "ended_on", "issued_on")
    for ruled, until, ended_on, issued_on in told.iterator(chunk_size=2000):
        new = rule.until(ended_on=ended_on, issued_on=issued_on) if rule else None
        if rule is not None and (not ruled or is_longer(new, until)):
            longer += 1
        elif new == until or rule is None:
            unchanged += 1
        else:
            shorter += 1
    return KeepingImpact(longer=longer, unchanged=unchanged, not_shortened=shorter)


def page_of(asked: KeepingFilter, actor: Actor, *, now: datetime) -> KeepingPage:
    """By the last day, soonest first, those for ever at the end; a keyset page."""
    rows = filtered(asked, actor, now=now)
    if asked.after:
        last = Keeping.objects.filter(code=asked.after).first()
        rows = rows.filter(_behind(last)) if last else rows.none()
    found = list(rows.order_by("keep_until", "code")[: PAGE + 1])
    lines = lines_of(found[:PAGE], now=now)
    return KeepingPage(lines=lines, older=lines[-1].code if len(found) > PAGE else "")


def _behind(last: Keeping) -> Q:
    """PostgreSQL puts rows without a day last."""
    same = Q(keep_until=last.keep_until, code__gt=last.code)
    if last.keep_until is None:
        return same
    return same | Q(keep_until__gt=last.keep_until) | Q(keep_until__isnull=True)


def seen(codes: Collection[str], actor: Actor, *, now: datetime) -> "QuerySet[Keeping]":
    """Those of these codes that are still kept."""
    rows = Keeping.objects.filter(code__in=set(codes), disposed_at__isnull=True)
    return access.visible(rows, actor, KeepingPolicy, now=now).order_by("code")


def filtered(asked: KeepingFilter, actor: Actor, *, now: datetime) -> "QuerySet[Keeping]":
    rows = Keeping.objects.filter(disposed_at__isnull=True)
    rows = access.visible(rows, actor, KeepingPolicy, now=now)
    if asked.procedure_code:
        rows = rows.filter(procedure_code=asked.procedure_code)
    if asked.unit_id is not None:
        below = {unit.id for unit in organisations.units_within(asked.unit_id)}
        rows = rows.filter(unit_id__in=organisations.with_predecessors({asked.unit_id, *below}))
    return rows.filter(_due(asked.due, city_date(now)))


def _due(due: Due | None, today: date) -> Q:
    year = date(today.year, 12, 31)
    return {
        None: Q(),
        Due.OVER: Q(keep_until__lt=today),
        Due.YEAR: Q(keep_until__gte=today, keep_until__lte=year),
        Due.LATER: Q(keep_until__gt=year),
        Due.EVER: Q(keep_until__isnull=True),
    }[due]


def lines_of(rows: Collection[Keeping], *, now: datetime) -> tuple[KeepingLine, ...]:
    units = organisations.units_by_id({row.unit_id for row in rows})
    held = privacy.holds_on([row.code for row in rows], on=city_date(now))
    listed = listed_among([row.pk for row in rows])
    return tuple(
        KeepingLine(
            case_id=row.pk,
            code=row.code,
            procedure_code=row.procedure_code,
            procedure_name=row.procedure_name,
            unit_name=units[row.unit_id].name,
            ended_on=row.ended_on,
            keep_until=row.keep_until,
            period=_period(row),
            law=row.law,
            verified=row.verified,
            held=held.get(row.code, ""),
            listed=row.pk in listed,
            disposed_at=row.disposed_at,
        )
        for row in rows
    )


def _period(row: Keeping) -> str:
    if not row.ruled:
        return "chưa có quy định, giữ đến khi có"
    counted_from = CountedFrom(row.counted_from)
    return RetentionView(of=KeptOf.DOSSIER, years=row.years, counted_from=counted_from).said


def listed_among(case_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those on a list that is not done with them."""
    rows = DisposalLine.objects.filter(case_id__in=set(case_ids), open=True).order_by()
    return frozenset(rows.values_list("case_id", flat=True))
