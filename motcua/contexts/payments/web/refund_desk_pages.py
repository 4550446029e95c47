"""Mô hình trang hoàn tiền ở bàn thu phí."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from motcua.contexts.payments import queries
from motcua.contexts.payments.contracts import (
    Channel,
    InvoiceState,
    RefundGround,
    RefundState,
    RefundWay,
)
from motcua.contexts.payments.models import Invoice, Refund
from motcua.contexts.payments.queries import agencies
from motcua.contexts.payments.rules.refunds import UNDECIDED, banks, needs_second, rules
from motcua.contexts.payments.web.framing import Tab, crumbs
from motcua.kernel.actors import Actor
from motcua.kernel.money import Money
from motcua.kernel.text import fold
from motcua.ui import dates
from motcua.ui.parts import (
    Action,
    Alert,
    Chip,
    Crumb,
    Empty,
    Export,
    Fact,
    FieldError,
    Option,
    Pager,
    QuestionView,
    Tone,
)

STATES: dict[RefundState, Chip] = {
    RefundState.ASKED: Chip(label="Chờ duyệt", tone=Tone.TURN),
    RefundState.SECOND: Chip(label="Chờ người thứ hai", tone=Tone.TURN),
    RefundState.PROMISED: Chip(label="Đã duyệt, chưa đi", tone=Tone.GO),
    RefundState.ORDERED: Chip(label="Chờ ngân hàng", tone=Tone.GO),
    RefundState.ACCOUNT_NEEDED: Chip(label="Chờ người nộp cho tài khoản", tone=Tone.GO),
    RefundState.PAID: Chip(label="Đã hoàn", tone=Tone.OK),
    RefundState.DECLINED: Chip(label="Không hoàn"),
}
WAYS = {
    RefundWay.BACK: "Trả về nơi đã chuyển",
    RefundWay.ACCOUNT: "Tài khoản người nộp cho",
    RefundWay.CASH: "Tiền mặt tại quầy",
}
BILL_STATES: dict[str, str] = {
    InvoiceState.PAID: "Đã trả đủ",
    InvoiceState.PARTLY: "Đã trả một phần",
    InvoiceState.CANCELLED: "Đã hủy",
    InvoiceState.REFUNDED: "Đã hoàn lại",
}
CITY = "Tài khoản chung của thành phố"
CSV_HEADS = (
    "Xin lúc", "Khoản phí", "Hồ sơ", "Số tiền (đồng)", "Lý do", "Cách hoàn", "Trạng thái",
    "Duyệt lúc", "Hoàn lúc", "Mã ngân hàng", "Nơi trả lại",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One tab of the list."""

    key: str
    label: str
    states: frozenset[RefundState]
    empty: str


