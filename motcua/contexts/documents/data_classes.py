"""Lớp dữ liệu, a class for every field (`kernel.privacy`): files and issued papers."""

from motcua.kernel.privacy import DataClass

OPEN = DataClass.OPEN
INTERNAL = DataClass.INTERNAL
BASIC = DataClass.PERSONAL_BASIC
SENSITIVE = DataClass.PERSONAL_SENSITIVE

CLASSES = {
    "StoredFile": {
        INTERNAL: (
            "id sha256 size media_type pages active_content scan scanner data_class notice advice "
            "owner_person uploaded_by created_at disposed_at"
        ),
        BASIC: "filename",
    },
    "FileOrigin": {INTERNAL: "id file place origin sha256 quarters"},
    "PartialUpload": {
        INTERNAL: "id account_id size received stated_hash began_at touched_at file",
        BASIC: "filename",
    },
    "UploadPart": {INTERNAL: "id upload begins size sha256"},
    "PaperReading": {
        INTERNAL: (
            "id file kind subject state trouble reader shapes asked_by unit_id asked_at read_at "
            "closed_at"
        ),
    },
    "ReadValue": {
        INTERNAL: (
            "id reading place key sure doubtful page left top width height decision decided_by "
            "decided_at"
        ),
        SENSITIVE: "proposed value",
    },
    "DigitisedPaper": {
        INTERNAL: (
            "id owner_person kind file subject unit_id scanned_by confirmed_by confirmed_at "
            "last_day withdrawn_at"
        ),
        SENSITIVE: "values",
    },
    "ScannedArrival": {
        INTERNAL: "id unit_id mark file refusal arrived_at taken_at taken_by",
        BASIC: "name",
    },
    "PhoneHandoff": {
        INTERNAL: (
            "id subject key title owner_person account_id assurance session_mark made_at ends_at "
            "device opened_at done_at ended_at"
        ),
    },
    "HandoffPage": {INTERNAL: "id handoff place file"},
    "CertifiedCopy": {
        INTERNAL: "id issued source kind number first_page last_page of_revoked by at",
    },
    "SignerCertificate": {
        INTERNAL: (
            "id officer_id holder issuer serial fingerprint token_serial not_before not_after "
            "asked_by asked_at confirmed_by confirmed_at withdrawn_by withdrawn_at "
            "withdrawn_reason wrong_pins"
        ),
    },
    "IssuedDocument": {
        INTERNAL: (
            "id kind verify_code file sha256 subject owner_person signer_key revoked_at "
            "revoked_by replaced_by"
        ),
        OPEN: "title issued_at signer_name signer_position unit_code unit_name revoked_reason",
    },
    "SignedPaper": {
        INTERNAL: (
            "id subject kind verify_code owner_person file data_class certificate signed_at "
            "sealed_at dropped_at"
        ),
        OPEN: "statement",
    },
    "DocumentNumber": {INTERNAL: "id unit_code year symbol number subject taken_at"},
    "NumberSeries": {INTERNAL: "id unit_code year symbol last"},
    "SigningBatch": {INTERNAL: "id account_id begun_at stopped"},
    "SigningItem": {INTERNAL: "id batch place subject seen_version state said at"},
    "Rectification": {
        INTERNAL: "id subject wrong right by at",
        OPEN: "reason citation",
        BASIC: "changed",
    },
    "SharedPaper": {
        INTERNAL: "id issued owner_person account_id once made_at ends_at ended_at",
    },
    "ShareOpening": {INTERNAL: "id share at device", BASIC: "viewer"},
}
SUBJECTS = {
    "StoredFile": "owner_person_id",
    "ReadValue": "reading__file__owner_person_id",
    "DigitisedPaper": "owner_person_id",
    "IssuedDocument": "owner_person_id",
    "SignedPaper": "owner_person_id",
    "Rectification": "wrong__owner_person_id",
    "ShareOpening": "share__owner_person_id",
}
