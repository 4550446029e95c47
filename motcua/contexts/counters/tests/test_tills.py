"""The till: no cash without a shift, every note counted, two people sign, nothing is lost."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.counters.actions import tills
from motcua.contexts.counters.contracts.cash import (
    CountShift,
    DifferenceUnexplained,
    FloatOdd,
    NoOpenShift,
    NotesOdd,
    SecondPersonNeeded,
    ShiftMoved,
    ShiftNotFound,
    ShiftOpenAlready,
    ShiftState,
)
from motcua.contexts.counters.contracts.queue import NotAtThisDesk
from motcua.contexts.counters.queries import cash
from motcua.contexts.counters.rules.denominations import NOTES, counted
from motcua.contexts.counters.testing import an_open_till, the_desk
from motcua.contexts.identity.testing import a_person
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import acting
from motcua.contexts.payments import public as payments
from motcua.contexts.payments.contracts import InvoiceState, NothingToPay
from motcua.contexts.payments.testing import an_invoice
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city")
NOW = MONDAY_9AM
TODAY = NOW.date()


@pytest.fixture
def khue(small_city):
    return acting("khue", TODAY)


@pytest.fixture
def head(small_city):
    """Who heads the desk of Bến Thành."""
    found = organisations.officers_of(the_desk(), TODAY)
    return acting(next(o.staff_no for o in found if o.full_name == "Võ Minh Bình"), TODAY)


@pytest.fixture
def bill(small_city):
    return an_invoice(payer=a_person().id, subject="H29.99-1", unit_id=the_desk(), now=NOW)


def pays(bill, *, by, now=NOW, unit=None):
    return payments.record_cash(
        code=bill.code,
        amount_dong=int(bill.outstanding),
        unit_id=unit or the_desk(),
        actor=by,
        now=now,
    )


def counts(shift_id, notes, *, by, reason="", seen=0, now=NOW):
    command = CountShift(
        shift_id=shift_id, notes=tuple(notes.items()), reason=reason, seen_dong=seen
    )
    return tills.count_shift(command, actor=by, now=now)


def test_nobody_takes_cash_without_an_open_shift(khue, bill):
    with pytest.raises(NoOpenShift):
        pays(bill, by=khue)

    assert payments.invoice_of("H29.99-1").state is InvoiceState.UNPAID


def test_a_shift_of_yesterday_takes_nothing_today(khue, bill):
    an_open_till(khue, now=NOW - timedelta(days=3))

    with pytest.raises(NoOpenShift):
        pays(bill, by=khue)
    with pytest.raises(ShiftOpenAlready):
        an_open_till(khue, now=NOW)


def test_only_a_cashier_of_the_desk_opens_a_till(small_city, khue):
    with pytest.raises(NotAtThisDesk):
        an_open_till(acting("ngan", TODAY), now=NOW)
    with pytest.raises(FloatOdd):
        an_open_till(khue, float_dong=-1, now=NOW)
    an_open_till(khue, now=NOW)
    with pytest.raises(ShiftOpenAlready):
        an_open_till(khue, now=NOW)


def test_cash_goes_through_the_till_and_into_the_books_together(khue, bill):
    shift = an_open_till(khue, float_dong=200_000, now=NOW)

    pays(bill, by=khue)

    held = cash.shift(shift, khue, now=NOW)
    assert held.expected_dong == 200_000 + int(bill.outstanding)
    assert [one.reference for one in cash.lines(shift, khue, now=NOW)] == [bill.code]
    assert payments.invoice_of("H29.99-1").state is InvoiceState.PAID


def test_a_bill_that_is_refused_leaves_the_till_as_it_was(khue, bill):
    shift = an_open_till(khue, now=NOW)
    pays(bill, by=khue)

    with pytest.raises(NothingToPay):
        pays(bill, by=khue)

    assert len(cash.lines(shift, khue, now=NOW)) == 1


def test_a_difference_is_named_and_explained(khue, bill):
    shift = an_open_till(khue, float_dong=100_000, now=NOW)
    pays(bill, by=khue)
    due = int(bill.outstanding)

    with pytest.raises(NotesOdd):
        counts(shift, {300: 1}, by=khue, seen=due)
    with pytest.raises(DifferenceUnexplained):
        counts(shift, {100_000: 1}, by=khue, seen=due)
    done = counts(shift, {100_000: 1}, by=khue, reason="Thối nhầm", seen=due)

    assert done.difference_dong == -due
    assert cash.shift(shift, khue, now=NOW).reason == "Thối nhầm"
    with pytest.raises(NoOpenShift):
        pays(an_invoice(payer=a_person("B", personal_number="079190999007").id,
                        subject="H29.99-2", unit_id=the_desk(), now=NOW), by=khue)  # fmt: skip


def test_what_was_taken_while_one_counted_is_not_missed(khue, bill):
    shift = an_open_till(khue, now=NOW)
    pays(bill, by=khue)

    with pytest.raises(ShiftMoved):
        counts(shift, {}, by=khue, seen=0)
    assert cash.shift(shift, khue, now=NOW).state is ShiftState.OPEN


def test_two_people_sign_and_one_takes_the_money(khue, head):
    shift = an_open_till(khue, float_dong=50_000, now=NOW)
    counts(shift, {50_000: 1}, by=khue)

    with pytest.raises(SecondPersonNeeded):
        tills.sign_shift(shift, agreed=True, actor=khue, now=NOW)
    with pytest.raises(ShiftMoved):
        tills.take_money(shift, actor=head, now=NOW)
    with pytest.raises(ShiftNotFound):
        tills.sign_shift(shift, agreed=True, actor=acting("ngan", TODAY), now=NOW)
    tills.sign_shift(shift, agreed=True, actor=head, now=NOW)
    tills.take_money(shift, actor=head, now=NOW)

    assert cash.shift(shift, head, now=NOW).state is ShiftState.HANDED
    with pytest.raises(ShiftMoved):
        tills.take_money(shift, actor=head, now=NOW)


def test_a_count_that_the_second_person_doubts_is_counted_again(khue, head):
    shift = an_open_till(khue, float_dong=50_000, now=NOW)
    counts(shift, {20_000: 1}, by=khue, reason="Thiếu")

    tills.sign_shift(shift, agreed=False, actor=head, now=NOW)

    assert cash.shift(shift, khue, now=NOW).state is ShiftState.OPEN
    assert counts(shift, {50_000: 1}, by=khue).difference_dong == 0


@given(st.dictionaries(st.sampled_from(NOTES), st.integers(0, 400)))
def test_notes_are_worth_what_is_printed_on_them(notes):
    assert counted(notes) == sum(value * many for value, many in notes.items())
    assert counted({**notes, 3_000: 1}) is None
