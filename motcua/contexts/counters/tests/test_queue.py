"""The queue of a hall: who may call, what a second press does, what ends with the day."""

from datetime import datetime, timedelta

import pytest

from motcua.contexts.counters.actions import calling, forgetting, taking, windows
from motcua.contexts.counters.contracts.queue import (
    BackTooOften,
    DeskClosed,
    DeskNotFound,
    GroupUnknown,
    NobodyWaits,
    NoGroupChosen,
    NotAtThisDesk,
    NumbersUsedUp,
    PhoneNeeded,
    PriorityKind,
    TakeTicket,
    TicketChannel,
    TicketHeldAlready,
    TicketOver,
    TicketState,
    WindowBusy,
    WindowMoved,
    WindowNotFound,
    WindowTaken,
)
from motcua.contexts.counters.models import Ticket, TicketSerial
from motcua.contexts.counters.queries import queue
from motcua.contexts.counters.testing import a_ticket, an_open_window, the_desk
from motcua.contexts.identity.testing import a_person
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import acting
from motcua.kernel.actors import ANONYMOUS
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.testing import MONDAY_9AM, citizen

pytestmark = pytest.mark.usefixtures("small_city")
NOW = MONDAY_9AM
SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=CITY_TZ)
TODAY = NOW.date()


@pytest.fixture
def khue(small_city):
    return acting("khue", TODAY)


@pytest.fixture
def tuyen(small_city):
    """The other receiver of Bến Thành."""
    found = organisations.officers_of(the_desk(), TODAY)
    other = next(one for one in found if one.full_name == "Trịnh Bích Tuyền")
    return acting(other.staff_no, TODAY)


def at(minutes):
    return NOW + timedelta(minutes=minutes)


def state_of(ticket_id):
    return queue.ticket(ticket_id).state


def by_phone(phone="", *, actor=ANONYMOUS, kind=None, group="A", now=NOW):
    command = TakeTicket(
        unit_id=the_desk(), group=group, channel=TicketChannel.PHONE, kind=kind, phone=phone
    )
    return taking.take_ticket(command, actor=actor, now=now)


def test_a_closed_desk_gives_no_number():
    with pytest.raises(DeskClosed):
        a_ticket(now=SUNDAY)


def test_a_window_that_is_open_serves_outside_the_hours_too(small_city):
    an_open_window(acting("khue", SUNDAY.date()), now=SUNDAY)

    assert queue.ticket(a_ticket(now=SUNDAY)).label == "A001"


def test_what_is_no_desk_has_no_queue(small_city):
    division = organisations.unit("H29.99.26740.2")

    with pytest.raises(DeskNotFound):
        queue.desk_by_id(division.id)
    with pytest.raises(DeskNotFound):
        queue.desk("H29.99.26740.2", now=NOW)
    with pytest.raises(DeskNotFound):
        queue.desk("khong-co", now=NOW)


def test_a_group_that_the_desk_lacks_is_refused(small_city):
    with pytest.raises(GroupUnknown):
        a_ticket("Z", now=NOW)


def test_numbers_begin_anew_each_day_and_in_each_group(small_city):
    labels = [queue.ticket(a_ticket(group, now=NOW)).label for group in "AAB"]
    tomorrow = queue.ticket(a_ticket("A", now=NOW + timedelta(days=1, hours=24))).label

    assert labels == ["A001", "A002", "B001"]
    assert tomorrow == "A001"


def test_a_day_has_so_many_numbers_and_no_more(small_city):
    a_ticket(now=NOW)
    TicketSerial.objects.update(last=999)

    with pytest.raises(NumbersUsedUp):
        a_ticket(now=NOW)


def test_one_phone_has_one_ticket_a_day_however_it_is_written(small_city):
    taken = by_phone("0900 000 345")

    with pytest.raises(TicketHeldAlready):
        by_phone("+84 900 000 345")
    taking.cancel_ticket(taken.ticket_id, actor=ANONYMOUS, now=NOW)
    assert by_phone("0900000345").label == "A002"


def test_without_a_number_or_a_person_no_ticket_goes_to_a_phone(small_city):
    with pytest.raises(PhoneNeeded):
        by_phone("12")


