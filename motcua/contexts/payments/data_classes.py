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
    "Receipt": {INTERNAL: "id number invoice amount_dong issued_at"},
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
            "id invoice credit state ground amount_dong asked_at asked_by_payer way source "
            "account_bank first_yes_at first_yes_by_id promised_at promised_by_id declined_at "
            "declined_by_id answer order_no tries next_try_at bank_reference paid_at channel reason"
        ),
        BASIC: "account_number account_holder",
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


SUBJECTS = {
    "Credit": "invoice__payer_id",
    "Refund": payers_of,
}
