"""Phí, lệ phí: what the neighbours of payments ask with and are answered with."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.money import ZERO, Money


class FeeKind(StrEnum):
    """What the money is for; each kind has its own revenue account."""

    PHI = "PHI"
    LE_PHI = "LE_PHI"
    LAND_DUTY = "LAND_DUTY"
    TAX = "TAX"
    POST = "POST"
    OTHER = "OTHER"


class FeeWhen(StrEnum):
    """When it is collected (national code `HinhThucThu`: 1, 2, 4)."""

    RECEPTION = "RECEPTION"
    SUPPLEMENT = "SUPPLEMENT"
    RETURN = "RETURN"


class InvoiceState(StrEnum):
    NOTHING_DUE = "NOTHING_DUE"
    UNPAID = "UNPAID"
    PENDING = "PENDING"
    PARTLY = "PARTLY"
    PAID = "PAID"
    REFUNDED = "REFUNDED"
    CANCELLED = "CANCELLED"


class Channel(StrEnum):
    """How money reached us."""

    BANK = "BANK"
    CASH = "CASH"


class Finding(StrEnum):
    """What was found when received money was laid beside its bill."""

    EXACT = "EXACT"
    SHORT = "SHORT"
    OVER = "OVER"
    PAID_TWICE = "PAID_TWICE"
    AFTER_CANCEL = "AFTER_CANCEL"
    UNKNOWN_BILL = "UNKNOWN_BILL"


class RefundState(StrEnum):
    """Where a refund is. SECOND: one collector agreed, one more must. ORDERED: the bank knows."""

    ASKED = "ASKED"
    SECOND = "SECOND"
    PROMISED = "PROMISED"
    ORDERED = "ORDERED"
    ACCOUNT_NEEDED = "ACCOUNT_NEEDED"
    PAID = "PAID"
    DECLINED = "DECLINED"


class RefundGround(StrEnum):
    """Why money goes back; what holds for each is data (`refunds.toml`)."""

    OVERPAID = "OVERPAID"
    PAID_TWICE = "PAID_TWICE"
    AFTER_CANCEL = "AFTER_CANCEL"
    WITHDRAWN_BEFORE = "WITHDRAWN_BEFORE"
    WITHDRAWN = "WITHDRAWN"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    EXEMPTED = "EXEMPTED"
    FEE_LOWERED = "FEE_LOWERED"
    OTHER = "OTHER"


class RefundWay(StrEnum):
    """How it goes back: to where it came from, to an account that the payer names, in cash."""

    BACK = "BACK"
    ACCOUNT = "ACCOUNT"
    CASH = "CASH"


class Recheck(StrEnum):
    """What the register said of an entitlement when its payer came to pay."""

    HELD = "HELD"
    ENDED = "ENDED"
    UNKNOWN = "UNKNOWN"


class Account(StrEnum):
    """Hệ thống tài khoản: the accounts of the double-entry ledger."""

    RECEIVABLE = "RECEIVABLE"
    BANK_CLEARING = "BANK_CLEARING"
    CASH_AT_DESK = "CASH_AT_DESK"
    REVENUE_PHI = "REVENUE_PHI"
    REVENUE_LE_PHI = "REVENUE_LE_PHI"
    REVENUE_LAND_DUTY = "REVENUE_LAND_DUTY"
    REVENUE_TAX = "REVENUE_TAX"
    REVENUE_POST = "REVENUE_POST"
    REVENUE_OTHER = "REVENUE_OTHER"
    SUSPENSE = "SUSPENSE"
    REFUNDS_PAYABLE = "REFUNDS_PAYABLE"
    BANK_FEES = "BANK_FEES"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeItem:
    """One line to be paid. A fee that nobody has fixed yet is not a line: it is not known.

    amount: what is due, after `relief` was taken off; relief_name: by which exemption.
    """

    kind: FeeKind
    label: str
    amount: Money
    when: FeeWhen = FeeWhen.RECEPTION
    relief: Money = ZERO
    relief_name: str = ""
    by_register: bool = False  # a register told the entitlement; it is asked again before payment

    @property
    def full(self) -> Money:
        """What it costs without the exemption."""
        return self.amount + self.relief


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceView:
    """A bill as its payer sees it. `id` and `code` are empty when nothing is due."""

    id: UUID | None
    code: str
    subject: str
    state: InvoiceState
    total: Money
    paid: Money
    items: tuple[FeeItem, ...]
    qr_payload: str | None
    relief_check: Recheck | None = None
    relief_checked_at: datetime | None = None
    relief_ended: str = ""  # the name of the entitlement that the register no longer tells

    @property
    def outstanding(self) -> Money:
        """What is still to be paid; nothing once the bill is cancelled."""
        if self.state in (InvoiceState.CANCELLED, InvoiceState.REFUNDED):
            return Money(0)
        return self.total - self.paid


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundAccount:
    """Where a payer wants the money: BIN of the bank, number and holder of the account."""

    bank: str
    number: str
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRefund:
    """A payer asks. credit_id None: what was paid for the bill itself. account None: as it came."""

    code: str
    credit_id: UUID | None
    ground: RefundGround
    reason: str = ""
    account: RefundAccount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRefund:
    """A collector starts a refund of what was paid for a bill."""

    code: str
    ground: RefundGround
    amount_dong: int
    reason: str
    way: RefundWay
    account: RefundAccount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundOffer:
    """Money that its payer may ask back. credit_id None: paid for the bill itself.

    claimed: nobody but the payer says so yet, and so they say why.
    """

    ground: RefundGround
    amount: Money
    credit_id: UUID | None = None
    came_at: datetime | None = None
    claimed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundView:
    """One refund in the words of its payer. due_by: by when it should have arrived.

    answer_by: by when whoever asked should know. agency: who received the money and gives it
    back; "" for the account of the city.
    """

    id: UUID
    invoice_code: str
    state: RefundState
    ground: RefundGround
    amount: Money
    way: RefundWay
    reason: str
    asked_at: datetime
    decided_at: datetime | None
    paid_at: datetime | None
    due_by: date | None
    answer: str  # why it was declined, or why the bank could not pay
    bank_reference: str = ""
    agency: str = ""
    answer_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundNoted:
    """A refund was asked or started."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyBack:
    """What of a dossier's money may be asked back, and what is on its way."""

    offers: tuple[RefundOffer, ...] = ()
    refunds: tuple[RefundView, ...] = ()
    claim: RefundOffer | None = None  # what a payer may ask back by their own word


