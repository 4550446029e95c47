"""One person, one account: who is taken for whom, who is not, and what they are told."""

from datetime import date

import pytest
from django.test import Client

from motcua.contexts.identity.actions.sign_in import sign_in_by_vneid
from motcua.contexts.identity.contracts import LinkToConfirm, Source, VNeIDClaims
from motcua.contexts.identity.contracts.matching import MatchReason
from motcua.contexts.identity.models import Account, MatchCandidate, NumberCase, Person
from motcua.contexts.identity.public import find_or_register
from motcua.contexts.identity.testing import a_person
from motcua.contexts.identity.tests.conftest import LINK
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


def come(*, is_same=None, **changed):
    return sign_in_by_vneid(claims(**changed), is_same=is_same, now=NOW)


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


def test_nobody_is_linked_before_they_were_asked():
    known = a_person()

    with pytest.raises(LinkToConfirm) as asked:
        come()

    assert asked.value.person_id == known.id
    assert not Account.objects.exists()


def test_who_was_at_the_counter_proves_it_at_level_two_and_says_so_is_linked():
    known = a_person()

    signed = come(is_same=True)

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


def test_who_says_that_it_is_somebody_else_gets_a_row_of_their_own_and_a_case():
    known = a_person()

    signed = come(is_same=False)

    assert (signed.linked, signed.denied) == (False, True)
    assert (pair().first_id, pair().second_id) == (known.id, signed.person_id)
    assert MatchReason.DENIED in pair().reasons
    assert '"doubt": "DENIED"' in last_leaf()
    assert come().account_id == signed.account_id  # not asked again


def test_saying_so_proves_nothing_that_vneid_did_not():
    a_person()

    signed = come(level=1, is_same=True)

    assert signed.doubted
    assert not signed.linked


def test_another_number_on_a_known_account_opens_a_case_and_changes_nothing():
    known = a_person()
    come(is_same=True)
    other = a_person("Trần Thị Bình", personal_number="079190999777", born_on=date(1991, 1, 1))

    signed = come(number="079190999777")

    case = NumberCase.objects.get()
    assert signed.differs == ("personal_number",)
    assert (case.person_id, case.told, case.state) == (known.id, "079190999777", "OPEN")
    assert (pair().first_id, pair().second_id) == (known.id, other.id)
    assert Person.objects.get(id=known.id).personal_number == NUMBER


def test_the_same_other_number_asks_once():
    a_person()
    come(is_same=True)

    come(number="079190999777")
    come(number="079190999777")

    assert NumberCase.objects.count() == 1


def test_the_page_asks_with_both_sides_masked_and_lets_nobody_in_yet(browser):
    a_person()

    asked = browser.sign_in(is_same=None)
    page = browser.client.get(asked.headers["Location"]).content.decode()

    for said in ("Nguyễn T••• Á••• T•••", "•••••••••001", "Đây là tôi", "Không phải tôi"):
        assert said in page
    for hidden in ("Ánh Tuyết", NUMBER, "0900000001", "anh.tuyet@example.vn"):
        assert hidden not in page
    assert browser.client.get("/toi").status_code == 302
    assert not Account.objects.exists()


def test_yes_links_and_goes_where_they_were_going(browser):
    known = a_person()

    answer = browser.sign_in(next_url="/toi/lien-he")

    assert answer.headers["Location"] == "/toi/lien-he"
    assert "Bạn đã xác nhận" in browser.client.get("/toi").content.decode()
    assert Account.objects.get().person_id == known.id


def test_no_signs_them_in_apart_and_says_what_comes_next(browser):
    known = a_person()

    browser.sign_in(is_same=False)

    assert "không phải của bạn" in browser.client.get("/toi").content.decode()
    assert Account.objects.get().person_id != known.id
    assert "0900000001" not in browser.client.get("/toi").content.decode()


@pytest.mark.parametrize("answer", ["", "yes", "SAME"])
def test_another_answer_is_none(browser, answer):
    a_person()
    browser.sign_in(is_same=None)

    page = browser.client.post(LINK, {"answer": answer})

    assert "Đây là tôi" in page.content.decode()
    assert not Account.objects.exists()


def test_a_question_is_answered_once_and_not_late(browser):
    a_person()
    browser.sign_in(is_same=None)
    session = browser.client.session
    session["link"] = session["link"] | {"until": 0}
    session.save()

    late = browser.client.post(LINK, {"answer": "same", "idempotency_key": "l-1"})
    unasked = Client().post(LINK, {"answer": "same", "idempotency_key": "l-2"})

    assert (late.status_code, unasked.status_code) == (403, 403)
    assert not Account.objects.exists()
    refused = LedgerLeaf.objects.filter(action="identity.sign_in_refused")
    assert all("link_expired" in leaf.body for leaf in refused)
    assert refused.count() == 2


def test_an_answer_sent_twice_counts_once(browser):
    a_person()
    browser.sign_in(is_same=None)

    first, second = (
        browser.client.post(LINK, {"answer": "same", "idempotency_key": "l-1"}) for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (303, 403)
    assert "đã dùng rồi" in second.content.decode()
    assert Account.objects.count() == 1


def test_a_company_account_asks_its_representative_the_same(browser):
    known = a_person()

    asked = browser.sign_in(who="Công ty TNHH Mai Vàng Sài Gòn", is_same=None)
    assert asked.headers["Location"] == LINK
    browser.answered(asked)

    assert Account.objects.get().person_id == known.id
    assert "mandate" in browser.client.session
