"""Căn cứ pháp lý: every basis in the data with its mark, what nobody has compared yet first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.payments import public as payments
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import Basis, BasisKind
from motcua.contexts.reference import public as reference
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.clock import city_date
from motcua.kernel.errors import NotFound
from motcua.kernel.text import fold
from motcua.portals.office.asking import ADMINISTRATORS, HERE, PAGE, address, said
from motcua.portals.office.listing import (
    Choice,
    Listing,
    Row,
    Search,
    exported,
    list_page,
    page_after,
    shown,
)
from motcua.ui.parts import Cell, Chip, Crumb, Empty, Option, Tone
from motcua.ui.words import count

URL = f"{HERE}/phap-ly"
KINDS = {
    BasisKind.LAW: "Văn bản",
    BasisKind.DURATION: "Thời hạn",
    BasisKind.FEE: "Mức thu",
    BasisKind.SOURCE: "Nguồn của thủ tục",
    "DAY": "Ngày nghỉ, làm bù",
    "ACT": "Sắp xếp đơn vị",
    "EID": "Thông tin VNeID trả về",
    "REFUND": "Quy tắc hoàn tiền",
    "NATIONAL": "Văn bản của danh mục quốc gia",
}
PARTS = {"chua": "Chưa đối chiếu", "da": "Đã đối chiếu", "tat-ca": "Tất cả"}
HEADS = (
    ("Căn cứ", False),
    ("Loại", False),
    ("Đối chiếu", False),
    ("Điều, tên", False),
    ("Dùng ở", False),
)


class BasisNotFound(NotFound):
    sentence = "Không có căn cứ này trong dữ liệu đang dùng."


NAMED = 3  # procedures shown by code in a cell


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRow:
    """A basis with everything that stands on it. url: of its uses, where they are known."""

    key: str
    kind: str
    text: str
    detail: str
    verified: bool
    uses: tuple[str, ...]
    used: int
    url: str = ""


def rows(on: date) -> tuple[LawRow, ...]:
    """Of procedures in force, days off and acts of reorganisation; unverified ones first."""
    found = [*_of_procedures(on), *_days(), *_acts(), *_eid_claims(), *_refunds()]
    order = list(KINDS)
    return tuple(sorted(found, key=lambda row: (row.verified, order.index(row.kind), row.key)))


def _of_procedures(on: date) -> Iterator[LawRow]:
    """One row per statement and mark, over every procedure that makes it."""
    users: dict[tuple[str, str, bool], list[str]] = {}
    told: dict[tuple[str, str, bool], Basis] = {}
    for one in procedures.judged(on):
        for basis in one.bases:
            where = (basis.kind.value, basis.text, basis.verified)
            told.setdefault(where, basis)
            codes = users.setdefault(where, [])
            if one.hit.code not in codes:
                codes.append(one.hit.code)
    for where, basis in told.items():
        yield LawRow(
            key="/".join(map(str, where)),
            kind=basis.kind,
            text=basis.text,
            detail=" · ".join(part for part in (basis.article, basis.title) if part),
            verified=basis.verified,
            uses=tuple(users[where]),
            used=len(users[where]),
            url=address("/phap-ly/dung-o", khoa="/".join(map(str, where))),
        )


def _days() -> Iterator[LawRow]:
    for day in reference.days(date(2024, 1, 1), date(2030, 12, 31)):
        yield LawRow(
            key=f"DAY/{day.on}",
            kind="DAY",
            text=f"{day.on:%d/%m/%Y}: {day.name}",
            detail=day.source,
            verified=day.confirmed,
            uses=("Lịch làm việc",),
            used=1,
            url=address("/lich", nam=str(day.on.year)),
        )


def _acts() -> Iterator[LawRow]:
    for act in organisations.reorganisations(date(2000, 1, 1), date(2100, 1, 1)):
        yield LawRow(
            key=f"ACT/{act.id}",
            kind="ACT",
            text=act.title,
            detail=act.document,
            verified=act.verified,
            uses=tuple(f"{line.old_name} → {line.new_name}" for line in act.lines),
            used=len(act.lines),
            url=address("/phap-ly/dung-o", khoa=f"ACT/{act.id}"),
        )


def _eid_claims() -> Iterator[LawRow]:
    for claim in identity.eid_claims():
        yield LawRow(
            key=f"EID/{claim.name}/{claim.value}",
            kind="EID",
            text=f"{claim.name} {claim.value}: {claim.means}",
            detail=claim.source,
            verified=claim.confirmed,
            uses=("Đăng nhập bằng VNeID",),
            used=1,
        )


def _refunds() -> Iterator[LawRow]:
    """When a fee goes back, how long it takes, who must agree: figures of this project."""
    rules = payments.refund_rules()
    limit = rules.second_person_from.vnd()
    for one in rules.grounds.values():
        able = "được hoàn" if one.refundable else "không hoàn"
        yield LawRow(
            key=f"REFUND/{one.ground}",
            kind="REFUND",
            text=f"{one.name}: {able}, chờ {one.days} ngày",
            detail=f"Từ {limit} cần hai người duyệt. Chưa có căn cứ trong dữ liệu.",
            verified=rules.verified,
            uses=("Hoàn tiền",),
            used=1,
        )


def national_rows() -> tuple[LawRow, ...]:
    """What records of the national catalogue name; nobody here has compared any of it."""
    return tuple(
        LawRow(
            key=f"NATIONAL/{basis.document}",
            kind="NATIONAL",
            text=basis.document or "không ghi",
            detail="",
            verified=False,
            uses=(),
            used=basis.procedures,
        )
        for basis in procedures.national_bases()
    )


@require_safe
@route(ADMINISTRATORS)
def show(request: HttpRequest) -> HttpResponseBase:
    """Every basis, by mark, kind and words."""
    part, kind, words = _asked(request)
    every = _every(kind, city_date(clock.now()))
    found = _found(every, part, words)
    start, end, after = page_after([row.key for row in found], said(request, "sau", 500), PAGE)
    kept = {"phan": part, "loai": kind, "tim": words}
    listing = Listing(
        heads=HEADS,
        rows=tuple(map(_row, found[start:end])),
        empty=Empty(title="Không có căn cứ nào khớp", icon="circle-check"),
        older_url=address("/phap-ly", **kept, sau=after) if after else "",
        first_url=address("/phap-ly", **kept) if start else "",
        export_url=address("/phap-ly/xuat.csv", **kept),
        by_time=False,
    )
    model = list_page(
        "Căn cứ pháp lý",
        listing,
        note="«Đã đối chiếu»: có người đã đọc văn bản và so với dữ liệu. "
        "«Chưa đối chiếu»: việc đó còn phải làm.",
        tabs=tuple(
            Choice(
                label=f"{label} ({count(len(_found(every, name, '')))})",
                url=address("/phap-ly", phan=name, loai=kind),
                current=name == part,
            )
            for name, label in PARTS.items()
        ),
        search=Search(
            url=URL,
            label="Tên văn bản, điều, thủ tục",
            value=words,
            hidden=(("phan", part),),
            select_name="loai",
            select_label="Loại",
            options=(
                Option(value="", label="Mọi loại, trừ danh mục quốc gia"),
                *(Option(value=str(key), label=label) for key, label in KINDS.items()),
            ),
            chosen=kind,
        ),
    )
    return shown(request, model)


@require_safe
@route(ADMINISTRATORS)
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file, whole, with the code of every procedure."""
    part, kind, words = _asked(request)
    today = city_date(clock.now())
    found = _found(_every(kind, today), part, words)
    whole = tuple(
        (*_row(row)[:-1], Cell(text=" ".join(row.uses) or str(row.used))) for row in found
    )
    listing = Listing(heads=HEADS, rows=whole, empty=Empty(title=""))
    return exported(f"can-cu-{today:%Y%m%d}.csv", listing)


