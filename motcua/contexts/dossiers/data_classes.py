"""Lớp dữ liệu, a class for every field (`kernel.privacy`): applications."""

from motcua.kernel.privacy import DataClass

INTERNAL = DataClass.INTERNAL
BASIC = DataClass.PERSONAL_BASIC
SENSITIVE = DataClass.PERSONAL_SENSITIVE

CLASSES = {
    "Draft": {
        INTERNAL: (
            "id account_id applicant_person procedure_version ward_code receiving_unit_id "
            "source marks papers return_form mandate register_trouble version created_at "
            "saved_at submitted_as"
        ),
        SENSITIVE: "sheet typed",
        BASIC: "post_address",
    },
    "Assistance": {
        INTERNAL: (
            "id person applicant mandate procedure_code ward_code account_id officer_id unit told "
            "identified consent code code_sent_at tries asked_at answered_at draft_id dossier "
            "denied_at"
        ),
        BASIC: "denied_note",
    },
    "BulkFiling": {
        INTERNAL: (
            "id account_id applicant_person procedure_version ward_code columns lines checked "
            "wrong again made created_at checked_at asked_at done_at sandbox"
        ),
        SENSITIVE: "notices",
    },
    "BulkPart": {
        INTERNAL: "id filing number marks checked_at made_at",
        SENSITIVE: "lines",
    },
    "BulkLine": {INTERNAL: "id applicant_person mark draft"},
    "BulkSending": {
        INTERNAL: "id filing trial account_id mandate_id assurance asked_at done_at",
    },
    "BulkSendingPart": {
        INTERNAL: "id sending number passed refused",
        SENSITIVE: "outcomes",
    },
    "Dossier": {
        INTERNAL: (
            "case code procedure_version applicant_person submitted_by mandate source channel "
            "return_form ward_code case_name secret supplements asked signed_by signed_at stars "
            "rated_at erased_at"
        ),
        SENSITIVE: "sheet",
        BASIC: "comment",
    },
    "Handover": {
        INTERNAL: (
            "dossier code code_index state tracking posted_at posted_by ended_at ended_by mandate"
        ),
        BASIC: "address taken_by",
    },
    "CopyRequest": {INTERNAL: "id dossier asked_by asked_at issued done_at"},
    "DraftInitial": {INTERNAL: "id dossier officer_id full_name position digest at"},
    "DossierPaper": {
        INTERNAL: (
            "id dossier component_key source form file verdict verdict_reason added_at replaced_at"
        ),
        BASIC: "verdict_note",
    },
    "DossierPast": {
        INTERNAL: "id dossier paper until by verdict verdict_reason",
        SENSITIVE: "sheet",
        BASIC: "verdict_note",
    },
    "SupplementRequest": {
        INTERNAL: "id dossier number phase asked_at asked_by answer_by supplied_at",
    },
    "ShortcomingRow": {
        INTERNAL: (
            "id dossier request proposal return_serial number component_key question_key reason "
            "law law_verified"
        ),
        BASIC: "words",
    },
    "SupplementProposal": {
        INTERNAL: (
            "id dossier number state step action unit_id authority_id answer_by proposed_by "
            "officer_id proposed_at decided_by decided_at"
        ),
        BASIC: "why_again answer",
    },
    "JointRun": {
        INTERNAL: ("id account_id assurance trial action label title assignee_id asked_at done_at"),
    },
    "JointItem": {INTERNAL: "id run number code seen_version state sentence ended_at"},
    "ValueRuling": {
        INTERNAL: "id dossier question_key ruling source decided_by decided_at",
        SENSITIVE: "pair",
        BASIC: "reason",
    },
    "LibraryText": {
        INTERNAL: "id officer_id unit_id name body folded version retired_at",
    },
    "LibraryTextVersion": {INTERNAL: "id text number name body written_by written_at"},
    "FieldVisit": {
        INTERNAL: (
            "id dossier number state unit_id visitor_ids starts_at planned_by planned_at "
            "unsuited_at closed_at closed_by minutes"
        ),
        BASIC: "place companions lines unsuited reason finding",
    },
    "SiteNote": {
        INTERNAL: (
            "id visit kind state odd key digest file happened_at recorded_at by settled_by "
            "settled_at"
        ),
        BASIC: "body",
    },
    "BoardRow": {
        INTERNAL: (
            "id unit_id field month of_division waiting_reception late_reception in_process "
            "overdue paused received on_time late rated stars reviews upheld as_of"
        ),
    },
    "RightFirstRow": {
        INTERNAL: "id unit_id procedure_code month done first_right asked_again as_of",
    },
    "VersionMigration": {
        INTERNAL: (
            "id procedure_code from_version to_version choice places state planned_by planned_at "
            "checked_at decided_by decided_at done_at undo_by undo_at undone_at"
        ),
    },
    "VersionMigrationLine": {
        INTERNAL: "id migration dossier state why step_before step_after before version at",
    },
    "EmergencyAccess": {
        INTERNAL: "id dossier account_id reason opened_at until report reported_at",
    },
    "ReviewRequest": {
        INTERNAL: (
            "id dossier level unit_id stars asked_by asked_at due_at finding answered_at "
            "answered_by agreed settled_at reminded_at"
        ),
        BASIC: "text answer",
    },
    "SandboxDossier": {
        INTERNAL: (
            "id code account_id person procedure_version mark papers status version made_at "
            "sent_at moved_at"
        ),
        SENSITIVE: "sheet",
    },
    "CalendarFeed": {
        INTERNAL: "id account_id person mandate_id digest language made_at read_at ended_at",
    },
    "FailedLookUp": {INTERNAL: "id client at"},
}
SUBJECTS = {
    "Assistance": "applicant_id",
    "Draft": "applicant_person_id",
    "BulkFiling": "applicant_person_id",
    "BulkPart": "filing__applicant_person_id",
    "BulkSendingPart": "sending__filing__applicant_person_id",
    "SandboxDossier": "person_id",
    "Dossier": "applicant_person_id",
    "DossierPaper": "dossier__applicant_person_id",
    "Handover": "dossier__applicant_person_id",
    "DossierPast": "dossier__applicant_person_id",
    "VersionMigrationLine": "dossier__applicant_person_id",
    "ShortcomingRow": "dossier__applicant_person_id",
    "SupplementProposal": "dossier__applicant_person_id",
    "ValueRuling": "dossier__applicant_person_id",
    "ReviewRequest": "dossier__applicant_person_id",
    "FieldVisit": "dossier__applicant_person_id",
    "SiteNote": "visit__dossier__applicant_person_id",
}
