"""When to leave a neighbour alone, when to try again, whose signature holds."""

from datetime import timedelta

import pytest

from motcua.contexts.exchange.rules import (
    FAILURES_TO_OPEN,
    MAX_ATTEMPTS,
    REST,
    Breaker,
    next_try_at,
    signature_holds,
    signature_of,
)
from motcua.kernel.testing import MONDAY_9AM as NOW

SECRET = b"shared"


def a_failing_breaker() -> Breaker:
    breaker = Breaker()
    for _ in range(FAILURES_TO_OPEN):
        breaker.failed(NOW)
    return breaker


def test_a_neighbour_that_fails_again_and_again_is_left_alone():
    assert not a_failing_breaker().lets_through(NOW + timedelta(seconds=1))


def test_one_failure_less_is_still_tried():
    breaker = Breaker()
    for _ in range(FAILURES_TO_OPEN - 1):
        breaker.failed(NOW)

    assert breaker.lets_through(NOW)


def test_after_the_rest_exactly_one_caller_probes():
    breaker = a_failing_breaker()
    later = NOW + REST

    assert breaker.lets_through(later)
    assert not breaker.lets_through(later)


def test_an_answer_closes_the_breaker():
    breaker = a_failing_breaker()

    breaker.answered()

    assert breaker.lets_through(NOW)


def test_a_failed_probe_opens_it_again():
    breaker = a_failing_breaker()
    breaker.lets_through(NOW + REST)

    breaker.failed(NOW + REST)

    assert not breaker.lets_through(NOW + REST + timedelta(seconds=1))


def test_waits_double_up_to_an_hour_and_end():
    waits = [next_try_at(n, NOW) for n in range(1, MAX_ATTEMPTS + 1)]

    assert waits[0] == NOW + timedelta(seconds=30)
    assert waits[1] == NOW + timedelta(minutes=1)
    assert waits[-2] == NOW + timedelta(hours=1)
    assert waits[-1] is None


@pytest.mark.parametrize(
    ("timestamp", "body", "secret"),
    [
        (NOW.isoformat(), b"other body", SECRET),
        (NOW.isoformat(), b"body", b"another secret"),
        ((NOW - timedelta(minutes=6)).isoformat(), b"body", SECRET),
        ("2026-11-23T09:00:00", b"body", SECRET),
        ("yesterday", b"body", SECRET),
    ],
)
def test_a_signature_that_does_not_fit_is_refused(timestamp, body, secret):
    signature = signature_of(secret, timestamp=timestamp, body=b"body")

    assert not signature_holds(SECRET, timestamp=timestamp, body=body, signature=signature, now=NOW)


def test_a_fresh_signature_holds():
    timestamp = NOW.isoformat()
    signature = signature_of(SECRET, timestamp=timestamp, body=b"body")

    assert signature_holds(SECRET, timestamp=timestamp, body=b"body", signature=signature, now=NOW)


def test_a_signature_with_letters_beyond_ascii_is_refused_quietly():
    assert not signature_holds(
        SECRET, timestamp=NOW.isoformat(), body=b"body", signature="chữ ký", now=NOW
    )
