"""Tiền chưa rõ: what waits in suspense, without the words of its payers; collectors settle it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.contexts.payments import public as payments
from motcua.contexts.payments.contracts import Channel, Finding, UnsettledView
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.clock import city_date
from motcua.kernel.web import actor_of
from motcua.portals.office.asking import ADMINISTRATORS, HERE, PAGE, address, moment
from motcua.portals.office.listing import Listing, Row, exported, list_page, number_cell, shown
from motcua.ui import dates
from motcua.ui.parts import Cell, Chip, Empty, Fact, Tone
from motcua.ui.words import count, vnd

URL = f"{HERE}/tien-chua-ro"
EXPORTED = 5000
FINDINGS = {
    Finding.EXACT: "Khớp",
    Finding.SHORT: "Trả thiếu",
    Finding.OVER: "Trả thừa",
    Finding.PAID_TWICE: "Trả hai lần",
    Finding.AFTER_CANCEL: "Trả sau khi hủy",
    Finding.UNKNOWN_BILL: "Không rõ khoản nào",
}
CHANNELS = {Channel.BANK: "Ngân hàng", Channel.CASH: "Tiền mặt"}
HEADS = (
    ("Giao dịch", False),
    ("Vì sao", False),
    ("Nhận lúc", False),
    ("Cách trả", False),
    ("Khoản phí", False),
    ("Số tiền", True),
    ("Còn chờ", True),
)


@require_safe
@route(ADMINISTRATORS)
def show(request: HttpRequest) -> HttpResponseBase:
    """Credits that nobody has settled, newest first."""
    actor, now, before = actor_of(request), clock.now(), moment(request, "truoc")
    found = payments.unsettled(actor, now=now, before=before, limit=PAGE)
    whole = payments.suspense(actor, now=now)
    older = found[-1].received_at.isoformat() if len(found) == PAGE else ""
    listing = Listing(
        heads=HEADS,
        rows=tuple(map(_row, found)),
        empty=Empty(title="Không có tiền nào chờ làm rõ", icon="circle-check"),
        older_url=address("/tien-chua-ro", truoc=older) if older else "",
        first_url=URL if before else "",
        export_url=f"{URL}/xuat.csv",
    )
    model = list_page(
        "Tiền chưa rõ của ai",
        listing,
        note="Người thu phí gắn vào khoản đúng hoặc trả lại. Quản trị viên chỉ xem.",
        facts=(
            Fact(label="Số khoản", value=count(whole.count)),
            Fact(label="Còn chờ", value=vnd(whole.waiting)),
        ),
    )
    return shown(request, model)


@require_safe
@route(ADMINISTRATORS)
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file, the newest five thousand."""
    now = clock.now()
    found = payments.unsettled(actor_of(request), now=now, limit=EXPORTED)
    listing = Listing(heads=HEADS, rows=tuple(map(_row, found)), empty=Empty(title=""))
    return exported(f"tien-chua-ro-{city_date(now):%Y%m%d}.csv", listing)


def _row(credit: UnsettledView) -> Row:
    return (
        Cell(text=credit.transaction_id),
        Cell(text="", chip=Chip(label=FINDINGS[credit.finding], tone=Tone.LATE)),
        Cell(text=dates.city_moment(credit.received_at)),
        Cell(text=CHANNELS[credit.channel]),
        Cell(text=credit.invoice_code),
        number_cell(vnd(credit.amount)),
        number_cell(vnd(credit.waiting)),
    )
