"""Số hóa tại bàn: bring a paper by phone or scanner, let it be read, decide field by field."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts.digitised import ReadDecision, ReadingView
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DraftNotFound, FileNotYours
from motcua.contexts.dossiers.web.desk import digitising_pages as pages
from motcua.contexts.identity import public as identity
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Role
from motcua.kernel.errors import DomainError, Forbidden, NotFound
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of
from motcua.ui.parts import Crumb, FieldError

readers = roles(Role.RECEIVER, Role.CASE_OFFICER, Role.CLERK)
BRING, READING = "dossiers/desk/bring.html", "dossiers/desk/reading.html"
HARMLESS = "sandbox; default-src 'none'"
STAYS = (Forbidden, NotFound)  # refusals that are pages of their own


def _of_draft(request: HttpRequest, draft_id: UUID) -> pages.Matter:
    """Raises: DraftNotFound, NotFound for a paper that the procedure does not ask for."""
    draft = dossiers.draft(draft_id, actor_of(request), now=clock.now())
    key = request.GET.get("giay", "")
    component = draft.version.component(key)
    if component is None:
        raise NotFound("Thủ tục này không có giấy tờ đó.")
    return pages.Matter(
        subject=str(draft_id),
        key=key,
        paper=component.name,
        component_key=key,
        procedure=draft.version.procedure_code,
        base=f"/ban/so-hoa/{draft_id}",
        asked=urlencode({"giay": key}),
        back=Crumb(label="Giấy tờ của hồ sơ", url=f"/nhap/{draft_id}/giay-to#s-{key}"),
        owner_person_id=draft.applicant_person_id,
        files=tuple(p.file for p in draft.papers if p.component_key == key and p.file),
    )


def _of_dossier(request: HttpRequest, code: str, paper_id: UUID) -> pages.Matter:
    """Raises: DossierNotFound, NotFound for a paper that is not in force."""
    view = dossiers.desk_view(code, actor_of(request), now=clock.now())
    paper = next((one for one in view.dossier.papers if one.id == paper_id), None)
    if paper is None:
        raise NotFound("Hồ sơ này không có giấy đó, hoặc giấy đã được thay.")
    same = [p for p in view.dossier.papers if p.component_key == paper.component_key]
    return pages.Matter(
        subject=code,
        key=str(paper_id),
        paper=paper.name,
        component_key=paper.component_key,
        procedure=view.dossier.version.procedure_code,
        base=f"/ban/ho-so/{code}/so-hoa/{paper_id}",
        asked="",
        back=Crumb(label=f"Hồ sơ {code}", url=f"/ban/ho-so/{code}"),
        owner_person_id=view.dossier.applicant_person_id,
        files=tuple(p.file for p in same if p.file),
    )


def _shown(
    request: HttpRequest, matter: pages.Matter, *, error: str = "", status: int = 200
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    handoff = documents.handoff_of(
        matter.subject,
        matter.key,
        session_mark=identity.session_mark_of(request),
        by=actor,
        now=now,
    )
    errors = (FieldError(text=error, field="so-hoa"),) if error else ()
    fresh = documents.arrivals(actor, now=now)
    model = pages.bring_page(matter, handoff, fresh, now=now, errors=errors)
    return page(request, BRING, model, status=status)


def _tried(request: HttpRequest, matter: pages.Matter, do: Callable[[], str]) -> HttpResponseBase:
    """Do it and go where it says; a refusal comes back on the same page."""
    try:
        onward = do()
    except STAYS:
        raise
    except DomainError as refusal:
        return _shown(request, matter, error=refusal.message, status=int(refusal.kind))
    return redirect_after(onward)


@never_cache
@require_safe
@route(readers)
def bring(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """A paper of a draft: its files, a phone, the scanner of the desk."""
    return _shown(request, _of_draft(request, draft_id))


@never_cache
@require_safe
@route(readers)
def bring_for(request: HttpRequest, code: str, paper_id: UUID) -> HttpResponseBase:
    """The same for a paper of a dossier."""
    return _shown(request, _of_dossier(request, code, paper_id))


@require_POST
@route(readers)
def phone(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """A new address for one phone, for ten minutes."""
    matter = _of_draft(request, draft_id)
    return _tried(request, matter, lambda: _offer(request, matter))


@require_POST
@route(readers)
def phone_for(request: HttpRequest, code: str, paper_id: UUID) -> HttpResponseBase:
    """The same for a paper of a dossier."""
    matter = _of_dossier(request, code, paper_id)
    return _tried(request, matter, lambda: _offer(request, matter))


def _offer(request: HttpRequest, matter: pages.Matter) -> str:
    documents.offer_handoff(
        matter.subject,
        matter.key,
        title=matter.paper,
        owner_person_id=matter.owner_person_id,
        session_mark=identity.session_mark_of(request),
        by=actor_of(request),
        now=clock.now(),
    )
    return f"{matter.url()}#dien-thoai"


@require_POST
@route(readers)
def take(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """What the scanner laid down becomes a file of the paper."""
    matter, arrival_id = _of_draft(request, draft_id), _named(request, "ban")

    def taken() -> str:
        dossiers.take_scan(
            draft_id, matter.key, arrival_id, actor=actor_of(request), now=clock.now()
        )
        return matter.url()

    return _tried(request, matter, taken)


@require_POST
@route(readers)
def take_for(request: HttpRequest, code: str, paper_id: UUID) -> HttpResponseBase:
    """The same for a dossier, whose paper it then stands for."""
    matter, arrival_id = _of_dossier(request, code, paper_id), _named(request, "ban")

    def taken() -> str:
        dossiers.take_scan_for(code, paper_id, arrival_id, actor=actor_of(request), now=clock.now())
        return matter.back.url

    return _tried(request, matter, taken)


@require_POST
@route(readers)
def read(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Let a machine read a file of the paper."""
    matter, file_id = _of_draft(request, draft_id), _named(request, "tep")

    def asked() -> str:
        found = dossiers.read_draft_paper(
            draft_id, matter.key, file_id, actor=actor_of(request), now=clock.now()
        )
        return pages.reading_url(found.reading_id)

    return _tried(request, matter, asked)


