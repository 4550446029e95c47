"""Nơi nhận tiền hoàn: back to where it came from, or to an account that its payer names."""

from motcua.contexts.payments import queries
from motcua.contexts.payments.contracts import (
    AccountIncomplete,
    Channel,
    NoWayBack,
    RefundAccount,
    RefundWay,
)
from motcua.contexts.payments.models import Credit, Invoice, Refund
from motcua.contexts.payments.rules.refunds import banks, is_account_number
from motcua.kernel.actors import Actor, MandateKind
from motcua.kernel.money import Money
from motcua.kernel.text import nfc

# Who helps or works for somebody may ask, and the money goes back only where it came from.
MAY_NAME_AN_ACCOUNT = frozenset(
    {
        MandateKind.PARENT,
        MandateKind.GUARDIAN,
        MandateKind.HEIR,
        MandateKind.LEGAL_REPRESENTATIVE,
    }
)


def choose_way(
    refund: Refund,
    invoice: Invoice,
    credit: Credit | None,
    account: RefundAccount | None,
    actor: Actor,
) -> None:
    """The account that was named, else where the money came from.

    Raises: AccountIncomplete, NoWayBack.
    """
    if account is not None:
        may_name(actor)
        note_account(refund, account)
        refund.way = RefundWay.ACCOUNT
        return
    source, came = queries.transaction_back(invoice, credit, Money(refund.amount_dong))
    if came is Channel.CASH:
        refund.way, refund.channel = RefundWay.CASH, Channel.CASH
    elif source:
        refund.way, refund.source = RefundWay.BACK, source
    else:
        raise NoWayBack(field="way")


def may_name(actor: Actor) -> None:
    """Raises: NoWayBack."""
    if actor.mandate is not None and actor.mandate.kind not in MAY_NAME_AN_ACCOUNT:
        raise NoWayBack(
            "Người làm giúp không đổi được nơi nhận tiền. Bạn chọn trả về nơi đã chuyển,"
            " hoặc người nộp tự cho số tài khoản."
        )


def note_account(refund: Refund, account: RefundAccount) -> None:
    """Raises: AccountIncomplete."""
    number = "".join(account.number.split()).upper()
    known = {bank.bin for bank in banks()}
    if account.bank not in known or not is_account_number(number) or not nfc(account.holder):
        raise AccountIncomplete(field="number")
    refund.account_bank, refund.account_number = account.bank, number
    refund.account_holder = " ".join(nfc(account.holder).split())[:100]
