"""A time at a window: booked once, moved, given up, and kept with a code at the kiosk."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from motcua.contexts.counters.actions import booking, calling
from motcua.contexts.counters.contracts.appointments import (
    AppointmentHeldAlready,
    AppointmentNotFound,
    AppointmentOver,
    AppointmentState,
    BookAppointment,
    MovedTooOften,
    SlotTaken,
    TooEarly,
)
from motcua.contexts.counters.contracts.queue import GroupUnknown, PhoneNeeded
from motcua.contexts.counters.queries import appointments, queue
from motcua.contexts.counters.rules.slots import seats_of, times_of
from motcua.contexts.counters.testing import a_ticket, an_open_window, the_desk
from motcua.contexts.counters.tests.test_queue_pages import BEN_THANH, send, text_of
from motcua.contexts.identity.testing import a_person
from motcua.contexts.organisations.testing import acting
from motcua.kernel import clock
from motcua.kernel.actors import ANONYMOUS
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.testing import MONDAY_9AM, citizen

pytestmark = pytest.mark.usefixtures("small_city")
NOW = MONDAY_9AM
WEDNESDAY_9 = datetime(2026, 11, 25, 9, 0, tzinfo=CITY_TZ)


def booked(phone="0900 000 345", *, at=WEDNESDAY_9, actor=ANONYMOUS, group="A"):
    command = BookAppointment(unit_id=the_desk(), group=group, starts_at=at, phone=phone)
    return booking.book(command, actor=actor, now=NOW).appointment_id


def comes(appointment_id, *, at):
    code = appointments.appointment(appointment_id).code
    return booking.arrive(the_desk(), code, actor=ANONYMOUS, now=at)


def test_times_lie_within_the_shifts():
    times = times_of(WorkingCalendar("tuần"), WEDNESDAY_9.date(), minutes=15)

    assert (times[0].hour, times[0].minute) == (7, 30)
    assert len(times) == 32
    assert not [at for at in times if at.hour == 12]
    assert (seats_of(0, share_percent=50), seats_of(5, share_percent=50)) == (1, 2)


@pytest.mark.parametrize("at", [
    WEDNESDAY_9 + timedelta(minutes=7),
    WEDNESDAY_9.replace(hour=12),
    NOW,
    WEDNESDAY_9 - timedelta(days=1),
    WEDNESDAY_9 + timedelta(days=60),
])  # fmt: skip
def test_what_is_no_time_of_the_desk_cannot_be_booked(at):
    with pytest.raises(SlotTaken):
        booked(at=at)


def test_a_full_time_is_refused_and_free_again_when_given_up():
    first = booked()

    with pytest.raises(SlotTaken):
        booked("0900 000 346")
    booking.cancel_appointment(first, actor=ANONYMOUS, now=NOW)
    assert booked("0900 000 346")


def test_one_person_has_one_time_a_day():
    tuyet = citizen(person=a_person().id)
    booked(actor=tuyet)
    with pytest.raises(AppointmentHeldAlready):
        booked(actor=tuyet, at=WEDNESDAY_9 + timedelta(hours=1))
    with pytest.raises(PhoneNeeded):
        booked("1", at=WEDNESDAY_9 + timedelta(hours=1))
    with pytest.raises(GroupUnknown):
        booked(group="Z", at=WEDNESDAY_9 + timedelta(hours=1))


def test_a_time_is_moved_so_often_and_no_more():
    one, other = booked(), booked("0900 000 346", at=WEDNESDAY_9 + timedelta(hours=1))
    with pytest.raises(SlotTaken):
        booking.move_appointment(one, WEDNESDAY_9 + timedelta(hours=1), actor=ANONYMOUS, now=NOW)
    for hours in (2, 5):
        later = WEDNESDAY_9 + timedelta(hours=hours)
        booking.move_appointment(one, later, actor=ANONYMOUS, now=NOW)

    with pytest.raises(MovedTooOften):
        booking.move_appointment(one, WEDNESDAY_9, actor=ANONYMOUS, now=NOW)
    assert appointments.appointment(other).state is AppointmentState.BOOKED


def test_who_comes_early_late_or_twice_gets_no_number():
    one = booked()

    with pytest.raises(TooEarly):
        comes(one, at=WEDNESDAY_9 - timedelta(minutes=31))
    with pytest.raises(AppointmentOver):
        comes(one, at=WEDNESDAY_9 + timedelta(minutes=16))
    with pytest.raises(AppointmentNotFound):
        booking.arrive(the_desk("26740"), "000000", actor=ANONYMOUS, now=WEDNESDAY_9)
    comes(one, at=WEDNESDAY_9)
    with pytest.raises(AppointmentOver):
        comes(one, at=WEDNESDAY_9)
    with pytest.raises(AppointmentOver):
        booking.cancel_appointment(one, actor=ANONYMOUS, now=WEDNESDAY_9)


def test_at_its_time_it_goes_ahead_and_not_before():
    khue = acting("khue", WEDNESDAY_9.date())
    an_open_window(khue, now=WEDNESDAY_9 - timedelta(hours=1))
    early = WEDNESDAY_9 - timedelta(minutes=20)
    held = comes(booked(), at=early).ticket_id
    others = [a_ticket(now=early) for _ in range(2)]

    first = calling.call_next(seen=None, actor=khue, now=early).ticket_id
    second = calling.call_next(seen=first, actor=khue, now=WEDNESDAY_9).ticket_id

    assert (first, second) == (others[0], held)
    assert queue.ticket(held).label == "A001"


def test_a_time_is_booked_changed_and_given_up_on_its_pages():
    phone, now = Client(), clock.now()
    url = f"/hen-gio/{BEN_THANH}"
    day, later = appointments.days(the_desk(), now=now)[:2]
    at = appointments.slots(the_desk(), day, now=now)[0].starts_at.isoformat()
    other = appointments.slots(the_desk(), later, now=now)[1].starts_at.isoformat()
    values = {"group": "A", "phone": "0900 000 345", "at": at}

    assert "7:30" in text_of(phone.get(f"{url}?ngay={day.isoformat()}"))
    assert send(phone, url, "1", **{**values, "at": "?"}).status_code == 409
    assert send(phone, url, "2", **{**values, "phone": "1"}).status_code == 422
    made = send(phone, url, "3", **values).url
    assert "Đã hẹn" in text_of(phone.get(made))
    assert "Đổi giờ hẹn" in text_of(phone.get(f"{made}/doi"))
    assert send(phone, f"{made}/doi", "4", at="?").status_code == 409
    send(phone, f"{made}/doi", "5", at=other)
    assert send(phone, f"/kiosk/{BEN_THANH}/hen", "6", code="000000").status_code == 404
    send(phone, f"{made}/bo", "7")
    assert "Đã bỏ lịch" in text_of(phone.get(made))
