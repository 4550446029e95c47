"""Phiên đăng nhập: the one way into a session, for everybody, and what it remembers of it."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login
from django.http import HttpRequest, HttpResponseBase

from motcua.contexts.identity.actions.sessions import note_session
from motcua.contexts.identity.actions.sign_in import note_sign_out
from motcua.contexts.identity.adapters.sessions import DEVICE, ORIGIN, USED, mark_of
from motcua.contexts.identity.models import Account
from motcua.contexts.identity.rules import (
    ASSURANCE,
    BY_CODE,
    BY_PASSKEY,
    BY_PASSWORD,
    BY_USER,
    BY_VNEID,
    METHODS,
    PROVEN_AT,
    SIGNED_IN_AT,
    device_words,
    masked_origin,
)
from motcua.kernel import idempotency

__all__ = [
    "ASSURANCE",
    "BY_CODE",
    "BY_PASSKEY",
    "BY_PASSWORD",
    "BY_USER",
    "BY_VNEID",
    "MANDATE",
    "METHODS",
    "PROVEN_AT",
    "SIGNED_IN_AT",
    "begin",
    "leave_mark",
    "mark_of",
    "methods_of",
    "proven_at",
    "signed_in_at",
    "work_for",
]

BACKEND = "django.contrib.auth.backends.ModelBackend"
DEVICE_LIFE = 400 * 86400  # the longest that browsers keep a cookie
_MARK = "device_mark"
MANDATE = "mandate"  # session key: in whose name the session works


def begin(
    request: HttpRequest,
    account: Account,
    *,
    assurance: int,
    methods: Sequence[str],
    now: datetime,
    proven_at: datetime | None = None,
) -> None:
    """Sign the account in; the session's key is new, also when only the level is.

    Applications that ask are told when, how and at which level. proven_at: when the person showed
    who they are, which a neighbour may have seen long before; None when nobody says.
    """
    session = request.session
    held = session.get(SESSION_KEY)
    if held == str(account.id):
        session.cycle_key()
    elif held is not None:
        with idempotency.using(""):
            note_sign_out(UUID(held), mark=mark_of(request), now=now)
    login(request, account, backend=BACKEND)
    session[ASSURANCE] = assurance
    session[SIGNED_IN_AT] = session[USED] = int(now.timestamp())
    session[PROVEN_AT] = int(proven_at.timestamp()) if proven_at else None
    session[METHODS] = list(methods)
    session[DEVICE] = device_words(request.headers.get("User-Agent", ""))
    session[ORIGIN] = masked_origin(request.META.get("REMOTE_ADDR", ""))
    mark = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if not mark:
        request.__dict__[_MARK] = mark = secrets.token_urlsafe(18)
    with idempotency.using(""):  # each sign-in is one of its own
        note_session(
            account.id,
            person_id=account.person_id,
            device=session[DEVICE],
            digest=sha256(mark.encode()).digest(),
            level=assurance,
            methods=tuple(methods),
            now=now,
        )


def leave_mark(request: HttpRequest, answer: HttpResponseBase) -> None:
    """Put the mark into a browser that had none when the session began."""
    mark = request.__dict__.get(_MARK)
    if mark:
        answer.set_cookie(
            settings.DEVICE_COOKIE_NAME, mark, max_age=DEVICE_LIFE, httponly=True, samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )  # fmt: skip


def work_for(request: HttpRequest, mandate_id: UUID | None, *, stays: bool) -> None:
    """An organisation's account works for the organisation at once, a person's for the person.

    stays: somebody only confirmed who they are; in whose name they work is as before.
    """
    if mandate_id is not None:
        request.session[MANDATE] = str(mandate_id)
    elif not stays:
        request.session.pop(MANDATE, None)


def signed_in_at(request: HttpRequest) -> int:
    """0 when it is not known."""
    return int(request.session.get(SIGNED_IN_AT, 0))


def proven_at(request: HttpRequest) -> datetime | None:
    """None when it is not known."""
    seconds = request.session.get(PROVEN_AT)
    return datetime.fromtimestamp(seconds, tz=UTC) if seconds else None


def methods_of(request: HttpRequest) -> tuple[str, ...]:
    return tuple(request.session.get(METHODS, ()))
