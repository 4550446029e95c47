"""An impact assessment is drafted from the code, signed, sent in time, and found out of date."""

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest

from motcua.contexts.documents import public as documents
from motcua.contexts.privacy.actions import impacts as actions
from motcua.contexts.privacy.contracts import (
    DutyCause,
    ImpactMalformed,
    ImpactMoved,
    ImpactNotFound,
    NothingToSend,
    ProofMissing,
)
from motcua.contexts.privacy.models import ImpactAssessment, ImpactDuty
from motcua.contexts.privacy.queries import impacts as queries
from motcua.contexts.privacy.rules import impacts as rules
from motcua.contexts.privacy.rules.activities import activities
from motcua.contexts.privacy.rules.schedule import periods
from motcua.contexts.privacy.testing import a_signed_impact, an_officer_acting, duyen, to_sign
from motcua.kernel import privacy
from motcua.kernel.testing import MONDAY_9AM

KEY = "ban-nhap"


def owed(key: str = KEY) -> dict[str, date]:
    return {one.cause: one.due_on for one in queries.open_duties(key)}


@pytest.mark.parametrize("activity", activities(), ids=lambda one: one.key)
def test_a_draft_names_every_personal_field_of_the_tables(activity):
    told = rules.draft(activity)

    named = {f"{t.label}.{name}" for t in told.tables for name, _ in t.fields}
    said = {
        f"{model._meta.label}.{name}"
        for model, declared in privacy.declarations().items()
        if model._meta.label in activity.models
        for name, kind in declared.classes.items()
        if kind.is_personal
    }
    assert named == said
    assert rules.risks_of(activity)


def test_retention_in_a_draft_is_that_of_the_schedule():
    known = {one.key for one in activities()}

    assert {one.activity for one in periods().values()} <= known
    draft = rules.draft(queries.activity(KEY))
    assert any(f"{periods()['dossiers.draft'].days} ngày" in line for line in draft.kept)


def test_a_changed_field_changes_the_print():
    told = rules.draft(queries.activity(KEY))
    table = told.tables[0]
    more = replace(table, fields=(*table.fields, ("new_field", "PERSONAL_SENSITIVE")))

    changed = replace(told, tables=(more, *told.tables[1:]))

    assert rules.print_of(changed) != rules.print_of(told)


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (date(2026, 1, 31), date(2026, 7, 31)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2026, 6, 15), date(2026, 12, 15)),
    ],
)
def test_a_renewal_is_due_six_months_on(sent, due):
    assert rules.renewal_due(sent) == due


def test_what_was_not_read_or_not_weighed_is_not_signed(small_city):
    officer, whole = duyen(), to_sign(KEY)
    first = replace(whole.risks[0], measures=" ")
    wrong = [
        (replace(whole, activity="không có"), ImpactNotFound),
        (replace(whole, seen_print="0" * 64), ImpactMoved),
        (replace(whole, risks=whole.risks[1:]), ImpactMalformed),
        (replace(whole, risks=(first, *whole.risks[1:])), ImpactMalformed),
        (replace(whole, conclusion=" "), ImpactMalformed),
    ]

    for command, refusal in wrong:
        with pytest.raises(refusal):
            actions.sign(command, actor=officer, now=MONDAY_9AM)

    assert not ImpactAssessment.objects.exists()


def test_a_signed_version_is_kept_as_paper_and_as_it_was_read(small_city):
    officer, other = duyen(), an_officer_acting("quynh")

    a_signed_impact(KEY, officer)
    a_signed_impact(KEY, officer)

    row = ImpactAssessment.objects.get(activity=KEY, version=2)
    assert documents.read_file(row.paper_id).startswith(b"%PDF")
    assert row.content["purpose"] == asdict(rules.draft(queries.activity(KEY)))["purpose"]
    assert documents.file_for(row.paper_id, officer, now=MONDAY_9AM)
    assert queries.standing(KEY, officer, now=MONDAY_9AM).versions[0].version == 2
    assert queries.standing(KEY, other, now=MONDAY_9AM).versions == ()


def test_an_activity_without_assessment_owes_one_60_days_after_it_began(small_city):
    officer = duyen()
    started_on = queries.activity(KEY).started_on

    actions.check(now=MONDAY_9AM)
    actions.check(now=MONDAY_9AM)

    assert owed() == {DutyCause.NEW: started_on + timedelta(days=60)}
    assert ImpactDuty.objects.count() == len(activities())
    with pytest.raises(NothingToSend):
        actions.mark_sent(KEY, proof="CV 1", actor=officer, now=MONDAY_9AM)


def test_sending_with_proof_ends_what_is_owed_until_six_months_are_near(small_city):
    officer = duyen()
    actions.check(now=MONDAY_9AM)
    a_signed_impact(KEY, officer)

    with pytest.raises(ProofMissing):
        actions.mark_sent(KEY, proof=" ", actor=officer, now=MONDAY_9AM)
    actions.mark_sent(KEY, proof="CV 1", actor=officer, now=MONDAY_9AM)
    with pytest.raises(NothingToSend):
        actions.mark_sent(KEY, proof="CV 2", actor=officer, now=MONDAY_9AM)
    actions.check(now=MONDAY_9AM + timedelta(days=140))
    assert owed() == {}
    actions.check(now=MONDAY_9AM + timedelta(days=160))

    assert set(owed()) == {DutyCause.RENEWAL}


def test_an_activity_that_changed_owes_a_new_version_in_ten_days(small_city):
    officer = duyen()
    a_signed_impact(KEY, officer)
    actions.mark_sent(KEY, proof="CV 1", actor=officer, now=MONDAY_9AM)
    ImpactAssessment.objects.update(content_print="0" * 64)  # as if the fields had been others

    actions.check(now=MONDAY_9AM)

    assert owed() == {DutyCause.CHANGED: MONDAY_9AM.date() + timedelta(days=10)}
    assert queries.standing(KEY, officer, now=MONDAY_9AM).stale
    a_signed_impact(KEY, officer)
    actions.mark_sent(KEY, proof="CV 2", actor=officer, now=MONDAY_9AM)
    assert owed() == {}
