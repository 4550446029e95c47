"""Lớp dữ liệu, a class for every field (`kernel.privacy`).

Units, posts and officers; an officer is named in public by office.
"""

from motcua.kernel.privacy import DataClass

OPEN = DataClass.OPEN
INTERNAL = DataClass.INTERNAL

CLASSES = {
    "Unit": {
        OPEN: (
            "id code name short_name kind parent ward_code address phone invented valid_from "
            "valid_to"
        ),
    },
    "Edition": {INTERNAL: "name version digest"},
    "Competence": {
        OPEN: (
            "id agency_key level ward_code procedure_code authority division valid_from valid_to"
        ),
    },
    "UnitCalendar": {OPEN: "id unit purpose shifts valid_from valid_to"},
    "Reorganisation": {
        OPEN: "id kind title document effective_on verified work_passed_at open_work"
    },
    "ActProposal": {INTERNAL: "id text state proposed_by proposed_at decided_by decided_at act"},
    "CompetenceShift": {
        OPEN: (
            "id act agency_key level ward_code procedure_code old_authority old_division "
            "new_authority new_division"
        ),
    },
    "ReorganisationLine": {OPEN: "id act old new partial takes_work"},
    "Post": {OPEN: "id unit role title rank valid_from valid_to"},
    "Officer": {INTERNAL: "id staff_no full_name email"},
    "PostHolding": {INTERNAL: "id post officer valid_from valid_to"},
    "Substitution": {INTERNAL: "id absent substitute reason valid_from valid_to"},
    "Suspension": {INTERNAL: "id officer valid_from valid_to"},
    "SigningAuthority": {OPEN: "id post capacity lines document valid_from valid_to"},
}
