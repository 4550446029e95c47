"""Ký nháy: the draft, who stands for it already, and one button."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.contexts.dossiers.actions import initialling as acts
from motcua.contexts.dossiers.contracts import DossierNotFound
from motcua.contexts.dossiers.contracts.initials import InitialView
from motcua.contexts.dossiers.web.desk.asking import BAN
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of, as_file, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Alert, Crumb, Fact, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class InitialPage:
    """digest: "" when there is nothing that this officer may initial."""

    title: str
    url: str
    back_url: str
    draft_url: str
    digest: str
    initials: tuple[Fact, ...]
    alerts: tuple[Alert, ...]
    crumbs: tuple[Crumb, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def initial(request: HttpRequest, code: str) -> HttpResponseBase:
    """Look at the draft, then stand for exactly that. Raises: DossierNotFound."""
    actor, now = actor_of(request), clock.now()
    if request.method != "POST":
        return _page(request, code)
    try:
        acts.initial_draft(code, request.POST.get("digest", ""), actor=actor, now=now)
    except DossierNotFound:
        raise
    except DomainError as refusal:
        return _page(request, code, refusal)
    messages.success(request, f"Bạn đã ký nháy bản thảo của hồ sơ {code}.")
    return redirect_after(f"{BAN}/ho-so/{code}")


@never_cache
@require_safe
@route(officers)
def draft(request: HttpRequest, code: str) -> HttpResponseBase:
    """The paper that would be initialled, as PDF.

    Raises: DossierNotFound, NotYourStep, NothingToInitial, ResultDataMissing.
    """
    _digest, pdf = acts.draft_to_initial(code, actor=actor_of(request), now=clock.now())
    answer = HttpResponse(pdf, content_type="application/pdf")
    return as_file(answer, f"ban-thao-{code}.pdf", shown=True)


def _page(request: HttpRequest, code: str, refusal: DomainError | None = None) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    told = acts.initials_for([code], actor, now=now)[code]
    digest = ""
    try:
        digest, _pdf = acts.draft_to_initial(code, actor=actor, now=now)
    except DossierNotFound:
        raise
    except DomainError as other:
        refusal = refusal or other
    here = f"{BAN}/ho-so/{code}"
    model = InitialPage(
        title="Ký nháy bản thảo",
        url=f"{here}/ky-nhay",
        back_url=here,
        draft_url=f"{here}/ban-thao.pdf" if digest else "",
        digest=digest,
        initials=facts_of(told),
        alerts=_alerts(refusal),
        crumbs=(
            Crumb(label="Bàn làm việc", url=BAN),
            Crumb(label=code, url=here),
            Crumb(label="Ký nháy"),
        ),
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "dossiers/desk/initial.html", model, status=status)


def _alerts(refusal: DomainError | None) -> tuple[Alert, ...]:
    if refusal is None:
        return ()
    return (Alert(title=refusal.message, tone=Tone.LATE, icon="triangle-alert"),)


def facts_of(told: tuple[InitialView, ...]) -> tuple[Fact, ...]:
    """«Đã ký nháy»: name, post, moment; and of those that no longer hold, why."""
    return tuple(
        Fact(
            label="Ký nháy" if one.holds else "Ký nháy hết hiệu lực",
            value=f"{one.full_name}, {one.position}, {dates.city_moment(one.at)}",
            note="" if one.holds else "Bản thảo đã thay đổi sau lúc ký nháy.",
        )
        for one in told
    )
