"""Half signed in: the password was right, the second factor is still to come.

Nobody is signed in meanwhile: the session holds no account, only a note of whose turn it is. So
no route of officers opens, whatever it is, and no list of exceptions can be forgotten.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from motcua.contexts.identity.contracts import AccountClosed, NotHalfWay
from motcua.contexts.identity.models import Account
from motcua.contexts.identity.queries import accounts
from motcua.contexts.identity.rules import HALF_WAY, SIGNED_IN_AT

KEY = "half"


@dataclass(frozen=True, slots=True)
class Half:
    """Whose password was right, and where they were going. may_enrol: has no factor yet."""

    account: Account
    next_url: str
    may_enrol: bool


def start(
    request: HttpRequest, account: Account, *, next_url: str, may_enrol: bool, now: datetime
) -> None:
    request.session.cycle_key()
    request.session[KEY] = {
        "account": str(account.id),
        "until": int((now + HALF_WAY).timestamp()),
        "next": next_url,
        "may_enrol": may_enrol,
        "stamp": account.get_session_auth_hash(),
    }


def may_enrol_now(request: HttpRequest) -> None:
    """An enrolment code was right: a new factor may be added."""
    request.session[KEY] = {**request.session[KEY], "may_enrol": True}


def current(request: HttpRequest, *, now: datetime) -> Half:
    """Raises: NotHalfWay, AccountClosed."""
    held = request.session.get(KEY)
    if not held or now.timestamp() > held["until"]:
        raise NotHalfWay
    account = accounts.account(held["account"])
    if account.get_session_auth_hash() != held["stamp"]:
        raise NotHalfWay
    if not account.is_active:
        raise AccountClosed(reason="account_closed")
    return Half(account, str(held["next"]), bool(held["may_enrol"]))


def finish(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def proved_lately(request: HttpRequest, *, now: datetime, within: timedelta) -> bool:
    """Whether the second factor was proved a short while ago; asked before factors change."""
    return now.timestamp() - float(request.session.get(SIGNED_IN_AT, 0)) <= within.total_seconds()
