"""Hồ sơ như lúc ấy: what an officer saw at a moment, from what was recorded by then.

Rows that carry their times are read up to the moment. What was overwritten since, answers that the
applicant corrected and verdicts that were given anew, is kept in `DossierPast`.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import (
    CaseView,
    EventView,
    OpinionState,
    OpinionView,
    Phase,
    TaskState,
    TaskView,
)
from motcua.contexts.dossiers.contracts import (
    PLAIN_STATUS,
    BeforeSubmission,
    DeskView,
    DossierView,
    NationalStatus,
    PaperVerdict,
    PaperView,
)
from motcua.contexts.dossiers.models import Dossier, DossierPaper, DossierPast
from motcua.contexts.dossiers.queries.answers import answers_for, origins_for
from motcua.contexts.dossiers.queries.one import desk_view, dossier_row
from motcua.contexts.dossiers.queries.papers import in_order
from motcua.contexts.dossiers.queries.stages import stages_of
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import Actor
from motcua.kernel.forms import read_sheet, values_of


def as_it_stood(code: str, moment: datetime, actor: Actor, *, now: datetime) -> DeskView:
    """The dossier as its officers saw it then; who may see it now may look back.

    Raises: DossierNotFound, ReasonNotKept, BeforeSubmission.
    """
    row = dossier_row(code, actor, now=now)
    today = desk_view(row, actor, now=now)
    events = tuple(e for e in today.dossier.events if e.at <= moment)
    if not events:
        raise BeforeSubmission
    tasks = tuple(_task_then(t, moment) for t in today.tasks if t.opened_at <= moment)
    dossier = _dossier_then(row, today.dossier, events, tasks, actor, moment)
    here = next((stage.name for stage in dossier.stages if stage.state == "now"), "")
    return replace(
        today,
        dossier=dossier,
        step_name=here,
        task=None,
        mine=False,
        holder_sentence="",
        actions=(),
        opinions=_opinions_then(today.opinions, tasks, moment),
        opinion_to_answer=None,
        tasks=tasks,
        warnings=(),
        returned_for=(),
        open_fees=(),
        can_fix_fee=False,
        can_extend=False,
    )


def moments_of(code: str, actor: Actor, *, now: datetime) -> tuple[EventView, ...]:
    """When somebody did something, oldest first: the moments worth looking back at.

    Raises: DossierNotFound, ReasonNotKept.
    """
    row = dossier_row(code, actor, now=now)
    return casework.events_of(casework.case_by_id(row.case_id))


def _dossier_then(
    row: Dossier,
    today: DossierView,
    events: tuple[EventView, ...],
    tasks: tuple[TaskView, ...],
    actor: Actor,
    moment: datetime,
) -> DossierView:
    case = _case_then(casework.case_by_id(row.case_id), events[-1], moment)
    clock, days = casework.clock_of(row.code, as_of=moment)
    version = procedures.version(row.procedure_version_id)
    sheet = read_sheet(_sheet_then(row, moment))
    own = actor.person_id == row.applicant_person_id
    answers, withheld = answers_for(actor, version, values_of(sheet), case, own=own)
    status = NationalStatus(case.status)
    return replace(
        today,
        version_seen=case.version,
        status=status,
        status_text=PLAIN_STATUS[status],
        phase=case.phase,
        clock=clock,
        days=days,
        stages=stages_of(case, tasks, now=moment, named=True),
        answers=answers,
        withheld=withheld,
        provenance=origins_for(sheet, actor, case, own=own, withheld=withheld),
        papers=_papers_then(row, moment),
        supplements=tuple(
            replace(s, supplied_at=_by(s.supplied_at, moment))
            for s in today.supplements
            if s.asked_at <= moment
        ),
        messages=tuple(m for m in today.messages if m.at <= moment),
        rulings=tuple(r for r in today.rulings if r.decided_at <= moment),
        events=events,
        issued=tuple(i for i in today.issued if i.issued_at <= moment),
        invoice=None,
        stars=None,
        turn_sentence="",
        your_turn=False,
        can_withdraw=False,
    )


def _by(at: datetime | None, moment: datetime) -> datetime | None:
    """A time that had come by then."""
    return at if at is not None and at <= moment else None


def _case_then(case: CaseView, last: EventView, moment: datetime) -> CaseView:
    ended_at = _by(case.ended_at, moment)
    phase = case.phase if case.phase is not Phase.ENDED or ended_at else Phase.RUNNING
    return replace(
        case,
        process_id=casework.process_at(case, moment),
        earlier=tuple(one for one in case.earlier if one.until <= moment),
        step=last.step,
        status=last.status,
        version=last.serial,
        phase=phase,
        started_at=_by(case.started_at, moment),
        ended_at=ended_at,
    )


def _task_then(task: TaskView, moment: datetime) -> TaskView:
    if task.closed_at is None or task.closed_at <= moment:
        return task
    return replace(task, state=TaskState.OPEN, closed_at=None)


def _opinions_then(
    opinions: tuple[OpinionView, ...], tasks: tuple[TaskView, ...], moment: datetime
) -> tuple[OpinionView, ...]:
    asked = {task.id: task for task in tasks}
    return tuple(
        opinion
        if _by(opinion.answered_at or asked[opinion.task_id].closed_at, moment)
        else replace(opinion, state=OpinionState.ASKED, verdict=None, text="", answered_at=None)
        for opinion in opinions
        if opinion.task_id in asked
    )


def _sheet_then(row: Dossier, moment: datetime) -> dict[str, object]:
    """What was replaced first after the moment is what stood then."""
    kept = DossierPast.objects.filter(dossier_id=row.case_id, paper__isnull=True)
    found = kept.filter(until__gt=moment).order_by("until", "id").first()
    sheet: dict[str, object] = found.sheet if found and found.sheet else row.sheet
    return sheet


def _papers_then(row: Dossier, moment: datetime) -> tuple[PaperView, ...]:
    papers = DossierPaper.objects.filter(dossier_id=row.case_id, added_at__lte=moment)
    rows = [p for p in papers.order_by("added_at", "id") if not _by(p.replaced_at, moment)]
    earlier: dict[UUID, DossierPast] = {}
    kept = DossierPast.objects.filter(dossier_id=row.case_id, paper__isnull=False)
    for past in kept.filter(until__gt=moment).order_by("until", "id"):
        if past.paper_id is not None:
            earlier.setdefault(past.paper_id, past)
    return tuple(_paper_then(paper, earlier.get(paper.id)) for paper in in_order(row, rows))


def _paper_then(paper: PaperView, past: DossierPast | None) -> PaperView:
    if past is None:
        return paper
    verdict = PaperVerdict(past.verdict)
    return replace(
        paper,
        verdict=verdict,
        verdict_reason=past.verdict_reason,
        verdict_note=past.verdict_note or "",
    )
