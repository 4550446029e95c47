"""Lớp dữ liệu, a class for every field (`kernel.privacy`): requests about data."""

from motcua.kernel.privacy import DataClass

INTERNAL = DataClass.INTERNAL
BASIC = DataClass.PERSONAL_BASIC

CLASSES = {
    "DataRequest": {
        INTERNAL: (
            "case code person right target file_ids outcome citation decided_at decided_by "
            "package package_data erased_at"
        ),
        BASIC: "reason wanted decision change",
    },
    "LookQuestion": {
        INTERNAL: "id person line read_at asked_at answered_at answered_by",
        BASIC: "question answer",
    },
    "WatchSetting": {INTERNAL: "id many odd_from odd_to odd_many set_at set_by"},
    "ReadAlert": {
        INTERNAL: "id account_id kind hour people lines raised_at seen_at seen_by outcome",
        BASIC: "note",
    },
    "ProcessingMark": {INTERNAL: "id person processing request since lifted_at"},
    "Tombstone": {INTERNAL: "id kind record code digest request run erased_at"},
    "Breach": {
        INTERNAL: (
            "id code found_at recorded_at recorded_by classes activities affected tells_persons "
            "authority_told_at authority_proof persons_told_at persons_proof closed_at letter"
        ),
        BASIC: "story",
    },
    "BreachEvent": {INTERNAL: "id breach at step actor_account_id", BASIC: "note"},
    "Hold": {INTERNAL: "id code ground until placed_at placed_by lifted_at", BASIC: "reason"},
    "ImpactAssessment": {
        INTERNAL: (
            "id code activity version content content_print risks conclusion signed_at signed_by "
            "paper sent_at sent_proof"
        ),
    },
    "ImpactDuty": {INTERNAL: "id activity cause opened_at due_on closed_at"},
    "DisposalRun": {INTERNAL: "id code started_at ended_at records files contents certificate"},
}
SUBJECTS = {
    "LookQuestion": "person_id",
    "DataRequest": "person_id",
    "ProcessingMark": "person_id",
    "Tombstone": "request__person_id",
}
