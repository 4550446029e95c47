"""Điền hồ sơ: one thing a page, saved at once, back is always safe."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DraftView
from motcua.contexts.dossiers.web import pages
from motcua.kernel import clock
from motcua.kernel.access import route, signed_in
from motcua.kernel.clock import city_date
from motcua.kernel.errors import DomainError, NotFound
from motcua.kernel.forms import FieldError, Page, raw_from_post, visible
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Chip, Crumb, ListedTask, Tone
from motcua.ui.questions import Around, error_links, question_views

DONE = Chip(label="Xong", tone=Tone.OK, icon="check")
TO_DO = Chip(label="Chưa xong")


def _pages(draft: DraftView) -> tuple[Page, ...]:
    return visible(draft.version.form, draft.answers, today=city_date(clock.now()))


def _draft(request: HttpRequest, draft_id: UUID) -> DraftView:
    return dossiers.draft(draft_id, actor_of(request), now=clock.now())


@route(signed_in)
def overview(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """The parts of the form, what is done, where it goes."""
    actor, now = actor_of(request), clock.now()
    if request.method == "POST":
        dossiers.set_ward(draft_id, request.POST.get("ward", ""), actor=actor, now=now)
        draft = _draft(request, draft_id)
        return redirect_after(f"/nhap/{draft_id}/trang/{_pages(draft)[0].key}")
    draft = _draft(request, draft_id)
    lacking = {key for key, _sentence in dossiers.missing_of(draft, now=now)}
    tasks = [
        ListedTask(
            label=p.title,
            state=TO_DO if any(q.key in lacking for q in p.questions) else DONE,
            url=f"/nhap/{draft_id}/trang/{p.key}",
        )
        for p in _pages(draft)
    ]
    wanting = any(n.component.key in lacking for n in dossiers.needs(draft.version, draft.answers))
    tasks.append(
        ListedTask(
            label="Giấy tờ cần có",
            state=TO_DO if wanting else DONE,
            url=f"/nhap/{draft_id}/giay-to",
        )
    )
    model = pages.OverviewPage(
        title=draft.version.name,
        crumbs=(Crumb(label="Hồ sơ của tôi", url="/ho-so"), Crumb(label=draft.version.name)),
        promise=dossiers.promise(draft, now=now),
        saved=dates.moment(draft.saved_at),
        tasks=tuple(tasks),
        ward_name=dossiers.ward_name(draft.ward_code),
        wards=pages.ward_options(now),
        ward=draft.ward_code,
        trouble=draft.register_trouble,
        next_url=tasks[0].url,
        drop_url=f"/nhap/{draft_id}/bo",
    )
    return page(request, "dossiers/overview.html", model)


def _page_of(draft: DraftView, key: str) -> tuple[int, tuple[Page, ...]]:
    """Raises: NotFound when these answers do not lead to the page."""
    shown = _pages(draft)
    for number, candidate in enumerate(shown):
        if candidate.key == key:
            return number, shown
    raise NotFound("Trang này không cần điền với các câu trả lời của bạn.")


@route(signed_in)
def fill(request: HttpRequest, draft_id: UUID, page_key: str) -> HttpResponseBase:
    """Show one page; after saving go on, or show what to mend with everything kept."""
    draft = _draft(request, draft_id)
    number, shown = _page_of(draft, page_key)
    if request.method != "POST":
        return _render(request, draft, number, shown, errors=())
    raw = _typed(request, draft, page_key)
    extra = _rows(request)
    if extra is not None:
        _save(request, draft_id, page_key, _without(raw, request))
        return _render(request, _draft(request, draft_id), number, shown, errors=(), extra=extra)
    errors = _save(request, draft_id, page_key, raw)
    draft = _draft(request, draft_id)
    if errors:
        return _render(request, draft, number, shown, errors=errors)
    return redirect_after(_next_url(draft, page_key))


def _typed(request: HttpRequest, draft: DraftView, page_key: str) -> dict[str, object]:
    page_ = draft.version.form.page(page_key)
    assert page_ is not None
    asked = raw_from_post(page_.questions, dict(request.POST.lists()))
    return {q.key: asked.get(q.key) for q in page_.questions if q.key in asked}


def _rows(request: HttpRequest) -> dict[str, int] | None:
    """A button that adds or removes an item of a group was pressed."""
    if "add" in request.POST:
        return {request.POST["add"]: 1}
    return {} if "remove" in request.POST else None


def _without(raw: dict[str, object], request: HttpRequest) -> dict[str, object]:
    key, _, row = request.POST.get("remove", "").partition(".")
    items = raw.get(key)
    if isinstance(items, list) and row.isdecimal() and int(row) < len(items):
        raw[key] = [item for n, item in enumerate(items) if n != int(row)]
    return raw


def _save(
    request: HttpRequest, draft_id: UUID, page_key: str, raw: dict[str, object]
) -> tuple[FieldError, ...]:
    saved = dossiers.save_page(draft_id, page_key, raw, actor=actor_of(request), now=clock.now())
    return saved.errors


def _render(
    request: HttpRequest,
    draft: DraftView,
    number: int,
    shown: tuple[Page, ...],
    *,
    errors: tuple[FieldError, ...],
    extra: dict[str, int] | None = None,
) -> HttpResponse:
    here, language = shown[number], getattr(request, "LANGUAGE_CODE", "vi")
    around = Around(
        language=language,
        errors={e.path: e.message for e in reversed(errors)},
        sources=pages.source_words(draft.provenance),
        choices={"communes": pages.ward_options(clock.now())},
        extra_rows=extra or {},
    )
    model = pages.FillPage(
        title=here.title_in(language),
        help=here.help_in(language),
        step=f"Bước {number + 1} trong {len(shown) + 2}",
        back_url=f"/nhap/{draft.id}/trang/{shown[number - 1].key}"
        if number
        else f"/nhap/{draft.id}",
        save_url=f"/nhap/{draft.id}/trang/{here.key}/luu",
        procedure=draft.version.name,
        saved=dates.moment(draft.saved_at),
        questions=question_views(here.questions, draft.answers, around),
        trouble=draft.register_trouble,
        errors=error_links(errors),
    )
    return page(request, "dossiers/fill.html", model, status=422 if errors else 200)


def _next_url(draft: DraftView, page_key: str) -> str:
    number, shown = _page_of(draft, page_key)
    if number + 1 < len(shown):
        return f"/nhap/{draft.id}/trang/{shown[number + 1].key}"
    return f"/nhap/{draft.id}/giay-to"


@route(signed_in)
def autosave(request: HttpRequest, draft_id: UUID, page_key: str) -> HttpResponseBase:
    """Called by the page while somebody types; says when it was saved."""
    draft = _draft(request, draft_id)
    saved = dossiers.save_page(
        draft_id,
        page_key,
        _typed(request, draft, page_key),
        actor=actor_of(request),
        now=clock.now(),
    )
    return JsonResponse({"saved": dates.hour(saved.saved_at)})


@route(signed_in)
def papers(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """The papers: each by itself, stored before anything is sent."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _keep(request, draft_id)
        if not errors and "next" in request.POST:
            return redirect_after(f"/nhap/{draft_id}/xem-lai")
        if not errors:
            return redirect_after(f"/nhap/{draft_id}/giay-to")
    draft = _draft(request, draft_id)
    shown = _pages(draft)
    model = pages.PapersPage(
        title="Giấy tờ cần có",
        step=f"Bước {len(shown) + 1} trong {len(shown) + 2}",
        back_url=f"/nhap/{draft_id}/trang/{shown[-1].key}",
        next_url=f"/nhap/{draft_id}/xem-lai",
        procedure=draft.version.name,
        papers=pages.needed_papers(draft, now=clock.now(), errors=errors),
        errors=error_links(FieldError(k, "upload", m) for k, m in errors.items()),
    )
    return page(request, "dossiers/papers.html", model, status=422 if errors else 200)


def _keep(request: HttpRequest, draft_id: UUID) -> dict[str, str]:
    """Keep every file that came; one that is refused does not take the others with it."""
    actor, now, errors = actor_of(request), clock.now(), {}
    draft = _draft(request, draft_id)
    for key, uploads in request.FILES.lists():
        for upload in uploads:
            try:
                file = documents.keep_upload(
                    upload,
                    filename=upload.name or key,
                    by=actor,
                    now=now,
                    owner_person_id=draft.applicant_person_id,
                )
                dossiers.attach_paper(draft_id, key, file.id, actor=actor, now=now)
            except DomainError as refusal:
                errors[key] = refusal.message
    return errors


@route(signed_in)
def remove_paper(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Take a file away; the link carries which."""
    dossiers.detach_paper(
        draft_id,
        UUID(request.GET.get("tep") or request.POST.get("tep", "")),
        actor=actor_of(request),
        now=clock.now(),
    )
    return redirect_after(f"/nhap/{draft_id}/giay-to")
