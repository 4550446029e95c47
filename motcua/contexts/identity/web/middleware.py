"""Who is asking: sets `request.actor` from the session, at one query per request."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from motcua.contexts.identity import public
from motcua.contexts.identity.adapters.sessions import USED
from motcua.contexts.identity.contracts import StepUpNeeded, TokenScopeMissing
from motcua.contexts.identity.contracts.mandates import MandateEnded, MandateRefused
from motcua.contexts.identity.contracts.sandbox import SandboxKeyElsewhere
from motcua.contexts.identity.models import Account
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.rules import ASSURANCE, METHODS, has_two_factors
from motcua.contexts.identity.web import acting, session, step_up
from motcua.contexts.identity.web.acting import in_whose_name
from motcua.contexts.identity.web.session import leave_mark
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock, refused
from motcua.kernel.actors import ANONYMOUS, Actor
from motcua.kernel.web import SAFE, refusal

WORKING_LANGUAGE = "vi"  # pages of officers have no other, whatever their browser prefers
USE_GRAIN = 300  # seconds: how exactly the last use of a session is known
OF_THE_SANDBOX = ("/api/v1/business/", "/api/v1/procedures")  # where keys for trying out work
KEEP_SECONDS = 5.0  # reading goes on so long for a closed account or an ended substitution
KEEP_ACTORS = 10_000


class RecentActors:
    """Actors of sessions seen in the last seconds; saves two queries of three."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[str, tuple[float, Actor]] = OrderedDict()

    def get(self, key: str) -> Actor | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None or time.monotonic() - found[0] > KEEP_SECONDS:
                return None
            return found[1]

    def put(self, key: str, actor: Actor) -> None:
        with self._lock:
            self._kept[key] = (time.monotonic(), actor)
            self._kept.move_to_end(key)
            while len(self._kept) > KEEP_ACTORS:
                self._kept.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()


recent = RecentActors()


class ActorMiddleware:
    """The kernel asks `request.actor`; identity never comes from a body or a parameter."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.__dict__["actor"] = actor = _actor(request)
        if actor.is_officer:
            translation.activate(WORKING_LANGUAGE)
        if beyond := _beyond_its_token(request):
            refused.note(request, "token", why=beyond.code)
            return refusal(request, beyond)
        try:
            request.__dict__["actor"] = in_whose_name(request, actor)
        except MandateEnded as ended:
            refused.note(request, "mandate", why=ended.code)
            helps = acting.helps(request)
            return acting.turned_away(request, ended) if helps else refusal(request, ended)
        answer = self.get_response(request)
        leave_mark(request, answer)
        return answer

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Before the kernel makes a page of a refusal: this one has a way on."""
        if isinstance(exception, StepUpNeeded) and step_up.helps(request):
            return step_up.asked(request, exception)
        if isinstance(exception, MandateRefused) and acting.helps(request):
            return acting.turned_away(request, exception)
        return None


def _actor(request: HttpRequest) -> Actor:
    account_id = request.session.get(SESSION_KEY)
    if account_id is None:
        return ANONYMOUS
    _note_use(request)
    key = f"{request.session.session_key}/{account_id}"
    writes = request.method not in SAFE  # who writes is asked anew, whatever memory says
    if not writes and (known := recent.get(key)):
        return known
    account = request.user  # checks that the password is still the one of the sign-in
    if not isinstance(account, Account) or not account.is_active:
        return ANONYMOUS
    if account.officer_id and not has_two_factors(request.session.get(METHODS, ())):
        return ANONYMOUS  # half signed in is not signed in
    if writes and account.officer_id:
        organisations.look_again_at_posts()
    level = int(request.session.get(ASSURANCE, 0))
    proven_at = session.proven_at(request)
    actor = actor_of(account, assurance=level, proven_at=proven_at, now=clock.now())
    recent.put(key, actor)
    return actor


def _note_use(request: HttpRequest) -> None:
    """Keeps the session from its idle end; written once in a few minutes, not with every page."""
    seconds = int(clock.now().timestamp())
    if seconds - int(request.session.get(USED, 0)) > USE_GRAIN:
        request.session[USED] = seconds


def _beyond_its_token(request: HttpRequest) -> TokenScopeMissing | SandboxKeyElsewhere | None:
    """What a token may never do, whoever holds it, refused before any route is asked."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        return None
    elsewhere = not request.path_info.startswith(OF_THE_SANDBOX)
    if elsewhere and public.token_only_tries(text, now=clock.now()):
        return SandboxKeyElsewhere()
    if request.method not in SAFE and public.token_only_reads(text, now=clock.now()):
        return TokenScopeMissing()
    return None
