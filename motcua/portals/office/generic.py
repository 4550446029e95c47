"""Biểu mẫu chung: which procedures are filed by it, closing one for a while, and what is not filed.

What the city cannot take stands in a list with the reason and the agencies of the record, so that
somebody can put the directory right.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import (
    GenericLine,
    NotByGenericForm,
    NotFiled,
    WhyClosedMissing,
)
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.clock import city_date
from motcua.kernel.text import fold
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.portals.office.asking import ADMINISTRATORS, HERE, PAGE, address, said
from motcua.portals.office.listing import (
    Choice,
    Listing,
    Row,
    Search,
    crumbs,
    exported,
    list_page,
    page_after,
    shown,
)
from motcua.ui.parts import Action, Cell, Chip, Crumb, Empty, FieldError, Tone
from motcua.ui.parts import QuestionView as Question
from motcua.ui.words import count

CATALOGUE = f"{HERE}/danh-muc"
URL = f"{CATALOGUE}/bieu-mau-chung"
TITLE = "Biểu mẫu chung"
WHY_NOT = {
    NotFiled.NOT_ONLINE: "không có kênh trực tuyến",
    NotFiled.CENTRAL: "bộ, ngành trung ương giải quyết",
    NotFiled.OTHER_PROVINCE: "tỉnh, thành phố khác ban hành",
    NotFiled.NO_AGENCY: "bản ghi không nêu cơ quan giải quyết",
    NotFiled.AGENCY_UNKNOWN: "Thành phố không có cơ quan mang tên này",
    NotFiled.FIELD_UNKNOWN: "chưa phòng nào nhận lĩnh vực này",
    NotFiled.NOT_DECIDED_HERE: "có phường, xã chưa đơn vị nào được giao việc này",
}
HEADS = (("Mã", False), ("Thủ tục", False), ("Lĩnh vực", False), ("Đang nhận", False),
         ("Vì sao", False), ("Cơ quan theo bản ghi", False))  # fmt: skip
WHY = 4  # of what is taken there is nothing to say


def _is_taken(one: GenericLine) -> bool:
    return one.hit.is_runnable


def _is_closed(one: GenericLine) -> bool:
    return bool(one.closed)


def _is_for_reading(one: GenericLine) -> bool:
    return one.not_filed is not None


PARTS: dict[str, tuple[str, Callable[[GenericLine], bool]]] = {
    "dang-nhan": ("Đang nhận", _is_taken),
    "tam-ngung": ("Tạm ngừng", _is_closed),
    "chua-nop-duoc": ("Chưa nộp được", _is_for_reading),
}


@require_safe
@route(ADMINISTRATORS)
def show(request: HttpRequest) -> HttpResponseBase:
    """By part and by words; of what is not filed also by reason."""
    part, words, why, after = _asked(request)
    every = _every(city_date(clock.now()))
    found = _found(every, part, words, why)
    start, end, next_after = page_after([str(one.hit.code) for one in found], after, PAGE)
    kept = {"phan": part, "tim": words, "vi": why}
    path = "/danh-muc/bieu-mau-chung"
    rows = _rows(found[start:end])
    shown_columns = [n for n in range(len(HEADS)) if n != WHY or any(row[n].text for row in rows)]
    listing = Listing(
        heads=tuple(HEADS[n] for n in shown_columns),
        rows=tuple(tuple(row[n] for n in shown_columns) for row in rows),
        empty=Empty(title="Không có thủ tục nào ở mục này", icon="search-x"),
        older_url=address(path, **kept, sau=next_after) if next_after else "",
        first_url=address(path, **kept) if start else "",
        export_url=address(f"{path}/xuat.csv", **kept),
        by_time=False,
    )
    model = list_page(
        TITLE,
        listing,
        note=f"{count(len(found))} thủ tục. Nội dung từ danh mục quốc gia chưa kiểm chứng.",
        tabs=tuple(
            Choice(
                label=f"{label} ({count(sum(map(fits, every)))})",
                url=address(path, phan=name),
                current=name == part,
            )
            for name, (label, fits) in PARTS.items()
        ),
        search=Search(
            url=URL, label="Tên, mã thủ tục hoặc vì sao", value=words, hidden=(("phan", part),)
        ),
        above=(Crumb(label="Danh mục", url=CATALOGUE),),
    )
    return shown(request, model)


@require_safe
@route(ADMINISTRATORS)
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file, whole."""
    part, words, why, _after = _asked(request)
    today = city_date(clock.now())
    rows = _rows(_found(_every(today), part, words, why))
    listing = Listing(heads=HEADS, rows=rows, empty=Empty(title=""))
    return exported(f"bieu-mau-chung-{part}-{today:%Y%m%d}.csv", listing)


