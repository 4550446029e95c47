"""The second half of an officer's sign-in: a code, a passkey, or the first factor of all."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.contexts.identity.actions.factors import add_app, add_passkey, check_code, check_passkey
from motcua.contexts.identity.adapters import webauthn
from motcua.contexts.identity.contracts import (
    FactorKind,
    FactorNameMissing,
    NotHalfWay,
    SignInRefused,
    TooManyAttempts,
    WrongCode,
)
from motcua.contexts.identity.models import Account, Factor
from motcua.contexts.identity.queries import actors, factors
from motcua.contexts.identity.rules import (
    BY_CODE,
    BY_PASSKEY,
    BY_PASSWORD,
    BY_USER,
    TWO_FACTORS,
)
from motcua.contexts.identity.web import enrolling, halfway, session
from motcua.contexts.identity.web.going_on import way_on
from motcua.kernel import clock, idempotency, limits
from motcua.kernel.access import open_to_all, route
from motcua.kernel.errors import DomainError
from motcua.kernel.limits import SIGN_INS
from motcua.kernel.web import page, redirect_after, safe_next
from motcua.ui.parts import FieldError

PASSKEY_STATE = "passkey"  # session key: the question a browser was asked


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPage:
    """has_app, has_passkey: what this account can prove with."""

    has_app: bool
    has_passkey: bool
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyPage:
    """options: for the browser, as JSON. elsewhere: the address where passkeys work, if not here"""

    options: str
    next: str
    elsewhere: str = ""
    errors: tuple[FieldError, ...] = ()


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@route(open_to_all, keyless=True, limit=SIGN_INS)  # each try counts
def second(request: HttpRequest) -> HttpResponseBase:
    """After the password: the code of the app, or the way to another proof."""
    now = clock.now()
    try:
        half = halfway.current(request, now=now)
    except NotHalfWay:
        return HttpResponseRedirect(reverse("identity:sign_in"))
    held = factors.living(half.account.id)
    if not held:
        return HttpResponseRedirect(
            reverse("identity:enrol" if half.may_enrol else "identity:recover")
        )
    if request.method != "POST":
        return page(request, "identity/second.html", _second_page(held))
    try:
        check_code(half.account, request.POST.get("code", ""), origin=_origin(request), now=now)
    except (WrongCode, TooManyAttempts) as refusal:
        error = FieldError(text=refusal.message, field="code")
        model = _second_page(held, error)
        return page(request, "identity/second.html", model, status=int(refusal.kind))
    return let_in(request, half.account, (BY_PASSWORD, BY_CODE), next_url=half.next_url)


def _second_page(held: tuple[Factor, ...], *errors: FieldError) -> SecondPage:
    kinds = {factor.kind for factor in held}
    return SecondPage(
        has_app=FactorKind.TOTP in kinds, has_passkey=FactorKind.PASSKEY in kinds, errors=errors
    )


def _origin(request: HttpRequest) -> str:
    return limits.origin(request)


def let_in(
    request: HttpRequest, account: Account, methods: tuple[str, ...], *, next_url: str
) -> HttpResponseBase:
    """Two factors are proved: from here on somebody is signed in."""
    halfway.finish(request)
    now = clock.now()
    session.begin(request, account, assurance=TWO_FACTORS, methods=methods, now=now)
    actor = actors.actor_of(account, assurance=TWO_FACTORS, now=now)
    return redirect_after(way_on(actor, next_url))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(
    open_to_all, keyless=True, limit=SIGN_INS
)  # the question is answered once, by its own random challenge
def passkey(request: HttpRequest) -> HttpResponseBase:
    """A passkey alone: the device proves that it is there, and that its owner unlocked it."""
    next_url = safe_next(request)
    if request.method != "POST":
        return page(request, "identity/passkey.html", _passkey_page(request, next_url))
    now, state = clock.now(), request.session.pop(PASSKEY_STATE, None)
    try:
        account = check_passkey(request.POST.get("answer", ""), state, now=now)
    except SignInRefused as refusal:
        model = _passkey_page(request, next_url, FieldError(text=refusal.message, field="passkey"))
        return page(request, "identity/passkey.html", model, status=int(refusal.kind))
    return let_in(request, account, (BY_PASSKEY, BY_USER), next_url=next_url)


def _passkey_page(request: HttpRequest, next_url: str, *errors: FieldError) -> PasskeyPage:
    question = webauthn.to_prove()
    request.session[PASSKEY_STATE] = question.state
    return PasskeyPage(
        options=question.options,
        next=next_url,
        elsewhere=enrolling.elsewhere(request),
        errors=errors,
    )


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@route(
    open_to_all, keyless=True, limit=SIGN_INS
)  # a second try with the same code is refused by itself
def enrol(request: HttpRequest) -> HttpResponseBase:
    """The first factor of an account; nothing else opens before it."""
    now = clock.now()
    try:
        half = halfway.current(request, now=now)
    except NotHalfWay:
        return HttpResponseRedirect(reverse("identity:sign_in"))
    if not half.may_enrol:
        return HttpResponseRedirect(reverse("identity:second"))
    if request.method != "POST":
        return page(request, "identity/enrol.html", enrolling.first_page(request, half.account))
    try:
        methods = _enrolled(request, half.account, now=now)
    except DomainError as refusal:
        error = FieldError(text=refusal.message, field=refusal.field or "")
        model = enrolling.first_page(request, half.account, error)
        return page(request, "identity/enrol.html", model, status=int(refusal.kind))
    messages.success(request, "Đã thêm cách xác nhận. Lần sau bạn đăng nhập bằng cách này.")
    return let_in(request, half.account, methods, next_url=half.next_url)


def _enrolled(request: HttpRequest, account: Account, *, now: datetime) -> tuple[str, ...]:
    """Raises: PasskeyRefused, FactorNameMissing, WrongCode, SecondFactorExists."""
    actor = actors.actor_of(account, assurance=1, now=now)
    with idempotency.using(""):
        if request.POST.get("answer"):
            name = request.POST.get("name", "").strip()
            if not name:
                raise FactorNameMissing(field="name")
            add_passkey(account.id, enrolling.made(request), name=name, actor=actor, now=now)
            return (BY_PASSKEY, BY_USER)
        secret = enrolling.secret_of(request)
        code = request.POST.get("code", "")
        add_app(account.id, secret=secret, code=code, actor=actor, now=now)
        enrolling.forget(request)
    return (BY_PASSWORD, BY_CODE)