@require_POST
@route(readers)
def read_for(request: HttpRequest, code: str, paper_id: UUID) -> HttpResponseBase:
    """The same for a paper of a dossier."""
    matter, file_id = _of_dossier(request, code, paper_id), _named(request, "tep")

    def asked() -> str:
        found = dossiers.read_dossier_paper(
            code, paper_id, file_id, actor=actor_of(request), now=clock.now()
        )
        return pages.reading_url(found.reading_id)

    return _tried(request, matter, asked)


def _named(request: HttpRequest, name: str) -> UUID:
    """What the address names. Raises: FileNotYours."""
    found = uuid_of(request.GET.get(name, ""))
    if found is None:
        raise FileNotYours
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(readers)
def reading(request: HttpRequest, reading_id: UUID) -> HttpResponseBase:
    """The page with its places at the left, the fields at the right; POST decides on one."""
    view = documents.reading_by_id(reading_id, actor_of(request), now=clock.now())
    if request.method != "POST":
        return _read_page(request, view, wanted=request.GET.get("o", ""))
    key, said = request.POST.get("key", ""), request.POST.get("decision", "")
    decision = ReadDecision(said) if said in set(ReadDecision) else ReadDecision.DISMISSED
    typed = request.POST.get("value", "")
    try:
        documents.decide_proposal(
            reading_id, key, decision, typed=typed, by=actor_of(request), now=clock.now()
        )
    except STAYS:
        raise
    except DomainError as refusal:
        return _read_page(
            request, view, wanted=key, errors={key: refusal.message}, typed=typed,
            status=int(refusal.kind),
        )  # fmt: skip
    after = documents.reading_by_id(reading_id, actor_of(request), now=clock.now())
    onward = pages.next_open(after, key)
    anchor = f"?o={onward}#o-{onward}" if onward else "#luu"
    return redirect_after(f"{pages.reading_url(reading_id)}{anchor}")


