"""Còn bao lâu: the time left for a step in working time, and the group that follows from it."""

from datetime import datetime

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import TaskKind, TaskState, Timeliness
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DossierLine, InboxGroup
from motcua.contexts.organisations import public as organisations


def group_of(line: DossierLine, now: datetime) -> InboxGroup:
    task = line.task
    if task is None or task.state is TaskState.WAITING:
        return InboxGroup.WAITING
    if task.due_at <= now:
        return InboxGroup.OVERDUE
    if task.due_at < dossiers.tonight(now):
        return InboxGroup.TODAY
    return InboxGroup.WEEK if task.due_at < dossiers.weekend(now) else InboxGroup.LATER


def step_left(line: DossierLine, now: datetime) -> tuple[str, bool]:
    """Time left for my step, in working time though the row says «ngày»; whether it is late."""
    words, late = _step_left(line, now)
    return words.replace(" làm việc", ""), late


def _step_left(line: DossierLine, now: datetime) -> tuple[str, bool]:
    task = line.task
    if task is None:
        return line.left_text, line.timeliness is Timeliness.OVERDUE
    if task.state is TaskState.WAITING:
        return "đang chờ", False
    calendar = organisations.calendar_of(task.unit_id)
    if task.due_at <= now:
        minutes = calendar.working_minutes_between(task.due_at, now)
        return casework.left_in_words(-max(minutes, 1), Timeliness.OVERDUE), True
    minutes = calendar.working_minutes_between(now, task.due_at)
    return casework.left_in_words(minutes, Timeliness.RUNNING_OK), False


def step_of(line: DossierLine) -> str:
    opinion = line.task is not None and line.task.kind is TaskKind.OPINION
    return "Cho ý kiến" if opinion else line.step_name
