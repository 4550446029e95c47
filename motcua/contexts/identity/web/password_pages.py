"""Đổi mật khẩu: an officer's own, with the one in use and a second factor proved a moment ago."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.contexts.identity.actions.passwords import change_own_password
from motcua.contexts.identity.adapters.sessions import digest_of
from motcua.contexts.identity.contracts import TooManyAttempts
from motcua.contexts.identity.contracts.passwords import PasswordsDiffer, WrongPassword
from motcua.contexts.identity.models import Account
from motcua.contexts.identity.web import factor_pages, halfway
from motcua.kernel import clock, limits
from motcua.kernel.access import actor_of, officers, route
from motcua.kernel.errors import DomainError, Invalid
from motcua.kernel.limits import SIGN_INS
from motcua.kernel.web import page, redirect_after
from motcua.ui.parts import FieldError

CHANGED = (
    "Đã đổi mật khẩu. Mọi phiên khác của bạn đã kết thúc. "
    "Mã truy cập cho phần mềm vẫn dùng được: bạn xem lại nếu nghi lộ."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordPage:
    """username: for the password manager of the browser. wrong: the field to mend."""

    username: str
    wrong: str = ""
    errors: tuple[FieldError, ...] = ()


@never_cache
@sensitive_post_parameters("current", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@route(officers, keyless=True, limit=SIGN_INS)  # each try counts
def change(request: HttpRequest) -> HttpResponseBase:
    now, account = clock.now(), factor_pages.own_account(request)
    if not halfway.proved_lately(request, now=now, within=factor_pages.LATELY):
        return factor_pages.prove_again(request, account, back="identity:password", now=now)
    model = PasswordPage(username=account.username)
    if request.method != "POST":
        return page(request, "identity/password.html", model)
    try:
        _change(request, account)
    except (Invalid, WrongPassword, TooManyAttempts) as refusal:
        return _refused(request, account, refusal)
    update_session_auth_hash(request, account)  # this session goes on, under a new key
    messages.success(request, CHANGED)
    return redirect_after(reverse("identity:profile"))


def _change(request: HttpRequest, account: Account) -> None:
    typed = request.POST
    if typed.get("new", "") != typed.get("again", ""):
        raise PasswordsDiffer(field="again")
    change_own_password(
        account,
        typed.get("current", ""),
        typed.get("new", ""),
        this=digest_of(request.session.session_key or ""),
        origin=limits.origin(request),
        actor=actor_of(request),
        now=clock.now(),
    )


def _refused(request: HttpRequest, account: Account, refusal: DomainError) -> HttpResponseBase:
    wrong = refusal.field or "current"
    error = FieldError(text=refusal.message, field=wrong)
    model = PasswordPage(username=account.username, wrong=wrong, errors=(error,))
    return page(request, "identity/password.html", model, status=int(refusal.kind))
