"""Mẫu 06 và 07: the control slip of a dossier, the register of a unit; printed, not signed.

Both are read from what is kept anyway, so that a slip printed twice says the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from motcua.contexts.casework.contracts import TaskKind, TaskState, TaskView
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import (
    AddressedTo,
    ControlStep,
    Form06,
    Form07,
    Letterhead,
    RegisterLine,
)
from motcua.contexts.dossiers.contracts import (
    STATUS_NAMES,
    DeskView,
    DossierLine,
    NotYourRegister,
    RegisterTooLong,
)
from motcua.contexts.dossiers.queries.lines import lines
from motcua.contexts.dossiers.queries.lists import visible_rows
from motcua.contexts.dossiers.queries.one import desk_view, dossier_row
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import ROLE_NAMES, Actor
from motcua.kernel.clock import city_date, city_time, start_of_day

LONGEST = 2000  # lines of one register; a longer period is printed in parts
EARLY = timedelta(hours=1)  # that much before its time a step was done early


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Sổ theo dõi of one unit, first and last day included."""

    unit_id: UUID
    unit_name: str
    first_on: date
    last_on: date
    lines: tuple[RegisterLine, ...]


def control_slip(code: str, *, actor: Actor, now: datetime) -> bytes:
    """Form 06. Raises: DossierNotFound, ReasonNotKept."""
    view = desk_view(dossier_row(code, actor, now=now), actor, now=now)
    dossier = view.dossier
    person = identity.person(dossier.applicant_person_id)
    tasks = sorted(view.tasks, key=lambda task: task.opened_at)
    form = Form06(
        letterhead=Letterhead(
            superior="", agency=dossier.competent_unit, number="", on=city_date(now)
        ),
        dossier_code=dossier.code,
        procedure=dossier.version.name,
        applicant=AddressedTo(
            full_name=dossier.applicant_name, personal_number=person.personal_number_masked
        ),
        received_at=dossier.submitted_at,
        due_at=dossier.clock.due_at,
        steps=tuple(_steps(tasks, view)),
    )
    return documents.render_official_form("06", form)


def _steps(tasks: Sequence[TaskView], view: DeskView) -> Iterator[ControlStep]:
    people = organisations.officers_by_id({t.assignee_id for t in tasks if t.assignee_id})
    handed_by = "Người nộp"
    for task in tasks:
        who = people[task.assignee_id].full_name if task.assignee_id else ROLE_NAMES[task.role]
        unit = view.unit_names.get(task.unit_id, "")
        yield ControlStep(
            handed_by=handed_by,
            received_by=f"{who}, {unit}",
            handed_at=task.opened_at,
            due_at=task.due_at,
            result=_result(task),
            timeliness=_timeliness(task),
            note="Cho ý kiến" if task.kind is TaskKind.OPINION else "",
        )
        handed_by = f"{who}, {unit}" if task.kind is TaskKind.STEP else handed_by


def _result(task: TaskView) -> str:
    if task.state is TaskState.CANCELLED:
        return "Bỏ"
    if task.closed_at is None:
        return "Đang làm"
    return f"Xong {city_time(task.closed_at):%H:%M %d/%m/%Y}"


def _timeliness(task: TaskView) -> str:
    if task.closed_at is None or task.state is TaskState.CANCELLED:
        return ""
    if task.closed_at > task.due_at:
        return "Quá hạn"
    return "Sớm hạn" if task.due_at - task.closed_at > EARLY else "Đúng hạn"


def own_registers(actor: Actor) -> tuple[UUID, ...]:
    """The units whose register the officer may open: those of the posts held."""
    return tuple(dict.fromkeys(post.unit_id for post in actor.posts))


def register(
    unit_id: UUID, first_on: date, last_on: date, *, actor: Actor, now: datetime
) -> Register:
    """What the unit received, handles or decides, handed in on these days, as far as one may see.

    Raises: NotYourRegister, RegisterTooLong.
    """
    if unit_id not in own_registers(actor):
        raise NotYourRegister
    begins = start_of_day(first_on)
    ends = start_of_day(last_on) + timedelta(days=1)
    of_unit = (
        Q(case__receiving_unit_id=unit_id)
        | Q(case__competent_unit_id=unit_id)
        | Q(case__handling_unit_id=unit_id)
    )
    rows = visible_rows(actor, now).filter(of_unit)
    rows = rows.filter(case__opened_at__gte=begins, case__opened_at__lt=ends)
    found = list(rows.order_by("case__opened_at", "pk")[: LONGEST + 1])
    if len(found) > LONGEST:
        raise RegisterTooLong
    return Register(
        unit_id=unit_id,
        unit_name=organisations.unit_by_id(unit_id).name,
        first_on=first_on,
        last_on=last_on,
        lines=tuple(_register_line(line) for line in lines(found, now=now)),
    )


def _register_line(line: DossierLine) -> RegisterLine:
    elsewhere = line.competent_unit if line.competent_unit != line.receiving_unit else ""
    return RegisterLine(
        code=line.code,
        procedure=line.procedure_name,
        applicant=line.applicant_name,
        received_at=line.submitted_at,
        due_at=line.due_at,
        status=STATUS_NAMES[line.status],
        transferred_to=elsewhere,
        finished_at=line.ended_at,
    )


def printed(book: Register, *, now: datetime) -> bytes:
    """Form 07 as PDF."""
    unit = organisations.unit_by_id(book.unit_id)
    above = organisations.units_above(unit.id)
    form = Form07(
        letterhead=Letterhead(
            superior=above[0].name if above else "", agency=unit.name, number="", on=city_date(now)
        ),
        first_on=book.first_on,
        last_on=book.last_on,
        lines=book.lines,
    )
    return documents.render_official_form("07", form)
