"""Lớp dữ liệu, a class for every field (`kernel.privacy`): packages and dossiers read back."""

from motcua.kernel.privacy import DataClass

INTERNAL = DataClass.INTERNAL
BASIC = DataClass.PERSONAL_BASIC
SENSITIVE = DataClass.PERSONAL_SENSITIVE

CLASSES = {
    "Package": {
        INTERNAL: (
            "id code first last unit_id sealed why_clear dossiers asked_by asked_at ready_at "
            "handed_at handed_by handed_to handed_note"
        ),
    },
    "PackedDossier": {INTERNAL: "id package case_id code sha256 size files file packed_at gone_at"},
    "Keeping": {
        INTERNAL: (
            "case_id code procedure_code procedure_name unit_id version_id ruled years "
            "counted_from law mark verified ended_on issued_on keep_until noted_at disposed_at"
        ),
    },
    "DisposalList": {
        INTERNAL: ("id code state why proposed_by proposed_at decided_by decided_at minutes said"),
    },
    "DisposalLine": {INTERNAL: "id list case_id code open kept_for run gone_at"},
    "RestoredDossier": {
        INTERNAL: (
            "id code bag package_code procedure_code procedure_name unit_code unit_name "
            "data_class ended_at restored_at restored_by name_index number_index"
        ),
        BASIC: "applicant_name applicant_number",
        SENSITIVE: "content",
    },
    "RestoredFile": {INTERNAL: "id dossier path file"},
}
