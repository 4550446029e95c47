"""Vào lần đầu: with the code of a head or an administrator an officer sets a password."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.contexts.identity.actions.entering import enter
from motcua.contexts.identity.contracts import TooManyAttempts
from motcua.contexts.identity.contracts.passwords import EntryCodeRefused, PasswordsDiffer
from motcua.contexts.identity.models import Account
from motcua.contexts.identity.queries import factors
from motcua.contexts.identity.rules import WINDOW
from motcua.contexts.identity.web import halfway
from motcua.kernel import clock, limits
from motcua.kernel.access import open_to_all, route
from motcua.kernel.errors import DomainError, Invalid, Kind
from motcua.kernel.limits import SIGN_INS
from motcua.kernel.web import page, redirect_after
from motcua.ui.parts import FieldError


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """username, code: as typed, so that a weak password does not ask for them again."""

    username: str = ""
    code: str = ""
    wrong: str = ""
    errors: tuple[FieldError, ...] = ()


@never_cache
@sensitive_post_parameters("code", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@route(open_to_all, keyless=True, limit=SIGN_INS)  # each try counts; the code works once by itself
def enter_first(request: HttpRequest) -> HttpResponseBase:
    """Name, code and the new password at once; then the second factor, old or first."""
    if request.method != "POST":
        return page(request, "identity/enter.html", EntryPage())
    try:
        account = _entered(request)
    except (Invalid, EntryCodeRefused, TooManyAttempts) as refusal:
        return _refused(request, refusal)
    may_enrol = not factors.had_any(account.id)
    halfway.start(request, account, next_url="/", may_enrol=may_enrol, now=clock.now())
    return redirect_after(reverse("identity:second"))


def _entered(request: HttpRequest) -> Account:
    typed = request.POST
    if typed.get("new", "") != typed.get("again", ""):
        raise PasswordsDiffer(field="again")
    return enter(
        typed.get("username", "").strip(),
        typed.get("code", ""),
        typed.get("new", ""),
        origin=limits.origin(request),
        now=clock.now(),
    )


def _refused(request: HttpRequest, refusal: DomainError) -> HttpResponseBase:
    wrong = refusal.field or "code"
    model = EntryPage(
        username=request.POST.get("username", "").strip(),
        code=request.POST.get("code", ""),
        wrong=wrong,
        errors=(FieldError(text=refusal.message, field=wrong),),
    )
    answer = page(request, "identity/enter.html", model, status=int(refusal.kind))
    if refusal.kind is Kind.TOO_MANY:
        answer["Retry-After"] = str(int(WINDOW.total_seconds()))
    return answer
