"""Rows of payments: bills, money received, the books."""

from motcua.contexts.payments.models.books import JournalEntry, JournalLine
from motcua.contexts.payments.models.closings import ClosingLine, UnitClosing
from motcua.contexts.payments.models.invoices import Invoice, InvoiceItem, PaymentAttempt, Receipt
from motcua.contexts.payments.models.money import Credit, ReconciliationRun
from motcua.contexts.payments.models.refunds import Refund
from motcua.contexts.payments.models.statements import (
    BankDayClosing,
    BankStatement,
    DifferenceNote,
    StatementEntry,
    StatementLayout,
)

__all__ = [
    "BankDayClosing",
    "BankStatement",
    "ClosingLine",
    "Credit",
    "DifferenceNote",
    "Invoice",
    "InvoiceItem",
    "JournalEntry",
    "JournalLine",
    "PaymentAttempt",
    "Receipt",
    "ReconciliationRun",
    "Refund",
    "StatementEntry",
    "StatementLayout",
    "UnitClosing",
]
