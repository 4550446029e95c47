"""What a mandate allows and what may be given, for any mandate at all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.identity.contracts.mandates import (
    GiveMandate,
    MandateEnded,
    MandateMalformed,
    MandateRefused,
    MandateTooWide,
    Proof,
    Scope,
    Terms,
)
from motcua.contexts.identity.rules import mandates as rules
from motcua.kernel.actors import Act, MandateKind, PrincipalKind
from motcua.kernel.testing import MONDAY_9AM, stable_id

TODAY = date(2026, 11, 23)
PROCEDURES, FIELDS = ("1.001193", "1.004222", "2.000635"), ("ho_tich", "cu_tru")
NAMED = st.frozensets(st.sampled_from(PROCEDURES))
days = st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=400))
scopes = st.builds(
    Scope,
    acts=st.frozensets(st.sampled_from(Act)),
    procedures=NAMED,
    fields=st.frozensets(st.sampled_from(FIELDS)),
)
terms = st.builds(
    Terms,
    scope=scopes,
    valid_from=days,
    valid_to=st.none() | days,
    revoked_at=st.none() | st.just(MONDAY_9AM),
)
asked = st.tuples(st.sampled_from(Act), st.sampled_from(PROCEDURES), st.sampled_from(FIELDS), days)


def allows(held, act, procedure, field, day):
    try:
        rules.check_act(held, act, today=day, procedure=procedure, field=field)
    except MandateRefused as refusal:
        assert refusal.message.count(". ") >= 1  # why, and what to do
        return False
    return True


@given(terms, asked)
def test_outside_scope_term_or_after_revocation_nothing_is_allowed(held, wanted):
    act, procedure, field, day = wanted

    allowed = allows(held, *wanted)

    inside = not held.scope.procedures and not held.scope.fields
    inside = inside or procedure in held.scope.procedures or field in held.scope.fields
    lasts = held.valid_from <= day and (held.valid_to is None or day <= held.valid_to)
    assert allowed == (held.revoked_at is None and lasts and inside and act in held.scope.acts)


@given(terms, terms, asked)
def test_what_lies_within_allows_nothing_that_the_wider_one_refuses(inner, outer, wanted):
    outer = replace(outer, revoked_at=None)

    if rules.is_within(inner, outer) and allows(inner, *wanted):
        assert allows(outer, *wanted)


@given(terms)
def test_every_mandate_lies_within_itself(held):
    assert rules.is_within(held, held)


def gift(**changes):
    plain = GiveMandate(
        principal_id=stable_id("principal"),
        representative_id=stable_id("representative"),
        kind=MandateKind.STAFF,
        scope=Scope(acts=frozenset({Act.DRAFT})),
        valid_from=TODAY,
        valid_to=TODAY + timedelta(days=30),
        proof=Proof.SELF_DECLARED,
    )
    return replace(plain, **changes)


@given(scopes, terms)
def test_nobody_gives_more_than_they_have(scope, own):
    wanted = gift(scope=replace(scope, acts=scope.acts | {Act.DRAFT}))

    try:
        rules.check_gift(wanted, principal=PrincipalKind.ORGANISATION, own=own, today=TODAY)
    except MandateTooWide:
        return

    given_away = Terms(scope=wanted.scope, valid_from=wanted.valid_from, valid_to=wanted.valid_to)
    assert rules.is_in_force(own, TODAY)
    assert rules.is_within(given_away, own)


@pytest.mark.parametrize(
    "changes",
    [
        {"representative_id": stable_id("principal")},
        {"kind": MandateKind.PARENT},
        {"kind": MandateKind.LEGAL_REPRESENTATIVE},
        {"scope": Scope(acts=frozenset())},
        {"valid_to": TODAY - timedelta(days=1)},
        {"valid_to": None},
        {"valid_to": TODAY + timedelta(days=400)},
        {"proof": Proof.PAPER},
    ],
)
def test_a_gift_that_makes_no_sense_is_refused(changes):
    with pytest.raises(MandateMalformed):
        rules.check_gift(
            gift(**changes), principal=PrincipalKind.ORGANISATION, own=None, today=TODAY
        )


def test_a_page_alone_makes_nobody_a_guardian():
    with pytest.raises(MandateMalformed) as refusal:
        rules.check_gift(
            gift(kind=MandateKind.GUARDIAN), principal=PrincipalKind.PERSON, own=None, today=TODAY
        )

    assert "bộ phận Một cửa" in refusal.value.message


def test_an_ended_mandate_says_why_to_the_ledger():
    held = Terms(scope=rules.EVERYTHING, valid_from=TODAY, valid_to=TODAY)

    with pytest.raises(MandateEnded) as over:
        rules.check_act(held, Act.SUBMIT, today=TODAY + timedelta(days=1))

    assert over.value.facts["reason"] == "over"


def test_childhood_ends_the_day_before_the_birthday_even_of_the_29th_of_february():
    assert rules.last_day_as_child(date(2012, 3, 5)) == date(2030, 3, 4)
    assert rules.last_day_as_child(date(2012, 2, 29)) == date(2030, 2, 28)
    assert rules.must_agree(date(2019, 11, 23), TODAY)
    assert not rules.must_agree(date(2019, 11, 24), TODAY)