def _asked(request: HttpRequest) -> tuple[str, str, str, str]:
    part = said(request, "phan")
    chosen = part if part in PARTS else "dang-nhan"
    return chosen, said(request, "tim"), said(request, "vi", 20), said(request, "sau", 20)


def _every(today: date) -> tuple[GenericLine, ...]:
    return (*procedures.filed_generically(today), *procedures.for_reading_only(today))


def _found(
    every: tuple[GenericLine, ...], part: str, words: str, why: str
) -> tuple[GenericLine, ...]:
    wanted, fits = fold(words), PARTS[part][1]
    return tuple(
        one
        for one in every
        if fits(one)
        and (not why or one.not_filed == why)
        and (not wanted or wanted in fold(f"{one.hit.name} {one.hit.code} {_why(one)}"))
    )


def _why(one: GenericLine) -> str:
    return WHY_NOT[one.not_filed] if one.not_filed else one.closed


def _rows(found: tuple[GenericLine, ...]) -> tuple[Row, ...]:
    agencies = procedures.agencies_of_records([str(one.hit.code) for one in found])
    return tuple(_row(one, agencies.get(str(one.hit.code), "")) for one in found)


def _row(one: GenericLine, agencies: str) -> Row:
    chip = Chip(label="Chưa nộp được")
    if not one.not_filed:
        taken = Chip(label="Đang nhận", tone=Tone.OK)
        chip = Chip(label="Tạm ngừng", tone=Tone.INFO) if one.closed else taken
    return (
        Cell(text=one.hit.code, url=f"{CATALOGUE}/{one.hit.code}"),
        Cell(text=one.hit.name),
        Cell(text=one.hit.field),
        Cell(text="", chip=chip),
        Cell(text=_why(one)),
        Cell(text=agencies),
    )


# ── closing one for a while ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePage:
    title: str
    crumbs: tuple[Crumb, ...]
    name: str
    save_url: str
    question: Question
    errors: tuple[FieldError, ...]


def line_of(code: str, today: date) -> GenericLine | None:
    """The procedure, if it is filed by the generic form."""
    return next((one for one in procedures.filed_generically(today) if one.hit.code == code), None)


def actions_for(one: GenericLine | None) -> tuple[Action, ...]:
    if one is None:
        return ()
    here = f"{CATALOGUE}/{one.hit.code}"
    if one.closed:
        return (Action(label="Nhận lại", url=f"{here}/nhan-lai", icon="rotate-cw", post=True),)
    return (Action(label="Tạm ngừng nhận", url=f"{here}/tam-ngung", kind="danger", icon="lock"),)


@require_http_methods(["GET", "HEAD", "POST"])
@route(ADMINISTRATORS)
def close(request: HttpRequest, code: str) -> HttpResponseBase:
    """Why nothing more is taken; people read it on the page of the procedure."""
    one = line_of(code, city_date(clock.now()))
    if one is None:
        raise NotByGenericForm(procedure=code)
    if request.method != "POST":
        return page(request, "office/close_form.html", _close_page(one))
    why = request.POST.get("why", "")
    try:
        procedures.close_form(code, why=why, by=actor_of(request), now=clock.now())
    except WhyClosedMissing as refusal:
        model = _close_page(one, FieldError(field="why", text=refusal.message))
        return page(request, "office/close_form.html", model, status=int(refusal.kind))
    messages.success(request, "Đã tạm ngừng nhận. Hồ sơ đã nhận vẫn được giải quyết.")
    return redirect_after(f"{CATALOGUE}/{code}")


@require_POST
@route(ADMINISTRATORS)
def reopen(request: HttpRequest, code: str) -> HttpResponseBase:
    procedures.reopen_form(code, by=actor_of(request), now=clock.now())
    messages.success(request, "Đã nhận lại.")
    return redirect_after(f"{CATALOGUE}/{code}")


def _close_page(one: GenericLine, *errors: FieldError) -> ClosePage:
    code, title = str(one.hit.code), "Tạm ngừng nhận"
    above = (Crumb(label="Danh mục", url=CATALOGUE), Crumb(label=code, url=f"{CATALOGUE}/{code}"))
    return ClosePage(
        title=title,
        crumbs=crumbs(*above, Crumb(label=title)),
        name=one.hit.name,
        save_url=f"{CATALOGUE}/{code}/tam-ngung",
        question=Question(
            key="why",
            label="Vì sao tạm ngừng",
            help="Người dân đọc câu này ở trang thủ tục. Hồ sơ đã nhận vẫn được giải quyết.",
            error=errors[0].text if errors else "",
        ),
        errors=errors,
    )
