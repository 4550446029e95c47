"""Pure rules of the exchange: when to leave a neighbour alone, when to try again, signatures."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Lock

FAILURES_TO_OPEN = 5
REST = timedelta(seconds=30)
MAX_ATTEMPTS = 20
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
SIGNATURE_AGE = timedelta(minutes=5)
STAYS_FOR = 3  # tries with the provider that may have taken a message already
# After these a message was surely not taken: another provider may have it at once.
NOT_TAKEN = frozenset({"resting", "unreachable", "http_429", "http_503", "quota_exhausted"})


class Breaker:
    """Leaves a failing neighbour alone for a while, then lets one call through to see.

    Kept per process: a worker and a web process learn separately, which costs each of them at most
    `FAILURES_TO_OPEN` slow calls.
    """

    def __init__(self, *, failures: int = FAILURES_TO_OPEN, rest: timedelta = REST) -> None:
        self._limit = failures
        self._rest = rest
        self._lock = Lock()
        self._failed = 0
        self._open_until: datetime | None = None

    def lets_through(self, now: datetime) -> bool:
        """Whether to call. After the rest exactly one caller is let through to probe."""
        with self._lock:
            if self._open_until is None:
                return True
            if now < self._open_until:
                return False
            self._open_until = now + self._rest
            return True

    def answered(self) -> None:
        with self._lock:
            self._failed = 0
            self._open_until = None

    def failed(self, now: datetime) -> None:
        with self._lock:
            self._failed += 1
            if self._failed >= self._limit:
                self._open_until = now + self._rest


def next_try_at(attempts: int, now: datetime, *, retry_after: int = 0) -> datetime | None:
    """After 30 s, 1 min, 2 min, … at most an hour; None: give up (twenty tries, about 14 hours).

    retry_after: seconds that the neighbour asked us to wait; never less than that.
    """
    if attempts >= MAX_ATTEMPTS:
        return None
    wait: timedelta = min(FIRST_WAIT * (1 << (attempts - 1)), LONGEST_WAIT)
    return now + max(wait, timedelta(seconds=retry_after))


def lane(key: str, providers: Sequence[str], *, share: int, attempt: int) -> tuple[str, ...]:
    """In which order two providers are asked. share: percent of messages that the first gets.

    The same key goes to the same provider, which knows it again; only after `STAYS_FOR` tries it
    goes to the other one first, and a second message is better than none.
    """
    point = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % 100
    turned = (point >= share) != (attempt > STAYS_FOR)
    return tuple(reversed(providers)) if turned else tuple(providers)


def signature_of(secret: bytes, *, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over time and body, in hexadecimal."""
    return hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def signature_holds(
    secret: bytes, *, timestamp: str, body: bytes, signature: str, now: datetime
) -> bool:
    """Whether the body was signed with the shared secret within five minutes of now."""
    try:
        signed_at = datetime.fromisoformat(timestamp)
    except ValueError:
        return False
    if signed_at.tzinfo is None or abs(now - signed_at) > SIGNATURE_AGE:
        return False
    expected = signature_of(secret, timestamp=timestamp, body=body)
    return hmac.compare_digest(expected.encode(), signature.encode())
