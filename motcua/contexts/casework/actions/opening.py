"""Mở vụ việc: case, first event, first task; nothing is read, everything is computed."""

import dataclasses
from datetime import datetime

from motcua.contexts.casework import queries
from motcua.contexts.casework.actions.writing import new_task, principal_of
from motcua.contexts.casework.contracts import OpenCase, OpenedCase, Phase
from motcua.contexts.casework.models import Case, CaseEvent
from motcua.contexts.casework.rules import clock, wording
from motcua.contexts.casework.rules.facts import ClockFacts
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.db import joins_transaction


@joins_transaction
def open_case(command: OpenCase, *, actor: Actor, now: datetime) -> OpenedCase:
    """Open a case in its first step.

    With an intake the receive clock starts and the processing clock waits; else it runs at once.
    """
    table = queries.process_table(command.process_id)
    case = _case(command, table.first.key, now)
    facts: dict[str, object] = {"source": command.source}
    expected = _received_later(case, command, now) if table.intake else _runs(case, command, now)
    if not table.intake:
        facts |= {"runs": True} | ({"due": expected.isoformat()} if expected else {})
    opened = CaseEvent(
        at=command.recorded_at or now,
        happened_at=now,
        case_id=case.id,
        serial=1,
        kind="opened",
        action="open",
        step=case.step,
        status=case.status,
        actor_account_id=actor.account_id,
        unit_id=command.receiving_unit_id,
        on_behalf_of=principal_of(actor),
        facts=facts,
    )
    db.insert(case, opened)
    new_task(case, table.first, now=now)
    return OpenedCase(
        id=case.id,
        code=case.code,
        receive_due_at=case.receive_due_at,
        due_at=expected,
        due_sentence=_promised(case, command, expected),
    )


def _case(command: OpenCase, step: str, now: datetime) -> Case:
    return Case(
        kind=command.kind,
        code=command.code,
        party_person_id=command.party_person_id,
        subject_code=command.subject_code,
        field=command.field,
        source=command.source,
        process_id=command.process_id,
        clock=dataclasses.asdict(command.clock),
        receiving_unit_id=command.receiving_unit_id,
        competent_unit_id=command.competent_unit_id,
        handling_unit_id=command.handling_unit_id,
        supporting_unit_id=command.supporting_unit_id,
        priority=command.priority,
        step=step,
        phase=Phase.INTAKE,
        status=command.status,
        opened_at=now,
        receive_due_at=now,
    )


def _received_later(case: Case, command: OpenCase, now: datetime) -> datetime | None:
    """Somebody accepts it first. Returns when it would be due if that is done in time."""
    desk = organisations.calendar_of(command.receiving_unit_id)
    case.receive_due_at = clock.receive_due(now, desk)
    calendar = organisations.calendar_of(command.competent_unit_id)
    return clock.first_due(command.clock, case.receive_due_at, calendar)


def _runs(case: Case, command: OpenCase, now: datetime) -> datetime | None:
    """Nobody accepts it: received the moment it came. Returns when it is due."""
    calendar = organisations.calendar_of(command.competent_unit_id)
    due = clock.first_due(command.clock, now, calendar)
    case.phase, case.started_at, case.due_original, case.due_at = Phase.RUNNING, now, due, due
    return due


def _promised(case: Case, command: OpenCase, expected: datetime | None) -> str:
    if case.phase == Phase.INTAKE:
        return wording.promise_words(command.clock, case.receive_due_at, expected)
    calendar = organisations.calendar_of(command.competent_unit_id)
    facts = ClockFacts(started_at=case.started_at)
    return wording.sentence(command.clock, facts, expected, calendar)
