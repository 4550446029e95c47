"""Điền hồ sơ: one thing a page, saved at once, back is always safe."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DraftView, SavedPage
from motcua.contexts.dossiers.rules.place import place_question
from motcua.contexts.dossiers.web import draft_pages, pages
from motcua.contexts.dossiers.web.helping import heading, way_back
from motcua.kernel import clock, idempotency
from motcua.kernel.access import route, signed_in
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.codes import WardCode
from motcua.kernel.db import Stale
from motcua.kernel.errors import NotFound
from motcua.kernel.forms import FieldError, Page, raw_from_post, visible
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Chip, Crumb, ListedTask, Tone
from motcua.ui.questions import Around, error_links, question_views
from motcua.ui.words import foreign


def pages_of(draft: DraftView) -> tuple[Page, ...]:
    return visible(draft.version.form, draft.answers, today=city_date(clock.now()))


def _draft(request: HttpRequest, draft_id: UUID) -> DraftView:
    return dossiers.draft(draft_id, actor_of(request), now=clock.now())


@never_cache
@route(signed_in)
def overview(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """The parts of the form, what is done, where it goes."""
    if request.method == "POST":
        ward = request.POST.get("ward", "")
        if WardCode.parses(ward):
            with idempotency.using(""):
                dossiers.set_ward(draft_id, ward, actor=actor_of(request), now=clock.now())
        return redirect_after(f"/nhap/{draft_id}")
    draft, now = _draft(request, draft_id), clock.now()
    tasks = _tasks(draft)
    named = place_question(draft.version.form)
    name = heading(draft, actor_of(request))
    model = draft_pages.OverviewPage(
        title=name,
        language=foreign() if not draft.version.name_en else "",
        crumbs=(way_back(draft, actor_of(request)), Crumb(label=name)),
        promise=dossiers.promise(draft, now=now),
        promise_language=foreign(),
        saved=pages.moment(draft.saved_at),
        tasks=tasks,
        ward_name=dossiers.ward_name(draft.competent_ward),
        wards=() if named else pages.ward_options(now),
        ward=draft.ward_code,
        trouble=draft.register_trouble,
        next_url=next((task.url for task in tasks if task.state.icon != "check"), tasks[-1].url),
        drop_url=f"/nhap/{draft_id}/bo",
    )
    return page(request, "dossiers/overview.html", model)


def _tasks(draft: DraftView) -> tuple[ListedTask, ...]:
    """The pages of the form, the papers, and the check at the end."""
    lacking = {path.split(".")[0] for path, _why in dossiers.missing_of(draft, now=clock.now())}
    url = f"/nhap/{draft.id}"
    tasks = [
        ListedTask(
            label=p.title_in(pages.language()),
            state=_state(any(q.key in lacking for q in p.questions)),
            url=f"{url}/trang/{p.key}",
        )
        for p in pages_of(draft)
    ]
    papers = ListedTask(
        label=_("Giấy tờ cần có"), state=_state(bool(lacking)), url=f"{url}/giay-to"
    )
    check = ListedTask(label=_("Xem lại và nộp"), state=Chip(label=_("Cuối cùng")))
    if not lacking:
        check = ListedTask(
            label=_("Xem lại và nộp"),
            state=Chip(label=_("Nộp được rồi"), tone=Tone.TURN, icon="hand"),
            url=f"{url}/xem-lai",
        )
    return (*tasks, papers, check)


def _state(wanting: bool) -> Chip:
    if wanting:
        return Chip(label=_("Chưa xong"))
    return Chip(label=_("Xong"), tone=Tone.OK, icon="check")


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
    draft = _draft(request, draft_id)
    _page_of(draft, page_key)
    if request.method != "POST":
        return _render(request, draft, page_key)
    raw = _typed(request, draft, page_key)
    extra = _rows(request)
    if extra is not None:
        _save(request, draft_id, page_key, _without(raw, request))
        return _render(request, _draft(request, draft_id), page_key, extra=extra)
    errors = _save(request, draft_id, page_key, raw)
    draft = _draft(request, draft_id)
    if not errors and "redraw" not in request.POST:
        return redirect_after(_next_url(draft, page_key))
    return _render(request, draft, page_key, errors=_to_mend(request, errors))


def _to_mend(request: HttpRequest, errors: tuple[FieldError, ...]) -> tuple[FieldError, ...]:
    """Without what nobody could know: a question that only now appears is asked, not blamed."""
    seen = set(request.POST.get("shown", "").split())
    if "redraw" in request.POST:
        return ()
    return tuple(e for e in errors if not seen or e.path.split(".")[0] in seen)


def _typed(request: HttpRequest, draft: DraftView, page_key: str) -> dict[str, object]:
    """Raises: NotFound for a page that the form does not have."""
    page_ = draft.version.form.page(page_key)
    if page_ is None:
        raise NotFound(_("Không có trang này trong biểu mẫu."))
    asked = raw_from_post(page_.questions, dict(request.POST.lists()))
    return {q.key: asked.get(q.key) for q in page_.questions if q.key in asked}


def _rows(request: HttpRequest) -> dict[str, int] | None:
    """A button that adds or removes an item of a group was pressed."""
    if "add" in request.POST:
        return {request.POST["add"]: 1}
    return {} if "remove" in request.POST else None


def _without(raw: dict[str, object], request: HttpRequest) -> dict[str, object]:
    key, _dot, row = request.POST.get("remove", "").partition(".")
    items = raw.get(key)
    if isinstance(items, list) and row.isdecimal() and int(row) < len(items):
        raw[key] = [item for n, item in enumerate(items) if n != int(row)]
    return raw


def _save(
    request: HttpRequest, draft_id: UUID, page_key: str, raw: dict[str, object]
) -> tuple[FieldError, ...]:
    return _saved(request, draft_id, page_key, raw).errors


def _saved(
    request: HttpRequest, draft_id: UUID, page_key: str, raw: dict[str, object]
) -> SavedPage:
    """Saving a page is an overwrite: sent twice, or again after «Back», the last one holds.

    The page also saves itself while somebody types; who meets that save tries once more.
    """
    actor = actor_of(request)
    with idempotency.using(""):
        try:
            return dossiers.save_page(draft_id, page_key, raw, actor=actor, now=clock.now())
        except Stale:
            return dossiers.save_page(draft_id, page_key, raw, actor=actor, now=clock.now())


def _render(
    request: HttpRequest,
    draft: DraftView,
    page_key: str,
    *,
    errors: tuple[FieldError, ...] = (),
    extra: dict[str, int] | None = None,
) -> HttpResponse:
    number, shown = _page_of(draft, page_key)
    here, language = shown[number], pages.language()
    around = Around(
        language=language,
        errors={e.path: e.message for e in reversed(errors)},
        sources=pages.source_words(draft.provenance),
        choices={"communes": pages.ward_options(clock.now())},
        extra_rows=extra or {},
    )
    before = f"/nhap/{draft.id}/trang/{shown[number - 1].key}" if number else f"/nhap/{draft.id}"
    model = draft_pages.FillPage(
        title=here.title_in(language),
        help=here.help_in(language),
        step=step_words(number + 1, shown),
        back_url=before,
        save_url=f"/nhap/{draft.id}/trang/{here.key}/luu",
        procedure=heading(draft, actor_of(request)),
        language=foreign() if not draft.version.name_en else "",
        saved=pages.moment(draft.saved_at),
        questions=question_views(here.questions, draft.answers, around),
        branches=_branches(draft, page_key),
        trouble=draft.register_trouble,
        errors=error_links(errors),
    )
    return page(request, "dossiers/fill.html", model, status=422 if errors else 200)


def _branches(draft: DraftView, page_key: str) -> bool:
    """Whether an answer of the page makes other questions of it appear."""
    whole = draft.version.form.page(page_key)
    return whole is not None and any(q.show_if is not None for q in whole.questions)


def step_words(number: int, shown: tuple[Page, ...]) -> str:
    """Papers and check are the last two."""
    return _("Bước %(n)s trong %(all)s") % {"n": number, "all": len(shown) + 2}


def _next_url(draft: DraftView, page_key: str) -> str:
    number, shown = _page_of(draft, page_key)
    if number + 1 < len(shown):
        return f"/nhap/{draft.id}/trang/{shown[number + 1].key}"
    return f"/nhap/{draft.id}/giay-to"


@route(signed_in)
def autosave(request: HttpRequest, draft_id: UUID, page_key: str) -> HttpResponseBase:
    """Called by the page while somebody types; says when it was saved."""
    draft = _draft(request, draft_id)
    saved = _saved(request, draft_id, page_key, _typed(request, draft, page_key))
    return JsonResponse({"saved": dates.hour(city_time(saved.saved_at))})
