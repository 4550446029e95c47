"""Who calls too often waits, in every process at once, and nobody else does."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from motcua.kernel import clock, limits
from motcua.kernel.access import open_to_all, route
from motcua.kernel.actors import ANONYMOUS, Actor, ActorKind
from motcua.kernel.db import uuid7
from motcua.kernel.limits import Limit, TooManyCalls, caller, forget_ended, spend
from motcua.kernel.models import CallCount
from motcua.kernel.web import refusal

THREE = Limit(name="three", calls=3, seconds=60)


def test_one_call_too_many_is_refused_and_told_how_long(db):
    now = clock.now()
    for _ in range(3):
        spend(THREE, "a", now=now)

    with pytest.raises(TooManyCalls) as refused:
        spend(THREE, "a", now=now + timedelta(seconds=20))

    assert refused.value.retry_after == 40
    assert "Bạn đợi 40 giây rồi thử lại." in refused.value.message


def test_the_span_ends_by_itself_and_a_refused_call_does_not_lengthen_it(db):
    now = clock.now()
    for _ in range(3):
        spend(THREE, "a", now=now)
    with pytest.raises(TooManyCalls):
        spend(THREE, "a", now=now + timedelta(seconds=59))

    for _ in range(3):
        spend(THREE, "a", now=now + timedelta(seconds=61))


def test_callers_and_kinds_are_counted_apart(db):
    now = clock.now()
    for _ in range(3):
        spend(THREE, "a", now=now)

    spend(THREE, "b", now=now)
    spend(Limit(name="other", calls=1), "a", now=now)


def test_a_burst_over_several_connections_passes_exactly_as_many_as_allowed(transactional_db):
    now, passed = clock.now(), []
    limit = Limit(name="burst", calls=25)

    def work() -> None:
        for _ in range(20):
            try:
                spend(limit, "a", now=now)
                passed.append(1)
            except TooManyCalls:
                continue
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(passed) == limit.calls


def test_counters_that_ended_are_forgotten(db):
    now = clock.now()
    spend(THREE, "a", now=now)
    spend(THREE, "b", now=now + timedelta(seconds=90))

    forget_ended(now + timedelta(seconds=90))

    assert CallCount.objects.count() == 1


def test_no_address_is_written_in_a_counter(db):
    spend(THREE, "address/203.0.113.9", now=clock.now())

    assert b"203.0.113.9" not in bytes(CallCount.objects.get().key)


def test_counters_write_no_log(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'kernel_call_count'")
        assert cursor.fetchone() == ("u",)


def test_a_token_an_account_and_an_address_are_three_callers():
    person = Actor(kind=ActorKind.CITIZEN, account_id=uuid7())
    plain = RequestFactory().get("/api/v1/x")
    bearer = RequestFactory().get("/api/v1/x", headers={"Authorization": "Bearer abc"})

    assert caller(plain, ANONYMOUS) == "address/127.0.0.1"
    assert caller(plain, person) == f"account/{person.account_id}"
    assert caller(bearer, person).startswith("token/")
    assert caller(bearer, ANONYMOUS) == "address/127.0.0.1"  # an unknown token buys no new count


def counted(path: str, *, method: str = "get", limit: Limit | None = None) -> int:
    """Statements that counting one call costs."""
    view = route(open_to_all, limit=limit)(lambda request: None)
    before = sum(CallCount.objects.values_list("used", flat=True))
    view(getattr(RequestFactory(), method)(path))
    return sum(CallCount.objects.values_list("used", flat=True)) - before


def test_reading_a_page_costs_no_count_at_all(db, django_assert_num_queries):
    view = route(open_to_all)(lambda request: None)

    with django_assert_num_queries(0):
        view(RequestFactory().get("/thu-tuc"))


@pytest.mark.parametrize(
    ("path", "method", "limit", "counts"),
    [
        ("/nop", "post", None, 1),
        ("/api/v1/x", "get", None, 1),
        ("/api/v1/x", "post", None, 1),
        ("/ban/xuat.csv", "get", None, 1),
        ("/dang-nhap", "get", limits.SIGN_INS, 0),
        ("/dang-nhap", "post", limits.SIGN_INS, 2),
        ("/xac-minh/x", "get", limits.CODES_CHECKED, 1),
    ],
)
def test_what_is_counted(db, path, method, limit, counts):
    assert counted(path, method=method, limit=limit) == counts


def test_the_refusal_is_a_page_or_a_problem_with_retry_after(db):
    page = refusal(RequestFactory().post("/nop"), TooManyCalls(retry_after=7))
    problem = refusal(RequestFactory().post("/api/v1/x"), TooManyCalls(retry_after=700))

    assert (page.status_code, page["Retry-After"]) == (429, "7")
    assert (problem.status_code, problem["Retry-After"]) == (429, "700")
    assert "Bạn đợi 12 phút" in problem.content.decode()


def test_a_burst_of_writing_by_one_address_is_refused_through_the_door(db):
    client = Client()
    sent = [
        client.post("/ui/preferences", {"idempotency_key": str(n)}).status_code
        for n in range(limits.WRITES_OF_AN_ADDRESS.calls + 1)
    ]

    assert sent[-2:] == [302, 429]


@pytest.mark.parametrize(
    ("one", "another", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("", "unknown", False),
    ],
)
def test_whoever_has_a_whole_network_is_counted_as_one(one, another, same):
    calls = [RequestFactory().get("/", REMOTE_ADDR=address) for address in (one, another)]
    seen = {caller(call, ANONYMOUS) for call in calls}

    assert (len(seen) == 1) is same
