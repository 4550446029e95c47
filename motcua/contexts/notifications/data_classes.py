"""Lớp dữ liệu, a class for every field (`kernel.privacy`): what is told to people."""

from motcua.kernel.privacy import DataClass

INTERNAL = DataClass.INTERNAL
BASIC = DataClass.PERSONAL_BASIC

CLASSES = {
    "Notification": {
        INTERNAL: "id once person account level template subject created_at read_at settled_at",
        BASIC: "params",
    },
    "Delivery": {
        INTERNAL: (
            "id notification device channel state not_before changed_at reason letter provider "
            "handed_at sent_at delivered_at"
        ),
    },
    "Device": {
        INTERNAL: (
            "id person account name service language endpoint_index created_at used_at ended_at "
            "ended_why"
        ),
        BASIC: "endpoint p256dh auth",
    },
    "PaperService": {
        INTERNAL: "id notification unit asked_at done_at done_by way reference",
    },
    "Preferences": {
        INTERNAL: "id person account off quiet_from quiet_to gathers changed_at",
    },
}
SUBJECTS = {
    "Notification": "person_id",
    "Device": "person_id",
}
