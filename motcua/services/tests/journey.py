"""Steps of a story: hand in an application, let whoever holds a step act on it, look at it."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from motcua.contexts.casework.contracts import ActionKind, TaskKind
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    DeskView,
    DossierView,
    GivenPaper,
    LookReason,
    OfferedAction,
    Receipt,
    Shortcoming,
    StepTaken,
    SubmitDossier,
    Supply,
    TakeStep,
)
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import acting
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.testing import MONDAY_9AM, stable_id

FORWARD = frozenset({ActionKind.MOVE, ActionKind.ASSIGN, ActionKind.SIGN, ActionKind.ISSUE})
BLURRED = Shortcoming(
    component_key="giay_chung_sinh",
    what="Giấy chứng sinh",
    why="Ảnh mờ, không đọc được số.",
    how="Chụp lại thẳng góc, đủ sáng.",
    law="Nghị định 123/2015/NĐ-CP",
)

DIED = Shortcoming(
    question_key="requester_full_name",
    why="Người nộp đã mất.",
    how="Người thân nộp hồ sơ mới.",
    law="Nghị định 118/2025/NĐ-CP",
)


def a_file(by: Actor, *, now: datetime, text: str = "thử") -> UUID:
    kept = documents.keep_upload(io.BytesIO(a_pdf(text)), filename="giay-to.pdf", by=by, now=now)
    return kept.id


def papers_for(
    procedure: str, answers: Mapping[str, object], by: Actor, *, now: datetime
) -> tuple[GivenPaper, ...]:
    """A file for every paper that these answers make a must to upload."""
    version = procedures.open_version(procedure, city_date(now))
    return tuple(
        GivenPaper(component_key=need.component.key, file_id=a_file(by, now=now))
        for need in dossiers.needs(version, answers)
        if need.by_upload
    )


def hand_in(
    procedure: str,
    answers: Mapping[str, object],
    by: Actor,
    *,
    now: datetime,
    desk_ward: str = "",
    **more: object,
) -> Receipt:
    """Sent complete, to the desk of `desk_ward`, or of the competent ward."""
    command = SubmitDossier(
        procedure_code=procedure,
        ward_code="26740",
        applicant_person_id=more.pop("applicant", by.person_id),
        answers=answers,
        papers=papers_for(procedure, answers, by, now=now),
        receiving_unit_id=organisations.one_stop_desk(desk_ward).id if desk_ward else None,
        **more,
    )
    return dossiers.submit(command, actor=by, now=now)


def a_birth(by: Actor, *, now: datetime = MONDAY_9AM) -> str:
    """The code of a birth registration sent to the desk of Bến Thành: borderless."""
    return a_submitted_birth(by, now=now, desk_ward="26743")


def sent_again(code: str, by: Actor, *, now: datetime) -> None:
    """The birth notice, readable this time."""
    paper = GivenPaper(component_key="giay_chung_sinh", file_id=a_file(by, now=now, text="rõ hơn"))
    dossiers.supply(Supply(code=code, papers=(paper,)), actor=by, now=now)


def seen(code: str, *, now: datetime, by: Actor | None = None) -> DossierView:
    """As the leader of the city sees it, or `by`."""
    return dossiers.dossier(code, by or _watcher_of(code, now), now=now)


def on_desk(code: str, *, now: datetime, by: Actor | None = None) -> DeskView:
    return dossiers.desk_view(code, by or _watcher_of(code, now), now=now)


def member(staff_no: str, on: date) -> Actor:
    """An officer with the posts of that day, signed in."""
    return replace(acting(staff_no, on), account_id=stable_id(f"account {staff_no}"))


def leader(now: datetime) -> Actor:
    return member("thanh", city_date(now))


def _watcher_of(code: str, now: datetime) -> Actor:
    """The leader of the city, who has said why they open this dossier."""
    actor = leader(now)
    dossiers.open_names(code, LookReason.INSPECTION, actor=actor, now=now)
    return actor


def holder_of(code: str, *, now: datetime) -> Actor:
    """Whoever holds the open step: the officer it was given to, else the first who may."""
    task = on_desk(code, now=now).task
    assert task is not None
    on = city_date(now)
    able = organisations.holders_of(task.unit_id, task.role, on)
    chosen = [officer for officer in able if task.assignee_id in {None, officer.id}]
    return member(chosen[0].staff_no, on)


def an_officer_at(unit_id: UUID, role: Role, on: date) -> Actor:
    return member(organisations.holders_of(unit_id, role, on)[0].staff_no, on)


def step(
    code: str, action: str, *, now: datetime, by: Actor | None = None, **more: object
) -> StepTaken:
    """One action, by `by` or by whoever holds the step."""
    actor = by or holder_of(code, now=now)
    version = on_desk(code, now=now, by=actor).dossier.version_seen
    command = TakeStep(code=code, action=action, seen_version=version, **more)
    return dossiers.take_step(command, actor=actor, now=now)


def straight_on(code: str, *, now: datetime) -> StepTaken:
    """The action that leads towards the result, by whoever holds the step."""
    actor = holder_of(code, now=now)
    offered = on_desk(code, now=now, by=actor).actions
    chosen = next(
        action
        for action in offered
        if action.kind in FORWARD or action.kind is ActionKind.RETURN_RESULT
    )
    return step(code, chosen.key, now=now, by=actor, assignee_id=_assignee(chosen))


def _assignee(action: OfferedAction) -> UUID | None:
    return action.assignees[0][0] if action.assignees else None


def walk(code: str, *, now: datetime, until: str = "") -> list[StepTaken]:
    """Straight on until the step `until`, or to the end."""
    taken: list[StepTaken] = []
    while on_desk(code, now=now).task is not None:
        if until and _at(code, now=now) == until:
            break
        taken.append(straight_on(code, now=now))
    return taken


def _at(code: str, *, now: datetime) -> str:
    tasks = on_desk(code, now=now).tasks
    return next(task.step for task in tasks if task.kind is TaskKind.STEP and not task.closed_at)
