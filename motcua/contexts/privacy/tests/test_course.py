"""A request on its way: its one extension, its withdrawal, its time told in calendar days."""

from datetime import datetime, timedelta

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseEnded, Phase
from motcua.contexts.notifications import public as notifications
from motcua.contexts.privacy.actions import course
from motcua.contexts.privacy.contracts import (
    AnsweredBefore,
    ExtensionTooLong,
    NoExtension,
    Outcome,
    ReasonMissing,
    RequestNotFound,
    Right,
)
from motcua.contexts.privacy.models import DataRequest
from motcua.contexts.privacy.queries import requests
from motcua.contexts.privacy.testing import an_officer_acting, asked, duyen, granted, tuyet
from motcua.contexts.privacy.web.words import remaining
from motcua.kernel.clock import CITY_TZ, city_date
from motcua.kernel.testing import MONDAY_9AM

FRIDAY_5PM = datetime(2026, 4, 24, 17, tzinfo=CITY_TZ)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (FRIDAY_5PM - timedelta(days=20), "còn 20 ngày"),
        (FRIDAY_5PM - timedelta(hours=18), "còn 1 ngày"),
        (FRIDAY_5PM, "hôm nay là ngày cuối"),
        (FRIDAY_5PM + timedelta(hours=1), "đã quá giờ trả lời hôm nay"),
        (FRIDAY_5PM + timedelta(days=3), "trễ 3 ngày"),  # a weekend later, which counts
    ],
)
def test_time_left_is_told_in_calendar_days(at, said):
    assert remaining(FRIDAY_5PM, at) == said


def test_a_term_is_extended_once_by_no_more_than_allowed_and_with_a_reason(small_city):
    person, officer = tuyet(), duyen()
    code = asked(Right.DELETE, person).code
    due_on = city_date(casework.case(code).due_at)
    later = due_on + timedelta(days=10)

    def extend(until=later, reason="Dữ liệu ở nhiều đơn vị", actor=officer):
        course.extend(code, until=until, reason=reason, actor=actor, now=MONDAY_9AM)

    for wrong in (due_on, due_on + timedelta(days=21)):
        with pytest.raises(ExtensionTooLong):
            extend(until=wrong)
    with pytest.raises(ReasonMissing):
        extend(reason=" ")
    for stranger in (person, an_officer_acting("quynh")):
        with pytest.raises(RequestNotFound):
            extend(actor=stranger)
    before = notifications.unread_count(person.person_id)
    extend()
    with pytest.raises(NoExtension):
        extend(until=later + timedelta(days=1))

    view = requests.view(DataRequest.objects.get(code=code), person, now=MONDAY_9AM)
    assert city_date(view.clock.due_at) == later
    assert "gia hạn" in view.clock.sentence
    assert [message.text for message in view.messages] == ["Dữ liệu ở nhiều đơn vị"]
    assert notifications.unread_count(person.person_id) == before + 1


@pytest.mark.parametrize("right", [Right.ACCESS, Right.RESTRICT])
def test_a_right_that_the_facts_do_not_extend_is_not_extended(small_city, right):
    person, officer = tuyet(), duyen()
    code = asked(right, person, target="SMS" if right is Right.RESTRICT else "").code
    until = city_date(casework.case(code).due_at) + timedelta(days=1)

    with pytest.raises(NoExtension):
        course.extend(code, until=until, reason="Bận", actor=officer, now=MONDAY_9AM)


def test_whoever_asked_takes_the_request_back_and_may_ask_anew(small_city, deliveries):
    person, officer = tuyet(), duyen()
    code = asked(Right.ACCESS, person).code

    with pytest.raises(RequestNotFound):
        course.withdraw(code, actor=officer, now=MONDAY_9AM)
    course.withdraw(code, actor=person, now=MONDAY_9AM)
    deliveries()
    with pytest.raises(AnsweredBefore):
        course.withdraw(code, actor=person, now=MONDAY_9AM)
    with pytest.raises(CaseEnded):
        granted(code, officer)

    assert casework.case(code).phase is Phase.ENDED
    assert DataRequest.objects.get(code=code).outcome == Outcome.WITHDRAWN
    assert requests.queue(officer, now=MONDAY_9AM) == ()
    assert not any(one.is_turn for one in notifications.messages_for_account(officer.account_id))
    assert asked(Right.ACCESS, person).code != code


def test_an_answered_request_is_not_taken_back(small_city):
    person, officer = tuyet(), duyen()
    code = asked(Right.RESTRICT, person, target="SMS").code
    granted(code, officer)

    with pytest.raises(AnsweredBefore):
        course.withdraw(code, actor=person, now=MONDAY_9AM)
