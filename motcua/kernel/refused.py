"""Ghi lời từ chối: who knocked at a door that is not theirs leaves a leaf in the ledger.

Bad tokens, foreign codes, forged forms. Counted, so that whoever knocks a thousand times fills
neither the ledger nor the disk: the first few of a caller in a minute are kept, the rest are only
answered.
"""

import re
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.csrf import csrf_failure as explained

from motcua.kernel import clock, db, idempotency, limits
from motcua.kernel.access import SignInNeeded, actor_of
from motcua.kernel.actors import Actor
from motcua.kernel.errors import DomainError, Kind
from motcua.kernel.limits import Limit, TooManyCalls

OF_A_CALLER = Limit(name="refusals", calls=10)
OF_ALL = Limit(name="refusals_of_all", calls=600)
ACTION = "kernel.refused"
_CODE = re.compile(r"[A-Za-z0-9.\-]{1,60}")  # no name, no free text: the ledger is for ever
_NOTED = frozenset({Kind.FORBIDDEN, Kind.NOT_FOUND})


@db.owns_transaction
def _write(subject: str, facts: dict[str, object], *, actor: Actor, now: datetime) -> None:
    db.record(action=ACTION, subject=subject, actor=actor, facts=facts)


def note(request: HttpRequest, what: str, *, subject: str = "", why: str = "") -> bool:
    """Keep that this call was turned away; False when its caller did so too often to be kept.

    what: kind of refusal. subject: the code it asked for. why: the stable code of the refusal.
    """
    actor, now = actor_of(request), clock.now()
    try:
        limits.spend(OF_A_CALLER, limits.caller(request, actor), now=now)
        limits.spend(OF_ALL, "", now=now)
    except TooManyCalls:
        return False
    facts: dict[str, object] = {"what": what, "why": why, "route": _route(request)}
    with idempotency.using(""):  # the key of the call belongs to what was refused
        _write(subject if _CODE.fullmatch(subject) else "unknown", facts, actor=actor, now=now)
    return True


def note_problem(request: HttpRequest, problem: DomainError) -> None:
    """A door or a row that is not for this person; who is not signed in is only shown the way."""
    if isinstance(problem, SignInNeeded):
        return
    if problem.kind in _NOTED and actor_of(request).is_signed_in:
        match = request.resolver_match
        asked = next((str(part) for part in match.kwargs.values()), "") if match else ""
        note(request, problem.kind.name.lower(), subject=asked, why=problem.code)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's own page, after the ledger has it."""
    note(request, "csrf")
    answer: HttpResponse = explained(request, reason=reason)
    return answer


def _route(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
