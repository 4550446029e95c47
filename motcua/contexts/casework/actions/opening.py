"""Mở vụ việc: case, first event, first task; nothing is read, everything is computed."""

import dataclasses
from datetime import datetime

from motcua.contexts.casework import queries
from motcua.contexts.casework.actions.writing import new_task
from motcua.contexts.casework.contracts import OpenCase, OpenedCase, Phase
from motcua.contexts.casework.models import Case, CaseEvent
from motcua.contexts.casework.rules import clock, wording
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.db import joins_transaction


@joins_transaction
def open_case(command: OpenCase, *, actor: Actor, now: datetime) -> OpenedCase:
    """Open a case in its first step. The receive clock starts; the processing clock waits."""
    table = queries.process_table(command.process_id)
    desk = organisations.calendar_of(command.receiving_unit_id)
    case = Case(
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
        step=table.first.key,
        phase=Phase.INTAKE,
        status=command.status,
        opened_at=now,
        receive_due_at=clock.receive_due(now, desk),
    )
    opened = CaseEvent(
        at=now,
        happened_at=now,
        case_id=case.id,
        serial=1,
        kind="opened",
        action="open",
        step=case.step,
        status=case.status,
        actor_account_id=actor.account_id,
        unit_id=command.receiving_unit_id,
        facts={"source": command.source},
    )
    db.insert(case, opened)
    new_task(case, table.first, now=now)
    calendar = organisations.calendar_of(command.competent_unit_id)
    expected = clock.first_due(command.clock, case.receive_due_at, calendar)
    return OpenedCase(
        id=case.id,
        code=case.code,
        receive_due_at=case.receive_due_at,
        due_at=expected,
        due_sentence=wording.promise_words(command.clock, case.receive_due_at, expected),
    )