NO_MONEY_BACK = MoneyBack()


class BankAnswer(StrEnum):
    """What the bank says of an order to refund. UNKNOWN: it never heard of it."""

    DONE = "DONE"
    PENDING = "PENDING"
    REFUSED = "REFUSED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundTold:
    """One word of the bank about an order. order: the key we gave it."""

    order: str
    amount: Money
    answer: BankAnswer
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankCredit:
    """One credit on our account as the bank tells it, by callback or in its list."""

    transaction_id: str
    amount: Money
    memo: str
    booked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """What became of money: how much paid the bill and how much waits in suspense."""

    transaction_id: str
    finding: Finding
    invoice_code: str
    applied_dong: int
    suspense_dong: int
    repeated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspenseView:
    """Money that did not fit its bill and nobody has settled. oldest_at None: there is none."""

    count: int
    waiting: Money
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsettledView:
    """One such credit, without the words of its payer. invoice_code: "" when no bill fits."""

    id: UUID
    transaction_id: str
    channel: Channel
    finding: Finding
    invoice_code: str
    amount: Money
    waiting: Money
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationView:
    """One comparison with the bank. `differences` are sentences; `booked`: those never told."""

    matched: int
    booked: int
    ours_total: Money
    theirs_total: Money
    differences: tuple[str, ...]


class InvoiceNotFound(NotFound):
    sentence = "Không tìm thấy khoản phí này."


class SignatureRefused(Forbidden):
    """The callback was not signed by the bank we know."""

    sentence = "Chữ ký của ngân hàng không đúng."


class RepeatedWithOtherContent(Conflict):
    """The bank sent a transaction again with another amount or text: somebody must ask."""

    sentence = "Giao dịch này đã được báo với nội dung khác."