@require_safe
@route(ADMINISTRATORS)
def uses(request: HttpRequest) -> HttpResponseBase:
    """Everything that stands on one basis. Raises: BasisNotFound."""
    today, key = city_date(clock.now()), said(request, "khoa", 2000)
    found = next((row for row in rows(today) if row.key == key), None)
    if found is None:
        raise BasisNotFound
    names = {str(one.hit.code): one.hit.name for one in procedures.judged(today)}
    codes = tuple(use for use in found.uses if use in names)
    listing = Listing(
        heads=(("Mã", False), ("Thủ tục", False)) if codes else (("Nơi dùng", False),),
        rows=tuple((Cell(text=c, url=f"{HERE}/danh-muc/{c}"), Cell(text=names[c])) for c in codes)
        or tuple((Cell(text=use),) for use in found.uses),
        empty=Empty(title="Chưa dùng ở đâu"),
    )
    note = " · ".join(
        text for text in (KINDS[found.kind], _mark(found).label, found.detail) if text
    )
    model = list_page(found.text, listing, note=note, above=(Crumb(label="Căn cứ", url=URL),))
    return shown(request, model)


def _asked(request: HttpRequest) -> tuple[str, str, str]:
    part, kind = said(request, "phan"), said(request, "loai")
    return (
        part if part in PARTS else "chua",
        kind if kind in {str(key) for key in KINDS} else "",
        said(request, "tim"),
    )


def _every(kind: str, on: date) -> tuple[LawRow, ...]:
    if kind == "NATIONAL":
        return national_rows()
    return tuple(row for row in rows(on) if not kind or row.kind == kind)


def _found(every: tuple[LawRow, ...], part: str, words: str) -> list[LawRow]:
    wanted = fold(words)
    return [
        row
        for row in every
        if (part == "tat-ca" or row.verified is (part == "da"))
        and (not wanted or wanted in fold(f"{row.text} {row.detail} {' '.join(row.uses)}"))
    ]


def _row(row: LawRow) -> Row:
    return (
        Cell(text=row.text, url=row.url),
        Cell(text=KINDS[row.kind]),
        Cell(text="", chip=_mark(row)),
        Cell(text=row.detail),
        Cell(text=_uses(row)),
    )


def _mark(row: LawRow) -> Chip:
    if row.verified:
        return Chip(label="Đã đối chiếu", tone=Tone.OK, icon="circle-check")
    return Chip(label="Chưa đối chiếu", tone=Tone.LATE, icon="circle-question-mark")


def _uses(row: LawRow) -> str:
    shown_uses = ", ".join(row.uses[:NAMED])
    more = row.used - min(NAMED, len(row.uses))
    if not row.uses:
        return f"{count(row.used)} thủ tục"
    return f"{shown_uses} và {count(more)} nơi khác" if more else shown_uses
