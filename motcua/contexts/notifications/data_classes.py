"""Lớp dữ liệu, a class for every field (`kernel.privacy`): what is told to people."""

from motcua.kernel.privacy import DataClass

INTERNAL = DataClass.INTERNAL
BASIC = DataClass.PERSONAL_BASIC

CLASSES = {
    "Notification": {
        INTERNAL: "id once person account level template subject created_at read_at settled_at",
        BASIC: "params",
    },
    "Delivery": {INTERNAL: "id notification channel state not_before changed_at reason"},
}
SUBJECTS = {
    "Notification": "person_id",
}