PARTS = (
    Part(key="", label="Chờ duyệt", states=UNDECIDED, empty="Không có yêu cầu nào chờ duyệt"),
    Part(
        key="dang-hoan",
        label="Đang hoàn",
        states=frozenset({RefundState.PROMISED, RefundState.ORDERED, RefundState.ACCOUNT_NEEDED}),
        empty="Không có khoản nào đang hoàn",
    ),
    Part(
        key="xong",
        label="Xong",
        states=frozenset({RefundState.PAID, RefundState.DECLINED}),
        empty="Chưa có khoản nào xong",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One refund in the list."""

    title: str
    url: str
    chip: Chip
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Tab, ...]
    lines: tuple[Line, ...]
    empty: Empty
    export: Export
    pager: Pager | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundPage:
    """agree_url, decline_url: "" where nothing is to be decided by this reader."""

    title: str
    crumbs: tuple[Crumb, ...]
    chip: Chip
    facts: tuple[Fact, ...]
    warnings: tuple[Alert, ...]
    agree_url: str
    decline_url: str
    amount: QuestionView
    reason: QuestionView
    hand: Action | None
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage:
    title: str
    crumbs: tuple[Crumb, ...]
    note: str
    questions: tuple[QuestionView, ...]
    errors: tuple[FieldError, ...]
    back_url: str


def part_of(key: str) -> Part:
    return next((part for part in PARTS if part.key == key), PARTS[0])


def list_page(part: Part, rows: Sequence[Refund], *, full: int) -> ListPage:
    older = rows[-1].asked_at.isoformat() if len(rows) == full else ""
    query = {"phan": part.key} if part.key else {}
    url = reverse("payments:refunds")
    more = f"{url}?{urlencode({**query, 'truoc': older})}" if older else ""
    return ListPage(
        crumbs=crumbs(Crumb(label="Hoàn tiền")),
        tabs=tuple(
            Tab(
                label=one.label,
                url=f"{url}?{urlencode({'phan': one.key})}" if one.key else url,
                current=one is part,
            )
            for one in PARTS
        ),
        lines=tuple(_line(row) for row in rows),
        empty=Empty(title=part.empty, icon="circle-check"),
        export=Export(
            formats=(("CSV", f"{reverse('payments:refunds_export')}?{urlencode(query)}"),)
        ),
        pager=Pager(older_url=more) if more else None,
    )


def _line(row: Refund) -> Line:
    said = (
        _ground(row),
        WAYS[RefundWay(row.way)],
        f"xin lúc {dates.city_moment(row.asked_at)}" if row.asked_by_payer
        else f"ghi lúc {dates.city_moment(row.asked_at)}",
    )  # fmt: skip
    return Line(
        title=f"{Money(row.amount_dong).vnd()} · {_about(row)}",
        url=reverse("payments:refund_one", args=[row.id]),
        chip=STATES[RefundState(row.state)],
        text=" · ".join(said),
    )


def csv_row(row: Refund) -> tuple[str, ...]:
    bill = queries.invoice_of_refund(row)
    return (
        dates.city_moment(row.asked_at),
        bill.code if bill else "",
        bill.subject if bill else "",
        str(row.amount_dong),
        _ground(row),
        WAYS[RefundWay(row.way)],
        STATES[RefundState(row.state)].label,
        dates.city_moment(row.promised_at or row.declined_at),
        dates.city_moment(row.paid_at),
        row.bank_reference,
        agencies.agency_name(row.unit_id) or CITY,
    )


def refund_page(
    row: Refund,
    payer: str,
    typed: QueryDict,
    errors: Mapping[str, str],
    *,
    actor: Actor,
    today: date,
) -> RefundPage:
    state = RefundState(row.state)
    mine = row.first_yes_by_id is not None and row.first_yes_by_id == actor.account_id
    decides = state in UNDECIDED and agencies.may_decide(actor, row, today)
    cash = row.way == RefundWay.CASH and state is RefundState.PROMISED
    pays = cash and agencies.collects_for(actor, row.unit_id, today)
    amount = Money(row.amount_dong)
    return RefundPage(
        title=f"Hoàn {amount.vnd()}",
        crumbs=crumbs(
            Crumb(label="Hoàn tiền", url=reverse("payments:refunds")),
            Crumb(label=_about(row)),
        ),
        chip=STATES[state],
        facts=tuple(fact for fact in _facts(row, payer) if fact.value),
        warnings=tuple(_warnings(row, payer, mine=mine, decides=decides)),
        agree_url=reverse("payments:refund_agree", args=[row.id]) if decides and not mine else "",
        decline_url=reverse("payments:refund_decline", args=[row.id]) if decides else "",
        amount=QuestionView(
            key="amount",
            label="Số tiền hoàn",
            type="money",
            value=typed.get("amount", f"{row.amount_dong:,}".replace(",", ".")),
            help="Duyệt ít hơn được, nhiều hơn thì không.",
            error=errors.get("amount", ""),
        ),
        reason=QuestionView(
            key="reason",
            label="Lý do không hoàn",
            type="long_text",
            value=typed.get("reason", ""),
            help="Người nộp đọc nguyên câu này.",
            error=errors.get("reason", ""),
        ),
        hand=_hand(row, amount) if pays else None,
        errors=tuple(FieldError(field=key, text=text) for key, text in errors.items()),
    )


def _hand(row: Refund, amount: Money) -> Action:
    return Action(
        label=f"Đã trả {amount.vnd()} tiền mặt",
        url=reverse("payments:refunded", args=[row.id]),
        kind="primary",
        post=True,
    )


def _facts(row: Refund, payer: str) -> Iterator[Fact]:
    bill = queries.invoice_of_refund(row)
    if bill:
        yield Fact(
            label="Khoản phí", value=bill.code, url=reverse("payments:pay", args=[bill.code])
        )
        yield Fact(label="Hồ sơ", value=bill.subject, url=f"/ban/ho-so/{bill.subject}")
        yield Fact(label="Người nộp", value=payer)
        yield Fact(label="Đã trả", value=Money(bill.paid_dong).vnd())
        yield Fact(
            label="Khoản phí", value=BILL_STATES.get(bill.state, ""), note=bill.cancel_reason
        )
    yield Fact(label="Nơi đã thu và trả lại", value=agencies.agency_name(row.unit_id) or CITY)
    if row.asked_unit_id:
        yield Fact(label="Nơi xin hoàn", value=agencies.agency_name(row.asked_unit_id))
    if bill and row.credit_id is None:
        received = agencies.received_by(bill, row.unit_id)
        promised = agencies.promised_by(bill, row.unit_id)
        yield Fact(label="Nơi này đã thu", value=received.vnd())
        yield Fact(label="Nơi này đã hứa hoàn", value=promised.vnd())
        yield Fact(label="Nơi này còn hoàn được", value=Money(max(0, received - promised)).vnd())
        yield Fact(label="Được miễn, giảm khi thu", value=_relief(bill))
    if row.credit:
        yield Fact(label="Giao dịch thừa", value=row.credit.reference)
    yield Fact(label="Lý do", value=_ground(row))
    yield Fact(label="Lời ghi", value=row.reason)
    yield Fact(label="Cách hoàn", value=WAYS[RefundWay(row.way)])
    if row.source:
        yield Fact(label="Giao dịch được trả lại", value=row.source)
    if row.account_bank:
        name = next((one.name for one in banks() if one.bin == row.account_bank), row.account_bank)
        yield Fact(label="Ngân hàng", value=name)
        yield Fact(label="Số tài khoản", value=row.account_number or "")
        yield Fact(label="Chủ tài khoản", value=row.account_holder or "")
    yield Fact(
        label="Người nộp xin lúc" if row.asked_by_payer else "Cán bộ ghi lúc",
        value=dates.city_moment(row.asked_at),
    )
    yield Fact(label="Duyệt lần một", value=dates.city_moment(row.first_yes_at))
    yield Fact(label="Duyệt lúc", value=dates.city_moment(row.promised_at))
    yield Fact(label="Số lần hỏi ngân hàng", value=str(row.tries) if row.tries else "")
    yield Fact(label="Hoàn lúc", value=dates.city_moment(row.paid_at))
    yield Fact(label="Mã ngân hàng", value=row.bank_reference)
    yield Fact(label="Trả lời người nộp", value=row.answer)


def _relief(bill: Invoice) -> str:
    total = Money.total(item.relief for item in queries.items_of(bill.id))
    return total.vnd() if total else ""


def _warnings(row: Refund, payer: str, *, mine: bool, decides: bool) -> Iterator[Alert]:
    undecided = RefundState(row.state) in UNDECIDED
    if undecided and not decides:
        where = agencies.agency_name(row.unit_id) or CITY
        yield Alert(
            title="Nơi khác quyết định khoản này",
            text=f"{where} đã thu tiền nên trả lại tiền, nơi nào làm hồ sơ cũng vậy.",
        )
    if mine and undecided:
        yield Alert(
            title="Bạn đã duyệt lần một",
            text="Người thu phí khác hoặc người phụ trách duyệt lần hai.",
        )
    elif undecided and row.asked_unit_id:
        yield Alert(
            title="Khoản này cần hai người duyệt",
            text="Cơ quan khác xin hoàn. Hai người ở nơi đã thu cùng duyệt: người thu phí, rồi"
            " người thu phí khác hoặc người phụ trách.",
        )
    elif undecided and needs_second(queries.promised_before(row) + Money(row.amount_dong)):
        limit = rules().second_person_from.vnd()
        yield Alert(
            title="Khoản này cần hai người duyệt",
            text=f"Từ {limit} trở lên, hai người thu phí khác nhau cùng duyệt. Mức này do phần"
            " mềm đặt, chưa đối chiếu với văn bản luật.",
        )
    if undecided and row.account_bank and fold(row.account_holder or "") != fold(payer):
        yield Alert(
            title="Chủ tài khoản khác tên người nộp",
            text=f"Người nộp là {payer}. Bạn hỏi lại trước khi duyệt.",
            tone=Tone.LATE,
        )
    if row.state == RefundState.ORDERED:
        yield Alert(
            title="Chưa rõ ngân hàng đã chuyển chưa",
            text="Phần mềm hỏi lại bằng cùng một mã lệnh, nên không chuyển hai lần.",
            icon="hourglass",
        )


def start_page(
    invoice: Invoice, left: Money, typed: QueryDict, errors: Mapping[str, str]
) -> StartPage:
    source, came = queries.transaction_back(invoice, None, left)
    offered = {
        RefundWay.BACK: bool(source),
        RefundWay.ACCOUNT: came is Channel.BANK,
        RefundWay.CASH: came is Channel.CASH,
    }
    ways = tuple(Option(value=way, label=WAYS[way]) for way, able in offered.items() if able)
    verified = "" if rules().verified else " Các lý do chưa đối chiếu với văn bản luật."
    return StartPage(
        title=f"Hoàn tiền của khoản {invoice.code}",
        crumbs=crumbs(Crumb(label="Hoàn tiền", url=reverse("payments:refunds"))),
        note=f"Còn hoàn được {left.vnd()}.{verified}",
        questions=(
            QuestionView(
                key="ground",
                label="Vì sao hoàn",
                type="choice",
                value=typed.get("ground", ""),
                options=tuple(
                    Option(value=one, label=rules().grounds[one].name) for one in RefundGround
                ),
            ),
            QuestionView(
                key="amount",
                label="Số tiền hoàn",
                type="money",
                value=typed.get("amount", f"{int(left):,}".replace(",", ".")),
                error=errors.get("amount", ""),
            ),
            QuestionView(
                key="way",
                label="Cách hoàn",
                type="choice",
                value=typed.get("way", ways[0].value if ways else ""),
                options=ways,
                error=errors.get("way", ""),
                help="Chưa có tài khoản thì người nộp được hỏi.",
            ),
            QuestionView(
                key="reason",
                label="Lời ghi cho người nộp",
                type="long_text",
                value=typed.get("reason", ""),
                error=errors.get("reason", ""),
            ),
        ),
        errors=tuple(FieldError(field=key, text=text) for key, text in errors.items()),
        back_url=reverse("payments:pay", args=[invoice.code]),
    )


def _about(row: Refund) -> str:
    bill = queries.invoice_of_refund(row)
    return bill.code if bill else "tiền chưa rõ"


def _ground(row: Refund) -> str:
    return rules().grounds[RefundGround(row.ground)].name
