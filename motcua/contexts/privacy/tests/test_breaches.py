"""A breach has 72 hours, day and night, and says who was told when."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.identity.testing import an_officer_account, signed_in
from motcua.contexts.organisations.testing import the_officer
from motcua.contexts.privacy.actions import breaches as actions
from motcua.contexts.privacy.contracts import (
    BreachMalformed,
    BreachNotFound,
    BreachStep,
    DoneBefore,
    NotToldYet,
    ProofMissing,
    RecordBreach,
)
from motcua.contexts.privacy.queries import breaches as queries
from motcua.contexts.privacy.rules.breaches import countdown
from motcua.contexts.privacy.testing import an_officer_acting, duyen
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.testing import MONDAY_9AM
from motcua.kernel.web import FIELD

# A year with Tết, weekends and every public holiday in it.
MOMENTS = st.integers(min_value=0, max_value=600_000).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=CITY_TZ) + timedelta(minutes=minutes)
)
MINUTES = st.integers(min_value=0, max_value=20_000)


@given(MOMENTS)
def test_it_is_due_72_hours_later_whatever_day_it_is(found_at):
    told = countdown(found_at, done_at=None, as_of=found_at)

    assert told.due_at - found_at == timedelta(hours=72)
    assert told.minutes_left == 72 * 60


@given(MOMENTS, MINUTES, MINUTES)
def test_each_minute_that_passes_is_a_minute_less(found_at, earlier, more):
    first = found_at + timedelta(minutes=earlier)

    before = countdown(found_at, done_at=None, as_of=first)
    after = countdown(found_at, done_at=None, as_of=first + timedelta(minutes=more))

    assert before.minutes_left - after.minutes_left == more


@given(MOMENTS, MINUTES)
def test_it_is_late_exactly_when_72_hours_are_over(found_at, minutes):
    done_at = found_at + timedelta(minutes=minutes)

    told = countdown(found_at, done_at=done_at, as_of=done_at + timedelta(days=9))

    assert told.late is (minutes > 72 * 60)
    assert told.minutes_left is None


def a_breach(**changed) -> RecordBreach:
    values = {
        "found_at": MONDAY_9AM - timedelta(hours=10),
        "story": "Gửi nhầm danh sách",
        "classes": ("PERSONAL_BASIC",),
        "activities": ("ho-so",),
        "affected": None,
        "tells_persons": False,
    }
    return RecordBreach(**values | changed)


@pytest.mark.parametrize(
    "wrong",
    [
        {"found_at": MONDAY_9AM + timedelta(minutes=1)},
        {"story": " "},
        {"classes": ()},
        {"classes": ("SECRET",)},
        {"activities": ("không có",)},
    ],
)
def test_a_breach_says_when_what_and_which_data(small_city, wrong):
    officer = duyen()

    with pytest.raises(BreachMalformed):
        actions.record_breach(a_breach(**wrong), actor=officer, now=MONDAY_9AM)


def test_recording_it_late_gives_no_time_back(small_city):
    officer = duyen()

    code = actions.record_breach(a_breach(), actor=officer, now=MONDAY_9AM).code

    assert queries.one(code, officer, now=MONDAY_9AM).authority.minutes_left == 62 * 60


def test_it_is_told_with_proof_once_and_closed_when_all_know(small_city):
    officer, later = duyen(), MONDAY_9AM + timedelta(hours=100)
    code = actions.record_breach(a_breach(tells_persons=True), actor=officer, now=MONDAY_9AM).code

    with pytest.raises(ProofMissing):
        actions.authority_told(code, proof=" ", actor=officer, now=MONDAY_9AM)
    actions.write_letter(code, actor=officer, now=MONDAY_9AM)
    actions.authority_told(code, proof="CV 12", actor=officer, now=MONDAY_9AM)
    with pytest.raises(DoneBefore):
        actions.authority_told(code, proof="CV 13", actor=officer, now=MONDAY_9AM)
    with pytest.raises(NotToldYet):
        actions.close(code, note="", actor=officer, now=MONDAY_9AM)
    actions.persons_told(code, proof="Tin nhắn", actor=officer, now=later)
    actions.close(code, note="Đã khắc phục", actor=officer, now=later)

    view = queries.one(code, officer, now=later)
    assert (view.authority.late, view.persons.late) == (False, True)
    assert view.letter_url
    assert [h.step for h in view.life] == [
        BreachStep.RECORDED,
        BreachStep.AUTHORITY_TOLD,
        BreachStep.PERSONS_TOLD,
        BreachStep.CLOSED,
    ]
    with pytest.raises(DoneBefore):
        actions.assess(code, affected=1, tells_persons=False, note="x", actor=officer, now=later)


def test_nobody_else_knows_of_it(small_city):
    officer, other = duyen(), an_officer_acting("quynh")
    code = actions.record_breach(a_breach(), actor=officer, now=MONDAY_9AM).code

    with pytest.raises(BreachNotFound):
        queries.one(code, other, now=MONDAY_9AM)

    assert queries.all_of(other, now=MONDAY_9AM) == ()
    assert [one.code for one in queries.all_of(officer, now=MONDAY_9AM)] == [code]


def test_each_question_that_lacks_its_answer_says_so(small_city):
    account = an_officer_account("duyen", officer_id=the_officer("duyen").id)
    browser = signed_in(Client(), account)

    answer = browser.post("/bao-ve-du-lieu/su-co/ghi", {"found_at": "hôm qua", FIELD: "empty"})

    words = answer.content.decode()
    assert answer.status_code == 422
    for field, sentence in (
        ("found-at", "Bạn ghi ngày giờ phát hiện, không ở tương lai."),
        ("story", "Bạn ghi chuyện gì đã xảy ra."),
        ("classes", "Bạn chọn ít nhất một loại dữ liệu."),
    ):
        assert f'<p class="error">{sentence}</p>' in words
        assert f'href="#q-{field}"' in words
        assert f'id="q-{field}"' in words