def test_a_person_has_one_ticket_a_day(small_city):
    tuyet = citizen(person=a_person().id)
    by_phone(actor=tuyet)

    with pytest.raises(TicketHeldAlready):
        by_phone(actor=tuyet, group="B")
    assert len(queue.own_tickets(tuyet, now=NOW)) == 1


def test_of_a_person_is_kept_that_there_is_priority_and_not_which(small_city):
    taken = by_phone(actor=citizen(person=a_person().id), kind=PriorityKind.DISABLED)

    row = Ticket.objects.get(pk=taken.ticket_id)
    assert (row.priority, row.kind) == (True, "")


def test_whose_a_ticket_was_is_forgotten(small_city):
    by_phone("0900 000 345")
    by_phone(actor=citizen(person=a_person().id))

    forgetting.forget_owners(now=NOW + timedelta(days=40))

    rows = Ticket.objects.all()
    assert [(row.person_id, row.phone_index) for row in rows] == [(None, None)] * 2


def test_only_who_works_there_opens_a_window(small_city, khue):
    with pytest.raises(NotAtThisDesk):
        an_open_window(acting("ngan", TODAY), now=NOW)
    with pytest.raises(NotAtThisDesk):
        an_open_window(acting("bao", TODAY), now=NOW)
    with pytest.raises(NoGroupChosen):
        windows.open_window(the_desk(), number=1, groups=(), actor=khue, now=NOW)


def test_two_officers_do_not_sit_at_one_window(khue, tuyen):
    an_open_window(khue, now=NOW)

    with pytest.raises(WindowTaken):
        an_open_window(tuyen, now=NOW)


def test_who_moves_leaves_the_window_of_before(khue, tuyen):
    an_open_window(khue, number=1, now=NOW)

    an_open_window(khue, number=2, now=NOW)

    an_open_window(tuyen, number=1, now=NOW)
    assert [one.number for one in queue.windows(the_desk(), day=TODAY)] == [1, 2]


def test_nobody_leaves_somebody_at_the_window(khue):
    an_open_window(khue, now=NOW)
    a_ticket(now=NOW)
    calling.call_next(seen=None, actor=khue, now=NOW)

    with pytest.raises(WindowBusy):
        windows.close_window(actor=khue, now=NOW)
    with pytest.raises(WindowBusy):
        an_open_window(khue, number=2, now=NOW)


def test_a_second_press_calls_nobody(khue):
    an_open_window(khue, now=NOW)
    first, second = a_ticket(now=at(0)), a_ticket(now=at(1))
    calling.call_next(seen=None, actor=khue, now=at(2))

    with pytest.raises(WindowMoved):
        calling.call_next(seen=None, actor=khue, now=at(2))

    assert (state_of(first), state_of(second)) == (TicketState.CALLED, TicketState.WAITING)


def test_the_next_call_finishes_the_one_before(khue):
    an_open_window(khue, now=NOW)
    first, second = a_ticket(now=at(0)), a_ticket(now=at(1))
    calling.call_next(seen=None, actor=khue, now=at(2))

    called = calling.call_next(seen=first, actor=khue, now=at(9))

    assert called.ticket_id == second
    assert state_of(first) is TicketState.FINISHED


def test_an_empty_hall_leaves_who_is_there_at_the_window(khue):
    an_open_window(khue, now=NOW)
    first = a_ticket(now=at(0))
    calling.call_next(seen=None, actor=khue, now=at(2))

    with pytest.raises(NobodyWaits):
        calling.call_next(seen=first, actor=khue, now=at(3))
    assert state_of(first) is TicketState.CALLED


def test_priority_goes_first_until_an_officer_denies_it(khue):
    an_open_window(khue, now=NOW)
    ordinary, elderly = a_ticket(now=at(0)), a_ticket(now=at(1), kind=PriorityKind.ELDERLY)

    first = calling.call_next(seen=None, actor=khue, now=at(2)).ticket_id
    calling.settle_priority(seen=elderly, agreed=False, actor=khue, now=at(2))

    assert first == elderly
    assert calling.call_next(seen=None, actor=khue, now=at(3)).ticket_id == ordinary
    assert queue.ticket(elderly).confirmed is False


