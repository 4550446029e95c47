"""Rows of payments: bills, money received, the books."""

from motcua.contexts.payments.models.books import JournalEntry, JournalLine
from motcua.contexts.payments.models.closings import ClosingLine, UnitClosing
from motcua.contexts.payments.models.invoices import Invoice, InvoiceItem, PaymentAttempt
from motcua.contexts.payments.models.money import Credit, ReconciliationRun
from motcua.contexts.payments.models.receipts import Receipt, ReceiptRange, ReceiptSeries
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
    "ReceiptRange",
    "ReceiptSeries",
    "ReconciliationRun",
    "Refund",
    "StatementEntry",
    "StatementLayout",
    "UnitClosing",
]
