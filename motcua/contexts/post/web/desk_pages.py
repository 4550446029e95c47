"""Mô hình trang bưu chính ở quầy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from motcua.contexts.organisations import public as organisations
from motcua.contexts.post.contracts import (
    EVENT_WORDS,
    STATE_WORDS,
    ConsignmentKind,
    ConsignmentState,
    ConsignmentView,
    IdentityProof,
)
from motcua.contexts.post.models import Consignment, HandoverSheet
from motcua.contexts.post.rules.words import refusal_of
from motcua.contexts.post.workflow import WITH_POST
from motcua.kernel.money import Money
from motcua.ui import dates
from motcua.ui.parts import Action, Cell, Chip, Crumb, Empty, Fact, FieldError, Table, Tone

S = ConsignmentState
TITLE = "Bưu chính"
KINDS: dict[ConsignmentKind, str] = {
    ConsignmentKind.COLLECT: "Lấy giấy tờ tại nhà",
    ConsignmentKind.DELIVER: "Giao kết quả",
    ConsignmentKind.RETURN: "Trả bản gốc",
}
PROOFS: dict[IdentityProof, str] = {
    IdentityProof.CARD: "Bưu tá xem căn cước",
    IdentityProof.CHIP: "Bưu tá đọc chip căn cước",
    IdentityProof.APP: "Bưu tá quét VNeID",
}
TONES = {S.LOST: Tone.LATE, S.REFUSED: Tone.LATE, S.DELIVERED: Tone.OK, S.BOOKED: Tone.TURN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One consignment to tick."""

    id: str
    number: str
    url: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage:
    title: str
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]
    outgoing: tuple[Outgoing, ...]
    empty: Empty
    sheets: tuple[Action, ...]
    lost: Table
    incoming: Table
    under_way: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """closed: the sentence that it was taken; "" while it waits."""

    title: str
    crumbs: tuple[Crumb, ...]
    table: Table
    paper_url: str
    closed: str
    gave: str
    took: str
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelPage:
    """take_url, claim_url: "" where there is nothing to do."""

    title: str
    crumbs: tuple[Crumb, ...]
    chip: Chip
    facts: tuple[Fact, ...]
    events: tuple[Fact, ...]
    take_url: str
    claim_url: str
    gave: str
    took: str
    errors: tuple[FieldError, ...]


def crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(label="Bàn làm việc", url="/ban"), *more)


def list_page(
    rows: Sequence[Consignment],
    open_sheets: Sequence[HandoverSheet],
    with_post: frozenset[UUID],
    *,
    error: str,
) -> DeskPage:
    going = [row for row in rows if _goes_out(row)]
    back = [row for row in rows if row.id in with_post and _comes_here(row)]
    moving = [row for row in rows if row.state in (S.ASKED, S.WITH_POST, S.COMING_BACK)]
    lost = [row for row in rows if row.state in (S.LOST, S.REFUSED)]
    return DeskPage(
        title=TITLE,
        crumbs=crumbs(Crumb(label=TITLE)),
        errors=(FieldError(text=error, field="parcel"),) if error else (),
        outgoing=tuple(_outgoing(row) for row in going),
        empty=Empty(title="Hôm nay chưa có gì để gửi", icon="package-check"),
        sheets=tuple(
            Action(
                label=f"Bảng kê lúc {dates.city_moment(one.made_at)}",
                url=reverse("post:sheet", args=[one.id]),
            )
            for one in open_sheets
        ),
        lost=_table("Thất lạc hoặc bưu chính không nhận", lost),
        incoming=_table("Bưu tá mang đến, chờ nhận", back),
        under_way=_table("Bưu chính đang giữ", moving),
    )


def _goes_out(row: Consignment) -> bool:
    return row.state == S.BOOKED and row.kind != ConsignmentKind.COLLECT and row.sheet_id is None


def _comes_here(row: Consignment) -> bool:
    """Its way ends at the desk, and the postman has said that it did."""
    collected = row.kind == ConsignmentKind.COLLECT and row.state == S.DELIVERED
    return collected or row.state == S.CAME_BACK


def _outgoing(row: Consignment) -> Outgoing:
    return Outgoing(
        id=str(row.id),
        number=row.tracking,
        url=_url(row),
        text=f"{KINDS[ConsignmentKind(row.kind)]}, hồ sơ {row.subject}, {price_of(row)}",
    )


def _url(row: Consignment) -> str:
    return reverse("post:consignment", args=[row.id])


