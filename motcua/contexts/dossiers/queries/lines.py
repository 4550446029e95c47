"""Lines of lists: from rows to view models, a fixed number of queries however many rows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ActionKind, Phase, TaskView, Timeliness
from motcua.contexts.dossiers.contracts import DossierLine, NationalStatus, Source
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.queries.one import YOUR_TURN
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.kernel.clock import city_date


def lines(
    rows: Sequence[Dossier], *, now: datetime, tasks: dict[UUID, TaskView] | None = None
) -> tuple[DossierLine, ...]:
    """`rows` come with their case (select_related)."""
    names = identity.names_of({row.applicant_person_id for row in rows})
    return tuple(
        _line(row, names.get(row.applicant_person_id, ""), now, (tasks or {}).get(row.case_id))
        for row in rows
    )


def _line(row: Dossier, name: str, now: datetime, task: TaskView | None) -> DossierLine:
    case = row.case
    version = procedures.version(row.procedure_version_id)
    step = casework.process_table(case.process_id).step(case.step)
    status = NationalStatus(case.status)
    timeliness, left = timeliness_of(
        phase=Phase(case.phase),
        due_at=case.due_at,
        ended_at=case.ended_at,
        unit_id=case.competent_unit_id,
        now=now,
    )
    return DossierLine(
        code=row.code,
        procedure_code=version.procedure_code,
        procedure_name=version.name,
        applicant_name=name,
        status=status,
        phase=Phase(case.phase),
        source=Source(row.source),
        step_name=step.name,
        receiving_unit=organisations.unit_by_id(case.receiving_unit_id).name,
        competent_unit=organisations.unit_by_id(case.competent_unit_id).name,
        submitted_at=case.opened_at,
        receive_due_at=case.receive_due_at,
        due_at=case.due_at,
        ended_at=case.ended_at,
        timeliness=timeliness,
        left_text=left,
        your_turn=status in YOUR_TURN,
        task=task,
        priority=case.priority,
        version=case.version,
        ward_code=row.ward_code,
        supplements=row.supplements,
        signs=any(action.kind is ActionKind.SIGN for action in step.actions),
    )


def timeliness_of(
    *,
    phase: Phase,
    due_at: datetime | None,
    ended_at: datetime | None,
    unit_id: UUID,
    now: datetime,
) -> tuple[Timeliness, str]:
    """From the projected due date, without reading pauses: enough for a line."""
    if due_at is None:
        return Timeliness.NOT_SET, ""
    if ended_at is not None:
        late = city_date(ended_at) > city_date(due_at)
        early = city_date(ended_at) < city_date(due_at)
        state = Timeliness.LATE if late else Timeliness.EARLY if early else Timeliness.ON_TIME
        return state, ""
    calendar = organisations.calendar_of(unit_id)
    if phase is Phase.PAUSED:
        return Timeliness.PAUSED, "đồng hồ dừng"
    if now > due_at:
        left = -calendar.working_minutes_between(due_at, now)
        return Timeliness.OVERDUE, casework.left_in_words(left, Timeliness.OVERDUE)
    left = calendar.working_minutes_between(now, due_at)
    state = Timeliness.DUE_SOON if left <= 3 * 480 else Timeliness.RUNNING_OK
    return state, casework.left_in_words(left, state)