class AmountNotPositive(Invalid):
    sentence = "Số tiền phải lớn hơn 0 đồng."


class NothingToPay(Conflict):
    sentence = "Khoản này không còn gì phải trả."


class WrongCashAmount(Invalid):
    """Cash at the desk must settle the bill exactly: the desk gives change."""


class CollectorsOnly(Forbidden):
    sentence = "Chỉ người thu phí hoặc cán bộ tiếp nhận được ghi thu tiền mặt."


class RefundTooLarge(Invalid):
    sentence = "Số tiền hoàn lớn hơn số đã nhận."


class RefundNotFound(NotFound):
    sentence = "Không tìm thấy khoản hoàn này."


class NothingToRefund(Conflict):
    sentence = "Không có khoản nào để hoàn, hoặc bạn đã xin hoàn rồi."


class RefundMoved(Conflict):
    """Somebody decided or paid it meanwhile."""

    sentence = "Khoản hoàn này đã đổi trạng thái. Bạn tải lại trang."


class RefundElsewhere(Forbidden):
    """Who received the money gives it back, whoever works on the dossier."""

    sentence = "Nơi khác đã thu khoản này, nên người thu phí của nơi đó quyết định hoàn tiền."


class RefundAskedAlready(Conflict):
    sentence = "Khoản phí này đang có yêu cầu hoàn chờ duyệt. Bạn quyết định yêu cầu đó trước."


class SecondPersonNeeded(Forbidden):
    sentence = "Bạn đã duyệt lần một. Khoản lớn cần một người thu phí khác duyệt."


class RefundReasonNeeded(Invalid):
    sentence = "Bạn ghi lý do, người nộp sẽ đọc câu này."


class AccountIncomplete(Invalid):
    sentence = "Bạn chọn ngân hàng, ghi số tài khoản (6 đến 19 số) và tên chủ tài khoản."


class NoWayBack(Conflict):
    """The money came in parts or in cash, so the bank cannot simply turn it around."""

    sentence = "Không trả về nơi đã chuyển được. Bạn cho số tài khoản nhận tiền."


class NotInSuspense(Conflict):
    sentence = "Khoản tiền này đã được xử lý."


class StatementUnreadable(Invalid):
    sentence = "Không đọc được sao kê. Bạn xuất lại từ ngân hàng thành tệp camt.053 (XML) hoặc CSV."


class StatementDoesNotAddUp(Invalid):
    """Opening and what moved do not give the closing balance: lines are missing."""

    sentence = "Sao kê không cân số dư. Bạn tải lại từ ngân hàng."


class StatementOfOthers(Invalid):
    sentence = "Đây là sao kê của tài khoản khác, không phải tài khoản thu phí."


class StatementChanged(Conflict):
    """A line that an earlier file had, with another amount or day."""

    sentence = "Sao kê này ghi khác sao kê đã nhập trước đó. Bạn hỏi ngân hàng bản nào đúng."


class ColumnsNeeded(Invalid):
    sentence = "Bạn chọn cột ngày, cột nội dung, và cột số tiền hoặc hai cột tiền vào, tiền ra."


class DifferenceGone(Conflict):
    """Somebody settled it, or the money turned up."""

    sentence = "Khác biệt này không còn. Bạn tải lại trang."


class BankDayNotFound(NotFound):
    sentence = "Không có ngày này. Bạn mở lại từ danh sách các ngày."


class ReportNotFound(NotFound):
    sentence = "Không có báo cáo này."


class StillUnexplained(Conflict):
    sentence = "Còn khác biệt chưa xử lý nên chưa chốt được ngày này."


class BankDayMoved(Conflict):
    sentence = "Ngày này vừa được chốt hoặc mở lại. Bạn tải lại trang."


class ReasonNeeded(Invalid):
    sentence = "Bạn ghi lý do, người kiểm tra sẽ đọc câu này."


class PaidBefore(Conflict):
    """A bill that money has come for is not made anew: the way back is a refund."""

    sentence = "Khoản phí đã có tiền trả, nên không sửa được. Bạn hoàn tiền cho người nộp."


class NotPaidYet(Conflict):
    sentence = "Chưa có biên lai vì khoản phí chưa trả đủ."
