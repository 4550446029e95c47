"""Một hồ sơ trong danh sách chưa mở tên: what may be seen, and the way to the whole."""

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DossierNotFound
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Role
from motcua.kernel.errors import Invalid
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.portals.lead.asking import HERE, Asked, asked
from motcua.portals.lead.listing import ReasonForm, facts_of, is_open, reason_form, remember
from motcua.portals.lead.views import WATCHERS
from motcua.ui.parts import Crumb, Fact, FieldError

LOOKERS = roles(*sorted(WATCHERS.roles), Role.AUDITOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookPage:
    code: str
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    reason: ReasonForm
    errors: tuple[FieldError, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
@route(LOOKERS)
def look(request: HttpRequest, code: str) -> HttpResponseBase:
    """Without a reason the line only; with one, kept in the ledger, the dossier itself."""
    actor, now = actor_of(request), clock.now()
    found = dossiers.find(code, actor, now=now)
    if len(found) != 1:
        raise DossierNotFound
    wanted, problem = asked(request, actor), None
    if request.method == "POST":
        try:
            dossiers.open_names(
                code,
                request.POST.get("reason", ""),
                reference=request.POST.get("reference", "").strip(),
                unit_id=wanted.unit_id,
                actor=actor,
                now=now,
            )
            remember(request, code)
        except Invalid as refused:
            problem = refused
    if is_open(request, code) and dossiers.may_open(code, actor, now=now):
        return redirect_after(f"/ban/ho-so/{code}")
    line = dossiers.masked(found[0])
    facts = tuple(Fact(label=label, value=text) for label, text in facts_of(line) if text)
    model = look_page(code, facts, wanted, request, problem)
    return page(request, "lead/look.html", model, status=422 if problem else 200)


def look_page(
    code: str,
    facts: tuple[Fact, ...],
    wanted: Asked,
    request: HttpRequest,
    problem: Invalid | None,
) -> LookPage:
    form = replace(reason_form(wanted, request.POST), url=f"{HERE}/ho-so/{code}")
    board_url = HERE if WATCHERS.allows(actor_of(request)) else ""
    return LookPage(
        code=code,
        crumbs=(Crumb(label="Điều hành", url=board_url), Crumb(label=code)),
        facts=facts,
        reason=form,
        errors=(FieldError(field=problem.field or "reason", text=problem.message),)
        if problem
        else (),
    )
