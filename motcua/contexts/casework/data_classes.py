"""Lớp dữ liệu, a class for every field (`kernel.privacy`): cases."""

from collections.abc import Collection
from uuid import UUID

from motcua.contexts.casework.models import Case, CaseEvent
from motcua.kernel.privacy import DataClass, Owners, Subject

OPEN = DataClass.OPEN
INTERNAL = DataClass.INTERNAL
BASIC = DataClass.PERSONAL_BASIC

CLASSES = {
    "ProcessDefinition": {
        OPEN: "id key number name approved_by invented table digest published_at",
    },
    "Case": {
        INTERNAL: (
            "id kind code party_person subject_code field source process earlier clock "
            "receiving_unit competent_unit handling_unit supporting_unit confidential priority "
            "step phase status version opened_at receive_due_at started_at due_original due_at "
            "extended_to extended_at ended_at"
        ),
    },
    "CaseEvent": {
        INTERNAL: (
            "id at happened_at case_id serial kind action step status actor_account_id "
            "unit_id on_behalf_of visible_to_party facts"
        ),
        BASIC: "note",
    },
    "Task": {
        INTERNAL: (
            "id case case_kind kind step unit role assignee state opened_at due_at closed_at "
            "closed_by outcome"
        ),
    },
    "Opinion": {
        INTERNAL: (
            "id case task unit asked_at due_at silence state verdict answered_at answered_by "
            "reminded_at longer_hours longer_granted"
        ),
        BASIC: "question text longer_reason",
    },
    "Pause": {INTERNAL: "id case reason started_at started_by ended_at evidence citation"},
    "Snooze": {INTERNAL: "id task officer at until"},
    "Look": {INTERNAL: "id case officer version at deciding_until"},
    "SavedView": {INTERNAL: "id officer unit name asked made_at"},
    "KeyChoice": {INTERNAL: "officer off changed_at"},
    "Message": {INTERNAL: "id case at from_party author_account_id file_ids", BASIC: "text"},
}


def parties_of_events(keys: Collection[UUID]) -> Owners:
    """An event names its case by id alone, since its table is partitioned."""
    cases = dict(CaseEvent.objects.filter(pk__in=keys).values_list("pk", "case_id"))
    parties = dict(Case.objects.filter(pk__in=cases.values()).values_list("pk", "party_person_id"))
    return {event: parties.get(case) for event, case in cases.items()}


SUBJECTS: dict[str, Subject] = {
    "CaseEvent": parties_of_events,
    "Opinion": "case__party_person_id",
    "Message": "case__party_person_id",
}
