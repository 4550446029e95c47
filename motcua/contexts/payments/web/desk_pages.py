"""Mô hình trang của bàn thu phí."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from motcua.contexts.payments.contracts import Finding
from motcua.contexts.payments.models import Credit, ReconciliationRun
from motcua.contexts.payments.queries.money import Balance
from motcua.contexts.payments.rules.journal import ACCOUNT_NAMES
from motcua.contexts.payments.rules.reconciliation import EXPLANATIONS, Difference
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_time
from motcua.kernel.money import Money
from motcua.ui import dates
from motcua.ui.parts import Action, Cell, Empty, Fact, Table

FINDINGS = {
    Finding.EXACT: "Đúng số tiền",
    Finding.SHORT: "Chuyển thiếu, đã ghi một phần",
    Finding.OVER: "Chuyển thừa",
    Finding.PAID_TWICE: "Trả lần thứ hai cho khoản đã đủ",
    Finding.AFTER_CANCEL: "Trả sau khi khoản phí đã hủy",
    Finding.UNKNOWN_BILL: "Nội dung không có mã khoản phí",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterPage:
    """Links only collectors have."""

    links: tuple[Action, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Money that asks for eyes. `amount` is what still waits, 0 when it only needs a look."""

    id: str
    title: str
    facts: tuple[Fact, ...]
    waits: bool
    give_url: str
    back_url: str
    seen: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensePage:
    waiting: tuple[Waiting, ...]
    empty: Empty


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksPage:
    balances: Table
    runs: tuple[tuple[str, Table], ...]


def counter_page(actor: Actor) -> CounterPage:
    if not actor.has(Role.FEE_COLLECTOR):
        return CounterPage(links=())
    return CounterPage(
        links=(
            Action(label="Chốt ngày", url=reverse("payments:closings")),
            Action(label="Hoàn tiền", url=reverse("payments:refunds")),
            Action(label="Dải số biên lai", url=reverse("payments:receipt_ranges")),
            Action(label="Tiền chưa rõ", url=reverse("payments:suspense")),
            Action(label="Sổ và đối soát", url=reverse("payments:books")),
            Action(label="Báo cáo", url=reverse("payments:report", args=["so-ngay"])),
            Action(label="Sao kê ngân hàng", url=reverse("payments:statements")),
        )
    )


def suspense_page(rows: Sequence[Credit]) -> SuspensePage:
    return SuspensePage(
        waiting=tuple(_waiting(row) for row in rows),
        empty=Empty(title="Không có tiền chưa rõ", text="Mọi khoản đã nhận đều khớp khoản phí."),
    )


def _waiting(row: Credit) -> Waiting:
    facts = [
        Fact(label="Mã giao dịch", value=row.reference),
        Fact(label="Nội dung", value=row.memo or "không có"),
        Fact(label="Lúc", value=dates.city_moment(row.booked_at)),
        Fact(label="Còn chờ xử lý", value=Money(row.waiting_dong).vnd()),
    ]
    if row.invoice is not None:
        url = reverse("payments:pay", args=[row.invoice.code])
        facts.append(Fact(label="Khoản phí", value=row.invoice.code, url=url))
    return Waiting(
        id=str(row.id),
        title=f"{Money(row.amount_dong).vnd()}: {FINDINGS[Finding(row.finding)]}",
        facts=tuple(facts),
        waits=row.waiting_dong > 0,
        give_url=reverse("payments:give", args=[row.id]),
        back_url=reverse("payments:send_back", args=[row.id]),
        seen=Action(label="Đã xem", url=reverse("payments:seen", args=[row.id]), post=True),
    )


def books_page(balances: Sequence[Balance], runs: Sequence[ReconciliationRun]) -> BooksPage:
    total = Money.total(b.debit for b in balances), Money.total(b.credit for b in balances)
    return BooksPage(
        balances=Table(
            caption="Số phát sinh theo tài khoản",
            caption_shown=True,
            heads=(("Tài khoản", False), ("Nợ", True), ("Có", True)),
            rows=tuple(_money_row(ACCOUNT_NAMES[b.account], b.debit, b.credit) for b in balances),
            total=_money_row("Cộng", *total),
            empty=Empty(title="Sổ chưa có bút toán"),
        ),
        runs=tuple((_run_title(run), _run_table(run)) for run in runs),
    )


def _money_row(label: str, *amounts: Money) -> tuple[Cell, ...]:
    return (Cell(text=label), *(Cell(text=a.vnd(), number=True) for a in amounts))


def _run_title(run: ReconciliationRun) -> str:
    day = dates.day(city_time(run.period_start).date())
    return f"Ngày {day}: khớp {run.matched}, khác {len(run.differences)}"


def _run_table(run: ReconciliationRun) -> Table:
    return Table(
        caption=f"Khác biệt, chạy lúc {dates.city_moment(run.run_at)}",
        heads=(("Giao dịch", False), ("Sổ", True), ("Ngân hàng", True), ("Giải thích", False)),
        rows=tuple(
            (
                Cell(text=str(found["transaction_id"])),
                Cell(text=_amount(found["ours"]), number=True),
                Cell(text=_amount(found["theirs"]), number=True),
                Cell(text=EXPLANATIONS[Difference(found["difference"])]),
            )
            for found in run.differences
        ),
        total=(
            *_money_row("Mọi giao dịch trong ngày", Money(run.ours_dong), Money(run.theirs_dong)),
            Cell(text=""),
        ),
        empty=Empty(title="Hai bên khớp hoàn toàn", icon="circle-check"),
    )


def _amount(dong: int | None) -> str:
    return "không có" if dong is None else Money(dong).vnd()