def _read_page(
    request: HttpRequest,
    view: ReadingView,
    *,
    wanted: str = "",
    errors: Mapping[str, str] | None = None,
    typed: str = "",
    status: int = 200,
) -> HttpResponseBase:
    declared, back = _declared(request, view)
    asked = request.GET.get("trang", "")
    model = pages.reading_page(
        view,
        declared,
        back,
        wanted=wanted,
        page=int(asked) if asked.isdecimal() and len(asked) < 4 else 0,
        errors=errors or {},
        typed=typed,
    )
    return page(request, READING, model, status=status)


def _declared(request: HttpRequest, view: ReadingView) -> tuple[Mapping[str, object], Crumb]:
    """What the form says, for who may see it; and the way back."""
    actor, now = actor_of(request), clock.now()
    draft_id = uuid_of(view.subject)
    if draft_id is None:
        found = dossiers.desk_view(view.subject, actor, now=now).dossier
        return found.answers, Crumb(label=f"Hồ sơ {found.code}", url=f"/ban/ho-so/{found.code}")
    try:
        draft = dossiers.draft(draft_id, actor, now=now)
    except DraftNotFound:
        return {}, Crumb(label="Tiếp nhận tại quầy", url="/quay")
    return draft.answers, Crumb(label="Giấy tờ của hồ sơ", url=f"/nhap/{draft_id}/giay-to")


@require_safe
@route(readers)
def picture(request: HttpRequest, reading_id: UUID, number: int) -> HttpResponseBase:
    """One page of the paper that is read. Raises: ReadingNotFound, and as for its file."""
    actor, now = actor_of(request), clock.now()
    view = documents.reading_by_id(reading_id, actor, now=now)
    documents.check_scanned(view.file, actor.account_id)
    documents.check_cleared(view.file, actor)
    if not 1 <= number <= max(1, view.file.pages or 1):
        raise NotFound
    answer = HttpResponse(documents.page_picture(view.file.id, number), content_type="image/jpeg")
    answer["Content-Security-Policy"] = HARMLESS
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@route(readers)
def again(request: HttpRequest, reading_id: UUID) -> HttpResponseBase:
    """Try once more what could not be read."""
    dossiers.read_again(reading_id, actor=actor_of(request), now=clock.now())
    return redirect_after(pages.reading_url(reading_id))


@require_POST
@route(readers)
def keep(request: HttpRequest, reading_id: UUID) -> HttpResponseBase:
    """What was confirmed becomes evidence of the person and fills blanks of the draft."""
    actor, now = actor_of(request), clock.now()
    view = documents.reading_by_id(reading_id, actor, now=now)
    try:
        done = dossiers.keep_read_values(reading_id, actor=actor, now=now)
    except STAYS:
        raise
    except DomainError as refusal:
        return _read_page(request, view, errors={"luu": refusal.message}, status=int(refusal.kind))
    filled = f" Đã điền {len(done.filled)} ô còn trống của đơn." if done.filled else ""
    messages.success(request, f"Đã lưu vào kho giấy tờ của người nộp.{filled}")
    _declared_now, back = _declared(request, view)
    return redirect_after(back.url)


@never_cache
@require_safe
@route(readers)
def scanner(request: HttpRequest) -> HttpResponseBase:
    """What the scanners of one's desks laid down and nobody took."""
    fresh = documents.arrivals(actor_of(request), now=clock.now())
    lines = tuple(pages.arrival_line(one) for one in fresh)
    return page(request, "dossiers/desk/scanner.html", pages.ScannerPage(arrivals=lines))


@require_POST
@route(readers)
def drop(request: HttpRequest, arrival_id: UUID) -> HttpResponseBase:
    """Nobody needs this scan. Raises: ArrivalGone."""
    documents.drop_arrival(arrival_id, by=actor_of(request), now=clock.now())
    return redirect_after("/ban/may-quet")
