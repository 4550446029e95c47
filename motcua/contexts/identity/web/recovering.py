"""Every factor is lost: ask for recovery, and come back with the code that two granted."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motcua.contexts.identity.actions.recovery import ask_recovery, redeem_code
from motcua.contexts.identity.actions.sign_in import check_password
from motcua.contexts.identity.contracts import (
    NotHalfWay,
    RecoveryState,
    RecoveryUnderWay,
    SignInRefused,
    TooManyAttempts,
    WrongCode,
)
from motcua.contexts.identity.models import Account
from motcua.contexts.identity.queries import actors, recoveries
from motcua.contexts.identity.web import halfway
from motcua.kernel import clock, idempotency, limits
from motcua.kernel.access import open_to_all, route
from motcua.kernel.limits import SIGN_INS
from motcua.kernel.web import page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import FieldError


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverPage:
    """asked_until: when the request that stands lapses; empty when none was made."""

    asked_until: str
    errors: tuple[FieldError, ...] = ()


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@route(open_to_all, keyless=True, limit=SIGN_INS)  # each try counts
def recover(request: HttpRequest) -> HttpResponseBase:
    """Enter the code, or ask for one; only after the password."""
    now = clock.now()
    try:
        half = halfway.current(request, now=now)
    except NotHalfWay:
        return HttpResponseRedirect(reverse("identity:sign_in"))
    if request.method != "POST":
        return page(request, "identity/recover.html", _page(half.account))
    origin = limits.origin(request)
    try:
        redeem_code(half.account, request.POST.get("code", ""), origin=origin, now=now)
    except (WrongCode, TooManyAttempts) as refusal:
        model = _page(half.account, FieldError(text=refusal.message, field="code"))
        return page(request, "identity/recover.html", model, status=int(refusal.kind))
    halfway.may_enrol_now(request)
    return redirect_after(reverse("identity:enrol"))


@require_POST
@route(open_to_all, keyless=True, limit=SIGN_INS)  # a second request is refused by itself
def ask(request: HttpRequest) -> HttpResponseBase:
    """The officer asks for recovery."""
    now = clock.now()
    try:
        half = halfway.current(request, now=now)
    except NotHalfWay:
        return HttpResponseRedirect(reverse("identity:sign_in"))
    actor = actors.actor_of(half.account, assurance=1, now=now)
    try:
        with idempotency.using(""):
            ask_recovery(half.account.id, actor=actor, now=now)
    except RecoveryUnderWay as refusal:
        messages.info(request, refusal.message)
    return redirect_after(reverse("identity:recover"))


def _page(account: Account, *errors: FieldError) -> RecoverPage:
    row = recoveries.latest(account.id)
    view = recoveries.view_of(row, now=clock.now()) if row else None
    stands = view is not None and view.state is not RecoveryState.OVER
    until = dates.city_moment(view.until) if view and stands else ""
    return RecoverPage(asked_until=until, errors=errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class LostPage:
    """is_sent: the form came in, whatever it said."""

    is_sent: bool = False
    errors: tuple[FieldError, ...] = ()


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@route(open_to_all, keyless=True, limit=SIGN_INS)  # each try counts
def lost(request: HttpRequest) -> HttpResponseBase:
    """From the sign-in page. The answer is the same for right, wrong and unknown: it tells nothing

    of accounts; whoever waits for the call of an administrator in vain asks their head.
    """
    if request.method != "POST":
        return page(request, "identity/lost.html", LostPage())
    now, username = clock.now(), request.POST.get("username", "").strip()
    origin = limits.origin(request)
    try:
        account = check_password(username, request.POST.get("password", ""), origin=origin, now=now)
        actor = actors.actor_of(account, assurance=1, now=now)
        with idempotency.using(""):
            ask_recovery(account.id, actor=actor, now=now)
    except TooManyAttempts as refusal:
        error = FieldError(text=refusal.message, field="username")
        return page(request, "identity/lost.html", LostPage(errors=(error,)), status=429)
    except (SignInRefused, RecoveryUnderWay):
        return page(request, "identity/lost.html", LostPage(is_sent=True))
    return page(request, "identity/lost.html", LostPage(is_sent=True))
