"""Ghi lời từ chối: who knocked at a door that is not theirs leaves a leaf in the ledger.

Bad tokens, foreign codes, forged forms. Counted, so that whoever knocks a thousand times fills
neither the ledger nor the disk: the first few of a caller in a minute are kept, the rest are only
answered.
"""

import re
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.csrf import csrf_failure as explained

from motcua.kernel import clock, db, idempotency, limits
from motcua.kernel.access import Access, SignInNeeded, actor_of, officers
from motcua.kernel.actors import Actor
from motcua.kernel.errors import DomainError, Kind
from motcua.kernel.limits import Limit, TooManyCalls

OF_A_CALLER = Limit(name="refusals", calls=10)
OF_A_SESSION = Limit(name="refusals_of_session", calls=1, seconds=86400)
OF_ALL = Limit(name="refusals_of_all", calls=600)
ACTION = "kernel.refused"
_CODE = re.compile(r"[A-Za-z0-9.\-]{1,60}")  # no name, no free text: the ledger is for ever
Owner = Callable[[str], UUID | None]
_owners: list[Owner] = []
_NOTED = frozenset({Kind.FORBIDDEN, Kind.NOT_FOUND})


@db.owns_transaction
def _write(subject: str, facts: dict[str, object], *, actor: Actor, now: datetime) -> None:
    db.record(action=ACTION, subject=subject, actor=actor, facts=facts)


def note(request: HttpRequest, what: str, *, subject: str = "", why: str = "") -> bool:
    """Keep that this call was turned away; False when its caller did so too often to be kept.

    what: kind of refusal. subject: the code it asked for. why: the stable code of the refusal.
    """
    if not may_be_kept(request):
        return False
    _keep(request, what, subject, why)
    return True


def _keep(request: HttpRequest, what: str, subject: str, why: str) -> None:
    actor, now = actor_of(request), clock.now()
    facts: dict[str, object] = {"what": what, "why": why, "route": _route(request)}
    with idempotency.using(""):  # the key of the call belongs to what was refused
        _write(subject if _CODE.fullmatch(subject) else "unknown", facts, actor=actor, now=now)


def may_be_kept(request: HttpRequest) -> bool:
    """Counts one more refusal; False when its caller, or everybody, knocked too often."""
    now = clock.now()
    try:
        limits.spend(OF_A_CALLER, limits.caller(request, actor_of(request)), now=now)
        limits.spend(OF_ALL, "", now=now)
    except TooManyCalls:
        return False
    return True


def note_problem(request: HttpRequest, problem: DomainError) -> None:
    """A door or a row that is not for this person; who is not signed in is only shown the way,

    unless they come with a session that is over, or to a page of officers with one that never was.
    """
    if isinstance(problem, SignInNeeded):
        _note_session(request)
        return
    if problem.kind in _NOTED and actor_of(request).is_signed_in:
        match = request.resolver_match
        asked = next((str(part) for part in match.kwargs.values()), "") if match else ""
        note(request, problem.kind.name.lower(), subject=asked, why=problem.code)


def name_owners(owner: Owner) -> None:
    """`owner(session cookie)`: whose ended session it was, given by the identity context."""
    _owners[:] = [owner]


def _note_session(request: HttpRequest) -> None:
    """Once for each session, however often its browser asks.

    What is made up counts among the refusals of its caller; there are only as many ended sessions
    as there were signings-in, so each of those is kept.
    """
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if not key or actor_of(request).is_signed_in:
        return
    whose = _owners[0](key) if _owners else None
    if whose is None and not _is_of_officers(request):
        return
    try:
        limits.spend(OF_A_SESSION, key, now=clock.now())
    except TooManyCalls:
        return
    if whose is None:
        note(request, "session", why=SignInNeeded.code)
    else:
        _keep(request, "session", str(whose), SignInNeeded.code)


def _is_of_officers(request: HttpRequest) -> bool:
    match = request.resolver_match
    access = getattr(match.func, "access", None) if match else None
    return isinstance(access, Access) and (access is officers or bool(access.roles))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's own page, after the ledger has it."""
    note(request, "csrf")
    answer: HttpResponse = explained(request, reason=reason)
    return answer


def _route(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
