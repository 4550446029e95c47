"""Lớp dữ liệu, a class for every field (`kernel.privacy`): warnings are for everybody."""

from motcua.kernel.privacy import DataClass

OPEN = DataClass.OPEN
INTERNAL = DataClass.INTERNAL
BASIC = DataClass.PERSONAL_BASIC

CLASSES = {
    "Alert": {
        OPEN: (
            "id code chain replaces status kind category urgency severity certainty words contact"
            " wards shape released_at onset_at expires_at ended_at ended_as cap unit template"
        ),
        INTERNAL: (
            "state hours version written_by drafted_at changed_at released_by spread_step"
            " spread_after spread_at told_at reached"
        ),
    },
    "Edition": {OPEN: "name version"},
    "FollowedPlace": {INTERNAL: "id person kind ward_index source since", BASIC: "ward_code"},
    "Reach": {
        INTERNAL: "id alert person_id ward_index addressed_at told_at seen_at read_at",
    },
}
SUBJECTS = {
    "FollowedPlace": "person_id",
    "Reach": "person_id",
}
