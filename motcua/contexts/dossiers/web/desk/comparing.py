"""Đối chiếu dữ liệu: ask a register, and decide where it says otherwise than the applicant."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DossierNotFound
from motcua.contexts.dossiers.contracts.rulings import RuleValue, Ruling, RulingUnknown
from motcua.contexts.dossiers.web.desk import panes
from motcua.contexts.dossiers.web.desk.asking import BAN, asked
from motcua.contexts.dossiers.web.desk.comparisons import NOTHING_TYPED, Typed, compared_table
from motcua.contexts.dossiers.web.desk.reading import seen_version
from motcua.contexts.dossiers.web.desk.working import render_pane, view_of
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of, redirect_after
from motcua.ui.parts import Alert, Tone


@require_safe
@route(officers)
def compare(request: HttpRequest, code: str) -> HttpResponseBase:
    """Declared against the population register, asked only when somebody looks."""
    return _shown(request, code)


@require_POST
@route(officers)
def rule(request: HttpRequest, code: str) -> HttpResponseBase:
    """Nhận giá trị nguồn, or why the declared one stands."""
    try:
        ruled = dossiers.rule_value(_command(request, code), actor=actor_of(request),
                                    now=clock.now())  # fmt: skip
    except DossierNotFound:
        raise
    except DomainError as refusal:
        return _refused(request, code, refusal)
    messages.success(request, ruled.sentence)
    return redirect_after(asked(request).url(f"{BAN}/ho-so/{code}/doi-chieu") + "#doi-chieu")


def _command(request: HttpRequest, code: str) -> RuleValue:
    typed = request.POST
    said = typed.get("ruling", "")
    if said not in set(Ruling):
        raise RulingUnknown
    return RuleValue(
        code=code,
        question_key=typed.get("question", ""),
        ruling=Ruling(said),
        reason=typed.get("reason", ""),
        mark=typed.get("mark", ""),
        seen_version=seen_version(typed),
    )


def _refused(request: HttpRequest, code: str, refusal: DomainError) -> HttpResponseBase:
    """The same table as it is now, with what was typed."""
    errors = {refusal.field: refusal.message} if refusal.field else {}
    typed = Typed(
        key=request.POST.get("question", ""),
        reason=request.POST.get("reason", ""),
        errors=errors,
    )
    alert = Alert(title=refusal.message, text=refusal.next_step, tone=Tone.LATE)
    return _shown(request, code, typed, alert, status=int(refusal.kind))


def _shown(
    request: HttpRequest,
    code: str,
    typed: Typed = NOTHING_TYPED,
    *alerts: Alert,
    status: int = 200,
) -> HttpResponseBase:
    view = view_of(request, code)
    table = None
    if view.mine or not typed.key:  # whoever lost the step meanwhile reads why, without a table
        found = dossiers.compare(code, actor_of(request), now=clock.now())
        table = compared_table(found, view, asked(request), typed)
    return render_pane(request, view, panes.Around(compared=table, alerts=alerts), status=status)
