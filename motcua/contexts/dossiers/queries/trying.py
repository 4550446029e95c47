"""Chạy thử một hồ sơ: a trial of casework under the national statuses of a dossier."""

from dataclasses import replace
from datetime import datetime

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ClockSpec, ProcessTable
from motcua.contexts.dossiers.contracts import NationalStatus
from motcua.contexts.dossiers.rules import statuses
from motcua.kernel.calendar import WorkingCalendar


def dossier_tried(
    table: ProcessTable,
    spec: ClockSpec,
    calendar: WorkingCalendar,
    *,
    start: datetime,
    choices: tuple[str, ...],
) -> casework.Trying:
    """A dossier that is nowhere, after these choices; offered: what its status allows.

    Raises: ActionNotOffered, CaseEnded, StatusNotAllowed.
    """
    trial = casework.tried(
        table,
        spec,
        calendar,
        start=start,
        status=NationalStatus.REGISTERED,
        choices=choices,
        after=_status_after,
        resumed=NationalStatus.IN_PROCESS,
    )
    if not trial.offered:
        return trial
    step = table.step(trial.standing.step)
    allowed = statuses.open_actions(step, NationalStatus(trial.standing.status))
    return replace(trial, offered=allowed)


def _status_after(before: int, named: int) -> int:
    return statuses.status_after(NationalStatus(before), named)
