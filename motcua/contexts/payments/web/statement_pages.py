"""Mô hình trang sao kê: bringing a file, the days and the files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from motcua.contexts.payments.actions.statements import Brought
from motcua.contexts.payments.models import BankStatement
from motcua.contexts.payments.queries.bank_days import DayLine
from motcua.contexts.payments.rules.statement_columns import COLUMN_NAMES, guessed
from motcua.contexts.payments.web.framing import crumbs
from motcua.kernel.money import Money
from motcua.ui import dates
from motcua.ui.parts import Cell, Chip, Crumb, Empty, FieldError, Option, QuestionView, Table, Tone

NEEDED = ("booked", "memo")
CLOSED, OPEN = Chip(label="Đã chốt", tone=Tone.OK), Chip(label="Chưa chốt", tone=Tone.TURN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bringing:
    """A file on its way. heads: of a CSV whose columns somebody must tell."""

    heads: tuple[str, ...] = ()
    typed: Mapping[str, object] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsPage:
    crumbs: tuple[Crumb, ...]
    columns: tuple[QuestionView, ...]
    errors: tuple[FieldError, ...]
    days: Table
    files: Table


def list_page(
    days: Sequence[DayLine], files: Sequence[BankStatement], bringing: Bringing
) -> StatementsPage:
    return StatementsPage(
        crumbs=crumbs(),
        columns=_columns(bringing) if bringing.heads else (),
        errors=(FieldError(text=bringing.error, field="file"),) if bringing.error else (),
        days=Table(
            caption="Các ngày có sao kê",
            heads=(("Ngày", False), ("Số dòng", True), ("Tiền vào", True), ("Tiền ra", True),
                   ("Tình trạng", False)),
            rows=tuple(_day_row(one) for one in days),
            empty=Empty(title="Chưa có sao kê", text="Nhập tệp đầu tiên ở trên."),
        ),
        files=Table(
            caption="Tệp đã nhập",
            heads=(("Sao kê", False), ("Từ ngày", False), ("Đến ngày", False), ("Dòng", True),
                   ("Dòng mới", True), ("Số dư cuối", True), ("Nhập lúc", False)),
            rows=tuple(_file_row(one) for one in files),
            empty=Empty(title="Chưa nhập tệp nào"),
        ),
    )  # fmt: skip


def told_of(brought: Brought) -> str:
    if brought.known:
        return "Tệp này đã nhập trước đó. Không có gì thay đổi."
    known = brought.lines - brought.new_lines
    more = f", {known} dòng đã có từ tệp khác" if known else ""
    return f"Đã nhập {brought.new_lines} dòng mới{more}."


def _day_row(one: DayLine) -> tuple[Cell, ...]:
    return (
        Cell(
            text=dates.day(one.day),
            url=reverse("payments:bank_day", args=[one.day.isoformat()]),
        ),
        Cell(text=str(one.lines), number=True),
        Cell(text=one.came.vnd(), number=True),
        Cell(text=one.left.vnd(), number=True),
        Cell(text="", chip=CLOSED if one.is_closed else OPEN),
    )


def _file_row(one: BankStatement) -> tuple[Cell, ...]:
    closing = "không ghi" if one.closing_dong is None else Money(one.closing_dong).vnd()
    return (
        Cell(text=one.number or one.get_format_display()),
        Cell(text=dates.day(one.first_on)),
        Cell(text=dates.day(one.last_on)),
        Cell(text=str(one.lines), number=True),
        Cell(text=str(one.new_lines), number=True),
        Cell(text=closing, number=True),
        Cell(text=dates.city_moment(one.brought_at)),
    )


def _columns(bringing: Bringing) -> tuple[QuestionView, ...]:
    """One question for each thing that a column may say, filled in as far as the heads tell."""
    guess = guessed(bringing.heads).named()
    options = tuple(Option(value=head, label=head) for head in bringing.heads if head)
    return tuple(
        QuestionView(
            key=name,
            label=label,
            type="choice",
            value=str(bringing.typed.get(name) or guess[name]),
            required=name in NEEDED,
            options=options,
        )
        for name, label in COLUMN_NAMES.items()
    )
