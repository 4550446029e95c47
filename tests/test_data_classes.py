"""Every field of every model has a class, and the class has its effect."""

from collections import Counter

import pytest
from django.apps import apps
from django.db import models

from motcua.kernel import privacy
from motcua.kernel.fields import Sealed

MODELS = sorted(apps.get_models(include_auto_created=True), key=lambda m: m._meta.label)
# Sealed, and no personal data: each with the reason.
SECRETS = {
    "identity.SigningKey.private_pem": "signs what the city says to applications",
    "dossiers.Dossier.secret": "opens a dossier to whoever holds the receipt",
    "dossiers.Assistance.code": "answers what was asked of somebody at a desk, for ten minutes",
    "dossiers.Handover.code": "fetches a result at a desk",
    "kernel.IdempotencyRecord.result": "a receipt holds such a secret",
    "identity.Factor.secret": "makes the codes that let an officer in",
    "counters.CounterDevice.seal": "closes what waits in the browser of a machine",
    "webhooks.Endpoint.secret": "signs letters to a program",
    "webhooks.Endpoint.old_secret": "the one before, for a day",
}
# Personal, and nobody's that we could tell: each with the reason.
OF_NOBODY = {
    "documents.PartialUpload": "of an account, the only one that reads it, for a day",
    "post.HandoverSheet": "who gave and who took at work; the papers on it have their owners",
    "documents.ScannedArrival": "nobody knows yet whose paper it is; its desk looks, for a week",
    "counters.OfflineEntry": "waits for an officer of its desk, then it is told by its dossier",
    "archive.RestoredDossier": "its applicant may be unknown here; found by their number",
    "counters.Intake": "of a receiver, the only one that reads it, for a day",
    "privacy.Hold": "of a code; its reason names no person",
    "privacy.Breach": "of many at once, none of them named",
    "privacy.BreachEvent": "of many at once, none of them named",
    "privacy.ReadAlert": "what a guard found about an officer's reading names nobody's row",
    "exchange.Sending": "what is sent is the neighbour's to read; forgotten once it arrived",
}


def by_label(model):
    return model._meta.label


@pytest.mark.parametrize("model", MODELS, ids=by_label)
def test_every_field_has_one_class(model):
    said = privacy.of(model).classes
    fields = {field.name for field in model._meta.local_concrete_fields}

    assert set(said) == fields, f"{model._meta.app_label}/data_classes.py"


def test_no_field_is_classed_twice():
    for config in apps.get_app_configs():
        module = privacy.said_by(config)
        for name, classes in (module.CLASSES if module else {}).items():
            names = Counter(" ".join(classes.values()).split())
            assert not [field for field, times in names.items() if times > 1], name


@pytest.mark.parametrize("model", MODELS, ids=by_label)
def test_personal_values_are_sealed(model):
    for field in model._meta.local_concrete_fields:
        data_class = privacy.class_of(model, field.name)
        assert data_class is not None
        name = f"{model._meta.label}.{field.name}"
        assert isinstance(field, Sealed) == (data_class.is_personal or name in SECRETS), name
        assert not isinstance(field, models.FileField), name


@pytest.mark.parametrize("model", MODELS, ids=by_label)
def test_a_row_with_personal_data_says_whose_it_is(model):
    said = privacy.of(model)
    if not any(data_class.is_personal for data_class in said.classes.values()):
        return

    assert said.subject or model._meta.label in OF_NOBODY
    if isinstance(said.subject, str) and said.subject:
        model._default_manager.values(said.subject).query.get_compiler("default").as_sql()
