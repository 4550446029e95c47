"""Lớp dữ liệu, a class for every field (`kernel.privacy`): parcels and papers."""

from motcua.kernel.privacy import DataClass

INTERNAL = DataClass.INTERNAL
BASIC = DataClass.PERSONAL_BASIC

CLASSES = {
    "Consignment": {
        INTERNAL: (
            "id kind subject owner unit state attempts tracking price_dong price_source refusal "
            "asked_at tries next_try_at heard_at sheet claim claimed_at proof ended_at"
        ),
        BASIC: "home taken_by",
    },
    "TrackingEvent": {INTERNAL: "id consignment number kind happened_at heard_at place reason"},
    "HandoverSheet": {
        INTERNAL: "id unit made_at made_by_id closed_at",
        BASIC: "gave_name took_name",
    },
    "Original": {
        INTERNAL: "id subject owner label holder holder_unit since steps is_lost",
    },
    "CustodyStep": {
        INTERNAL: (
            "id original serial giver giver_unit_id taker taker_unit_id consignment happened_at "
            "recorded_at recorded_by_id"
        ),
        BASIC: "gave_name took_name",
    },
    "Travelling": {INTERNAL: "id consignment original"},
}
SUBJECTS = {
    "Consignment": "owner_id",
    "CustodyStep": "original__owner_id",
}
