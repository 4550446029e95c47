"""Lớp dữ liệu, a class for every field (`kernel.privacy`): what is said to neighbours."""

from motcua.kernel.privacy import DataClass

INTERNAL = DataClass.INTERNAL
BASIC = DataClass.PERSONAL_BASIC

CLASSES = {
    "ExchangeMessage": {
        INTERNAL: (
            "id at connector operation key purpose actor_kind account_id attempt outcome "
            "reason took_ms sent_digest heard_digest"
        ),
    },
    "Sending": {
        INTERNAL: (
            "id connector operation key purpose actor_kind account_id state attempts "
            "next_try_at last_reason created_at ended_at provider reference"
        ),
        BASIC: "payload",
    },
    "Receipt": {INTERNAL: "id provider sending delivered reason at heard_at parts cost_dong"},
}
