"""Ghi thời hạn lưu: each dossier that ended gets its last day, and a later version may move it.

It moves later or away, never nearer: what was promised to be kept is kept.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from motcua.contexts.archive.models import Keeping
from motcua.contexts.archive.queries import keepings
from motcua.contexts.archive.rules.keeping import is_longer
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts.archiving import ClosedDossier
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import CountedFrom, KeptOf, RetentionView
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import city_date, start_of_day
from motcua.kernel.db import owns_transaction

BATCH = 500
LOOK_BACK = timedelta(days=3)  # a night that did not run, and one more
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def note_closed(*, now: datetime) -> int:
    """Every dossier that ended and has no last day yet. Returns how many."""
    newest = keepings.noted_to()
    since = start_of_day(newest) - LOOK_BACK if newest else BEGINNING
    after: tuple[datetime, UUID] | None = None
    noted = 0
    while batch := dossiers.closed_dossiers(since, now, after=after, limit=BATCH):
        known = keepings.known_among([one.case_id for one in batch])
        fresh = [one for one in batch if one.case_id not in known]
        if fresh:
            _note(fresh, now=now)
        noted += len(fresh)
        after = (batch[-1].ended_at, batch[-1].case_id)
    return noted


@owns_transaction
def _note(closed: Collection[ClosedDossier], *, now: datetime) -> None:
    versions = {one.id: one for one in procedures.versions({c.version_id for c in closed})}
    rows = []
    for one in closed:
        row = Keeping(
            case_id=one.case_id,
            code=one.code,
            procedure_code=one.procedure_code,
            procedure_name=one.procedure_name,
            unit_id=one.unit_id,
            ended_on=city_date(one.ended_at),
            issued_on=city_date(one.issued_at) if one.issued_at else None,
            noted_at=now,
        )
        _rule(row, versions[one.version_id].kept(KeptOf.DOSSIER), one.version_id)
        newer = keepings.rule_in_force(one.procedure_code, city_date(now))
        if newer is not None:
            _lengthen(row, *newer)
        rows.append(row)
    db.insert(*rows)
    facts: dict[str, object] = {"dossiers": len(rows)}
    db.record(action="archive.note_closed", subject="keeping", actor=SYSTEM, facts=facts)


def _rule(row: Keeping, rule: RetentionView | None, version_id: UUID) -> None:
    """What one version says; where it says nothing, nothing may go."""
    row.version_id, row.ruled = version_id, rule is not None
    row.years = rule.years if rule else None
    row.counted_from = (rule.counted_from if rule else CountedFrom.ENDED).value
    row.law, row.mark = (rule.law[:300], rule.mark[:20]) if rule else ("", "")
    row.verified = bool(rule and rule.verified)
    row.keep_until = _until(row, rule)


def _until(row: Keeping, rule: RetentionView | None) -> date | None:
    return rule.until(ended_on=row.ended_on, issued_on=row.issued_on) if rule else None


def _lengthen(row: Keeping, rule: RetentionView, version_id: UUID) -> bool:
    """Whether the rule keeps it longer than it is kept now; then it holds."""
    if row.ruled and not is_longer(_until(row, rule), row.keep_until):
        return False
    _rule(row, rule, version_id)
    return True


def lengthen(procedure_code: str, version_id: UUID, *, now: datetime) -> int:
    """A version came into force: what it keeps longer is kept longer. Returns how many."""
    rule = procedures.version(version_id).kept(KeptOf.DOSSIER)
    if rule is None:
        return 0
    changed, after = 0, ""
    while codes := keepings.codes_of(procedure_code, after=after, limit=BATCH):
        changed += len(_lengthen_some(codes, rule, version_id, now=now).codes)
        after = codes[-1]
    return changed


@owns_transaction
def _lengthen_some(
    codes: Collection[str], rule: RetentionView, version_id: UUID, *, now: datetime
) -> keepings.Lengthened:
    rows = Keeping.objects.select_for_update().filter(code__in=codes, disposed_at__isnull=True)
    changed = [row for row in rows.order_by("code") if _lengthen(row, rule, version_id)]
    Keeping.objects.bulk_update(changed, keepings.RULE) if changed else None
    facts: dict[str, object] = {"version": str(version_id), "dossiers": len(changed)}
    db.record(action="archive.lengthen", subject="keeping", actor=SYSTEM, facts=facts)
    return keepings.Lengthened(codes=tuple(row.code for row in changed))
