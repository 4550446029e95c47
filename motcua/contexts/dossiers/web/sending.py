"""Bắt đầu, xem lại, nộp: the ends of the form."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    AnswersIncomplete,
    DraftView,
    PapersMissing,
    ReturnForm,
)
from motcua.contexts.dossiers.web import pages
from motcua.contexts.identity import public as identity
from motcua.kernel import clock
from motcua.kernel.access import route, signed_in
from motcua.kernel.clock import city_date
from motcua.kernel.forms import visible
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui.parts import Fact, FieldError, Option

RETURNS = (
    Option(value=ReturnForm.ELECTRONIC, label="Bản điện tử trong Ví giấy tờ"),
    Option(value=ReturnForm.COUNTER, label="Nhận tại nơi tiếp nhận"),
    Option(value=ReturnForm.POST, label="Gửi bưu chính công ích"),
)
HOME_WARD = "26740"


@route(signed_in)
def begin(request: HttpRequest, code: str) -> HttpResponseBase:
    """POST: begin an application for the procedure, in the commune where one lives."""
    if request.method != "POST":
        return redirect_after(f"/thu-tuc/{code}")
    actor = actor_of(request)
    ward = request.POST.get("ward", "")
    if not ward and actor.person_id:
        ward = identity.person(actor.person_id).ward_code
    begun = dossiers.begin_draft(code, ward_code=ward or HOME_WARD, actor=actor, now=clock.now())
    return redirect_after(f"/nhap/{begun.draft_id}")


@route(signed_in)
def check(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Everything on one page; sending names the act and the money."""
    actor, now = actor_of(request), clock.now()
    errors: tuple[FieldError, ...] = ()
    if request.method == "POST":
        wanted = ReturnForm(request.POST.get("return_form", ReturnForm.ELECTRONIC))
        try:
            draft = dossiers.draft(draft_id, actor, now=now)
            if draft.return_form is not wanted:
                dossiers.set_return_form(draft_id, wanted, actor=actor, now=now)
            receipt = dossiers.submit_draft(draft_id, actor=actor, now=now)
            return redirect_after(f"/ho-so/{receipt.code}/da-nop")
        except (AnswersIncomplete, PapersMissing) as refusal:
            errors = (FieldError(text=refusal.message, field=refusal.field or ""),)
    draft = dossiers.draft(draft_id, actor, now=now)
    return page(
        request, "dossiers/check.html", _check_page(draft, errors), status=422 if errors else 200
    )


def _check_page(draft: DraftView, errors: tuple[FieldError, ...]) -> pages.CheckPage:
    now, url = clock.now(), f"/nhap/{draft.id}"
    lacking = dossiers.missing_of(draft, now=now)
    if lacking and not errors:
        errors = tuple(FieldError(text=sentence, field=key) for key, sentence in lacking)
    fees = dossiers.expected_fees(draft)
    total = sum(line.amount or 0 for line in fees)
    known = f" và trả {total:,} đ".replace(",", ".") if total else ""
    return pages.CheckPage(
        title="Xem lại trước khi nộp",
        back_url=f"{url}/giay-to",
        procedure=draft.version.name,
        sections=tuple(
            (p.title, pages.answer_facts(p, draft, f"{url}/trang/{p.key}"))
            for p in visible(draft.version.form, draft.answers, today=city_date(now))
        ),
        papers=tuple(pages.file_row(paper.file, paper.name) for paper in draft.papers),
        fees=tuple(
            Fact(
                label=line.label,
                value=line.amount.vnd() if line.amount else line.text or "Không thu",
            )
            for line in fees
        ),
        promise=dossiers.promise(draft, now=now),
        return_forms=RETURNS,
        return_form=draft.return_form,
        button=f"Nộp hồ sơ{known}",
        ready=not lacking,
        errors=errors,
    )


@route(signed_in)
def drop(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """POST: throw the draft away."""
    if request.method == "POST":
        dossiers.drop_draft(draft_id, actor=actor_of(request), now=clock.now())
        return redirect_after("/ho-so")
    return redirect_after(f"/nhap/{draft_id}")
