"""Mandates given, used and taken back; companies and who stands for them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.contexts.identity import public
from motcua.contexts.identity.actions.mandates import (
    act_under,
    choose_principal,
    give_for_child,
    give_mandate,
    revoke_mandate,
)
from motcua.contexts.identity.contracts import (
    AssuranceTooLow,
    NewPerson,
    NotAtYourDesk,
    SignInTooOld,
    Source,
)
from motcua.contexts.identity.contracts.mandates import (
    GiveMandate,
    MandateEnded,
    MandateMalformed,
    MandateNotFound,
    MandateRefused,
    MandateTooWide,
    NotYoursToGive,
    Proof,
    Scope,
)
from motcua.contexts.identity.management.sample_mandates import give_sample_mandates
from motcua.contexts.identity.models import Mandate
from motcua.contexts.identity.queries import mandates, organisations
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_company,
    a_mandate,
    a_person,
    acting,
    at_the_desk_of,
    own_actor,
)
from motcua.kernel.actors import Act, MandateKind, PrincipalKind, Role
from motcua.kernel.codes import MalformedCode
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM as NOW
from motcua.kernel.testing import citizen, officer, stable_id

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
LATER = NOW + timedelta(minutes=1)


@owns_transaction
def try_act(actor, act, *, procedure="", field="", now):
    act_under(
        actor, act, about="H29.99-20261123-0000001", procedure=procedure, field=field, now=now
    )
    record(action="test.act", subject="x", actor=actor)


@pytest.fixture
def tuyet():
    return a_person()


@pytest.fixture
def khoa():
    return a_citizen_account(
        a_person("Lê Minh Khoa", personal_number="079188999002", born_on=date(1988, 3, 2))
    )


def gift(principal, representative, **changes):
    told = {
        "principal_id": principal,
        "representative_id": representative,
        "kind": MandateKind.HELPER,
        "scope": Scope(acts=frozenset(Act)),
        "valid_from": TODAY,
        "valid_to": TODAY + timedelta(days=30),
        "proof": Proof.SELF_DECLARED,
    }
    return GiveMandate(**(told | changes))


def test_nobody_gives_a_mandate_for_somebody_else(tuyet, khoa):
    stranger = citizen(person=stable_id("stranger"))

    with pytest.raises(NotYoursToGive):
        give_mandate(gift(tuyet.id, khoa.person_id), actor=stranger, now=NOW)


def test_a_level_one_account_gives_none(tuyet, khoa):
    from dataclasses import replace

    low = replace(citizen(person=tuyet.id), assurance=1)

    with pytest.raises(AssuranceTooLow):
        give_mandate(gift(tuyet.id, khoa.person_id), actor=low, now=NOW)


def test_an_officer_records_only_from_paper(tuyet, khoa):
    receiver = officer(Role.RECEIVER)
    paper = {"proof": Proof.PAPER, "kind": MandateKind.GUARDIAN, "valid_to": None}

    with pytest.raises(NotYoursToGive):
        give_mandate(gift(tuyet.id, khoa.person_id), actor=receiver, now=NOW)
    seen = paper | {"evidence_file_id": stable_id("scan"), "evidence_note": "Quyết định số 12"}
    with pytest.raises(NotAtYourDesk):
        give_mandate(gift(tuyet.id, khoa.person_id, **seen), actor=receiver, now=NOW)
    at_the_desk_of(receiver, tuyet.id)
    with pytest.raises(MandateMalformed):
        give_mandate(gift(tuyet.id, khoa.person_id, **paper), actor=receiver, now=NOW)
    given = give_mandate(gift(tuyet.id, khoa.person_id, **seen), actor=receiver, now=NOW)

    assert "Quyết định số 12" in mandates.chain_of(mandates.view(given.id, now=NOW))


def test_whoever_acts_for_another_gives_nothing_on(tuyet, khoa):
    third = a_person("Trần Văn Ba", personal_number="079180999003")
    helper = acting(khoa, a_mandate(tuyet.id, khoa.person_id))

    with pytest.raises(NotYoursToGive):
        give_mandate(gift(tuyet.id, third.id), actor=helper, now=NOW)


def test_a_receiver_takes_back_only_for_who_stands_at_their_own_desk(tuyet, khoa):
    mandate_id = a_mandate(tuyet.id, khoa.person_id)
    ngan, other = officer(Role.RECEIVER, name="Ngân"), officer(Role.RECEIVER, name="Khuê")
    at_the_desk_of(other, tuyet.id)

    for flag in (False, True):
        with pytest.raises((NotAtYourDesk, MandateNotFound)):
            revoke_mandate(mandate_id, person_present=flag, actor=ngan, now=LATER)
    with pytest.raises(NotAtYourDesk):
        tomorrow = NOW + timedelta(hours=13)
        revoke_mandate(mandate_id, person_present=True, actor=other, now=tomorrow)
    revoke_mandate(mandate_id, person_present=True, actor=other, now=LATER)

    assert Mandate.objects.get(id=mandate_id).revoked_by == other.account_id


def test_for_a_company_its_head_at_the_desk_takes_back(tuyet, khoa):
    signed = a_company(tuyet)
    head = acting(a_citizen_account_of(signed), signed.mandate_id)
    mandate_id = a_mandate(signed.organisation_id, khoa.person_id, kind=MandateKind.STAFF, by=head)
    receiver = officer(Role.RECEIVER)
    at_the_desk_of(receiver, tuyet.id)

    revoke_mandate(mandate_id, person_present=True, actor=receiver, now=LATER)

    assert Mandate.objects.get(id=mandate_id).revoked_at == LATER


def test_within_the_mandate_an_act_is_allowed_and_the_ledger_says_for_whom(tuyet, khoa):
    actor = acting(khoa, a_mandate(tuyet.id, khoa.person_id))

    try_act(actor, Act.SUBMIT, procedure="1.001193", now=NOW)

    body = LedgerLeaf.objects.get(action="test.act").body
    assert f'"for": "{tuyet.id}"' in body


@pytest.mark.parametrize(
    ("given", "asked", "says"),
    [
        ({"acts": [Act.DRAFT]}, {}, "nộp, gửi thêm, rút hồ sơ"),
        ({"procedures": ["1.004222"]}, {"procedure": "1.001193"}, "thủ tục bạn chọn"),
        ({"fields": ["cu_tru"]}, {"procedure": "1.001193", "field": "ho_tich"}, "thủ tục"),
    ],
)
def test_beyond_the_scope_an_act_is_refused_and_explained(tuyet, khoa, given, asked, says):
    actor = acting(khoa, a_mandate(tuyet.id, khoa.person_id, **given))

    with pytest.raises(MandateRefused) as refusal:
        try_act(actor, Act.SUBMIT, **asked, now=NOW)

    assert says in refusal.value.message
    assert "Bạn nhờ" in refusal.value.message


def test_after_revocation_what_a_session_still_carries_is_worth_nothing(tuyet, khoa):
    mandate_id = a_mandate(tuyet.id, khoa.person_id)
    actor = acting(khoa, mandate_id)
    revoke_mandate(mandate_id, actor=citizen(person=tuyet.id), now=LATER)

    with pytest.raises(MandateEnded):
        try_act(actor, Act.DRAFT, now=LATER)

    assert mandates.in_force(mandate_id, actor_of(khoa, assurance=2, now=NOW), now=LATER) is None
    with pytest.raises(MandateNotFound):
        revoke_mandate(mandate_id, actor=citizen(person=tuyet.id), now=LATER)


def test_a_mandate_of_others_does_not_exist(tuyet, khoa):
    mandate_id = a_mandate(tuyet.id, khoa.person_id)
    stranger = citizen(person=stable_id("stranger"))

    with pytest.raises(MandateNotFound):
        revoke_mandate(mandate_id, actor=stranger, now=NOW)
    with pytest.raises(MandateNotFound):
        choose_principal(mandate_id, actor=stranger, now=NOW)


def test_the_representative_may_give_it_up(tuyet, khoa):
    mandate_id = a_mandate(tuyet.id, khoa.person_id)

    revoke_mandate(mandate_id, actor=own_actor(khoa, now=NOW), now=LATER)

    assert Mandate.objects.get(id=mandate_id).revoked_by == khoa.id


@pytest.mark.parametrize("proven_at", [None, NOW - timedelta(minutes=11)])
def test_neither_giving_nor_revoking_is_done_on_an_old_proof(tuyet, khoa, proven_at):
    mandate_id = a_mandate(tuyet.id, khoa.person_id)
    old = replace(citizen(person=tuyet.id), proven_at=proven_at)
    parent = replace(own_actor(khoa, now=NOW), proven_at=proven_at)

    with pytest.raises(SignInTooOld):
        give_mandate(gift(tuyet.id, khoa.person_id), actor=old, now=NOW)
    with pytest.raises(SignInTooOld):
        revoke_mandate(mandate_id, actor=old, now=NOW)
    with pytest.raises(SignInTooOld):
        give_for_child(a_child(), child_agreed=False, actor=parent, now=NOW)

    assert Mandate.objects.filter(revoked_at__isnull=True).count() == 1


def test_after_a_merge_the_mandate_is_of_the_survivor(tuyet, khoa):
    from motcua.contexts.identity.tests.test_matching import merge, pairs

    mandate_id = a_mandate(tuyet.id, khoa.person_id)
    again = a_person(personal_number="079190999009")
    merge(pairs()[0], again.id)

    actor = acting(khoa, mandate_id)

    assert actor.party_id == again.id
    assert set(actor.party_ids) == {again.id, tuyet.id}


def a_child(born_on=date(2020, 6, 1)):
    return NewPerson(
        full_name="Lê Nguyễn An", personal_number="079220999050", born_on=born_on,
        source=Source.APPLICATION,
    )  # fmt: skip


def test_a_parent_acts_until_the_child_is_of_age(khoa):
    parent = own_actor(khoa, now=NOW)

    given = give_for_child(a_child(), child_agreed=False, actor=parent, now=NOW)
    again = give_for_child(a_child(), child_agreed=False, actor=parent, now=LATER)

    assert again == given
    assert Mandate.objects.get().valid_to == date(2038, 5, 31)
    assert "cha hoặc mẹ, theo Cơ sở dữ liệu" in mandates.chain_of(mandates.view(given.id, now=NOW))


@pytest.mark.parametrize(
    ("born_on", "says"), [(date(2018, 6, 1), "đồng ý"), (date(2008, 11, 23), "đủ 18 tuổi")]
)
def test_an_older_child_agrees_and_a_grown_one_gives_it_alone(khoa, born_on, says):
    parent = own_actor(khoa, now=NOW)

    with pytest.raises(MandateMalformed) as refusal:
        give_for_child(a_child(born_on), child_agreed=False, actor=parent, now=NOW)

    assert says in refusal.value.message


def test_a_tax_code_with_a_wrong_check_digit_registers_nothing(tuyet):
    with pytest.raises(MalformedCode):
        a_company(tuyet, tax_code="0999900012")


def test_who_signs_in_with_the_account_of_a_company_acts_for_it(tuyet):
    signed = a_company(tuyet)

    again = a_company(tuyet, now=LATER)

    assert (again.organisation_id, again.mandate_id) == (signed.organisation_id, signed.mandate_id)
    company = organisations.view_of(signed.organisation_id, on=TODAY)
    assert (company.full_name, company.representative_id) == (
        "Công ty TNHH Thử Nghiệm Bến Nghé", tuyet.id,
    )  # fmt: skip
    actor = actor_of(a_citizen_account_of(signed), assurance=2, now=NOW)
    mandate = mandates.in_force(signed.mandate_id, actor, now=NOW)
    assert (mandate.principal_kind, mandate.principal_id) == (
        PrincipalKind.ORGANISATION, signed.organisation_id,
    )  # fmt: skip
    assert public.names_of([signed.organisation_id]) == {
        signed.organisation_id: "Công ty TNHH Thử Nghiệm Bến Nghé"
    }


def a_citizen_account_of(signed):
    from motcua.contexts.identity.queries import accounts

    return accounts.account(signed.account_id)


def test_a_new_legal_representative_ends_the_mandate_of_the_former(tuyet, khoa):
    old = a_company(tuyet)
    new = a_company(public.person(khoa.person_id), subject="other-pairwise", now=LATER)

    former = actor_of(a_citizen_account_of(old), assurance=2, now=LATER)

    assert new.organisation_id == old.organisation_id
    assert mandates.in_force(old.mandate_id, former, now=LATER) is None


def test_a_company_gives_its_accountant_no_more_than_its_head_has(tuyet, khoa):
    signed = a_company(tuyet)
    head = acting(a_citizen_account_of(signed), signed.mandate_id)
    wanted = gift(signed.organisation_id, khoa.person_id, kind=MandateKind.ACCOUNTANT)
    Mandate.objects.filter(id=signed.mandate_id).update(valid_to=TODAY + timedelta(days=3))

    with pytest.raises(MandateTooWide):
        give_mandate(wanted, actor=head, now=NOW)
    Mandate.objects.filter(id=signed.mandate_id).update(valid_to=None)
    given = give_mandate(wanted, actor=head, now=NOW)

    chain = mandates.chain_of(mandates.view(given.id, now=NOW))
    assert chain.startswith("Lê Minh Khoa nộp thay Công ty TNHH Thử Nghiệm Bến Nghé (kế toán")
    assert "của Nguyễn Thị Ánh Tuyết" in chain


def test_the_mandates_of_the_cast_are_made_once_however_often_seeded(tuyet, khoa):
    give_sample_mandates(tuyet.id, khoa.person_id, now=NOW)
    give_sample_mandates(tuyet.id, khoa.person_id, now=LATER)

    kinds = sorted(Mandate.objects.values_list("kind", flat=True))
    assert kinds == ["ACCOUNTANT", "HELPER", "LEGAL_REPRESENTATIVE"]
