"""Mô hình trang một ngày của tài khoản: sums, differences, signing off."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from motcua.contexts.payments.models import BankDayClosing
from motcua.contexts.payments.queries.bank_days import BankDay, DayDifference
from motcua.contexts.payments.rules.matching import Booked, Remedy
from motcua.contexts.payments.rules.reconciliation import EXPLANATIONS, Difference
from motcua.contexts.payments.rules.statements import Side
from motcua.contexts.payments.web.framing import crumbs
from motcua.contexts.payments.web.statement_pages import CLOSED, OPEN
from motcua.kernel.clock import city_time
from motcua.kernel.money import Money
from motcua.ui import dates
from motcua.ui.parts import Chip, Crumb, Export, Fact, Tone

NAMES: dict[Difference, str] = {
    Difference.NEVER_TOLD: "Báo muộn",
    Difference.NOT_AT_BANK: "Không có ở ngân hàng",
    Difference.TOLD_LOW: "Báo thiếu tiền",
    Difference.TOLD_HIGH: "Về thiếu so với báo",
    Difference.OTHER_MEMO: "Khác nội dung",
    Difference.LISTED_TWICE: "Ghi hai lần",
    Difference.UNKNOWN_PAYER: "Không rõ người nộp",
    Difference.WRONG_CODE: "Sai mã khoản phí",
    Difference.PAID_TWICE: "Trả hai lần",
    Difference.AFTER_CANCEL: "Trả sau khi hủy",
    Difference.BANK_FEE: "Ngân hàng giữ phí",
    Difference.CHARGE: "Phí ngân hàng",
    Difference.RETURNED: "Ngân hàng rút lại",
    Difference.REFUND_RETURNED: "Tiền hoàn bị trả về",
    Difference.REFUND_NOT_TOLD: "Tiền hoàn đi chưa báo",
    Difference.REFUND_ON_ITS_WAY: "Tiền hoàn đang đi",
    Difference.OTHER_REFUND: "Hoàn khác số tiền",
    Difference.UNKNOWN_OUT: "Tiền ra không rõ",
    Difference.NOT_YET_ARRIVED: "Chưa về",
}
BUTTONS: dict[Remedy, str] = {
    Remedy.BOOK: "Ghi sổ khoản này",
    Remedy.BOOK_REST: "Ghi thêm phần chênh",
    Remedy.BOOK_FEE: "Ghi phí ngân hàng",
    Remedy.NOTE_PAID: "Ghi tiền hoàn đã đi",
    Remedy.ASK: "Ghi câu trả lời",
}
CSV_HEADS = (
    "Ngày", "Khác biệt", "Mã giao dịch", "Theo sổ (đồng)", "Theo ngân hàng (đồng)",
    "Chênh (đồng)", "Giải thích", "Đã xử lý",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceView:
    """One difference. button "": nothing to do for this reader; asks: an answer is typed."""

    item: str
    anchor: str
    difference: str
    chip: Chip
    amount: str
    facts: tuple[Fact, ...]
    sentence: str
    said: str
    button: str
    asks: bool
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankDayPage:
    """close_url, reopen_url, all_url: "" where this reader has nothing to do there."""

    title: str
    crumbs: tuple[Crumb, ...]
    chip: Chip
    facts: tuple[Fact, ...]
    signed: str
    open: tuple[DifferenceView, ...]
    explained: tuple[DifferenceView, ...]
    settle_url: str
    all_url: str
    all_label: str
    close_url: str
    reopen_url: str
    reopen_error: str
    history: tuple[Fact, ...]
    export: Export


def day_page(
    found: BankDay,
    ever: Sequence[BankDayClosing],
    *,
    may_act: bool,
    signer: str,
    wrong: str = "",
    error: str = "",
) -> BankDayPage:
    shown = [_view(one, may_act=may_act, error=error if one.item == wrong else "")
             for one in found.differences]  # fmt: skip
    is_open = [one.is_open for one in found.differences]
    to_book = sum(one.is_open and one.remedy is not Remedy.ASK for one in found.differences)
    closed = found.closing_row is not None
    return BankDayPage(
        title=f"Đối soát ngày {dates.day(found.day)}",
        crumbs=crumbs(Crumb(label="Sao kê ngân hàng", url=reverse("payments:statements"))),
        chip=CLOSED if closed else OPEN,
        facts=_sums(found),
        signed=_signed(found, signer),
        open=tuple(one for one, waits in zip(shown, is_open, strict=True) if waits),
        explained=tuple(one for one, waits in zip(shown, is_open, strict=True) if not waits),
        settle_url=_url("bank_day_settle", found.day),
        all_url=_url("bank_day_settle_all", found.day) if may_act and to_book > 1 else "",
        all_label=f"Ghi sổ cả {to_book} khác biệt không cần hỏi",
        close_url=_url("bank_day_close", found.day)
        if may_act and not closed and not found.open_number and found.lines
        else "",
        reopen_url=_url("bank_day_reopen", found.day) if may_act and closed else "",
        reopen_error=error if wrong == "reason" else "",
        history=tuple(_earlier(one) for one in ever if one.reopened_at),
        export=Export(
            formats=(
                ("CSV", _url("bank_day_export", found.day)),
                ("PDF", _url("bank_day_report", found.day)),
            )
        ),
    )


def _url(name: str, day: date) -> str:
    return reverse(f"payments:{name}", args=[day.isoformat()])


def _balance(amount: Money | None) -> str:
    return "sao kê không ghi" if amount is None else amount.vnd()


def _sums(found: BankDay) -> tuple[Fact, ...]:
    gap = found.moved - found.ours
    return (
        Fact(label="Số dư đầu ngày", value=_balance(found.opening)),
        Fact(label="Tiền vào", value=found.came.vnd()),
        Fact(label="Tiền ra", value=found.left.vnd()),
        Fact(label="Số dư cuối ngày", value=_balance(found.closing)),
        Fact(label="Dòng sao kê", value=str(found.lines)),
        Fact(label="Khớp", value=str(found.matched)),
        Fact(label="Phát sinh theo sổ", value=found.ours.vnd()),
        Fact(label="Chênh với ngân hàng", value=gap.vnd(), note=_explained(found)),
    )


def _explained(found: BankDay) -> str:
    """The differences always add up to the gap; saying so is the point of the page."""
    if not found.differences:
        return ""
    return f"{len(found.differences)} khác biệt dưới đây cộng lại đúng {found.gap.vnd()}"


def _signed(found: BankDay, signer: str) -> str:
    row = found.closing_row
    if row is None:
        return ""
    return f"{signer or 'Hệ thống'} chốt lúc {dates.city_moment(row.closed_at)}."


def _earlier(row: BankDayClosing) -> Fact:
    return Fact(
        label=f"Chốt lúc {dates.city_moment(row.closed_at)}",
        value=f"Mở lại lúc {dates.city_moment(row.reopened_at)}: {row.reopen_reason}",
    )


def _view(one: DayDifference, *, may_act: bool, error: str) -> DifferenceView:
    return DifferenceView(
        item=one.item,
        anchor=one.item.replace(":", "-"),
        difference=one.name.value,
        chip=Chip(label=NAMES[one.name], tone=Tone.TURN if one.is_open else Tone.PLAIN),
        amount=_amount(one),
        facts=_facts(one),
        sentence=EXPLANATIONS[one.name],
        said=one.note.said if one.note else "",
        button=BUTTONS.get(one.remedy, "") if may_act and one.is_open else "",
        asks=one.remedy is Remedy.ASK,
        error=error,
    )


def _amount(one: DayDifference) -> str:
    """What the money itself is, with its direction in words."""
    line = one.found.bank or one.found.book
    if line is None:
        return ""
    way = "Tiền vào" if line.side is Side.IN else "Tiền ra"
    return f"{way} {line.amount.vnd()}"


def _facts(one: DayDifference) -> tuple[Fact, ...]:
    bank, book = one.found.bank, one.found.book
    line = bank or book
    facts = []
    if line is not None:
        facts = [
            Fact(label="Mã giao dịch", value=", ".join(sorted(line.references)) or "không có"),
            Fact(label="Nội dung", value=line.memo or "không có"),
            Fact(label="Ngày", value=dates.day(line.on)),
        ]
    if bank is not None and book is not None:
        kind = "Sổ đã ghi" if book.kind is not Booked.ORDER else "Lệnh hoàn"
        facts.append(Fact(label=kind, value=book.amount.vnd()))
    if bank is not None and bank.fee:
        facts.append(Fact(label="Ngân hàng giữ lại", value=bank.fee.vnd()))
    return tuple(facts)


def csv_rows(found: BankDay) -> Iterator[tuple[str, ...]]:
    for one in found.differences:
        line = one.found.bank or one.found.book
        yield (
            found.day.isoformat(),
            NAMES[one.name],
            ", ".join(sorted(line.references)) if line else "",
            str(int(one.found.ours)),
            str(int(one.found.theirs)),
            str(int(one.found.theirs - one.found.ours)),
            EXPLANATIONS[one.name],
            _done(one),
        )


def _done(one: DayDifference) -> str:
    if one.note is not None:
        return one.note.said
    return "chưa" if one.is_open else "tự giải thích"


def printed(found: BankDay, signer: str, *, now: datetime) -> dict[str, object]:
    """The values of the printed form: text only."""
    row = found.closing_row
    return {
        "title": f"ĐỐI SOÁT TÀI KHOẢN THU NGÀY {dates.day(found.day)}",
        "sums": [[fact.label, fact.value] for fact in _sums(found)],
        "lines": [
            [NAMES[one.name], _numbers(one), _plain(one.found.ours), _plain(one.found.theirs),
             _done(one)]
            for one in found.differences
        ],
        "gap": _plain(found.gap),
        "signed": f"{signer or 'Hệ thống'}, {dates.city_moment(row.closed_at)}" if row else "",
        "printed": dates.moment(city_time(now)),
    }  # fmt: skip


def _numbers(one: DayDifference) -> str:
    line = one.found.bank or one.found.book
    return ", ".join(sorted(line.references)) if line else ""


def _plain(amount: Money) -> str:
    return amount.vnd().replace("\u00a0₫", "")