def test_a_transfer_keeps_number_and_waiting_time(khue, tuyen):
    an_open_window(khue, "A", number=1, now=NOW)
    an_open_window(tuyen, "B", number=2, now=NOW)
    moved, waiting = a_ticket("A", now=at(0)), a_ticket("B", now=at(1))
    calling.call_next(seen=None, actor=khue, now=at(5))

    calling.transfer(seen=moved, group="B", actor=khue, now=at(6))

    called = calling.call_next(seen=None, actor=tuyen, now=at(7))
    assert (called.ticket_id, called.label) == (moved, "A001")
    assert state_of(waiting) is TicketState.WAITING


def test_who_was_handed_to_a_window_is_not_called_by_another_unless_it_closes(khue, tuyen):
    an_open_window(khue, number=1, now=NOW)
    an_open_window(tuyen, number=2, now=NOW)
    moved = a_ticket(now=at(0))
    calling.call_next(seen=None, actor=khue, now=at(1))
    calling.transfer(seen=moved, group="A", window_number=2, actor=khue, now=at(2))

    with pytest.raises(NobodyWaits):
        calling.call_next(seen=None, actor=khue, now=at(3))
    windows.close_window(actor=tuyen, now=at(4))
    assert calling.call_next(seen=None, actor=khue, now=at(5)).ticket_id == moved


def test_a_window_that_is_not_open_gets_nobody(khue):
    an_open_window(khue, now=NOW)
    here = a_ticket(now=at(0))
    calling.call_next(seen=None, actor=khue, now=at(1))

    with pytest.raises(WindowNotFound):
        calling.transfer(seen=here, group="A", window_number=7, actor=khue, now=at(2))


def test_who_was_absent_comes_back_once_with_their_waiting_time(khue):
    an_open_window(khue, now=NOW)
    late, other = a_ticket(now=at(0)), a_ticket(now=at(1))
    calling.call_next(seen=None, actor=khue, now=at(2))
    calling.call_again(seen=late, actor=khue, now=at(3))
    calling.mark_absent(seen=late, actor=khue, now=at(4))

    calling.bring_back(late, actor=khue, now=at(5))

    assert calling.call_next(seen=None, actor=khue, now=at(6)).ticket_id == late
    calling.mark_absent(seen=late, actor=khue, now=at(7))
    with pytest.raises(BackTooOften):
        calling.bring_back(late, actor=khue, now=at(8))
    assert state_of(other) is TicketState.WAITING


def test_what_was_called_cannot_be_given_up(khue):
    an_open_window(khue, now=NOW)
    here = a_ticket(now=at(0))
    calling.call_next(seen=None, actor=khue, now=at(1))

    with pytest.raises(TicketOver):
        taking.cancel_ticket(here, actor=ANONYMOUS, now=at(2))


def test_at_midnight_tickets_and_windows_are_over(khue):
    an_open_window(khue, now=NOW)
    left = a_ticket(now=at(0))
    a_ticket(now=at(1))
    calling.call_next(seen=None, actor=khue, now=at(2))
    wednesday = NOW + timedelta(days=2)

    assert queue.own_window(khue, now=wednesday) is None
    with pytest.raises(WindowNotFound):
        calling.finish(seen=left, actor=khue, now=wednesday)
    an_open_window(khue, now=wednesday)
    with pytest.raises(NobodyWaits):
        calling.call_next(seen=None, actor=khue, now=wednesday)


def test_the_wait_is_told_once_the_day_has_shown_it(khue):
    an_open_window(khue, now=NOW)
    tickets = [a_ticket(now=at(0)) for _ in range(6)]
    unknown = queue.place(queue.ticket(tickets[5]), now=at(0))
    seen = None
    for n in range(4):  # three of them finished, ten minutes each
        seen = calling.call_next(seen=seen, actor=khue, now=at(10 * n)).ticket_id

    known = queue.place(queue.ticket(tickets[5]), now=at(31))

    assert (unknown.before, unknown.minutes) == (5, None)
    assert (known.before, known.minutes) == (1, 20)


def test_the_hall_sees_numbers_and_what_nobody_serves(khue):
    an_open_window(khue, "A", number=3, now=NOW)
    a_ticket("A", now=at(0))
    a_ticket("B", now=at(0))
    calling.call_next(seen=None, actor=khue, now=at(1))

    seen = queue.board(the_desk(), now=at(2))

    assert [(one.label, one.window) for one in seen.calls] == [("A001", 3)]
    assert (seen.waiting, seen.unserved) == ({"B": 1}, ("B",))
