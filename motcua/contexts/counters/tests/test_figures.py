"""What the head of a desk sees of its queue: every number adds up and leads to its tickets."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.counters.actions import calling
from motcua.contexts.counters.contracts.figures import Counted, Outcome
from motcua.contexts.counters.rules.figures import day_figures, percentile
from motcua.contexts.counters.testing import a_ticket, an_open_window
from motcua.contexts.counters.tests.test_queue_pages import text_of
from motcua.contexts.identity.testing import an_officer_account, signed_in
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel import clock
from motcua.kernel.clock import city_date

COUNTED = st.builds(
    Counted,
    label=st.just("A001"),
    group=st.sampled_from("ABS"),
    hour=st.integers(7, 16),
    outcome=st.sampled_from(Outcome),
    waited=st.none() | st.floats(0, 300),
    served=st.none() | st.floats(0, 60),
    window=st.integers(0, 4),
    moved=st.booleans(),
    since=st.just(datetime(2026, 11, 23, 2, tzinfo=UTC)),
)


@given(st.lists(COUNTED, max_size=60))
def test_each_division_adds_up_to_the_whole(found):
    figures = day_figures(found)

    for parts in (figures.groups, figures.hours):
        for name in ("taken", "waiting", "serving", "served", "absent", "given_up", "moved"):
            assert sum(getattr(one, name) for one in parts) == getattr(figures.whole, name)
    whole = figures.whole
    states = whole.waiting + whole.serving + whole.served + whole.absent + whole.given_up
    assert states == whole.taken == len(found)


@given(st.lists(st.floats(0, 300), min_size=1, max_size=80))
def test_nine_of_ten_did_not_wait_longer(values):
    most = percentile(values, 0.9)

    assert most in values
    assert sum(value <= most for value in values) >= 0.9 * len(values)


def test_a_day_without_tickets_has_no_waiting_time():
    figures = day_figures([])

    assert (figures.whole.median, figures.whole.most, figures.longest) == (None, None, 0)


def at_work(staff_no):
    account = an_officer_account(staff_no, officer_id=the_officer(staff_no).id)
    return signed_in(Client(), account)


@pytest.fixture
def served(small_city):
    """One is called, one waits."""
    now = clock.now()
    khue = acting("khue", city_date(now))
    an_open_window(khue, now=now)
    a_ticket(now=now)
    a_ticket(now=now)
    calling.call_next(seen=None, actor=khue, now=clock.now())
    return khue


def test_a_number_leads_to_the_tickets_behind_it(served):
    khue = at_work("khue")

    shown = khue.get("/quay/so-lieu").content.decode()
    waiting = text_of(khue.get("/quay/so-lieu/so?ket-qua=cho"))
    exported = b"".join(khue.get("/quay/so-lieu/xuat.csv")).decode()

    assert "ket-qua=cho" in shown
    assert "1 số thứ tự" in waiting
    assert "Cả ngày" in exported
    assert "Cán bộ nộp giúp" in shown


def test_the_queue_of_another_desk_is_not_there(served):
    assert at_work("ngan").get("/quay/so-lieu?noi=H29.99.26743.1").status_code == 404
    assert at_work("bao").get("/quay/so-lieu").status_code == 403


def test_what_is_typed_into_the_address_by_hand_does_no_harm(served):
    khue = at_work("khue")

    for asked in ("ngay=rubbish", "ngay=0001-01-01", "ket-qua=zzz", "gio=99&ban=x"):
        assert khue.get(f"/quay/so-lieu/so?{asked}").status_code == 200
