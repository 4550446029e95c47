"""Công bố thử: some communes first, then everybody or nobody; and back to what was before.

Versions never change. Widening to the whole city publishes what was tried as the next version;
going back publishes what was before as the next version. Dossiers keep what they pinned.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.procedures.actions.designing import approved
from motcua.contexts.procedures.actions.publishing import (
    announce,
    locked_procedure,
    may_publish,
    newest_of,
    put_in_force,
)
from motcua.contexts.procedures.contracts import ProcedureNotFound, ProcedureNotOpen, Published
from motcua.contexts.procedures.contracts.designing import (
    NoEarlierVersion,
    TrialNotFound,
    TrialOutcome,
    TrialRuns,
    TrialWardsMissing,
)
from motcua.contexts.procedures.models import NOT_GENERAL, Procedure, ProcedureVersion, Trial
from motcua.contexts.procedures.rules.reading import parse_definition
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.codes import WardCode
from motcua.kernel.db import joins_transaction, owns_transaction, record


@owns_transaction
def start_trial(
    version_id: UUID,
    *,
    wards: Collection[str],
    ends_on: date,
    seen: int,
    by: Actor,
    now: datetime,
) -> Published:
    """New dossiers of these communes get the draft from today; all others what is in force.

    Raises: as `publish_design`, and TrialRuns, TrialWardsMissing.
    """
    version, definition = approved(version_id, seen=seen, by=by, now=now)
    today, chosen = city_date(now), _known(wards)
    if not chosen or ends_on <= today:
        raise TrialWardsMissing(field="ward")
    locked_procedure(definition.code, now=now)
    if newest_of(version.procedure) is None:
        raise ProcedureNotOpen(procedure=definition.code)
    if Trial.objects.filter(procedure=version.procedure, ended_at__isnull=True).exists():
        raise TrialRuns
    process_id = None
    if definition.process:
        process_id = casework.publish_process(definition.process, actor=by, now=now)
    version.put_on_trial(valid_from=today, process_id=process_id, by=by.account_id, at=now)
    version.save()
    Trial.objects.create(
        procedure=version.procedure,
        version=version,
        wards=chosen,
        starts_on=today,
        ends_on=ends_on,
        started_by=by.account_id,
    )
    record(
        action="procedures.start_trial",
        subject=definition.code,
        actor=by,
        facts={"number": version.number, "wards": chosen, "until": ends_on.isoformat()},
    )
    announce()
    return _answer(version, definition.code)


@owns_transaction
def widen_trial(code: str, *, wards: Collection[str], by: Actor, now: datetime) -> None:
    """More communes. Raises: NotAllowedToPublish, TrialNotFound, TrialWardsMissing."""
    trial = _running(code, by, now)
    chosen = sorted({*trial.wards, *_known(wards)})
    if chosen == sorted(trial.wards):
        raise TrialWardsMissing("Bạn chọn thêm ít nhất một phường, xã.", field="ward")
    trial.wards = chosen
    trial.save(update_fields=("wards",))
    record(action="procedures.widen_trial", subject=code, actor=by, facts={"wards": chosen})
    announce()


@owns_transaction
def stop_trial(code: str, *, by: Actor, now: datetime) -> None:
    """Everybody gets what is in force; dossiers of the trial are finished as they were begun.

    Raises: NotAllowedToPublish, TrialNotFound.
    """
    trial = _running(code, by, now)
    _end(trial, TrialOutcome.STOPPED, by=by, now=now)
    record(action="procedures.stop_trial", subject=code, actor=by)
    announce()


@owns_transaction
def adopt_trial(code: str, *, by: Actor, now: datetime) -> Published:
    """What was tried becomes the version of the whole city.

    Raises: NotAllowedToPublish, TrialNotFound.
    """
    trial = _running(code, by, now)
    _end(trial, TrialOutcome.WIDENED, by=by, now=now)
    record(action="procedures.adopt_trial", subject=code, actor=by)
    return _again(trial.procedure, trial.version, by=by, now=now)


@owns_transaction
def roll_back(code: str, *, by: Actor, now: datetime) -> Published:
    """What was in force before is in force again, for new dossiers.

    Raises: NotAllowedToPublish, ProcedureNotFound, TrialRuns, NoEarlierVersion.
    """
    may_publish(by)
    if not Procedure.objects.filter(code=code).exists():
        raise ProcedureNotFound(procedure=code)
    procedure = locked_procedure(code, now=now)
    if Trial.objects.filter(procedure=procedure, ended_at__isnull=True).exists():
        raise TrialRuns
    newest = newest_of(procedure)
    earlier = ProcedureVersion.objects.filter(procedure=procedure).exclude(state__in=NOT_GENERAL)
    if newest is None:
        raise NoEarlierVersion
    before = earlier.filter(number__lt=newest.number).exclude(digest=newest.digest)
    goal = before.order_by("-number").first()
    if goal is None:
        raise NoEarlierVersion
    record(
        action="procedures.roll_back",
        subject=code,
        actor=by,
        facts={"from": newest.number, "to": goal.number},
    )
    return _again(procedure, goal, by=by, now=now)


@joins_transaction
def _again(procedure: Procedure, goal: ProcedureVersion, *, by: Actor, now: datetime) -> Published:
    """The content of that version as the next one, from today."""
    definition = replace(parse_definition(goal.content), valid_from=None)
    last = ProcedureVersion.objects.filter(procedure=procedure).order_by("-number").first()
    number = last.number + 1 if last else 1
    version = ProcedureVersion.draft(
        procedure, definition, number=number, by=goal.written_by, at=now
    )
    return put_in_force(version, definition, newest=newest_of(procedure), by=by, now=now)


def _running(code: str, by: Actor, now: datetime) -> Trial:
    may_publish(by)
    if not Procedure.objects.filter(code=code).exists():
        raise TrialNotFound(procedure=code)
    locked_procedure(code, now=now)
    trial = (
        Trial.objects.select_related("procedure", "version")
        .filter(procedure__code=code, ended_at__isnull=True)
        .first()
    )
    if trial is None:
        raise TrialNotFound(procedure=code)
    return trial


@joins_transaction
def _end(trial: Trial, how: TrialOutcome, *, by: Actor, now: datetime) -> None:
    trial.ended_at, trial.ended_by, trial.outcome = now, by.account_id, how.value
    trial.save(update_fields=("ended_at", "ended_by", "outcome"))


def _known(wards: Collection[str]) -> list[str]:
    return sorted({ward for ward in wards if WardCode.parses(ward)})


def _answer(version: ProcedureVersion, code: str) -> Published:
    return Published(version_id=version.id, code=code, number=version.number, changed=True)
