"""Nhập tờ khai: what stands on the paper form, typed in once the person has gone."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import AnswersIncomplete, DossierView
from motcua.contexts.reference import public as reference
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date
from motcua.kernel.forms import FieldError, raw_from_post, visible
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui.parts import FieldError as ShownError
from motcua.ui.parts import Option, QuestionView
from motcua.ui.questions import Around, error_links, question_views

typists = roles(Role.RECEIVER, Role.CASE_OFFICER)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOfForm:
    title: str
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationPage:
    code: str
    title: str
    parts: tuple[PartOfForm, ...]
    back_url: str
    errors: tuple[ShownError, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
@route(typists)
def declaration(request: HttpRequest, code: str) -> HttpResponseBase:
    """The whole form with what is known; POST: checked whole, as if the applicant had typed it."""
    actor, now = actor_of(request), clock.now()
    view = dossiers.dossier(code, actor, now=now)
    if request.method != "POST":
        return _show(request, view, view.answers)
    form, post = view.version.form, dict(request.POST.lists())
    typed = {**view.answers, **raw_from_post(form.questions(), post)}
    if "add" in request.POST:
        return _show(request, view, typed, extra={request.POST["add"]: 1})
    shown = {q.key for part in visible(form, typed, today=city_date(now)) for q in part.questions}
    said = {key: value for key, value in typed.items() if key in shown}
    try:
        done = dossiers.type_in_declaration(code, said, actor=actor, now=now)
    except AnswersIncomplete as refusal:
        errors = refusal.facts.get("errors", ())
        return _show(request, view, typed, errors if isinstance(errors, tuple) else ())
    messages.success(request, done.sentence)
    return redirect_after(f"/ban/ho-so/{code}")


def _show(
    request: HttpRequest,
    view: DossierView,
    values: Mapping[str, object],
    errors: tuple[FieldError, ...] = (),
    *,
    extra: Mapping[str, int] | None = None,
) -> HttpResponseBase:
    today = city_date(clock.now())
    communes = tuple(
        Option(value=one.code, label=one.full_name) for one in reference.communes(today)
    )
    around = Around(
        errors={error.path: error.message for error in reversed(errors)},
        choices={"communes": communes},
        extra_rows=extra or {},
    )
    model = DeclarationPage(
        code=view.code,
        title=view.version.name,
        parts=tuple(
            PartOfForm(title=one.title, questions=question_views(one.questions, values, around))
            for one in visible(view.version.form, values, today=today)
        ),
        back_url=f"/ban/ho-so/{view.code}",
        errors=error_links(errors),
    )
    return page(request, "counters/declaration.html", model, status=422 if errors else 200)
