"""Theo dõi: one's dossiers, the tracker, and everything an applicant does after sending."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DossierView, GivenPaper, NothingAsked, Supply
from motcua.contexts.dossiers.web import pages
from motcua.kernel import clock
from motcua.kernel.access import route, signed_in
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import (
    Action,
    Chip,
    Confirmation,
    Crumb,
    Empty,
    Fact,
    FieldError,
    Pager,
    Tone,
)


@route(signed_in)
def mine(request: HttpRequest) -> HttpResponseBase:
    """Open drafts and dossiers in one list, newest first."""
    actor, now = actor_of(request), clock.now()
    found = dossiers.mine(actor, now=now, before=request.GET.get("truoc", ""))
    model = pages.MinePage(
        tasks=tuple(pages.mine_task(line) for line in found.lines),
        drafts=tuple(pages.draft_task(d) for d in dossiers.drafts_of(actor, now=now)),
        empty=Empty(
            title="Bạn chưa có hồ sơ nào",
            text="Hồ sơ bạn nộp và bản nháp nằm ở đây.",
            action=Action(label="Tìm thủ tục", url="/thu-tuc", kind="primary"),
        ),
        pager=Pager(older_url=f"/ho-so?truoc={found.older}") if found.older else None,
    )
    return page(request, "dossiers/mine.html", model)


def _view(request: HttpRequest, code: str) -> DossierView:
    return dossiers.dossier(code, actor_of(request), now=clock.now())


@route(signed_in)
def tracker(request: HttpRequest, code: str) -> HttpResponseBase:
    """Where it is, whose turn it is, when it is due and why."""
    return page(
        request, "dossiers/tracker.html", pages.tracker_page(_view(request, code), now=clock.now())
    )


@route(signed_in)
def receipt(request: HttpRequest, code: str) -> HttpResponseBase:
    """Right after sending: code, secret, every file with its size, the due date explained."""
    view = _view(request, code)
    given = dossiers.receipt(code, actor_of(request), now=clock.now())
    actions = [Action(label="Theo dõi hồ sơ", url=f"/ho-so/{code}", kind="primary")]
    if view.invoice and view.invoice.outstanding > 0:
        pay = Action(
            label=f"Trả {view.invoice.outstanding.vnd()}",
            url=f"/thanh-toan/{view.invoice.code}",
            kind="primary",
        )
        actions = [pay, Action(label="Theo dõi hồ sơ", url=f"/ho-so/{code}")]
    model = pages.ReceiptPage(
        confirmation=Confirmation(
            title="Bạn đã nộp hồ sơ",
            code=code,
            text=view.version.name,
            qr=dossiers.track_url(code),
            facts=(
                Fact(label="Nộp lúc", value=dates.moment(given.submitted_at)),
                Fact(label="Nơi tiếp nhận", value=view.receiving_unit),
                Fact(label="Mã tra cứu", value=given.secret),
            ),
            next_steps=(given.due_sentence, "Bạn nhận tin khi hồ sơ được tiếp nhận."),
            actions=tuple(actions),
        ),
        papers=tuple(pages.file_row(p.file, p.name) for p in view.papers),
    )
    return page(request, "dossiers/receipt.html", model)


@route(signed_in)
def supply(request: HttpRequest, code: str) -> HttpResponseBase:
    """Answer a supplement request: per paper what is wrong and how to mend it."""
    actor, now = actor_of(request), clock.now()
    view = _view(request, code)
    asked = view.open_supplement
    if asked is None:
        raise NothingAsked
    errors: dict[str, str] = {}
    if request.method == "POST":
        papers, errors = _kept(request, view)
        if not errors:
            try:
                command = Supply(code=code, papers=papers, note=request.POST.get("note", ""))
                dossiers.supply(command, actor=actor, now=now)
                return redirect_after(f"/ho-so/{code}")
            except DomainError as refusal:
                errors = {"papers": refusal.message}
    model = pages.SupplyPage(
        code=code,
        title="Gửi thêm giấy tờ",
        back_url=f"/ho-so/{code}",
        intro=f"{asked.asked_by or 'Cán bộ'} hỏi ngày {dates.day(asked.asked_at)}. "
        "Các giấy khác đã được nhận.",
        effect="Đồng hồ giải quyết chạy tiếp ngay khi bạn gửi.",
        papers=tuple(
            pages.NeededPaper(
                key=item.component_key,
                name=item.what,
                note=f"{item.why} {item.how}" + (f" Căn cứ: {item.law}." if item.law else ""),
                state=Chip(label="Cần gửi", tone=Tone.TURN, icon="hand"),
                by_upload=True,
                files=(),
                error=errors.get(item.component_key, ""),
            )
            for item in asked.items
        ),
        errors=tuple(FieldError(text=m, field=k) for k, m in errors.items()),
    )
    return page(request, "dossiers/supply.html", model, status=422 if errors else 200)


def _kept(request: HttpRequest, view: DossierView) -> tuple[tuple[GivenPaper, ...], dict[str, str]]:
    """Keep every file that came; refusals by paper."""
    kept: list[GivenPaper] = []
    errors: dict[str, str] = {}
    for key, uploads in request.FILES.lists():
        for upload in uploads:
            try:
                file = documents.keep_upload(
                    upload,
                    filename=upload.name or key,
                    by=actor_of(request),
                    now=clock.now(),
                    owner_person_id=view.applicant_person_id,
                )
                kept.append(GivenPaper(component_key=key, file_id=UUID(str(file.id))))
            except DomainError as refusal:
                errors[key] = refusal.message
    return tuple(kept), errors


@route(signed_in)
def withdraw(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask first, then withdraw."""
    view = _view(request, code)
    if request.method == "POST":
        dossiers.withdraw(
            code, request.POST.get("reason", ""), actor=actor_of(request), now=clock.now()
        )
        return redirect_after(f"/ho-so/{code}")
    model = pages.WithdrawPage(code=code, name=view.version.name, back_url=f"/ho-so/{code}")
    return page(request, "dossiers/withdraw.html", model)


@route(signed_in)
def message(request: HttpRequest, code: str) -> HttpResponseBase:
    """POST: write in the thread."""
    if request.method == "POST":
        dossiers.send_message(
            code, request.POST.get("text", ""), actor=actor_of(request), now=clock.now()
        )
    return redirect_after(f"/ho-so/{code}#trao-doi")


@route(signed_in)
def rate(request: HttpRequest, code: str) -> HttpResponseBase:
    """POST: one tap, then one optional line."""
    if request.method == "POST":
        stars = request.POST.get("stars", "")
        dossiers.rate(
            code,
            int(stars) if stars.isdecimal() else 0,
            request.POST.get("comment", ""),
            actor=actor_of(request),
            now=clock.now(),
        )
    return redirect_after(f"/ho-so/{code}#cham-diem")


@route(signed_in)
def why(request: HttpRequest, code: str) -> HttpResponseBase:
    """Vì sao tôi thấy, không thấy hồ sơ này."""
    found = dossiers.why(code, actor_of(request), now=clock.now())
    model = pages.WhyPage(
        code=code,
        sees=found.sees,
        because=found.because,
        otherwise=found.otherwise,
        crumbs=(Crumb(label="Hồ sơ", url=f"/ho-so/{code}"), Crumb(label="Vì sao tôi thấy")),
    )
    return page(request, "dossiers/why.html", model)
