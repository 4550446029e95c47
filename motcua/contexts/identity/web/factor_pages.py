"""An officer's own factors: what there is, add one, remove one but never the last."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.identity.actions.factors import add_app, add_passkey, remove_factor
from motcua.contexts.identity.contracts import FactorKind, FactorView
from motcua.contexts.identity.models import Account
from motcua.contexts.identity.queries import accounts, factors
from motcua.contexts.identity.web import enrolling, halfway
from motcua.kernel import clock
from motcua.kernel.access import SignInNeeded, actor_of, officers, route
from motcua.kernel.errors import DomainError
from motcua.kernel.web import page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Fact, FieldError

LATELY = timedelta(minutes=15)  # a forgotten open screen must not be enough to add a passkey
KINDS = {FactorKind.PASSKEY: "Khóa truy cập", FactorKind.TOTP: "Ứng dụng tạo mã"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRow:
    """may_go: false for the last one."""

    id: UUID
    name: str
    facts: tuple[Fact, ...]
    may_go: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorsPage:
    rows: tuple[FactorRow, ...]
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_safe
@route(officers)
def show(request: HttpRequest) -> HttpResponseBase:
    held = factors.views_of(actor_of(request), now=clock.now())
    rows = tuple(_row(one, may_go=len(held) > 1) for one in held)
    return page(request, "identity/factors.html", FactorsPage(rows=rows))


def _row(one: FactorView, *, may_go: bool) -> FactorRow:
    used = dates.city_moment(one.last_used_at) if one.last_used_at else "Chưa dùng"
    facts = (
        Fact(label="Loại", value=KINDS[one.kind]),
        Fact(label="Thêm lúc", value=dates.city_moment(one.created_at)),
        Fact(label="Dùng lần cuối", value=used),
    )
    return FactorRow(id=one.id, name=one.name, facts=facts, may_go=may_go)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def add(request: HttpRequest) -> HttpResponseBase:
    now, account = clock.now(), own_account(request)
    if not halfway.proved_lately(request, now=now, within=LATELY):
        return prove_again(request, account, back="identity:factors", now=now)
    if request.method != "POST":
        return page(request, "identity/enrol.html", _add_page(request, account))
    try:
        _add(request, account, now=now)
    except DomainError as refusal:
        error = FieldError(text=refusal.message, field=refusal.field or "")
        model = _add_page(request, account, error)
        return page(request, "identity/enrol.html", model, status=int(refusal.kind))
    messages.success(request, "Đã thêm cách xác nhận.")
    return redirect_after(reverse("identity:factors"))


def _add_page(request: HttpRequest, account: Account, *errors: FieldError) -> enrolling.EnrolPage:
    return enrolling.enrol_page(
        request,
        account,
        *errors,
        title="Thêm cách xác nhận",
        note="Bạn nên có hai cách ở hai thiết bị, để mất một thiết bị vẫn vào được.",
        action=reverse("identity:add_factor"),
    )


def _add(request: HttpRequest, account: Account, *, now: datetime) -> None:
    """Raises: PasskeyRefused, FactorNameMissing, WrongCode, SecondFactorExists."""
    actor = actor_of(request)
    if request.POST.get("answer"):
        name = request.POST.get("name", "")
        add_passkey(account.id, enrolling.made(request), name=name, actor=actor, now=now)
        return
    secret, code = enrolling.secret_of(request), request.POST.get("code", "")
    add_app(account.id, secret=secret, code=code, actor=actor, now=now)
    enrolling.forget(request)


@require_POST
@route(officers)
def remove(request: HttpRequest, factor_id: UUID) -> HttpResponseBase:
    now = clock.now()
    if not halfway.proved_lately(request, now=now, within=LATELY):
        return prove_again(request, own_account(request), back="identity:factors", now=now)
    remove_factor(factor_id, actor=actor_of(request), now=now)
    messages.success(request, "Đã gỡ. Cách xác nhận đó không đăng nhập được nữa.")
    return redirect_after(reverse("identity:factors"))


def prove_again(
    request: HttpRequest, account: Account, *, back: str, now: datetime
) -> HttpResponseBase:
    """To the second factor, then back; the session stays what it was meanwhile."""
    halfway.start(request, account, next_url=reverse(back), may_enrol=False, now=now)
    return HttpResponseRedirect(reverse("identity:second"))


def own_account(request: HttpRequest) -> Account:
    account_id = actor_of(request).account_id
    if account_id is None:
        raise SignInNeeded
    return accounts.account(account_id)
