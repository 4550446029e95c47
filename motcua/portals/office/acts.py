"""Sắp xếp tổ chức: acts on record, writing one, seeing what it would change, carrying it out."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import (
    ActKind,
    ActLineView,
    ActMalformed,
    ActText,
    ActView,
    OpenWork,
    UnitChangedAlready,
    WorkNeedsHeir,
)
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.forms.dates import day_of_parts
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.portals.office import act_pages
from motcua.portals.office.act_pages import KINDS, TITLE, URL
from motcua.portals.office.asking import ADMINISTRATORS
from motcua.portals.office.listing import Listing, Row, exported, list_page, number_cell, shown
from motcua.ui import dates
from motcua.ui.parts import Action, Cell, Chip, Crumb, Empty, Fact, Tone
from motcua.ui.words import count

HEADS = (("Quyết định", False), ("Loại", False), ("Có hiệu lực", False), ("Đơn vị", True),
         ("Việc đang mở", False), ("Số văn bản", False))  # fmt: skip
LINE_HEADS = (("Đơn vị cũ", False), ("Tên cũ", False), ("Vào đơn vị", False), ("Tên mới", False),
              ("Phần", False), ("Nhận việc đang mở", False))  # fmt: skip
PROPOSALS = f"{URL}/de-nghi"
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
REFUSALS = (ActMalformed, UnitChangedAlready, WorkNeedsHeir)


@require_safe
@route(ADMINISTRATORS)
def acts(request: HttpRequest) -> HttpResponseBase:
    """Every act, newest first, and what waits for a second administrator."""
    model = list_page(
        TITLE,
        _acts_listing(),
        note="Việc đang mở đi theo đơn vị nhận việc; ngày hẹn trả không đổi.",
        facts=tuple(
            Fact(label=f"Chờ thi hành: {one.text.title}", value="Xem", url=f"{PROPOSALS}/{one.id}")
            for one in act_pages.waiting()
        ),
        actions=(Action(label="Soạn sắp xếp", url=f"{URL}/moi", kind="primary", icon="plus"),),
    )
    return shown(request, model)


@require_safe
@route(ADMINISTRATORS)
def export(request: HttpRequest) -> HttpResponseBase:
    return exported("sap-xep.csv", _acts_listing())


def _acts_listing() -> Listing:
    found = sorted(
        organisations.reorganisations(FIRST, LAST), key=lambda one: one.effective_on, reverse=True
    )
    return Listing(
        heads=HEADS,
        rows=tuple(map(_act_row, found)),
        empty=Empty(title="Chưa có lần sắp xếp nào", icon="users"),
        export_url=f"{URL}/xuat.csv",
    )


def _act_row(found: ActView) -> Row:
    passed = (
        Chip(label="Đã chuyển hết", tone=Tone.OK, icon="circle-check")
        if found.work_passed_at
        else Chip(label="Đang chuyển", tone=Tone.INFO, icon="clock")
    )
    return (
        Cell(text=found.title, url=f"{URL}/{found.id}"),
        Cell(text=KINDS[found.kind]),
        Cell(text=dates.day(found.effective_on)),
        number_cell(count(len({line.old_code for line in found.lines}))),
        Cell(text="", chip=passed),
        Cell(text=found.document or "chưa có số, chưa xác minh"),
    )


@require_safe
@route(ADMINISTRATORS)
def one(request: HttpRequest, act_id: UUID) -> HttpResponseBase:
    """Which unit passed into which."""
    found = organisations.act(act_id)
    passed = found.work_passed_at
    model = list_page(
        found.title,
        _lines_listing(found),
        facts=(
            Fact(label="Loại", value=KINDS[found.kind]),
            Fact(label="Có hiệu lực", value=dates.day(found.effective_on)),
            Fact(label="Việc đang mở", value=f"đã chuyển hết, {dates.city_moment(passed)}"
                 if passed else "đang chuyển"),
        ),
        above=(Crumb(label=TITLE, url=URL),),
    )  # fmt: skip
    return shown(request, model)


@require_safe
@route(ADMINISTRATORS)
def export_lines(request: HttpRequest, act_id: UUID) -> HttpResponseBase:
    return exported("don-vi-cua-lan-sap-xep.csv", _lines_listing(organisations.act(act_id)))


def _lines_listing(found: ActView) -> Listing:
    return Listing(
        heads=LINE_HEADS,
        rows=tuple(map(_line_row, found.lines)),
        empty=Empty(title="Không đơn vị nào kết thúc"),
        export_url=f"{URL}/{found.id}/xuat.csv",
    )


def _line_row(line: ActLineView) -> Row:
    return (
        Cell(text=line.old_code),
        Cell(text=line.old_name),
        Cell(text=line.new_code or "giải thể"),
        Cell(text=line.new_name),
        Cell(text="một phần" if line.partial else "toàn bộ"),
        Cell(text="có" if line.takes_work else ""),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@route(ADMINISTRATORS)
def write(request: HttpRequest) -> HttpResponseBase:
    """The form; «Xem trước» carries the act out and takes it back, «Trình» keeps it."""
    now, typed = clock.now(), request.POST
    if request.method != "POST":
        return page(request, "office/act.html", act_pages.form(typed))
    try:
        text = _text(typed)
        difference = organisations.foresee(text, now=now)
        if "propose" in typed:
            made = organisations.propose_act(text, actor=actor_of(request), now=now)
            messages.success(request, "Đã trình. Một người quản trị khác xem lại và thi hành.")
            return redirect_after(f"{URL}/de-nghi/{made.proposal_id}")
    except REFUSALS as refusal:
        model = act_pages.form(typed, act_pages.mistakes(refusal))
        return page(request, "office/act.html", model, status=422)
    return page(request, "office/act.html", act_pages.form(typed, difference=difference))


@require_safe
@route(ADMINISTRATORS)
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponseBase:
    """What it would change if it were carried out now."""
    model = act_pages.proposal(
        organisations.act_proposal(proposal_id), actor_of(request), now=clock.now()
    )
    return page(request, "office/act.html", model)


@require_POST
@route(ADMINISTRATORS)
def carry_out(request: HttpRequest, proposal_id: UUID) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    try:
        done = organisations.carry_out_proposal(proposal_id, actor=actor, now=now)
    except REFUSALS as refusal:  # the city changed since it was written
        view = organisations.act_proposal(proposal_id)
        model = act_pages.proposal(view, actor, now=now, refusal=refusal)
        return page(request, "office/act.html", model, status=int(refusal.kind))
    messages.success(request, "Đã thi hành. Việc đang mở được chuyển dần từ ngày có hiệu lực.")
    return redirect_after(f"{URL}/{done.act_id}")


@require_POST
@route(ADMINISTRATORS)
def drop(request: HttpRequest, proposal_id: UUID) -> HttpResponseBase:
    organisations.drop_proposal(proposal_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã bỏ đề nghị. Chưa có gì thay đổi.")
    return redirect_after(URL)


def _text(typed: QueryDict) -> ActText:
    """Raises: ActMalformed."""
    wrong = []
    kind, day = typed.get("kind", ""), day_of_parts(typed, "effective_on")
    if kind not in ActKind.__members__:
        wrong.append(("kind", "Bạn chọn loại sắp xếp."))
    if day is None or not FIRST <= day < LAST:
        wrong.append(("effective_on", "Bạn nhập ngày có hiệu lực, ví dụ 01/12/2026."))
    if wrong or day is None:
        raise ActMalformed(tuple(wrong))
    return ActText(
        kind=ActKind(kind),
        title=typed.get("title", ""),
        document=typed.get("document", ""),
        effective_on=day,
        passes=tuple(typed.get("passes", "").splitlines()),
        opens=tuple(typed.get("opens", "").splitlines()),
        rulings=tuple(typed.get("rulings", "").splitlines()),
        open_work=OpenWork.MOVE if typed.get("open_work") == OpenWork.MOVE else OpenWork.STAY,
    )
