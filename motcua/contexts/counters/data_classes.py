"""Lớp dữ liệu, a class for every field (`kernel.privacy`): numbers, states, sealed entries."""

from motcua.kernel.privacy import DataClass

INTERNAL = DataClass.INTERNAL

CLASSES = {
    "Appointment": {
        INTERNAL: (
            "id unit group day starts_at seat code state booked_at moves ticket_id person "
            "phone_index turn"
        ),
    },
    "CashShift": {
        INTERNAL: (
            "id unit officer_id day opened_at float_dong taken_dong notes counted_dong "
            "difference_dong reason counted_at witness_id witnessed_at receiver_id handed_at"
        ),
    },
    "Bundle": {
        INTERNAL: (
            "id unit to_unit borderless carrier reference made_at made_by_id given_at given_by_id "
            "taken_at taken_by_id"
        ),
    },
    "BundleLine": {INTERNAL: "id bundle item code title first_unit state note is_open"},
    "CashLine": {INTERNAL: "id shift reference amount_dong at"},
    "TicketSerial": {INTERNAL: "id unit day group last"},
    "Window": {
        INTERNAL: "id unit number groups officer_id day opened_at current_id ahead_in_a_row",
    },
    "CounterDevice": {
        INTERNAL: (
            "id unit name use public_key seal registered_at registered_by seen_at revoked_at "
            "revoked_by"
        ),
    },
    "Intake": {
        INTERNAL: "id account_id unit done recent version saved_at",
        DataClass.PERSONAL_SENSITIVE: "state",
    },
    "SerialRange": {
        INTERNAL: (
            "id device first last issued_at issued_to valid_until signature revoked_at "
            "returned_from returned_at"
        ),
    },
    "OfflineEntry": {
        INTERNAL: (
            "id range unit serial code kind state digest choices received_by sent_by happened_at "
            "synced_at settled_at settled_by dossier_code"
        ),
        DataClass.PERSONAL_BASIC: "differences",
        DataClass.PERSONAL_SENSITIVE: "body",
    },
    "Ticket": {
        INTERNAL: (
            "id unit day group number first_group channel state priority kind confirmed taken_at "
            "queued_at called_at first_called_at calls times_back finished_at window only_window "
            "person phone_index turn"
        ),
    },
}
SUBJECTS = {"Appointment": "person_id", "Ticket": "person_id"}
