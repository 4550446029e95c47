"""Lớp dữ liệu, a class for every field (`kernel.privacy`): the catalogue, which is public."""

from motcua.kernel.privacy import DataClass

OPEN = DataClass.OPEN
INTERNAL = DataClass.INTERNAL

CLASSES = {
    "Procedure": {OPEN: "id code created_at"},
    "ProcedureVersion": {
        OPEN: (
            "id procedure number state source valid_from valid_to name name_en field "
            "field_code levels agency_key routing online keywords life_events is_runnable "
            "generic not_filed digest content process written_by written_at published_by "
            "published_at"
        ),
    },
    "DraftRevision": {
        INTERNAL: "id version serial came_from content said saved_by saved_at",
    },
    "Trial": {
        INTERNAL: (
            "id procedure version wards starts_on ends_on started_by ended_at ended_by outcome"
        ),
    },
    "NationalRecord": {OPEN: "code digest content imported_at"},
    "ClosedForm": {INTERNAL: "code why closed_at closed_by"},
    "ImportRun": {
        INTERNAL: (
            "id file started_at ended_at read created changed unchanged reference_only unreadable"
        ),
    },
    "ImportRemark": {INTERNAL: "id run row code why unreadable"},
    "CatalogueEdition": {INTERNAL: "id token"},
}
