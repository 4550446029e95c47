"""Several at once: numbers stay unique, and two windows never have one ticket."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from motcua.contexts.counters.actions import calling
from motcua.contexts.counters.contracts.queue import NobodyWaits
from motcua.contexts.counters.models import Ticket
from motcua.contexts.counters.testing import a_ticket, an_open_window, the_desk
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import acting
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city_for_threads")
NOW = MONDAY_9AM


def together(*acts):
    """All begin at the same moment, each with a connection of its own."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_numbers_asked_at_once_are_unique_and_gapless():
    together(*[lambda: a_ticket(now=NOW)] * 12)

    assert sorted(Ticket.objects.values_list("number", flat=True)) == list(range(1, 13))


def test_windows_that_call_at_once_share_the_hall():
    officers = {one.staff_no for one in organisations.officers_of(the_desk(), NOW.date())}
    seats = [acting(staff_no, NOW.date()) for staff_no in sorted(officers)]
    seats = [one for one in seats if one.has(*calling.queue.SERVING)]
    for number, officer in enumerate(seats, start=1):
        an_open_window(officer, number=number, now=NOW)
    waiting = [a_ticket(now=NOW) for _ in range(len(seats) * 3)]

    def calls(officer):
        seen, mine = None, []
        try:
            while True:
                seen = calling.call_next(seen=seen, actor=officer, now=NOW).ticket_id
                mine.append(seen)
        except NobodyWaits:
            return mine

    called = together(*[lambda one=one: calls(one) for one in seats])

    assert len(seats) > 1
    assert sorted(ticket for mine in called for ticket in mine) == sorted(waiting)
