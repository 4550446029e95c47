"""Lớp dữ liệu, a class for every field (`kernel.privacy`): money."""

from collections.abc import Collection
from uuid import UUID

from motcua.kernel.privacy import DataClass, Owners

INTERNAL = DataClass.INTERNAL
BASIC = DataClass.PERSONAL_BASIC

CLASSES = {
    "Invoice": {
        INTERNAL: (
            "id code subject payer unit state total_dong paid_dong refunded_dong opened_at "
            "paid_at cancelled_at cancel_reason cancel_ground due_booked_at relief_check "
            "relief_checked_at relief_ended"
        ),
    },
    "InvoiceItem": {
        INTERNAL: (
            "id invoice asked_at position kind label amount_dong relief_dong relief_name "
            "by_register collect_at"
        )
    },
    "PaymentAttempt": {INTERNAL: "id invoice amount_dong started_at ended_at outcome"},
    "Receipt": {
        INTERNAL: (
            "id number invoice amount_dong issued_at range serial code kind state about "
            "adjust_dong reason ended_at ended_by_id end_reason"
        ),
    },
    "ReceiptSeries": {INTERNAL: "id code next"},
    "ReceiptRange": {INTERNAL: "id series unit first last next given_at given_by_id"},
    "JournalEntry": {INTERNAL: "id kind reference invoice happened_at recorded_at"},
    "JournalLine": {INTERNAL: "id entry account debit_dong credit_dong"},
    "Credit": {
        INTERNAL: (
            "id channel reference amount_dong invoice finding applied_dong suspense_dong "
            "waiting_dong booked_at received_at looked_at received_by_id unit"
        ),
        BASIC: "memo",
    },
    "Refund": {
        INTERNAL: (
            "id invoice credit unit asked_unit state ground amount_dong asked_at asked_by_payer "
            "way source account_bank first_yes_at first_yes_by_id promised_at promised_by_id "
            "declined_at declined_by_id answer order_no tries next_try_at bank_reference "
            "paid_at channel reason"
        ),
        BASIC: "account_number account_holder",
    },
    "BankStatement": {
        INTERNAL: (
            "id sha256 format number first_on last_on opening_dong closing_dong came_dong "
            "left_dong lines new_lines brought_at brought_by_id"
        ),
    },
    "StatementEntry": {
        INTERNAL: (
            "id key statement side amount_dong booked_at booked_on reference order fee_dong "
            "fee_booked_at is_reversal is_charge credit refund"
        ),
        BASIC: "memo",
    },
    "StatementLayout": {INTERNAL: "id heads columns told_at told_by_id"},
    "DifferenceNote": {INTERNAL: "id item difference said noted_at noted_by_id"},
    "BankDayClosing": {
        INTERNAL: (
            "id day report closed_at closed_by_officer_id reopened_at reopened_by_officer_id "
            "reopen_reason"
        ),
    },
    "UnitClosing": {
        INTERNAL: (
            "id unit day report digest words signed_at signed_by_id closed_at closed_by_id "
            "returned_at returned_by_id return_reason"
        ),
    },
    "ClosingLine": {
        INTERNAL: "id closing kind item amount_dong happened_at happened_on reference bill",
    },
    "ReconciliationRun": {
        INTERNAL: "id period_start period_end matched ours_dong theirs_dong differences run_at",
    },
}


def payers_of(refunds: Collection[UUID]) -> Owners:
    """A refund is its payer's, also where the money never fitted the bill."""
    from motcua.contexts.payments.models import Refund

    rows = Refund.objects.filter(pk__in=refunds).order_by("pk")
    found = rows.values_list("pk", "invoice__payer_id", "credit__invoice__payer_id")
    return {key: own or other for key, own, other in found}


def payers_of_entries(entries: Collection[UUID]) -> Owners:
    """A line of a statement is the payer's whose bill its money met."""
    from motcua.contexts.payments.models import StatementEntry

    rows = StatementEntry.objects.filter(pk__in=entries).order_by("pk")
    found = rows.values_list("pk", "credit__invoice__payer_id", "refund__invoice__payer_id")
    return {key: came or left for key, came, left in found}


SUBJECTS = {
    "StatementEntry": payers_of_entries,
    "Credit": "invoice__payer_id",
    "Refund": payers_of,
}
