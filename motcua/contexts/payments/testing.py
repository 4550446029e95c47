"""Builders for tests: bills and money with only the arguments that matter."""

from datetime import date, datetime
from uuid import UUID

from motcua.contexts.payments import queries
from motcua.contexts.payments.actions.invoicing import add_items, open_invoice
from motcua.contexts.payments.actions.ordering import claim, note_told
from motcua.contexts.payments.adapters.account import collecting_account
from motcua.contexts.payments.contracts import (
    BankAnswer,
    BankCredit,
    FeeItem,
    FeeKind,
    FeeWhen,
    InvoiceView,
    RefundGround,
    RefundTold,
    RefundWay,
    StartRefund,
)
from motcua.contexts.payments.models import Invoice, Refund
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.money import Money
from motcua.kernel.testing import MONDAY_9AM

SUBJECT = "H29.99-20261123-0000042"


def a_fee(
    dong: int = 8_000, *, kind: FeeKind = FeeKind.LE_PHI, label: str = "Lệ phí cấp trích lục"
) -> FeeItem:
    return FeeItem(kind=kind, label=label, amount=Money(dong), when=FeeWhen.RECEPTION)


def an_invoice(
    *fees: FeeItem,
    payer: UUID,
    subject: str = SUBJECT,
    unit_id: UUID | None = None,
    now: datetime = MONDAY_9AM,
) -> InvoiceView:
    """A bill opened inside an action of its own."""
    items = fees or (a_fee(),)
    _open(subject=subject, payer=payer, items=items, unit_id=unit_id, now=now)
    invoice = Invoice.objects.filter(subject=subject).order_by("-opened_at", "-id")[0]
    return queries.view_of(invoice, queries.items_of(invoice.id))


@owns_transaction
def _open(
    *, subject: str, payer: UUID, items: tuple[FeeItem, ...], unit_id: UUID | None, now: datetime
) -> None:
    open_invoice(subject=subject, payer_person_id=payer, items=items, unit_id=unit_id, now=now)
    record(action="payments.testing_open", subject=subject, actor=SYSTEM)


def charged(item: FeeItem, *, payer: UUID, subject: str, now: datetime = MONDAY_9AM) -> None:
    """One line more on the live bill of a dossier, inside an action of its own."""
    _charge(item, payer=payer, subject=subject, now=now)


@owns_transaction
def _charge(item: FeeItem, *, payer: UUID, subject: str, now: datetime) -> None:
    add_items(subject=subject, payer_person_id=payer, items=(item,), now=now)
    record(action="payments.testing_charge", subject=subject, actor=SYSTEM)


def a_credit(
    memo: str, dong: int = 8_000, *, transaction: str = "BANK-1", at: datetime = MONDAY_9AM
) -> BankCredit:
    """Money on our account as the bank tells it."""
    return BankCredit(transaction_id=transaction, amount=Money(dong), memo=memo, booked_at=at)


def a_start(code: str, dong: int = 8_000, *, way: RefundWay = RefundWay.BACK) -> StartRefund:
    """A refund that a collector starts."""
    return StartRefund(
        code=code, ground=RefundGround.OTHER, amount_dong=dong, reason="Thu nhầm", way=way
    )


def paid_back(refund_id: UUID, *, now: datetime = MONDAY_9AM) -> None:
    """The bank takes the order and says that it did it; said again it changes nothing."""
    due = Refund.objects.get(id=refund_id).next_try_at
    claim(refund_id, now=max(due or now, now))
    row = Refund.objects.get(id=refund_id)
    told = RefundTold(
        order=row.order,
        amount=Money(row.amount_dong),
        answer=BankAnswer.DONE,
        reference="HOAN1",
    )
    note_told(told, actor=SYSTEM, now=now)


CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>{number}</Id>
<Acct><Id><Othr><Id>{account}</Id></Othr></Id></Acct>
{opening}{closing}{lines}</Stmt></BkToCstmrStmt></Document>"""
BALANCE = """<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>
<Amt Ccy="VND">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>"""
ENTRY = """<Ntry><Amt Ccy="VND">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>{reversal}
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{on}</Dt></BookgDt><AcctSvcrRef>{reference}</AcctSvcrRef>
{kind}<NtryDtls><TxDtls><Refs><EndToEndId>{order}</EndToEndId></Refs>{fee}
<RmtInf><Ustrd>{memo}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""


def a_line(
    dong: int,
    memo: str = "",
    *,
    reference: str,
    on: date,
    order: str = "NOTPROVIDED",
    fee: int = 0,
    is_charge: bool = False,
    is_reversal: bool = False,
) -> str:
    """One entry of a camt.053 statement; below 0: money that left."""
    charge = "<BkTxCd><Domn><Fmly><SubFmlyCd>CHRG</SubFmlyCd></Fmly></Domn></BkTxCd>"
    taken = f'<Chrgs><TtlChrgsAndTaxAmt Ccy="VND">{fee}</TtlChrgsAndTaxAmt></Chrgs>'
    return ENTRY.format(
        amount=abs(dong),
        side="CRDT" if dong > 0 else "DBIT",
        on=on.isoformat(),
        reference=reference,
        order=order,
        memo=memo,
        fee=taken if fee else "",
        kind=charge if is_charge else "",
        reversal="<RvslInd>true</RvslInd>" if is_reversal else "",
    )


def a_statement(
    *lines: str, opening: int = 1_000_000, closing: int | None = None, number: str = "SK1"
) -> bytes:
    """A camt.053 file whose balances add up unless `closing` says otherwise."""
    moved = sum(_moved(line) for line in lines)
    said = opening + moved if closing is None else closing
    whole = CAMT.format(
        number=number,
        account=collecting_account().number,
        opening=BALANCE.format(code="OPBD", amount=opening),
        closing=BALANCE.format(code="CLBD", amount=said),
        lines="".join(lines),
    )
    return whole.encode()


def _moved(line: str) -> int:
    amount = int(line.split('<Amt Ccy="VND">')[1].split("<")[0])
    return amount if "<CdtDbtInd>CRDT" in line else -amount
