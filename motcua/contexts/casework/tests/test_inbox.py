"""The inbox: one predicate for list, pages and count; and the thread of a case."""

import itertools
import random
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.contexts.casework import public
from motcua.contexts.casework.contracts import EmptyMessage, NotYourStep
from motcua.contexts.casework.models import Message
from motcua.contexts.casework.testing import CODE, a_case, done, owned, signed_in, the_division
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel.actors import Actor, Role
from motcua.kernel.testing import MONDAY_9AM, citizen

pytestmark = pytest.mark.usefixtures("small_city")
BEHIND = UUID(int=2**128 - 1)
CODES = [f"H29.99-20261123-{n:07d}" for n in range(1, 24)]


@pytest.fixture
def many():
    """Twenty-three cases: some at the desk, some at the division, some waiting, due anyhow."""
    dice = random.Random(7)
    for number, code in enumerate(CODES):
        at = MONDAY_9AM + timedelta(minutes=dice.choice([0, 0, 60, 500, 3000]))
        a_case(code, now=at)
        if number % 3:
            done(code, "khue", "receive", hours=60)
        if number % 3 == 2:
            done(code, "bao", "supplement", hours=61, reason="Thiếu")


def seats(*roles: Role) -> tuple:
    desk, division = organisations.one_stop_desk("26743").id, the_division().id
    at = {Role.RECEIVER: desk, Role.CASE_OFFICER: division}
    return tuple((at[role], role) for role in roles)


@pytest.mark.parametrize(
    ("roles", "waiting", "expected"),
    [
        ((Role.RECEIVER,), False, 8),
        ((Role.CASE_OFFICER,), False, 8),
        ((Role.CASE_OFFICER,), True, 7),
        ((Role.RECEIVER, Role.CASE_OFFICER), False, 16),
        ((), False, 0),
    ],
)
def test_list_pages_and_count_say_the_same(many, roles, waiting, expected):
    for limit in (1, 3, 50):
        query = public.InboxQuery(seats=seats(*roles), kind="dossier", waiting=waiting, limit=limit)
        forward = every(query, "after")

        assert len(forward) == expected == public.inbox_count(query)
        assert [(t.due_at, t.id) for t in forward] == sorted((t.due_at, t.id) for t in forward)
        assert forward == list(reversed(every(query, "before")))


def every(query, way: str) -> list:
    """Page by page, forward from the first or backward from behind the last."""
    found, key = [], None
    if way == "before":
        key = (MONDAY_9AM + timedelta(days=900), BEHIND)
    while True:
        keyed = {way: key} if key else {}
        asked = public.InboxQuery(
            seats=query.seats, kind=query.kind, waiting=query.waiting, limit=query.limit, **keyed
        )
        page = public.inbox(asked)
        if not page:
            return found
        found += page if way == "after" else reversed(page)
        edge = page[-1] if way == "after" else page[0]
        key = (edge.due_at, edge.id)


def test_due_dates_split_the_inbox_without_gap_or_overlap(many):
    bounds = [MONDAY_9AM + timedelta(days=n) for n in range(10)]
    whole = public.InboxQuery(seats=seats(Role.RECEIVER, Role.CASE_OFFICER), kind="dossier")

    counted = 0
    for first, last in itertools.pairwise([None, *bounds, None]):
        part = public.InboxQuery(seats=whole.seats, kind="dossier", due_from=first, due_before=last)
        counted += public.inbox_count(part)
        assert len(public.inbox(part)) == public.inbox_count(part)

    assert counted == public.inbox_count(whole)


def test_a_count_stops_at_its_cap(many):
    query = public.InboxQuery(seats=seats(Role.RECEIVER), kind="dossier")

    assert public.inbox_count(query, cap=5) == 5


def test_mine_are_those_given_to_me(many):
    query = public.InboxQuery(seats=seats(Role.CASE_OFFICER), kind="dossier")
    one = public.inbox(query)[0]
    public.claim_task(one.id, actor=signed_in("bao", MONDAY_9AM), now=MONDAY_9AM)

    mine = public.InboxQuery(seats=query.seats, kind="dossier", assignee_id=the_officer("bao").id)

    assert [t.id for t in public.inbox(mine)] == [one.id]
    assert public.inbox_count(mine) == 1


def test_an_inbox_page_is_two_queries_however_deep(many):
    query = public.InboxQuery(seats=seats(Role.RECEIVER, Role.CASE_OFFICER), kind="dossier")
    last = public.inbox(query)[9]
    deep = public.InboxQuery(seats=query.seats, kind="dossier", after=(last.due_at, last.id))

    for asked in (query, deep):
        with CaptureQueriesContext(connection) as sent:
            public.inbox(asked)
        assert len(sent) == 2


# ── conversation ─────────────────────────────────────────────────────────────────────────────────


def say(text: str, *, who: Actor, minutes: int = 0, from_party: bool = True) -> None:
    now = MONDAY_9AM + timedelta(minutes=minutes)
    owned(
        lambda: public.send_message(
            case_code=CODE, text=text, from_party=from_party, actor=who, now=now
        ),
        now=now,
    )


def test_party_and_officer_write_in_one_thread():
    case = a_case()
    say("Tôi gửi nhầm ngày sinh.", who=citizen())
    assert public.unanswered([case.id]) == {case.id}

    say("Chị sửa ở mục 3.", who=signed_in("khue", MONDAY_9AM), minutes=5, from_party=False)

    thread = public.messages_of(case.id)
    assert [(m.from_party, m.text) for m in thread] == [
        (True, "Tôi gửi nhầm ngày sinh."),
        (False, "Chị sửa ở mục 3."),
    ]
    assert public.unanswered([case.id]) == frozenset()


def test_a_long_thread_shows_its_newest_messages_oldest_first():
    case = a_case()
    for number in range(8):
        say(f"Tin {number}", who=citizen(), minutes=number)

    assert [m.text for m in public.messages_of(case.id, limit=3)] == ["Tin 5", "Tin 6", "Tin 7"]


def test_nobody_sends_nothing_and_nobody_sends_without_a_name():
    a_case()

    with pytest.raises(EmptyMessage):
        say("  ", who=citizen())
    with pytest.raises(NotYourStep):
        say("Ai đó", who=Actor(kind=citizen().kind))

    assert not Message.objects.exists()


def test_what_is_written_lies_sealed_in_the_table():
    a_case()
    say("Số căn cước của tôi là 079190999001", who=citizen())

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM casework_message")
        (stored,) = cursor.fetchone()

    assert b"079190999001" not in bytes(stored)
