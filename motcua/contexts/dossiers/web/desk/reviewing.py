"""Xem lại: what the unhappy asked of this unit, and the outcome for the unit it was about."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.dossiers.actions.reviews import answer_review
from motcua.contexts.dossiers.contracts.reviews import FINDING_WORDS, ReviewView
from motcua.contexts.dossiers.policies import REVIEWS
from motcua.contexts.dossiers.queries import reviews as asked
from motcua.contexts.dossiers.rules import reviews as rules
from motcua.contexts.dossiers.web import pages
from motcua.contexts.dossiers.web.reviewing import chip_of
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.errors import Invalid
from motcua.kernel.purpose import Purpose
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.exporting import csv_answer
from motcua.ui.parts import Cell, Chip, Crumb, Empty, Export, Fact, FieldError, RiverStep, Table

URL = "/ban/xem-lai"
REVIEWERS = roles(*REVIEWS)
HEADS = ("Hồ sơ", "Thủ tục", "Đơn vị bị phản ánh", "Số sao", "Hạn trả lời", "Kết luận", "Ý kiến")
AGREED = {True: "đồng ý", False: "chưa đồng ý", None: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsPage:
    title: str
    note: str
    table: Table
    switch_url: str
    switch_label: str
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    id: UUID
    title: str
    chip: Chip
    facts: tuple[Fact, ...]
    text: str
    answer: str
    steps: tuple[RiverStep, ...]
    findings: tuple[tuple[str, str], ...]
    answer_url: str
    crumbs: tuple[Crumb, ...]
    typed: str = ""
    finding: str = ""
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_safe
@route(REVIEWERS, purpose=Purpose.AUDIT)
def listed(request: HttpRequest) -> HttpResponseBase:
    """What waits, next due first; with `da-tra-loi` what was answered."""
    actor, now = actor_of(request), clock.now()
    answered = bool(request.GET.get("da-tra-loi"))
    rows = asked.reviews(actor, now=now, answered=answered)
    waiting, late, done = asked.counts(actor, now=now)
    export = Export(formats=(("CSV", f"{URL}/xuat.csv"),)) if rows else None
    title = "Đề nghị đã trả lời" if answered else "Đề nghị xem lại"
    model = ReviewsPage(
        title=title,
        note=f"Chờ trả lời: {waiting}, trong đó trễ: {late}. Đã trả lời: {done}. {review_clock()}",
        table=Table(
            caption=title,
            heads=tuple((head, False) for head in HEADS),
            rows=tuple(_row(one) for one in rows),
            export=export,
            empty=Empty(title="Không có đề nghị nào", icon="scale"),
        ),
        switch_url=URL if answered else f"{URL}?da-tra-loi=1",
        switch_label="Đang chờ" if answered else "Đã trả lời",
        crumbs=(Crumb(label="Bàn làm việc", url="/ban"), Crumb(label="Đề nghị xem lại")),
    )
    return page(request, "dossiers/desk/reviews.html", model)


def review_clock() -> str:
    rule = rules.rule()
    return f"Hạn {rule.days} ngày làm việc, độ tin {rule.mark}: chưa đối chiếu với văn bản luật."


def _row(one: ReviewView) -> tuple[Cell, ...]:
    return (
        Cell(text=one.code, url=f"{URL}/{one.id}"),
        Cell(text=one.procedure_name),
        Cell(text=one.about_unit),
        Cell(text=str(one.stars)),
        Cell(text=dates.city_moment(one.due_at)),
        Cell(text="", chip=chip_of(one)),
        Cell(text=AGREED[one.agreed]),
    )


@never_cache
@require_safe
@route(REVIEWERS, purpose=Purpose.AUDIT)
def export(request: HttpRequest) -> HttpResponseBase:
    """The lists as a file, without anybody's words."""
    actor, now = actor_of(request), clock.now()
    found = [one for done in (False, True) for one in asked.reviews(actor, now=now, answered=done)]
    rows = [
        (
            one.code, one.procedure_name, one.about_unit, str(one.stars),
            one.due_at.isoformat(), chip_of(one).label, AGREED[one.agreed],
        )
        for one in found
    ]  # fmt: skip
    return csv_answer("de-nghi-xem-lai.csv", HEADS, rows)


@never_cache
@require_safe
@route(REVIEWERS, purpose=Purpose.AUDIT)
def show(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    """One request with the course of the dossier, and the form of the answer."""
    return _page(request, review_id)


@never_cache
@require_POST
@route(REVIEWERS, purpose=Purpose.AUDIT)
def answer(request: HttpRequest, review_id: UUID) -> HttpResponseBase:
    typed, finding = request.POST.get("text", ""), request.POST.get("finding", "")
    try:
        answer_review(review_id, finding, typed, actor=actor_of(request), now=clock.now())
    except Invalid as problem:
        return _page(request, review_id, typed=typed, finding=finding, problem=problem)
    messages.success(request, "Đã trả lời người dân. Đơn vị giải quyết nhận được kết luận.")
    return redirect_after(URL)


def _page(
    request: HttpRequest,
    review_id: UUID,
    *,
    typed: str = "",
    finding: str = "",
    problem: Invalid | None = None,
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    one = asked.review(review_id, actor, now=now)
    errors = (FieldError(text=problem.message, field=problem.field or "text"),) if problem else ()
    model = ReviewPage(
        id=one.id,
        title=f"Xem lại hồ sơ {one.code}",
        chip=chip_of(one),
        facts=_facts(one),
        text=one.text,
        answer=one.answer,
        steps=pages.river(asked.course_of(review_id, actor, now=now)),
        findings=tuple((key.value, words) for key, words in FINDING_WORDS.items()),
        answer_url=f"{URL}/{one.id}/tra-loi" if one.can_answer else "",
        crumbs=(Crumb(label="Đề nghị xem lại", url=URL), Crumb(label=one.code)),
        typed=typed,
        finding=finding,
        errors=errors,
    )
    return page(request, "dossiers/desk/review.html", model, status=422 if problem else 200)


def _facts(one: ReviewView) -> tuple[Fact, ...]:
    return (
        Fact(label="Thủ tục", value=one.procedure_name),
        Fact(label="Đơn vị đã giải quyết", value=one.about_unit),
        Fact(label="Cơ quan xem lại", value=one.unit_name),
        Fact(label="Số sao", value=str(one.stars)),
        Fact(label="Đề nghị lúc", value=dates.city_moment(one.asked_at)),
        Fact(label="Hạn trả lời", value=dates.city_moment(one.due_at)),
        Fact(label="Ý kiến người dân", value=AGREED[one.agreed] or "chưa có"),
    )
