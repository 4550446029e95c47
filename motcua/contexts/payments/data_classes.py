"""Lớp dữ liệu, a class for every field (`kernel.privacy`): money."""

from motcua.kernel.privacy import DataClass

INTERNAL = DataClass.INTERNAL
BASIC = DataClass.PERSONAL_BASIC

CLASSES = {
    "Invoice": {
        INTERNAL: (
            "id code subject payer unit state total_dong paid_dong refunded_dong opened_at "
            "paid_at cancelled_at cancel_reason due_booked_at"
        ),
    },
    "InvoiceItem": {
        INTERNAL: (
            "id invoice asked_at position kind label amount_dong relief_dong relief_name collect_at"
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
            "id invoice credit amount_dong reason promised_at promised_by_id paid_at channel"
        ),
    },
    "ReconciliationRun": {
        INTERNAL: "id period_start period_end matched ours_dong theirs_dong differences run_at",
    },
}
SUBJECTS = {
    "Credit": "invoice__payer_id",
}
