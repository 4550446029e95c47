"""Lớp dữ liệu, a class for every field (`kernel.privacy`): codes and states, nobody's values."""

from motcua.kernel.privacy import DataClass

INTERNAL = DataClass.INTERNAL

CLASSES = {
    "Endpoint": {
        INTERNAL: (
            "id account_id person mandate_id assurance sandbox url kinds secret old_secret "
            "old_until made_at failing_since disabled_at ended_at"
        ),
    },
    "Letter": {
        INTERNAL: (
            "id endpoint kind subject mark body happened_at tries next_at taken_at given_up_at "
            "finding"
        ),
    },
}
SUBJECTS = {"Endpoint": "person_id"}
