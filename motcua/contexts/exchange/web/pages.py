"""View models of the exchange's page for administrators."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from motcua.contexts.exchange.contracts import (
    DeadLetter,
    NeighbourState,
    ProviderFigures,
    neighbour_name,
)
from motcua.kernel.money import Money
from motcua.ui import dates
from motcua.ui.parts import Cell, Chip, DeadJob, Empty, FieldError, Pager, Table, Tone
from motcua.ui.words import count

PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighboursPage:
    table: Table
    letters: tuple[DeadJob, ...]
    empty: Empty
    pager: Pager
    errors: tuple[FieldError, ...] = ()


def neighbours_page(
    states: tuple[NeighbourState, ...], letters: tuple[DeadLetter, ...], *, may_retry: bool
) -> NeighboursPage:
    return NeighboursPage(
        table=Table(
            caption="Các hệ thống bên ngoài trong một giờ qua",
            heads=(("Hệ thống", False), ("Tình trạng", False), ("Trả lời", True),
                   ("Từ chối", True), ("Không trả lời", True)),
            rows=tuple(_row(state, linked=may_retry) for state in states),
        ),
        letters=tuple(_letter(letter, may_retry=may_retry) for letter in letters),
        empty=Empty(
            title="Không có thông điệp gửi hỏng",
            text="Thông điệp gửi nhiều lần không được sẽ nằm ở đây.",
            icon="circle-check",
        ),
        pager=_pager(letters),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TextingPage:
    table: Table
    since: str


def texting_page(figures: tuple[ProviderFigures, ...], *, since: datetime) -> TextingPage:
    return TextingPage(
        since=dates.day(since.date()),
        table=Table(
            caption="Hai tổng đài tin nhắn trong tháng",
            heads=(("Tổng đài", False), ("Phần được chia", True), ("Đã nhận gửi", True),
                   ("Tới máy", True), ("Không tới", True), ("Chưa báo", True),
                   ("Số đoạn", True), ("Tiền theo biên nhận", True)),
            rows=tuple(map(_provider, figures)),
        ),
    )  # fmt: skip


def _provider(one: ProviderFigures) -> tuple[Cell, ...]:
    silent = max(0, one.taken - one.delivered - one.failed)
    numbers = (one.taken, one.delivered, one.failed, silent, one.parts)
    return (
        Cell(text=neighbour_name(one.provider)),
        Cell(text=f"{one.share}%", number=True),
        *(Cell(text=count(number), number=True) for number in numbers),
        Cell(text=Money(one.cost_dong).vnd(), number=True),
    )


def _row(state: NeighbourState, *, linked: bool) -> tuple[Cell, ...]:
    if state.is_failing:
        chip = Chip(label="Không trả lời", tone=Tone.LATE, icon="triangle-alert")
    elif state.answered_at:
        chip = Chip(label="Đang chạy", tone=Tone.OK, icon="circle-check")
    else:
        chip = Chip(label="Chưa gọi trong giờ qua")
    counts = {"tra-loi": state.answered, "tu-choi": state.refused, "khong-tra-loi": state.down}
    return (
        Cell(text=neighbour_name(state.connector)),
        Cell(text="", chip=chip),
        *(
            _count(number, state.connector, outcome if linked else "")
            for outcome, number in counts.items()
        ),
    )


def _count(number: int, connector: str, outcome: str) -> Cell:
    """A number with the way to its calls, which the administrators' portal lists."""
    query = urlencode({"he-thong": connector, "ket-qua": outcome})
    url = f"/quan-tri/ket-noi/loi-goi?{query}" if number and outcome else ""
    return Cell(text=str(number), number=True, url=url)


def _letter(letter: DeadLetter, *, may_retry: bool) -> DeadJob:
    again = reverse("exchange:send_again", args=[letter.id]) if may_retry else ""
    return DeadJob(
        id=str(letter.id),
        name=f"{letter.connector}.{letter.operation}",
        subject=letter.key,
        failed=dates.moment(letter.gave_up_at),
        attempts=letter.attempts,
        reason=letter.last_reason,
        retry_url=again,
    )


def _pager(letters: tuple[DeadLetter, ...]) -> Pager:
    if len(letters) < PAGE:
        return Pager()
    query = urlencode({"truoc": letters[-1].gave_up_at.isoformat()})
    return Pager(older_url=f"{reverse('exchange:neighbours')}?{query}")
