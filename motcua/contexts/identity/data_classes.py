"""Lớp dữ liệu, a class for every field (`kernel.privacy`).

People, accounts and what the sign-in libraries keep.
"""

from motcua.kernel.privacy import DataClass

INTERNAL = DataClass.INTERNAL
BASIC = DataClass.PERSONAL_BASIC

CLASSES = {
    "Person": {
        INTERNAL: (
            "id personal_number_index match_index merged_into also source created_at updated_at"
        ),
        BASIC: "full_name personal_number born_on_text sex email phone address match_key",
    },
    "PersonIdentifier": {
        INTERNAL: "id person kind value_index source valid_from valid_to ended_as recorded_at",
        BASIC: "value end_note",
    },
    "Organisation": {
        INTERNAL: "person kind tax_code_index created_at",
        BASIC: "tax_code",
    },
    "LegalRepresentative": {
        INTERNAL: "id organisation person title valid_from valid_to source recorded_at",
    },
    "Mandate": {
        INTERNAL: (
            "id kind principal representative acts procedures fields valid_from valid_to proof"
            " evidence_file_id child_agreed given_by recorded_by created_at revoked_at revoked_by"
        ),
        BASIC: "evidence_note",
    },
    "MatchCandidate": {
        INTERNAL: "id first second reasons state found_at decided_at decided_by",
        BASIC: "note",
    },
    "PersonMerge": {
        INTERNAL: ("id candidate merged survivor merged_at merged_by undone_at undone_by"),
        BASIC: "reason evidence undone_reason",
    },
    "Household": {INTERNAL: "id recorded_at recorded_by"},
    "HouseholdMember": {
        INTERNAL: (
            "id household person relation valid_from valid_to evidence_file_id recorded_at"
            " recorded_by"
        ),
        BASIC: "evidence_note",
    },
    "NumberCase": {
        INTERNAL: (
            "id person told_index source state found_at ended_as evidence_file_id ended begun"
            " decided_at decided_by undone_at undone_by"
        ),
        BASIC: "told reason evidence_note before undone_reason",
    },
    "Account": {
        INTERNAL: "id username password last_login kind is_active person officer created_at",
    },
    "ApiToken": {
        INTERNAL: (
            "id account name digest scopes assurance created_at expires_at last_used_at revoked_at"
            " mandate sandbox"
        ),
    },
    "Training": {
        INTERNAL: (
            "id officer data_class certificate valid_from valid_to recorded_at recorded_by"
            " cancelled_at"
        ),
    },
    "Commitment": {
        INTERNAL: "id officer data_class version text_hash valid_from valid_to signed_at",
    },
    "ClearanceWarning": {INTERNAL: "id officer data_class lapses_on days_before at"},
    "SignInAttempt": {INTERNAL: "id name_index origin_index outcome at"},
    "Session": {
        INTERNAL: "session_key session_data expire_date account level began_at used_at mark"
    },
    "ProvisioningClient": {INTERNAL: "id name digest made_by created_at revoked_at"},
    "ProvisionedPlace": {INTERNAL: "id external_id"},
    "ProvisionedAccount": {INTERNAL: "account external_id removed_at"},
    "KnownDevice": {INTERNAL: "id account digest first_at"},
    "Factor": {
        INTERNAL: (
            "id account kind name secret last_step credential_id credential sign_count created_at "
            "last_used_at removed_at"
        ),
    },
    "FactorRecovery": {
        INTERNAL: (
            "id account asked_by asked_at first_by first_at second_by second_at code_digest used_at"
        ),
    },
    "EntryCode": {INTERNAL: "id account issued_by digest issued_at used_at ended_at"},
    "Application": {
        INTERNAL: (
            "id client_id is_public secret_digest secret_set_at name unit redirect_uris "
            "logout_uris sign_out_uri asked sector whole_number registered_at closed_at"
        ),
    },
    "Consent": {
        INTERNAL: (
            "id application account sector subject offered granted shown whole_number given_at "
            "ended_at"
        ),
    },
    "Grant": {
        INTERNAL: (
            "id consent session_name began_in scopes code_digest code_expires_at code_used_at "
            "redirect_uri challenge nonce assurance methods signed_in_at started_at ended_at"
        ),
    },
    "IssuedToken": {
        INTERNAL: "id grant kind digest issued_at expires_at used_at ended_at",
    },
    "SigningKey": {INTERNAL: "id key_id private_pem public made_at signs_from retired_at"},
    "account.EmailAddress": {INTERNAL: "id user email verified primary"},
    "account.EmailConfirmation": {INTERNAL: "id email_address created sent key"},
    "socialaccount.SocialApp": {
        INTERNAL: "id provider provider_id name client_id secret key settings",
    },
    "socialaccount.SocialApp_sites": {INTERNAL: "id socialapp site"},
    "socialaccount.SocialAccount": {
        INTERNAL: "id user provider uid last_login date_joined extra_data",
    },
    "socialaccount.SocialToken": {INTERNAL: "id app account token token_secret expires_at"},
}
SUBJECTS = {
    "Person": "id",
    "PersonIdentifier": "person_id",
    "Organisation": "person_id",
    "Mandate": "principal_id",
    "MatchCandidate": "first_id",
    "PersonMerge": "merged_id",
    "NumberCase": "person_id",
    "HouseholdMember": "person_id",
}
