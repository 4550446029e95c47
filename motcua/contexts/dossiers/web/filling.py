"""Điền hồ sơ: the parts of a draft and how far they are, and its papers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DraftView
from motcua.contexts.dossiers.rules.place import place_question
from motcua.contexts.dossiers.web import draft_pages, pages
from motcua.contexts.dossiers.web.helping import heading, way_back
from motcua.contexts.dossiers.web.answering import own_draft, shown_pages, step_words
from motcua.contexts.dossiers.web.helping import heading, shown_original, source_of_paper, way_back
from motcua.kernel import clock, idempotency
from motcua.kernel.access import route, signed_in
from motcua.kernel.codes import WardCode
from motcua.kernel.db import Stale
from motcua.kernel.errors import NotFound
from motcua.kernel.forms import FieldError, Page, raw_from_post, visible
from motcua.kernel.errors import DomainError, NotFound
from motcua.kernel.forms import FieldError
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui.parts import Chip, Crumb, ListedTask, Tone
from motcua.ui.questions import error_links
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
    draft, now = own_draft(request, draft_id), clock.now()
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
        for p in shown_pages(draft)
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
@never_cache
@route(signed_in)
def papers(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """The papers: each by itself, stored before anything is sent."""
    errors: dict[str, str] = {}
    notices: dict[str, str] = {}
    if request.method == "POST":
        errors, notices = _keep(request, draft_id)
        if not errors and not notices:
            onward = "xem-lai" if "next" in request.POST else "giay-to"
            return redirect_after(f"/nhap/{draft_id}/{onward}")
    draft = own_draft(request, draft_id)
    shown, at_desk = shown_pages(draft), actor_of(request).is_officer
    model = draft_pages.PapersPage(
        title=_("Giấy tờ cần có"),
        step=step_words(len(shown) + 1, shown),
        back_url=f"/nhap/{draft_id}/trang/{shown[-1].key}",
        procedure=heading(draft, actor_of(request)),
        language=foreign() if not draft.version.name_en else "",
        papers=draft_pages.needed_papers(
            draft, now=clock.now(), errors=errors, notices=notices, at_desk=at_desk
        ),
        at_desk=at_desk,
        errors=error_links(FieldError(k, "upload", m) for k, m in errors.items()),
    )
    return page(request, "dossiers/papers.html", model, status=422 if errors else 200)


def _keep(request: HttpRequest, draft_id: UUID) -> tuple[dict[str, str], dict[str, str]]:
    """Keep every file that came; one that is refused does not take the others with it.

    Returns refusals and notices by paper.
    """
    errors: dict[str, str] = {}
    notices: dict[str, str] = {}
    came = list(uploads(request))
    draft = own_draft(request, draft_id)
    wanted = request.POST.get("only", "")
    if actor_of(request).is_officer and (key := request.POST.get("original", "")):
        _show_or_forget(request, draft, key)
        return {}, {}
    if wanted and not came:
        errors[wanted] = EmptyFile(_("Bạn chọn tệp rồi bấm Tải lên.")).message
    for key, upload in came:
        try:
            notice = _attach(request, draft, key, upload)
        except DomainError as refusal:
            errors[key] = f"{upload.name}: {refusal.message}"
        else:
            if notice:
                notices[key] = notice
    return errors, notices


def _show_or_forget(request: HttpRequest, draft: DraftView, key: str) -> None:
    """The original was shown at the desk; pressed again, it was not."""
    actor, now = actor_of(request), clock.now()
    if draft.version.component(key) is None:
        raise NotFound(_("Thủ tục này không có giấy tờ đó."))
    if shown_original(draft, key):
        dossiers.forget_original(draft.id, key, actor=actor, now=now)
    else:
        source = source_of_paper(actor)
        dossiers.attach_paper(draft.id, key, None, actor=actor, now=now, source=source)


def uploads(request: HttpRequest) -> "Iterator[tuple[str, UploadedFile[Any]]]":
    """Every file of the form with the key of its paper."""
    for key, files in request.FILES.lists():
        for upload in files:
            yield key, upload


def _attach(request: HttpRequest, draft: DraftView, key: str, upload: "UploadedFile[Any]") -> str:
    """Keep one file under its paper; the same file again changes nothing. Returns a notice.

    Raises: NotFound, and as `documents.keep_upload`.
    """
    actor, now = actor_of(request), clock.now()
    if draft.version.component(key) is None:
        raise NotFound(_("Thủ tục này không có giấy tờ đó."))
    with idempotency.using(""):
        file = documents.keep_upload(
            upload,
            filename=upload.name or key,
            by=actor,
            now=now,
            owner_person_id=draft.applicant_person_id,
        )
        known = {(p.component_key, p.file.sha256) for p in draft.papers if p.file}
        if (key, file.sha256) not in known:
            dossiers.attach_paper(
                draft.id, key, file.id, actor=actor, now=now, source=source_of_paper(actor)
            )
    return file.notice


@route(signed_in)
def remove_paper(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """POST: take a file away; the address carries which."""
    which = request.GET.get("tep", "")
    if request.method == "POST":
        draft = own_draft(request, draft_id)
        ids = [p.file.id for p in draft.papers if p.file and str(p.file.id) == which]
        for file_id in ids:
            dossiers.detach_paper(draft_id, file_id, actor=actor_of(request), now=clock.now())
    return redirect_after(f"/nhap/{draft_id}/giay-to")
