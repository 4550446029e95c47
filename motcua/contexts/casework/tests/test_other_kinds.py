"""Cases that are no dossiers: no reception, an inbox of their own, calendar days."""

from dataclasses import replace

import pytest

from motcua.contexts.casework import public
from motcua.contexts.casework.contracts import ClockSpec, OpenCase, Phase, Timeliness, TimeUnit
from motcua.contexts.casework.testing import a_case, a_table, done, open_case, owned, the_division
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city")
CODE = "YC-20261123-000001"
TEN_DAYS = ClockSpec(unit=TimeUnit.CALENDAR_DAY, value=10, citation="Luật 91/2025", apology=False)


def a_request() -> OpenCase:
    """Of a kind that nobody receives first, at the division of Bảo."""
    steps = [step for step in a_table()["step"] if step["key"] == "appraise"]
    steps[0]["action"] = [
        {"key": "grant", "label": "Giải quyết", "kind": "RETURN_RESULT", "status": 10},
        {"key": "refuse", "label": "Từ chối", "kind": "STOP", "status": 8},
    ]
    table = a_table() | {"key": "yeu-cau", "intake": False, "step": steps}
    process = owned(
        lambda: public.publish_process(table, actor=SYSTEM, now=MONDAY_9AM), now=MONDAY_9AM
    )
    unit = the_division().id
    return OpenCase(
        kind="request",
        code=CODE,
        party_person_id=None,
        subject_code="ACCESS",
        process_id=process,
        clock=TEN_DAYS,
        receiving_unit_id=unit,
        competent_unit_id=unit,
        handling_unit_id=unit,
        status=1,
    )


def test_a_case_without_reception_runs_from_its_opening():
    opened = open_case(a_request(), actor=SYSTEM, now=MONDAY_9AM)

    case = public.case(CODE)
    derived, _days = public.clock_of(CODE, as_of=MONDAY_9AM)

    assert (case.phase, case.started_at) == (Phase.RUNNING, MONDAY_9AM)
    assert opened.due_at == case.due_at == derived.due_at
    assert derived.timeliness is Timeliness.RUNNING_OK
    assert "10 ngày" in opened.due_sentence
    assert not any("xin lỗi" in line.text for line in derived.lines)
    assert public.deviating_codes([case.id]) == []


def test_its_decision_ends_it_without_any_other_step():
    open_case(a_request(), actor=SYSTEM, now=MONDAY_9AM)

    done(CODE, "bao", "grant")

    case = public.case(CODE)
    assert (case.phase, case.status) == (Phase.ENDED, 10)
    assert public.deviating_codes([case.id]) == []


def test_an_inbox_shows_cases_of_its_own_kind_only():
    open_case(a_request(), actor=SYSTEM, now=MONDAY_9AM)
    dossier = a_case().code
    done(dossier, "khue", "receive")
    seats = ((the_division().id, Role.CASE_OFFICER),)
    dossiers = public.InboxQuery(seats=seats, kind="dossier")
    requests = replace(dossiers, kind="request")

    found = {query.kind: public.inbox(query) for query in (dossiers, requests)}

    assert [task.case_code for task in found["dossier"]] == [dossier]
    assert [task.case_code for task in found["request"]] == [CODE]
    assert public.inbox_count(requests) == public.inbox_count(dossiers) == 1


def test_its_clock_counts_days_off_and_moves_only_a_last_day_that_is_off():
    calendar = organisations.calendar_of(the_division().id)
    opened = open_case(a_request(), actor=SYSTEM, now=MONDAY_9AM)

    assert opened.due_at == calendar.add_calendar_days(MONDAY_9AM, 10)
