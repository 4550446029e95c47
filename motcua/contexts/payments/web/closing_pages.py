"""Mô hình trang chốt ngày: one page that adds up, or names what keeps two sums apart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from motcua.contexts.identity.contracts.proving import WaysToProve
from motcua.contexts.payments.contracts.closing import Gap, LineKind, OpenDay
from motcua.contexts.payments.models import UnitClosing
from motcua.contexts.payments.rules.closing import (
    LEFT,
    RECEIPT_GAPS,
    TAKEN_BACK,
    Entry,
    Sheet,
    report,
)
from motcua.contexts.payments.web.framing import crumbs
from motcua.kernel.clock import city_time
from motcua.kernel.money import Money
from motcua.ui import dates
from motcua.ui.parts import Alert, Cell, Chip, Crumb, Empty, Export, Fact, Table, Tone

SHOWN = 200
OPEN = Chip(label="Chưa chốt", tone=Tone.TURN)
SIGNED = Chip(label="Đã ký, chờ chốt", tone=Tone.GO)
CLOSED = Chip(label="Đã chốt", tone=Tone.OK)
LATE = Chip(label="Quá ngày chưa chốt", tone=Tone.LATE)
KINDS: dict[LineKind, str] = {
    LineKind.CASH_IN: "Tiền mặt thu tại quầy",
    LineKind.BANK_IN: "Trả trực tuyến, chuyển khoản",
    LineKind.MOVED_IN: "Tiền chưa rõ gắn vào khoản phí",
    LineKind.CASH_BACK: "Hoàn tiền mặt",
    LineKind.BANK_BACK: "Hoàn qua ngân hàng",
    LineKind.MOVED_OUT: "Tiền chưa rõ chuyển sang khoản khác",
    LineKind.RECEIPT: "Biên lai đã lập",
    LineKind.RECEIPT_VOID: "Biên lai đã hủy, đã thay thế",
    LineKind.RECEIPT_LESS: "Biên lai điều chỉnh giảm",
}
GAPS: dict[Gap, tuple[str, str]] = {
    Gap.TILL_OPEN: ("Ca thu chưa ký đủ", "Kiểm đếm và hai người ký ca này rồi mới chốt được."),
    Gap.TILL_DIFFERS: ("Đếm khác sổ quỹ", "Người thu đã ghi lý do khi kiểm đếm."),
    Gap.CASH_BESIDE_TILL: ("Sổ thu khác quỹ", "Tiền mặt ghi sổ khác tiền qua các quỹ trong ngày."),
    Gap.NOT_ON_STATEMENT: ("Chưa có trên sao kê", "Sao kê ngân hàng thường có vào sáng hôm sau."),
    Gap.EARLIER_PART: ("Có phần trả trước", "Biên lai gồm cả tiền đã đến từ những ngày trước."),
    Gap.PART_ONLY: ("Chưa lập biên lai", "Tiền đã đến nhưng khoản phí chưa trả đủ hoặc đã hủy."),
    Gap.OVERPAID: ("Trả thừa", "Phần thừa đang chờ hoàn hoặc gắn vào khoản khác."),
    Gap.VOIDED: ("Biên lai hủy, giảm", "Hủy, thay thế hoặc giảm, lý do có trên biên lai."),
    Gap.LATE_LINE: ("Điều chỉnh ngày đã chốt", "Dòng này đến sau khi ngày của nó đã chốt."),
}  # fmt: skip
CSV_HEADS = (
    "Loại", "Lúc", "Ngày của dòng", "Khoản phí", "Mã", "Số tiền (đồng)", "Điều chỉnh",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingsPage:
    crumbs: tuple[Crumb, ...]
    alarm: Alert | None
    open: Table
    closed: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What this reader may do now. url "": nothing. asks_words: before signing."""

    url: str = ""
    label: str = ""
    asks_words: bool = False
    return_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPage:
    title: str
    unit: str
    crumbs: tuple[Crumb, ...]
    chip: Chip
    alerts: tuple[Alert, ...]
    facts: tuple[Fact, ...]
    sums: Table
    tills: Table
    gaps: Table
    lines: Table
    history: tuple[Fact, ...]
    export: Export
    act: Act
    proof: WaysToProve
    digest: str
    typed_words: str
    words_error: str
    code_error: str
    reason_error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a day page is made of. said: the report, frozen or as it stands."""

    unit_id: UUID
    unit: str
    sheet: Sheet
    said: Mapping[str, object]
    row: UnitClosing | None
    earlier: date | None
    names: Mapping[UUID, str]
    returned: Sequence[UnitClosing] = ()


def list_page(
    waiting: Sequence[OpenDay],
    closed: Sequence[UnitClosing],
    units: Mapping[UUID, str],
    today: date,
) -> ClosingsPage:
    late = [one for one in waiting if one.day < today]
    oldest = min((one.day for one in late), default=None)
    return ClosingsPage(
        crumbs=crumbs(),
        alarm=Alert(
            title=f"{len(late)} ngày đã qua chưa chốt",
            text=f"Ngày cũ nhất là {dates.day(oldest)}. Bạn chốt lần lượt từ ngày này.",
            tone=Tone.LATE,
            icon="alarm-clock",
        )
        if oldest
        else None,
        open=Table(
            caption="Ngày chưa chốt",
            heads=(("Ngày", False), ("Nơi thu", False), ("Số dòng", True), ("Tình trạng", False)),
            rows=tuple(_open_row(one, units, today) for one in waiting[:SHOWN]),
            empty=Empty(title="Mọi ngày đã chốt", icon="circle-check"),
        ),
        closed=Table(
            caption="Ngày đã ký, đã chốt",
            heads=(("Ngày", False), ("Nơi thu", False), ("Thu trừ hoàn", True),
                   ("Tình trạng", False)),
            rows=tuple(_closed_row(one) for one in closed),
            empty=Empty(title="Chưa chốt ngày nào"),
        ),
    )  # fmt: skip


def _open_row(one: OpenDay, units: Mapping[UUID, str], today: date) -> tuple[Cell, ...]:
    chip = SIGNED if one.signed_at else LATE if one.day < today else OPEN
    return (
        Cell(text=dates.day(one.day), url=_url("unit_day", one.unit_id, one.day)),
        Cell(text=units.get(one.unit_id, "")),
        Cell(text=str(one.lines), number=True),
        Cell(text="", chip=chip),
    )


def _closed_row(row: UnitClosing) -> tuple[Cell, ...]:
    return (
        Cell(text=dates.day(row.day), url=_url("unit_day", row.unit_id, row.day)),
        Cell(text=row.unit.name),
        Cell(text=Money(row.report["net"]).vnd(), number=True),
        Cell(text="", chip=CLOSED if row.closed_at else SIGNED),
    )


def day_page(
    shown: Shown, act: Act, proof: WaysToProve, errors: Mapping[str, str], words: str
) -> DayPage:
    sheet, row = shown.sheet, shown.row
    chip = OPEN if row is None else CLOSED if row.closed_at else SIGNED
    return DayPage(
        title=f"Chốt ngày {dates.day(sheet.day)}",
        unit=shown.unit,
        crumbs=crumbs(Crumb(label="Chốt ngày", url=reverse("payments:closings"))),
        chip=chip,
        alerts=tuple(_alerts(shown, errors)),
        facts=tuple(_facts(shown)),
        sums=_sums(sheet),
        tills=_tills(shown),
        gaps=_gaps(shown),
        lines=_lines(sheet.entries, sheet.day),
        history=tuple(
            Fact(
                label=f"Ký lúc {dates.city_moment(one.signed_at)}",
                value=f"Trả lại lúc {dates.city_moment(one.returned_at)}: {one.return_reason}",
            )
            for one in shown.returned
        ),
        export=Export(
            formats=(
                ("CSV", _url("unit_day_export", shown.unit_id, sheet.day)),
                ("PDF", _url("unit_day_report", shown.unit_id, sheet.day)),
            )
        ),
        act=act,
        proof=proof,
        digest=sheet.digest,
        typed_words=words,
        words_error=errors.get("words", ""),
        code_error=errors.get("code", ""),
        reason_error=errors.get("reason", ""),
    )


def _alerts(shown: Shown, errors: Mapping[str, str]) -> Iterator[Alert]:
    if errors.get("page"):
        yield Alert(title=errors["page"], tone=Tone.LATE, icon="triangle-alert")
    if shown.earlier is not None:
        yield Alert(
            title=f"Ngày {dates.day(shown.earlier)} chưa chốt",
            text="Bạn chốt lần lượt từ ngày cũ nhất.",
            tone=Tone.TURN,
        )
    if shown.row is None and shown.sheet.blocked:
        yield Alert(
            title="Chưa chốt được",
            text="Còn ca thu tiền chưa kiểm đếm và ký đủ hai người.",
            tone=Tone.TURN,
        )
    moved = shown.row is not None and shown.row.closed_at is None
    if moved and shown.row and shown.row.digest != shown.sheet.digest:
        yield Alert(
            title="Số liệu đã đổi sau khi ký",
            text="Có tiền mới của ngày này. Người phụ trách trả lại để người thu phí ký lại.",
            tone=Tone.LATE,
        )


def _facts(shown: Shown) -> Iterator[Fact]:
    sheet, row = shown.sheet, shown.row
    yield Fact(label="Tiền đến", value=sheet.came.vnd())
    yield Fact(label="Tiền đi", value=sheet.left.vnd())
    yield Fact(label="Còn lại trong ngày", value=sheet.net.vnd())
    apart = Money.total(amount for gap, amount in _amounts(shown.said) if gap in RECEIPT_GAPS)
    yield Fact(
        label="Biên lai",
        value=sheet.receipts.vnd(),
        note=f"Biên lai trừ tiền đến là {(sheet.receipts - sheet.came).vnd()};"
        f" các khoản dưới đây cộng lại {apart.vnd()}"
        if apart
        else "",
    )
    yield Fact(label="Tiền mặt qua quỹ", value=sheet.taken.vnd())
    if row is not None:
        who = shown.names.get(row.signed_by_id, "")
        yield Fact(label="Người thu phí ký", value=f"{who}, {dates.city_moment(row.signed_at)}")
        if row.words:
            yield Fact(label="Lời ghi của người ký", value=row.words)
        if row.closed_by_id is not None:
            who = shown.names.get(row.closed_by_id, "")
            yield Fact(label="Người chốt", value=f"{who}, {dates.city_moment(row.closed_at)}")
            yield Fact(label="Mã của số liệu", value=row.digest[:16])


def _amounts(said: Mapping[str, object]) -> Iterator[tuple[Gap, int]]:
    for one in _list(said, "gaps"):
        yield Gap(str(one["gap"])), int(str(one["amount"]))


def _list(said: Mapping[str, object], key: str) -> list[dict[str, object]]:
    found = said.get(key)
    return found if isinstance(found, list) else []


def _sums(sheet: Sheet) -> Table:
    counts = {kind: sum(one.kind is kind for one in sheet.entries) for kind in LineKind}
    return Table(
        caption="Cộng theo loại",
        caption_shown=True,
        heads=(("Loại", False), ("Số dòng", True), ("Số tiền", True)),
        rows=tuple(
            (
                Cell(text=label),
                Cell(text=str(counts[kind]), number=True),
                Cell(text=_signed(kind, sheet.sum(kind)).vnd(), number=True),
            )
            for kind, label in KINDS.items()
            if counts[kind]
        ),
        empty=Empty(title="Không có tiền vào, ra trong ngày này"),
    )  # fmt: skip


def _signed(kind: LineKind, amount: Money) -> Money:
    return -amount if kind in (*LEFT, *TAKEN_BACK) else amount


def _tills(shown: Shown) -> Table:
    return Table(
        caption="Các ca thu tiền mặt",
        caption_shown=True,
        heads=(("Người thu", False), ("Qua quỹ", True), ("Chênh khi đếm", True), ("Lý do", False)),
        rows=tuple(
            (
                Cell(
                    text=shown.names.get(UUID(str(one["cashier"])), "Ca thu"),
                    url=f"/quay/quy/{one['id']}",
                ),
                Cell(text=Money(int(str(one["taken"]))).vnd(), number=True),
                Cell(text=_difference(one["difference"]), number=True),
                Cell(text=str(one["reason"] or "")),
            )
            for one in _list(shown.said, "tills")
        ),
        empty=Empty(title="Không có ca thu tiền mặt"),
    )


def _difference(value: object) -> str:
    return "chưa ký" if value is None else Money(int(str(value))).vnd()


def _gaps(shown: Shown) -> Table:
    return Table(
        caption="Những khoản không bằng nhau, từng khoản một",
        caption_shown=True,
        heads=(("Khác biệt", False), ("Của", False), ("Số tiền", True), ("Giải thích", False)),
        rows=tuple(
            (
                Cell(text=GAPS[Gap(str(one["gap"]))][0]),
                Cell(text=_whose(one, shown), url=_of(one)),
                Cell(text=Money(int(str(one["amount"]))).vnd(), number=True),
                Cell(text=_why(one)),
            )
            for one in _list(shown.said, "gaps")[:SHOWN]
        ),
        empty=Empty(title="Mọi tổng đều bằng nhau", icon="circle-check"),
    )


def _whose(one: Mapping[str, object], shown: Shown) -> str:
    gap, item = Gap(str(one["gap"])), str(one["item"])
    if gap in (Gap.TILL_OPEN, Gap.TILL_DIFFERS):
        tills = {str(till["id"]): str(till["cashier"]) for till in _list(shown.said, "tills")}
        return shown.names.get(UUID(tills[item]), "Ca thu") if item in tills else "Ca thu"
    return item or "Cả ngày"


def _of(one: Mapping[str, object]) -> str:
    gap, item = Gap(str(one["gap"])), str(one["item"])
    if gap in (Gap.TILL_OPEN, Gap.TILL_DIFFERS):
        return f"/quay/quy/{item}"
    return reverse("payments:pay", args=[item]) if gap in RECEIPT_GAPS and item else ""


def _why(one: Mapping[str, object]) -> str:
    gap, words = Gap(str(one["gap"])), str(one["words"])
    sentence = GAPS[gap][1]
    if gap is Gap.TILL_DIFFERS:
        return f"{sentence} Lý do: {words}" if words else sentence
    if gap is Gap.NOT_ON_STATEMENT:
        return f"{words} dòng. {sentence}"
    if gap is Gap.LATE_LINE:
        return f"Của ngày {dates.day(date.fromisoformat(words))}. {sentence}"
    return sentence


def _lines(entries: Sequence[Entry], day: date) -> Table:
    more = len(entries) - SHOWN
    return Table(
        caption="Từng dòng",
        caption_shown=True,
        heads=(("Loại", False), ("Lúc", False), ("Khoản phí", False), ("Mã", False),
               ("Số tiền", True)),
        rows=tuple(_line(one, day) for one in entries[:SHOWN]),
        empty=Empty(
            title="Không có dòng nào"
        ),
        export=None if more <= 0 else Export(
            formats=(), note=f"Trang này bỏ bớt {more} dòng cuối, tệp CSV có đủ."
        ),
    )  # fmt: skip


def _line(one: Entry, day: date) -> tuple[Cell, ...]:
    late = Chip(label=f"của ngày {dates.day(one.on)}", tone=Tone.TURN) if one.on < day else None
    refund = one.kind in (LineKind.CASH_BACK, LineKind.BANK_BACK)
    amount = _signed(one.kind, one.amount)
    return (
        Cell(text=KINDS[one.kind], chip=late),
        Cell(text=dates.city_moment(one.at)),
        Cell(text=one.bill, url=reverse("payments:pay", args=[one.bill]) if one.bill else ""),
        Cell(
            text=one.reference,
            url=reverse("payments:refund_one", args=[one.item]) if refund else "",
        ),
        Cell(text=amount.vnd(), number=True),
    )


def csv_rows(entries: Iterable[Entry], day: date) -> Iterator[tuple[str, ...]]:
    for one in entries:
        yield (
            KINDS[one.kind],
            dates.city_moment(one.at),
            one.on.isoformat(),
            one.bill,
            one.reference,
            str(int(_signed(one.kind, one.amount))),
            f"của ngày {dates.day(one.on)}" if one.on < day else "",
        )


def printed(shown: Shown, *, now: datetime) -> dict[str, object]:
    """The values of the printed form: text only."""
    sheet, row = shown.sheet, shown.row
    signed = row is not None and shown.names.get(row.signed_by_id, "")
    closed = row is not None and row.closed_by_id and shown.names.get(row.closed_by_id, "")
    return {
        "title": f"CHỐT THU PHÍ, LỆ PHÍ NGÀY {dates.day(sheet.day)}",
        "unit": shown.unit,
        "facts": [[fact.label, fact.value] for fact in _facts(shown)],
        "sums": [[cell.text for cell in line] for line in _sums(sheet).rows],
        "tills": [[cell.text for cell in line] for line in _tills(shown).rows],
        "gaps": [[cell.text for cell in line] for line in _gaps(shown).rows],
        "signed": f"{signed}, {dates.city_moment(row.signed_at)}" if row and signed else "",
        "closed": f"{closed}, {dates.city_moment(row.closed_at)}" if row and closed else "",
        "printed": dates.moment(city_time(now)),
    }


def said_of(sheet: Sheet, row: UnitClosing | None) -> Mapping[str, object]:
    """What was signed, once it is closed; before that, what is so now."""
    return row.report if row is not None and row.closed_at is not None else report(sheet)


def _url(name: str, unit_id: UUID, day: date) -> str:
    return reverse(f"payments:{name}", args=[unit_id, day.isoformat()])
