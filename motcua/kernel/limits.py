"""Giới hạn lượt: how often somebody may call, counted once for all processes.

Counters are rows of an unlogged table: one statement per counted call, no log written; a crash of
the server forgets them, which costs an attacker nothing and us nothing. Ordinary page reads are
not counted at all. The key of a counter is blind: no address and no token can be read from it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Network, ip_address
from math import ceil
from typing import ClassVar

from django.db import connection
from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.crypto import blind_index
from motcua.kernel.errors import DomainError, Kind

EXPORTED = (".csv", ".xlsx", ".zip")  # addresses that hand out a whole list at once
LEFT = "calls_left"  # of the request, once it was counted
MINUTE = 60
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
COUNT = """
INSERT INTO kernel_call_count AS known (key, used, until) VALUES (%(key)s, 1, %(until)s)
ON CONFLICT (key) DO UPDATE SET
    used = CASE WHEN known.until > %(now)s THEN known.used + 1 ELSE 1 END,
    until = CASE WHEN known.until > %(now)s THEN known.until ELSE excluded.until END
RETURNING used, until
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many calls of one kind in a span that begins with the first of them.

    unsafe_only: reading the same address is not counted.
    """

    name: str
    calls: int
    seconds: int = 60
    unsafe_only: bool = False


# Every limit there is. A person clicks less than twice a second; an office shares one address.
WRITES_OF_A_PERSON = Limit(name="writes", calls=120)
WRITES_OF_AN_ADDRESS = Limit(name="writes_unknown", calls=240)
API_CALLS = Limit(name="api", calls=600)
EXPORTS = Limit(name="exports", calls=30, seconds=600)
SIGN_INS = Limit(name="sign_ins", calls=60, unsafe_only=True)
CODES_CHECKED = Limit(name="codes_checked", calls=60)
CODES_CHECKED_BY_API = Limit(name="codes_checked_by_api", calls=120)
SHARES_OPENED = Limit(name="shares_opened", calls=30)
PHONES_BRING = Limit(name="phones_bring", calls=90)
CALENDARS_READ = Limit(name="calendars_read", calls=60)
FILES_CHECKED = Limit(name="files_checked", calls=20, unsafe_only=True)
TICKETS_TAKEN = Limit(name="tickets_taken", calls=60, unsafe_only=True)
PUBLIC_LOOK_UPS = Limit(name="public_look_ups", calls=60, unsafe_only=True)
APPLICATION_VISITS = Limit(name="application_visits", calls=120)
APPLICATION_CALLS = Limit(name="application_calls", calls=240)  # of one address
CALLS_OF_AN_APPLICATION = Limit(name="calls_of_application", calls=600)  # from wherever


class TooManyCalls(DomainError):
    """Asked more often than a person can; `retry_after` is in seconds."""

    kind = Kind.TOO_MANY
    sentence = "Bạn làm việc này quá nhiều lần trong thời gian ngắn."
    WAIT: ClassVar[int] = MINUTE

    def __init__(
        self, message: str = "", *, field: str | None = None, retry_after: int = 0
    ) -> None:
        self.retry_after = retry_after or self.WAIT
        super().__init__(message, field=field, retry_after=self.retry_after)

    @property
    def message(self) -> str:
        if self.retry_after < 2 * MINUTE:
            wait = _("Bạn đợi %(n)d giây rồi thử lại.") % {"n": self.retry_after}
        else:
            wait = _("Bạn đợi %(n)d phút rồi thử lại.") % {"n": ceil(self.retry_after / MINUTE)}
        return f"{super().message} {wait}"


def spend(limit: Limit, who: str, *, now: datetime) -> tuple[int, int]:
    """Count one call: how many are left, for how many seconds. Raises: TooManyCalls."""
    wanted: dict[str, bytes | datetime] = {
        "key": blind_index(f"{limit.name}/{who}", scope="kernel.limits"),
        "now": now,
        "until": now + timedelta(seconds=limit.seconds),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, wanted)
        used, until = cursor.fetchone()
    seconds = max(1, ceil((until - now).total_seconds()))
    if used > limit.calls:
        raise TooManyCalls(retry_after=seconds)
    return limit.calls - used, seconds


def forget_ended(now: datetime) -> None:
    """Counters whose span is over say nothing any more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_call_count WHERE until < %s", [now])


def guard(request: HttpRequest, actor: Actor, own: Limit | None) -> None:
    """Count this call where it counts: the route's own limit, then its class.

    Raises: TooManyCalls.
    """
    unsafe = (request.method or "GET") not in SAFE
    applied: list[Limit] = []
    if own and (unsafe or not own.unsafe_only):
        applied.append(own)
    if request.path_info.endswith(EXPORTED):
        applied.append(EXPORTS)
    if request.path_info.startswith("/api/"):
        applied.append(API_CALLS)
    elif unsafe:
        applied.append(WRITES_OF_A_PERSON if actor.is_signed_in else WRITES_OF_AN_ADDRESS)
    if not applied:
        return
    who, now = caller(request, actor), clock.now()
    for limit in applied:
        left, seconds = spend(limit, who, now=now)
        if limit is API_CALLS:
            request.__dict__[LEFT] = left, seconds


def told_to_programs(request: HttpRequest) -> dict[str, str]:
    """How often a program may call, and how much of it is left (draft of IETF httpapi)."""
    counted = request.__dict__.get(LEFT)
    if counted is None:
        return {}
    left, seconds = counted
    return {
        "RateLimit-Policy": f'"{API_CALLS.name}";q={API_CALLS.calls};w={API_CALLS.seconds}',
        "RateLimit": f'"{API_CALLS.name}";r={left};t={seconds}',
    }


def caller(request: HttpRequest, actor: Actor) -> str:
    """Token before person before address: a program is not confused with its owner's browser."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Bearer" and actor.is_signed_in:
        return f"token/{sha256(token.encode()).hexdigest()}"
    if actor.account_id is not None:
        return f"account/{actor.account_id}"
    return f"address/{origin(request)}"


def origin(request: HttpRequest) -> str:
    """From where somebody calls, as tries are counted.

    Of IPv6 the network of 64 bits: one household or rented machine has all of it to itself.
    """
    said = str(request.META.get("REMOTE_ADDR", "")).partition("%")[0]
    try:
        place = ip_address(said)
    except ValueError:
        return said
    if isinstance(place, IPv4Address):
        return str(place)
    if place.ipv4_mapped:
        return str(place.ipv4_mapped)
    return str(IPv6Network((int(place), 64), strict=False))
