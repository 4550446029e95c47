"""Đính chính: the page on which a signer replaces a result that says something wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions import correcting as acts
from motcua.contexts.dossiers.actions import signing
from motcua.contexts.dossiers.contracts import DeskView, DossierNotFound
from motcua.contexts.dossiers.web.desk import showing
from motcua.contexts.dossiers.web.desk.asking import BAN
from motcua.contexts.dossiers.web.desk.deciding import EMPTY, page_errors, with_error
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts.proving import WaysToProve
from motcua.kernel import clock, idempotency
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Role
from motcua.kernel.errors import DomainError
from motcua.kernel.limits import SIGN_INS
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui.parts import Alert, Crumb, FieldError, Option, QuestionView, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectPage:
    title: str
    url: str
    back_url: str
    questions: tuple[QuestionView, ...]
    by_pin: bool
    proof: WaysToProve
    errors: tuple[FieldError, ...]
    alerts: tuple[Alert, ...]
    crumbs: tuple[Crumb, ...]


@never_cache
@sensitive_post_parameters("pin", "code")
@require_http_methods(["GET", "HEAD", "POST"])
@route(roles(Role.SIGNER), limit=SIGN_INS)
def correct(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is wrong, what is right, why and by which rule. Raises: DossierNotFound."""
    actor, now = actor_of(request), clock.now()
    view = dossiers.desk_view(code, actor, now=now)
    if request.method != "POST":
        return _page(request, view, EMPTY)
    command = acts.CorrectResult(
        code=code,
        key=request.POST.get("item", ""),
        value=request.POST.get("value", ""),
        reason=request.POST.get("reason", ""),
        citation=request.POST.get("citation", ""),
    )
    try:
        if not documents.asks_pin():
            actor = identity.proved_anew(request, now=now)
        with idempotency.using(""):  # said once more, there is nothing left to correct
            made = signing.correct(command, request.POST.get("pin", ""), actor=actor, now=now)
    except DossierNotFound:
        raise
    except DomainError as refusal:
        return _page(request, view, request.POST, refusal)
    messages.success(request, f"Đã cấp bản đính chính, mã xác minh {made.verify_code}.")
    return redirect_after(f"{BAN}/ho-so/{code}")


def _page(
    request: HttpRequest, view: DeskView, typed: QueryDict, refusal: DomainError | None = None
) -> HttpResponseBase:
    code = view.dossier.code
    asked = _questions(view, typed)
    named = {one.key for one in asked} | {"pin", "code"}
    field = refusal.field if refusal and refusal.field in named else ""
    errors = {field: refusal.message} if refusal and field else {}
    model = CorrectPage(
        title="Đính chính kết quả",
        url=f"{BAN}/ho-so/{code}/dinh-chinh",
        back_url=f"{BAN}/ho-so/{code}",
        questions=tuple(with_error(one, errors.get(one.key, "")) for one in asked),
        by_pin=documents.asks_pin(),
        proof=identity.ways_to_prove(request),
        errors=page_errors(errors),
        alerts=_alerts(view, refusal, field),
        crumbs=(
            Crumb(label="Bàn làm việc", url=BAN),
            Crumb(label=code, url=f"{BAN}/ho-so/{code}"),
            Crumb(label="Đính chính"),
        ),
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "dossiers/desk/correct.html", model, status=status)


def _alerts(view: DeskView, refusal: DomainError | None, field: str | None) -> tuple[Alert, ...]:
    if refusal and not field:
        return (Alert(title=refusal.message, tone=Tone.LATE, icon="triangle-alert"),)
    if not view.can_correct:
        return (Alert(title="Hồ sơ này không có kết quả nào bạn đính chính được."),)
    return ()


def _questions(view: DeskView, typed: QueryDict) -> tuple[QuestionView, ...]:
    said = _said(view)
    which = acts.mendable(tuple(view.dossier.version.form.questions()))
    options = tuple(
        Option(value=one.key, label=f"{one.label}: {said.get(one.key) or 'để trống'}")
        for one in which
        if one.key in said
    )
    return (
        QuestionView(
            key="item",
            label="Mục ghi sai",
            type="choice",
            value=typed.get("item", ""),
            options=options,
        ),
        _line("value", "Ghi đúng là", typed, "Ngày ghi như 05/11/2026."),
        _line("reason", "Vì sao đính chính", typed, "Lý do in trên bản mới và trang xác minh."),
        _line("citation", "Căn cứ pháp lý", typed, "Điều, khoản và tên văn bản."),
    )


def _line(key: str, label: str, typed: QueryDict, hint: str) -> QuestionView:
    return QuestionView(key=key, label=label, type="text", value=typed.get(key, ""), help=hint)


def _said(view: DeskView) -> Mapping[str, str]:
    """What the paper says now: the answers, as corrections so far have them."""
    answers = {**view.dossier.answers, **documents.rectified(view.dossier.code)}
    found: dict[str, str] = {}
    for one in view.dossier.version.form.pages:
        found |= showing.shown_on(one, answers)
    return found
