"""Giấy tờ của bản nháp: each paper by itself, stored before anything is sent."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import EmptyFile
from motcua.contexts.documents.contracts.digitised import EvidenceNotFound, EvidenceView
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    DraftPaper,
    DraftView,
    ResultNotReusable,
    WalletPaper,
)
from motcua.contexts.dossiers.web import draft_pages, pages
from motcua.contexts.dossiers.web.answering import pages_of, step_words
from motcua.contexts.dossiers.web.bringing import Brought, brought
from motcua.contexts.dossiers.web.helping import heading, shown_original, source_of_paper
from motcua.kernel import clock, idempotency
from motcua.kernel.access import route, signed_in
from motcua.kernel.actors import Actor
from motcua.kernel.errors import DomainError, NotFound
from motcua.kernel.forms import FieldError
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of
from motcua.ui.questions import error_links
from motcua.ui.words import foreign


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
    return shown_papers(request, draft_id, errors=errors, notices=notices)


def shown_papers(
    request: HttpRequest,
    draft_id: UUID,
    *,
    errors: Mapping[str, str],
    notices: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponseBase:
    """The page, with what was refused and what is to be known beside each paper."""
    draft = dossiers.draft(draft_id, actor_of(request), now=clock.now())
    shown, at_desk = pages_of(draft), actor_of(request).is_officer
    model = draft_pages.PapersPage(
        title=_("Giấy tờ cần có"),
        url=f"/nhap/{draft_id}/giay-to",
        step=step_words(len(shown) + 1, shown),
        back_url=f"/nhap/{draft_id}/trang/{shown[-1].key}",
        procedure=heading(draft, actor_of(request)),
        language=foreign() if not draft.version.name_en else "",
        papers=draft_pages.needed_papers(
            draft,
            now=clock.now(),
            errors=errors,
            notices=notices,
            at_desk=at_desk,
            wallet=_wallet(draft, actor_of(request)),
            kept=_kept_before(draft, actor_of(request)),
        ),
        at_desk=at_desk,
        limit=settings.MAX_UPLOAD_BYTES,
        errors=error_links(FieldError(k, "upload", m) for k, m in errors.items()),
    )
    return page(request, "dossiers/papers.html", model, status=422 if errors else 200)


def _wallet(draft: DraftView, actor: Actor) -> tuple[WalletPaper, ...]:
    """Of whom the draft is for; an officer at the counter has no wallet to offer."""
    own = draft.applicant_person_id and actor.is_party(draft.applicant_person_id)
    return dossiers.wallet_papers(actor, now=clock.now()) if own else ()


def _kept_before(draft: DraftView, actor: Actor) -> tuple[EvidenceView, ...]:
    """Papers of whom the draft is for that an officer digitised, for the owner and the counter."""
    kinds = {
        kind.key
        for component in draft.version.components
        if (kind := documents.paper_kind_for(component.key, draft.version.procedure_code))
    }
    if draft.applicant_person_id is None or not kinds:
        return ()
    return documents.evidence_for(draft.applicant_person_id, kinds, actor, now=clock.now())


@route(signed_in)
def reuse_digitised(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """POST: a paper that was digitised before answers for one; the address says which for which."""
    key, evidence_id = request.GET.get("giay", ""), uuid_of(request.GET.get("ban", ""))
    if request.method != "POST" or evidence_id is None:
        return redirect_after(f"/nhap/{draft_id}/giay-to")
    actor, now = actor_of(request), clock.now()
    try:
        done = dossiers.reuse_evidence(draft_id, key, evidence_id, actor=actor, now=now)
    except EvidenceNotFound as refusal:
        return shown_papers(request, draft_id, errors={key: refusal.message})
    if done.filled:
        told = ngettext(
            "Đã điền %(n)s ô còn trống theo giấy.",
            "Đã điền %(n)s ô còn trống theo giấy.",
            len(done.filled),
        )
        messages.success(request, told % {"n": len(done.filled)})
    return redirect_after(f"/nhap/{draft_id}/giay-to#s-{key}")


@route(signed_in)
def reuse_result(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """POST: a result of the wallet answers for a paper; the address carries which for which."""
    key, issued_id = request.GET.get("giay", ""), uuid_of(request.GET.get("ket-qua", ""))
    if request.method != "POST" or issued_id is None:
        return redirect_after(f"/nhap/{draft_id}/giay-to")
    actor, now = actor_of(request), clock.now()
    draft = dossiers.draft(draft_id, actor, now=now)
    if draft.version.component(key) is None:
        raise NotFound(_("Thủ tục này không có giấy tờ đó."))
    try:
        dossiers.reuse_result(draft_id, key, issued_id, actor=actor, now=now)
    except ResultNotReusable as refusal:
        return shown_papers(request, draft_id, errors={key: refusal.message})
    return redirect_after(f"/nhap/{draft_id}/giay-to#s-{key}")


def _keep(request: HttpRequest, draft_id: UUID) -> tuple[dict[str, str], dict[str, str]]:
    """Keep every file that came; one that is refused does not take the others with it.

    Returns refusals and notices by paper.
    """
    errors: dict[str, str] = {}
    notices: dict[str, str] = {}
    came = list(brought(request))
    draft = dossiers.draft(draft_id, actor_of(request), now=clock.now())
    wanted = request.POST.get("only", "")
    if actor_of(request).is_officer and (key := request.POST.get("original", "")):
        _show_or_forget(request, draft, key)
        return {}, {}
    if wanted and not came:
        errors[wanted] = EmptyFile(_("Bạn chọn tệp rồi bấm Tải lên.")).message
    for one in came:
        try:
            notice = _attach(request, draft, one)
        except DomainError as refusal:
            errors[one.key] = f"{one.name}: {refusal.message}"
        else:
            if notice:
                notices[one.key] = notice
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


def _attach(request: HttpRequest, draft: DraftView, one: Brought) -> str:
    """Keep one file under its paper; the same file again changes nothing. Returns a notice.

    Raises: NotFound, and as `documents.keep_upload`.
    """
    actor, now = actor_of(request), clock.now()
    if draft.version.component(one.key) is None:
        raise NotFound(_("Thủ tục này không có giấy tờ đó."))
    with idempotency.using(""):
        file = one.keep(by=actor, now=now, owner_person_id=draft.applicant_person_id)
        same = [p for p in draft.papers if p.file and p.file.sha256 == file.sha256]
        if any(p.component_key == one.key for p in same):
            return _("Tệp này đã có ở giấy này, nên không thêm lần nữa.")
        dossiers.attach_paper(
            draft.id, one.key, file.id, actor=actor, now=now, source=source_of_paper(actor)
        )
    return " ".join(filter(None, (file.notice, _said_twice(draft, same))))


def _said_twice(draft: DraftView, same: list[DraftPaper]) -> str:
    """The same bytes under another paper are often the wrong file, and sometimes right."""
    if not same:
        return ""
    name, _language = pages.paper_name(draft.version, same[0].component_key, same[0].name)
    sentence = _("Tệp này giống hệt tệp bạn đã gửi cho «%(paper)s». Bạn xem có chọn nhầm không.")
    return sentence % {"paper": name}


@route(signed_in)
def remove_paper(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """POST: take a file away; the address carries which."""
    which = request.GET.get("tep", "")
    if request.method == "POST":
        draft = dossiers.draft(draft_id, actor_of(request), now=clock.now())
        ids = [p.file.id for p in draft.papers if p.file and str(p.file.id) == which]
        for file_id in ids:
            dossiers.detach_paper(draft_id, file_id, actor=actor_of(request), now=clock.now())
    return redirect_after(f"/nhap/{draft_id}/giay-to")