def price_of(row: Consignment) -> str:
    """Never a figure without who told it."""
    if row.price_dong is None:
        return "bưu chính chưa báo cước"
    return f"cước {Money(row.price_dong).vnd()}"


def _table(caption: str, rows: Sequence[Consignment]) -> Table:
    return Table(
        caption=caption,
        heads=(("Số hiệu", False), ("Việc", False), ("Hồ sơ", False), ("Đang ở đâu", False)),
        rows=tuple(
            (
                Cell(text=row.tracking or "chưa có số", url=_url(row)),
                Cell(text=KINDS[ConsignmentKind(row.kind)]),
                Cell(text=row.subject, url=f"/ban/ho-so/{row.subject}"),
                Cell(text="", chip=chip_of(S(row.state))),
            )
            for row in rows
        ),
    )


def chip_of(state: ConsignmentState) -> Chip:
    return Chip(label=STATE_WORDS[state], tone=TONES.get(state, Tone.GO))


def sheet_page(
    row: HandoverSheet,
    lines: Sequence[Consignment],
    typed: Mapping[str, object],
    *,
    giver: str,
    error: str,
) -> SheetPage:
    closed = row.closed_at
    said = f"{row.took_name} nhận từ {row.gave_name} lúc {dates.city_moment(closed)}."
    return SheetPage(
        title=f"Bảng kê giao bưu chính {dates.city_moment(row.made_at)}",
        crumbs=crumbs(Crumb(label=TITLE, url=reverse("post:desk")), Crumb(label="Bảng kê")),
        table=_table("Bưu gửi trên bảng kê", lines),
        paper_url=reverse("post:sheet_paper", args=[row.id]),
        closed=said if closed else "",
        gave=str(typed.get("gave", giver)),
        took=str(typed.get("took", "")),
        errors=(FieldError(text=error, field="took"),) if error else (),
    )


def parcel_page(
    row: Consignment,
    view: ConsignmentView,
    *,
    has_papers: bool,
    typed: Mapping[str, object],
    taker: str,
    error: str,
) -> ParcelPage:
    claimed = view.state in WITH_POST and not view.claim
    taken = has_papers and _comes_here(row)
    return ParcelPage(
        title=f"{KINDS[view.kind]}: {view.tracking or 'chưa có số hiệu'}",
        crumbs=crumbs(Crumb(label=TITLE, url=reverse("post:desk")), Crumb(label=view.subject)),
        chip=chip_of(view.state),
        facts=tuple(_facts(row, view)),
        events=tuple(
            Fact(
                label=dates.city_moment(one.happened_at),
                value=EVENT_WORDS[one.kind],
                note=", ".join(part for part in (one.place, one.reason) if part),
            )
            for one in view.events
        ),
        take_url=reverse("post:take_in", args=[view.id]) if taken else "",
        claim_url=reverse("post:claim", args=[view.id]) if claimed else "",
        gave=str(typed.get("gave", "")),
        took=str(typed.get("took", taker)),
        errors=(FieldError(text=error, field="took"),) if error else (),
    )


def _facts(row: Consignment, view: ConsignmentView) -> list[Fact]:
    home = row.home
    found = [
        Fact(label="Hồ sơ", value=view.subject, url=f"/ban/ho-so/{view.subject}"),
        Fact(label="Người ở đầu kia", value=f"{home['recipient']}, {home['phone']}"),
        Fact(label="Cước", value=price_of(row), note=view.price_source),
    ]
    if view.refusal:
        found.append(Fact(label="Bưu chính không nhận", value=refusal_of(view.refusal)))
    if view.attempts:
        found.append(Fact(label="Số lần phát không gặp ai", value=str(view.attempts)))
    if view.claim:
        found.append(Fact(label="Số khiếu nại", value=view.claim))
    if view.proof:
        found.append(Fact(label="Giấy tờ người nhận", value=PROOFS[view.proof]))
    return found


def printed(row: HandoverSheet, lines: Sequence[Consignment]) -> dict[str, object]:
    """The values of the printed sheet: text only."""
    return {
        "title": "BẢNG KÊ GIAO BƯU CHÍNH",
        "desk": organisations.unit_by_id(row.unit_id).name,
        "made": f"Lập lúc {dates.city_moment(row.made_at)}",
        "lines": [
            [one.tracking, one.subject, str(one.home["recipient"]), price_of(one)] for one in lines
        ],
        "count": str(len(lines)),
        "gave": row.gave_name or "",
        "took": row.took_name or "",
    }
