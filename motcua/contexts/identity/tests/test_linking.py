"""One person, one account: who is taken for whom, who is not, and what they are told."""

from datetime import date

import pytest

from motcua.contexts.identity.actions.sign_in import sign_in_by_vneid
from motcua.contexts.identity.contracts import Source, VNeIDClaims
from motcua.contexts.identity.contracts.matching import MatchReason
from motcua.contexts.identity.models import Account, MatchCandidate, Person
from motcua.contexts.identity.public import find_or_register
from motcua.contexts.identity.testing import a_person
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM as NOW
from motcua.kernel.testing import officer

pytestmark = pytest.mark.django_db

NUMBER = "079190999001"


def claims(*, subject="one", level=2, number=NUMBER, name="Nguyễn Thị Ánh Tuyết"):
    return VNeIDClaims(
        subject=subject, full_name=name, personal_number=number, born_on=date(1990, 5, 12),
        level=level,
    )  # fmt: skip


def come(**changed):
    return sign_in_by_vneid(claims(**changed), now=NOW)


def last_leaf():
    return LedgerLeaf.objects.filter(action="identity.link_account").order_by("id").last().body


def pair():
    return MatchCandidate.objects.get()


def test_a_level_one_account_is_not_taken_for_who_was_at_the_counter():
    known = a_person()

    signed = come(level=1)

    assert signed.doubted
    assert signed.person_id != known.id
    assert (pair().first_id, pair().second_id) == (known.id, signed.person_id)
    assert set(pair().reasons) == {MatchReason.SAME_NUMBER, MatchReason.SAME_NAME_AND_BIRTH}
    assert '"doubt": "LEVEL"' in last_leaf()


def test_a_second_account_at_vneid_is_not_taken_for_the_first():
    first = come()

    second = come(subject="two")

    assert second.doubted
    assert second.account_id != first.account_id
    assert pair().second_id == second.person_id
    assert '"doubt": "OTHER_SUBJECT"' in last_leaf()


@pytest.mark.parametrize("changed", [{"number": "079190999777"}, {"name": "Nguyễn Thị Ánh Nguyệt"}])
def test_half_an_agreement_waits_for_an_officer(changed):
    known = a_person()

    signed = come(**changed)

    assert signed.person_id != known.id
    assert not signed.linked
    assert pair().first_id == known.id


def test_who_was_at_the_counter_and_proves_it_at_level_two_is_linked_and_told():
    known = a_person()

    signed = come()

    assert (signed.person_id, signed.linked, signed.doubted) == (known.id, True, False)
    assert not MatchCandidate.objects.exists()
    assert '"known": true' in last_leaf()
    assert NUMBER not in last_leaf()


def test_what_a_counter_takes_in_does_not_land_with_a_level_one_account():
    stranger = come(level=1)

    person_id = find_or_register(
        NUMBER, "Nguyễn Thị Ánh Tuyết", date(1990, 5, 12), actor=officer(), now=NOW
    )

    assert person_id != stranger.person_id


def test_a_level_one_account_that_reaches_level_two_is_met_at_the_counter():
    signed = come(level=1)
    come(level=2)

    person_id = find_or_register(
        NUMBER, "Nguyễn Thị Ánh Tuyết", date(1990, 5, 12), actor=officer(), now=NOW
    )

    assert person_id == signed.person_id
    assert Account.objects.count() == 1
    assert Person.objects.get().source == Source.VNEID


def test_they_are_told_on_the_next_page(browser):
    a_person()

    browser.sign_in()

    assert "đều khớp" in browser.client.get("/toi").content.decode()
