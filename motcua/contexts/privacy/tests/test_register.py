"""The register of processing covers every table with a value about a person."""

import pytest
from django.apps import apps
from django.db import models

from motcua.contexts.privacy.rules.activities import activities, activity_of, covered
from motcua.kernel.fields import SealedJSON, SealedText
from motcua.kernel.holdings import holders

# Tables with a sealed value or a link to a person that say nothing about one, each with the reason.
ABOUT_NOBODY = {
    "identity.SigningKey": "a key of the house",
    "counters.CounterDevice": "a key of a machine",
    "privacy.Breach": "of many at once, none of them named",
    "privacy.BreachEvent": "of many at once, none of them named",
    "privacy.ReadAlert": "of an officer's reading; what a guard found out names no person",
    "privacy.Hold": "of a code; its reason names no person",
}
# Held, but not found by asking for a person: what is kept does not say whose it is.
NOT_BY_PERSON = {
    "documents.ScannedArrival": "nobody knows yet whose paper it is; told as a file once taken",
    "documents.PhoneHandoff": "an address of ten minutes, gone after a day; its pages are files",
    "dossiers.BulkLine": "a keyed print of a draft, which is told itself",
    "counters.Intake": "a half-filled receipt, kept a day at most",
    "counters.OfflineEntry": "waits some days for an officer, then the dossier is told itself",
    "exchange.Sending": "the payload is forgotten once the neighbour has it",
    "identity.Factor": "of officers alone, who see and remove their own",
    "post.HandoverSheet": "names of an officer and a postman at work, of many parcels at once",
    "kernel.IdempotencyRecord": "an answer kept for days under a random key",
}


def with_personal_fields() -> set[str]:
    found = set()
    for model in apps.get_models():
        if not model.__module__.startswith("motcua."):
            continue
        for field in model._meta.local_fields:
            to_person = (
                isinstance(field, models.ForeignKey)
                and field.related_model._meta.label == "identity.Person"
            )
            if to_person or isinstance(field, SealedText | SealedJSON):
                found.add(model._meta.label)
    return found - set(ABOUT_NOBODY)


def test_every_table_with_personal_fields_belongs_to_an_activity():
    assert with_personal_fields() - covered() == set()


def test_every_table_with_personal_fields_is_told_to_whoever_asks():
    told = {model for holder in holders().values() for model in holder.models}

    assert with_personal_fields() - told - set(NOT_BY_PERSON) == set()


def test_what_a_holder_tells_has_an_activity():
    for holder in holders().values():
        for model in holder.models:
            assert activity_of(model)


def test_the_register_names_only_tables_that_exist():
    known = {model._meta.label for model in apps.get_models()}

    assert covered() <= known


@pytest.mark.parametrize("activity", activities(), ids=lambda one: one.key)
def test_an_activity_says_everything_the_law_asks(activity):
    assert all(
        (
            activity.purpose,
            activity.law,
            activity.classes,
            activity.subjects,
            activity.recipients,
            activity.period,
            activity.security,
            activity.mark,
        )
    )
    assert all((activity.name_en, activity.purpose_en, activity.recipients_en, activity.period_en))
