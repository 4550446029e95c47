"""Mô hình trang quỹ tiền mặt."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.counters.contracts.cash import CashLineView, ShiftState, ShiftView
from motcua.contexts.counters.contracts.copies import CopyView
from motcua.contexts.counters.queries import cash
from motcua.contexts.counters.rules.denominations import NOTES
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitView
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.money import Money
from motcua.ui import dates
from motcua.ui.parts import (
    Alert,
    Cell,
    Chip,
    Empty,
    Fact,
    FieldError,
    Option,
    QuestionView,
    Table,
    Tone,
)
from motcua.ui.words import count, vnd

STATES = {
    ShiftState.OPEN: Chip(label="Đang thu", tone=Tone.GO, icon="banknote"),
    ShiftState.COUNTED: Chip(label="Chờ người thứ hai ký", tone=Tone.TURN, icon="signature"),
    ShiftState.SIGNED: Chip(label="Chờ bàn giao tiền", tone=Tone.TURN, icon="hand-coins"),
    ShiftState.HANDED: Chip(label="Đã bàn giao", tone=Tone.OK, icon="circle-check"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TillsPage:
    own_url: str
    questions: tuple[QuestionView, ...]
    shifts: Table
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """One denomination: as typed while counting, as counted afterwards."""

    name: str
    label: str
    many: str
    sum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftPage:
    url: str
    title: str
    place: str
    state: Chip
    facts: tuple[Fact, ...]
    lines: Table
    notes: tuple[NoteRow, ...]
    counted: str
    counting: bool
    seen: str
    reason: QuestionView | None
    may_sign: bool
    may_take: bool
    cashier: str
    witness: str
    receiver: str
    late: Alert | None
    printable: bool
    errors: tuple[FieldError, ...] = ()


def tills_page(
    desks: Sequence[UnitView],
    actor: Actor,
    typed: Mapping[str, str],
    *,
    now: datetime,
    errors: Mapping[str, str] | None = None,
) -> TillsPage:
    wrong = errors or {}
    own = cash.open_shift(actor)
    shifts = cash.shifts(actor, now=now)
    return TillsPage(
        own_url=f"/quay/quy/{own.id}" if own else "",
        questions=_opening(desks, typed, wrong) if desks and not own else (),
        shifts=_shifts(shifts),
        errors=tuple(FieldError(text=text, field=name) for name, text in wrong.items()),
    )


def _opening(
    desks: Sequence[UnitView], typed: Mapping[str, str], wrong: Mapping[str, str]
) -> tuple[QuestionView, ...]:
    where = QuestionView(
        key="unit",
        label="Nơi tiếp nhận",
        type="choice",
        value=typed.get("unit") or str(desks[0].id),
        options=tuple(Option(value=str(one.id), label=one.name) for one in desks),
    )
    money = QuestionView(
        key="float",
        label="Tiền đầu ca",
        type="money",
        value=typed.get("float", ""),
        help="Tiền lẻ bạn nhận để thối. Không có thì ghi 0.",
        error=wrong.get("float", ""),
    )
    return (where, money) if len(desks) > 1 else (money,)


def _shifts(shifts: Sequence[ShiftView]) -> Table:
    names = names_of(one.officer_id for one in shifts)
    return Table(
        caption="Các ca gần đây",
        heads=(
            ("Ca", False),
            ("Người thu", False),
            ("Đã thu", True),
            ("Chênh lệch", True),
            ("Tình trạng", False),
        ),
        rows=tuple(
            (
                Cell(text=dates.city_moment(one.opened_at), url=f"/quay/quy/{one.id}"),
                Cell(text=names.get(one.officer_id, "")),
                Cell(text=vnd(one.taken_dong), number=True),
                Cell(text=signed(one.difference_dong) if one.counted_at else "", number=True),
                Cell(text="", chip=STATES[one.state]),
            )
            for one in shifts
        ),
        caption_shown=True,
        empty=Empty(title="Chưa có ca nào", text="Bạn mở ca trước khi thu tiền mặt."),
    )


def shift_page(
    shift: ShiftView,
    lines: Sequence[CashLineView],
    certified: Sequence[CopyView],
    actor: Actor,
    typed: Mapping[str, str],
    *,
    now: datetime,
    errors: Mapping[str, str] | None = None,
) -> ShiftPage:
    wrong = errors or {}
    own = shift.officer_id == actor.officer_id
    people = [shift.officer_id, shift.witness_id, shift.receiver_id]
    names = names_of(one for one in people if one)
    unit = organisations.unit_by_id(shift.unit_id)
    counting = own and shift.state is ShiftState.OPEN
    return ShiftPage(
        url=f"/quay/quy/{shift.id}",
        title=f"Ca thu tiền {dates.city_moment(shift.opened_at)}",
        place=unit.name,
        state=STATES[shift.state],
        facts=(*_facts(shift), *_certified(certified, lines)),
        lines=_lines(lines),
        notes=_notes(shift, typed, counting=counting),
        counted=vnd(shift.counted_dong),
        counting=counting,
        seen=str(shift.taken_dong),
        reason=_reason(typed, wrong) if counting else None,
        may_sign=not own and shift.state is ShiftState.COUNTED,
        may_take=not own and shift.state is ShiftState.SIGNED,
        cashier=names.get(shift.officer_id, ""),
        witness=names.get(shift.witness_id, "") if shift.witness_id else "",
        receiver=names.get(shift.receiver_id, "") if shift.receiver_id else "",
        late=_late(shift, now),
        printable=shift.counted_at is not None,
        errors=tuple(FieldError(text=text, field=name) for name, text in wrong.items()),
    )


def _facts(shift: ShiftView) -> tuple[Fact, ...]:
    facts = [
        Fact(label="Tiền đầu ca", value=vnd(shift.float_dong)),
        Fact(label="Thu trong ca", value=vnd(shift.taken_dong)),
        Fact(label="Phải có", value=vnd(shift.expected_dong)),
    ]
    if shift.counted_at:
        facts += [
            Fact(label="Đếm được", value=f"{vnd(shift.counted_dong)} ({words(shift)})"),
            Fact(label="Chênh lệch", value=signed(shift.difference_dong)),
            Fact(label="Kiểm đếm lúc", value=dates.city_moment(shift.counted_at)),
        ]
    if shift.reason:
        facts.append(Fact(label="Lý do chênh lệch", value=shift.reason))
    if shift.witnessed_at:
        facts.append(Fact(label="Ký lúc", value=dates.city_moment(shift.witnessed_at)))
    if shift.handed_at:
        facts.append(Fact(label="Bàn giao lúc", value=dates.city_moment(shift.handed_at)))
    return tuple(facts)


def _certified(certified: Sequence[CopyView], lines: Sequence[CashLineView]) -> Iterator[Fact]:
    """Of the copies of that day those whose money went through this till."""
    through = {one.reference for one in lines}
    paid = [one for one in certified if one.invoice_code in through]
    if paid:
        copies, sums = sum(one.copies for one in paid), sum(one.fee_dong for one in paid)
        said = f"{count(copies)} bản sao trong {count(len(paid))} hồ sơ, {vnd(sums)}"
        yield Fact(label="Chứng thực bản sao", value=said)


def words(shift: ShiftView) -> str:
    return Money(shift.counted_dong).in_words()


def signed(dong: int) -> str:
    """«thiếu 8.000 ₫», «thừa 8.000 ₫», «khớp»."""
    if not dong:
        return "khớp"
    return f"{'thừa' if dong > 0 else 'thiếu'} {vnd(abs(dong))}"


def _notes(shift: ShiftView, typed: Mapping[str, str], *, counting: bool) -> tuple[NoteRow, ...]:
    held = dict(shift.notes)
    shown = NOTES if counting else tuple(held)
    return tuple(
        NoteRow(
            name=f"note.{value}",
            label=vnd(value),
            many=typed.get(f"note.{value}", "") if counting else count(held[value]),
            sum="" if counting else vnd(value * held[value]),
        )
        for value in shown
    )


def _reason(typed: Mapping[str, str], wrong: Mapping[str, str]) -> QuestionView:
    return QuestionView(
        key="reason",
        label="Lý do nếu tiền khác sổ",
        type="text",
        value=typed.get("reason", ""),
        help="Không ghi tên người dân.",
        required=False,
        error=wrong.get("reason", ""),
    )


def _lines(lines: Sequence[CashLineView]) -> Table:
    return Table(
        caption="Tiền qua quỹ",
        heads=(("Khoản", False), ("Lúc", False), ("Số tiền", True)),
        rows=tuple(
            (
                Cell(text=one.reference if one.amount_dong > 0 else "Hoàn tiền"),
                Cell(text=dates.hour(city_time(one.at))),
                Cell(text=vnd(one.amount_dong), number=True),
            )
            for one in lines
        ),
        caption_shown=True,
        empty=Empty(title="Chưa thu khoản nào"),
    )


def _late(shift: ShiftView, now: datetime) -> Alert | None:
    if shift.state is not ShiftState.OPEN or shift.day == city_date(now):
        return None
    return Alert(
        title="Ca của ngày khác chưa kiểm đếm",
        text="Ca này không thu được nữa. Bạn kiểm đếm, rồi mở ca hôm nay.",
        tone=Tone.LATE,
        icon="circle-alert",
    )


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    found = organisations.officers_by_id(ids)
    return {one: view.full_name for one, view in found.items()}
