"""Trả lời: one thing a page, saved at once; back is safe, no device overwrites another."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DraftView, Overtaken
from motcua.contexts.dossiers.web import draft_pages, pages, typed
from motcua.contexts.dossiers.web.helping import heading
from motcua.kernel import clock
from motcua.kernel.access import route, signed_in
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.errors import NotFound
from motcua.kernel.forms import FieldError, FieldType, Page, visible
from motcua.kernel.money import Money
from motcua.kernel.text import whole
from motcua.kernel.web import FIELD, actor_of, may_locate, page, redirect_after
from motcua.ui import dates, words
from motcua.ui.questions import Around, error_links, question_views
from motcua.ui.words import foreign

ISLANDS = frozenset({FieldType.MAP_POINT, FieldType.SIGNATURE, FieldType.DATE})
REDRAWING = frozenset({"redraw", "find", "move", "unsign", "wrong"})
CHECK = "xem-lai"  # the page to come back to, in `?ve=`


def pages_of(draft: DraftView) -> tuple[Page, ...]:
    return visible(draft.version.form, draft.answers, today=city_date(clock.now()))


def own_draft(request: HttpRequest, draft_id: UUID) -> DraftView:
    return dossiers.draft(draft_id, actor_of(request), now=clock.now())


def _page_of(draft: DraftView, key: str) -> tuple[int, tuple[Page, ...]]:
    """Raises: NotFound when these answers do not lead to the page."""
    shown = pages_of(draft)
    for number, candidate in enumerate(shown):
        if candidate.key == key:
            return number, shown
    raise NotFound(_("Trang này không cần điền với các câu trả lời của bạn."))


@never_cache
@route(signed_in)
def fill(request: HttpRequest, draft_id: UUID, page_key: str) -> HttpResponseBase:
    """Show one page; after saving go on, or show what to mend with everything kept."""
    draft = own_draft(request, draft_id)
    _page_of(draft, page_key)
    if request.method != "POST":
        return _render(request, draft, page_key)
    raw = typed.typed(request, draft, page_key)
    extra = _rows(request)
    saved = typed.save(request, draft, page_key, _without(raw, request))
    draft = own_draft(request, draft_id)
    if saved.overtaken:
        return _render(request, draft, page_key, overtaken=saved.overtaken)
    if extra is not None:
        return _render(request, draft, page_key, extra=extra)
    if _redraws(request):
        return _render(request, draft, page_key)
    errors = saved.errors or dossiers.at_odds(draft, page_key, now=clock.now())
    if not errors:
        return redirect_after(_next_url(request, draft, page_key))
    return _render(request, draft, page_key, errors=_to_mend(request, errors))


def _to_mend(request: HttpRequest, errors: tuple[FieldError, ...]) -> tuple[FieldError, ...]:
    """Without what nobody could know: a question that only now appears is asked, not blamed."""
    seen = set(request.POST.get("shown", "").split())
    return tuple(e for e in errors if not seen or e.path.split(".")[0] in seen)


def _redraws(request: HttpRequest) -> bool:
    """A button of a question was pressed, not that of the page."""
    return not REDRAWING.isdisjoint(request.POST)


def _rows(request: HttpRequest) -> dict[str, int] | None:
    """A button that adds or removes an item of a group was pressed."""
    if "add" in request.POST:
        return {request.POST["add"]: 1}
    return {} if "remove" in request.POST else None


def _without(raw: typed.Raw, request: HttpRequest) -> typed.Raw:
    key, _dot, row = request.POST.get("remove", "").partition(".")
    items, gone = raw.get(key), whole(row)
    if isinstance(items, list) and gone is not None:
        raw[key] = [item for n, item in enumerate(items) if n != gone]
    return raw


def _render(
    request: HttpRequest,
    draft: DraftView,
    page_key: str,
    *,
    errors: tuple[FieldError, ...] = (),
    extra: dict[str, int] | None = None,
    overtaken: tuple[Overtaken, ...] = (),
) -> HttpResponse:
    number, shown = _page_of(draft, page_key)
    here, language = shown[number], words.language()
    around = Around(
        language=language,
        errors={e.path: e.message for e in reversed(errors)},
        sources=pages.source_words(draft.provenance),
        told=pages.told_words(here, draft),
        may_dispute=True,
        choices={"communes": pages.ward_options(clock.now())},
        extra_rows=extra or {},
        became=pages.became_options,
        found_anywhere=pages.anywhere_options,
        old_name=dossiers.old_ward_name,
        ward_name=dossiers.ward_name,
        landmarks=pages.landmarks() if _has_map(here) else (),
        steps={q.key: typed.step_of(request, q.key) for q in here.questions},
        file_url=lambda file: f"/giay-to/tep/{file}",
    )
    values = {**draft.answers, **{one.key: one.mine for one in overtaken}}
    model = draft_pages.FillPage(
        title=here.title_in(language),
        help=here.help_in(language),
        step=step_words(number + 1, shown),
        back_url=_before(request, draft, number, shown),
        back_to_check=_comes_from_check(request),
        save_url=f"/nhap/{draft.id}/trang/{here.key}/luu",
        answered=request.POST.get(FIELD, ""),
        seal=typed.seal_of(request, draft),
        procedure=heading(draft, actor_of(request)),
        language=foreign() if not draft.version.name_en else "",
        saved=dates.city_moment(draft.saved_at),
        questions=question_views(here.questions, values, around),
        branches=_branches(draft, page_key),
        has_islands=any(q.type in ISLANDS for q in here.questions),
        conflicts=draft_pages.conflicts(here, overtaken),
        as_shown=_as_shown(request, draft, page_key, overtaken),
        trouble=draft.register_trouble,
        errors=error_links(errors),
    )
    status = 409 if overtaken else 422 if errors else 200
    answer = page(request, "dossiers/fill.html", model, status=status)
    return may_locate(answer) if _has_map(here) else answer


def _has_map(here: Page) -> bool:
    return any(q.type is FieldType.MAP_POINT for q in here.questions)


def _as_shown(
    request: HttpRequest, draft: DraftView, page_key: str, overtaken: tuple[Overtaken, ...]
) -> str:
    """Until the person has chosen, the page still stands on what it showed first."""
    if overtaken:
        return request.POST.get(typed.SHOWN, "")
    return typed.shown_now(draft, typed.page_of_form(draft, page_key).questions)


def _branches(draft: DraftView, page_key: str) -> bool:
    """Whether an answer of the page makes other questions of it appear."""
    whole = typed.page_of_form(draft, page_key)
    return any(q.show_if is not None for q in whole.questions)


def step_words(number: int, shown: tuple[Page, ...]) -> str:
    """Papers and check are the last two."""
    return _("Bước %(n)s trong %(all)s") % {"n": number, "all": len(shown) + 2}


def _comes_from_check(request: HttpRequest) -> bool:
    return request.GET.get("ve") == CHECK


def _before(request: HttpRequest, draft: DraftView, number: int, shown: tuple[Page, ...]) -> str:
    if _comes_from_check(request):
        return f"/nhap/{draft.id}/{CHECK}"
    return f"/nhap/{draft.id}/trang/{shown[number - 1].key}" if number else f"/nhap/{draft.id}"


def _next_url(request: HttpRequest, draft: DraftView, page_key: str) -> str:
    if _comes_from_check(request):
        return f"/nhap/{draft.id}/{CHECK}"
    number, shown = _page_of(draft, page_key)
    if number + 1 < len(shown):
        return f"/nhap/{draft.id}/trang/{shown[number + 1].key}"
    return f"/nhap/{draft.id}/giay-to"


@route(signed_in)
def autosave(request: HttpRequest, draft_id: UUID, page_key: str) -> HttpResponseBase:
    """Called by the page while somebody types; says when it was saved, and what was not."""
    draft = own_draft(request, draft_id)
    raw = typed.typed(request, draft, page_key)
    saved = typed.save(request, draft, page_key, raw)
    whole = typed.page_of_form(draft, page_key)
    labels = {q.key: q.label_in(words.language()) for q in whole.questions}
    return JsonResponse(
        {
            "saved": dates.hour(city_time(saved.saved_at)),
            "seen": typed.shown_after(request, saved),
            "overtaken": [labels[one.key] for one in saved.overtaken],
            "spoken": _spoken(whole, saved.answers),
            "fields": _filled_in(whole, saved.answers),
        }
    )


def _spoken(whole: Page, answers: Mapping[str, object]) -> dict[str, str]:
    """Amounts in words, by the name of their input; "" for what is no amount."""
    asked = [q.key for q in whole.questions if q.type is FieldType.MONEY]
    return {
        key: Money(value).in_words() if isinstance(value := answers.get(key), int) else ""
        for key in asked
    }


def _filled_in(whole: Page, answers: Mapping[str, object]) -> dict[str, str]:
    """What we put into the inputs of the page: the kept file of a drawing, which needs no more."""
    found = {}
    for question in whole.questions:
        value = answers.get(question.key)
        if question.type is FieldType.SIGNATURE and isinstance(value, Mapping):
            found[f"{question.key}.file"] = str(value.get("file") or "")
            found[f"{question.key}.drawn"] = ""
    return found
