"""Hồ sơ thử: the same rules with nobody behind them.

Lines of a table that a key for trying out brought are checked by the code that checks all others;
then they become rows of a table of their own. The desk is played by the program itself, or by the
clock: a step a minute, along the ways that a status really may go.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.dossiers.contracts import (
    NationalStatus,
    OnlyInSandbox,
    PapersMissing,
    TriedNotFound,
)
from motcua.contexts.dossiers.events import SandboxMoved
from motcua.contexts.dossiers.models import BulkFiling, SandboxDossier
from motcua.contexts.dossiers.queries import sandbox as reading
from motcua.contexts.dossiers.rules import papers as paper_rules
from motcua.contexts.dossiers.rules.statuses import check_transition
from motcua.contexts.procedures import public as procedures
from motcua.kernel import db, events
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.db import owns_transaction, uuid7
from motcua.kernel.forms import attributed, read_sheet, sheet_table, values_of

S = NationalStatus
KEPT = timedelta(days=14)
PACE = timedelta(minutes=1)  # between two steps that nobody asked for
BY_ITSELF = {S.REGISTERED: S.RECEIVED, S.RECEIVED: S.IN_PROCESS, S.IN_PROCESS: S.DONE}
MOST_AT_ONCE = 500


def a_draft(filing: BulkFiling, line: Mapping[str, object], now: datetime) -> SandboxDossier:
    """The row that a good line becomes."""
    answers, mark, row_id = line["answers"], line["mark"], uuid7()
    assert isinstance(answers, Mapping)
    assert isinstance(mark, str)
    return SandboxDossier(
        id=row_id,
        code=f"THU-{row_id.hex}",
        account_id=filing.account_id,
        person_id=filing.applicant_person_id,
        procedure_version_id=filing.procedure_version_id,
        mark=bytes.fromhex(mark),
        sheet=sheet_table(attributed(answers, known={}, at=now)),
        made_at=now,
        moved_at=now,
    )


@owns_transaction
def name_paper(draft_id: UUID, component_key: str, *, actor: Actor, now: datetime) -> None:
    """Say that a paper is there; no file is kept. Raises: TriedNotFound."""
    row = reading.tried_draft(draft_id, actor, now=now)
    if component_key not in row.papers:
        row.papers = [*row.papers, component_key]
    _change(row, "papers")
    facts: dict[str, object] = {"component": component_key}
    db.record(action="dossiers.try_paper", subject=row.code, actor=actor, facts=facts)


def tried(draft_id: UUID, actor: Actor, now: datetime) -> tuple[str, str]:
    """Whether it could be sent; nothing is. Raises: TriedNotFound, PapersMissing."""
    row = reading.tried_row(draft_id, actor, now=now)
    _check_papers(row)
    return row.code, ""


@owns_transaction
def _send(draft_id: UUID, actor: Actor, *, now: datetime) -> None:
    row = reading.tried_row(draft_id, actor, now=now)
    _check_papers(row)
    if row.status == 0:
        row.sent_at = now
        _move(row, S.REGISTERED, now)
    db.record(action="dossiers.try_submit", subject=row.code, actor=actor)


def sent(draft_id: UUID, actor: Actor, now: datetime) -> tuple[str, str]:
    """Send once, however often. Raises: TriedNotFound, PapersMissing."""
    _send(draft_id, actor, now=now)
    return reading.tried_row(draft_id, actor, now=now).code, ""


def _check_papers(row: SandboxDossier) -> None:
    version = procedures.version(row.procedure_version_id)
    needed = paper_rules.needs(version, values_of(read_sheet(row.sheet)))
    lacking = paper_rules.missing(needed, set(row.papers))
    if lacking:
        raise PapersMissing(
            " ".join(n.sentence for n in lacking),
            field=lacking[0].component.key,
            missing=tuple(n.component.key for n in lacking),
        )


@owns_transaction
def play_desk(code: str, status: NationalStatus, *, actor: Actor, now: datetime) -> None:
    """What an officer would do, by the program that tries out.

    Raises: OnlyInSandbox, TriedNotFound, StatusNotAllowed.
    """
    if not actor.sandbox:
        raise OnlyInSandbox
    row = reading.tried_by_code(code, actor, now=now)
    if row.sent_at is None:
        raise TriedNotFound
    check_transition(NationalStatus(row.status), status)
    _move(row, status, now)
    facts: dict[str, object] = {"status": int(status)}
    db.record(action="dossiers.try_move", subject=row.code, actor=actor, facts=facts)


def play_desks(*, now: datetime) -> None:
    """The usual next step of every dossier that nobody moved for a minute."""
    for row_id in reading.waiting(now - PACE, limit=MOST_AT_ONCE):
        _next_step(row_id, now=now)


@owns_transaction
def _next_step(row_id: UUID, *, now: datetime) -> None:
    row = SandboxDossier.objects.select_for_update().get(pk=row_id)
    after = BY_ITSELF.get(NationalStatus(row.status))
    if after is not None and row.moved_at <= now - PACE:
        _move(row, after, now)
    facts: dict[str, object] = {"status": row.status}
    db.record(action="dossiers.try_move", subject=row.code, actor=SYSTEM, facts=facts)


def _move(row: SandboxDossier, status: NationalStatus, now: datetime) -> None:
    row.status, row.moved_at = status, now
    _change(row, "status", "sent_at", "moved_at")
    events.publish(
        SandboxMoved(
            occurred_at=now,
            subject=row.code,
            status=int(status),
            applicant_person_id=row.person_id,
        )
    )


def _change(row: SandboxDossier, *fields: str) -> None:
    seen, row.version = row.version, row.version + 1
    db.change(row, *fields, "version", expecting={"version": seen})


@owns_transaction
def forget_tried(*, now: datetime) -> None:
    """What was tried two weeks ago goes."""
    old = SandboxDossier.objects.filter(made_at__lt=now - KEPT)
    ids = list(old.order_by("id").values_list("id", flat=True)[:5000])
    SandboxDossier.objects.filter(pk__in=ids).delete()
    facts: dict[str, object] = {"dossiers": len(ids)}
    db.record(action="dossiers.try_forget", subject="dossiers", actor=SYSTEM, facts=facts)
