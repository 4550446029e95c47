"""Households: written from a paper at the desk, seen by members, corrected as a right, outgrown."""

from datetime import date, datetime
from uuid import UUID

import pytest
from django.test import Client

from motcua.contexts.identity import public as identity
from motcua.contexts.identity.actions.correcting import correct
from motcua.contexts.identity.actions.mandates import act_under
from motcua.contexts.identity.contracts.households import HeadLeavesLast, MemberMalformed
from motcua.contexts.identity.contracts.mandates import MandateEnded
from motcua.contexts.identity.models import Account, HouseholdMember, Mandate
from motcua.contexts.identity.queries import holdings
from motcua.contexts.identity.testing import a_citizen_account, acting, signed_in
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Act
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.testing import citizen
from motcua.portals.desk.tests.test_counter import person_page
from motcua.portals.desk.tests.test_desk import post, text_of
from motcua.portals.desk.tests.test_visitors import a_scan

CHILD = {"name": "Lê Nguyễn An", "number": "079220999050", "relation": "CHILD",
         "born_on.day": "1", "born_on.month": "6", "born_on.year": "2020",
         "evidence": "Xác nhận cư trú số 12"}  # fmt: skip


@pytest.fixture
def page(at_desk) -> str:
    return person_page(at_desk("ngan"))


@pytest.fixture
def head(page) -> UUID:
    return UUID(page.rpartition("/")[2])


def added(ngan, page: str, **other):
    return post(ngan, f"{page}/ho-gia-dinh", **(CHILD | {"file": a_scan()} | other))


def parent_at_home(head: UUID) -> Client:
    return signed_in(Client(), a_citizen_account(identity.person(head)))


def claimed(browser: Client, member: HouseholdMember, **typed):
    return post(browser, f"/toi/ho-gia-dinh/{member.id}/lam-thay", **typed)


@owns_transaction
def corrected(value: str, person: UUID, *, now: datetime) -> None:
    correct("household", value, person, actor=SYSTEM, now=now)


@owns_transaction
def drafted(actor, *, now: datetime) -> None:
    act_under(actor, Act.DRAFT, now=now)
    record(action="test.act", subject="x", actor=actor)


def test_without_paper_or_relation_nobody_becomes_a_member(at_desk, page):
    ngan = at_desk("ngan")

    assert post(ngan, f"{page}/ho-gia-dinh", **CHILD).status_code == 422
    for lacking in ({"relation": ""}, {"relation": "HEAD"}, {"name": ""}, {"evidence": " "}):
        answer = added(ngan, page, **lacking)
        assert answer.status_code == 422
        assert 'value="079220999050"' in text_of(answer)

    assert not HouseholdMember.objects.exists()


def test_the_person_at_the_desk_is_the_head_and_nobody_lives_in_two_households(at_desk, page, head):
    ngan = at_desk("ngan")

    assert added(ngan, page).status_code == 303
    assert added(ngan, page).status_code == 409

    relations = dict(HouseholdMember.objects.values_list("relation", "person_id"))
    assert set(relations) == {"HEAD", "CHILD"} and relations["HEAD"] == head
    assert "con của chủ hộ" in text_of(ngan.get(f"{page}/ho-gia-dinh"))


def test_the_household_of_whom_the_desk_has_not_found_stays_closed(at_desk, page):
    added(at_desk("ngan"), page)

    assert at_desk("khue").get(f"{page}/ho-gia-dinh").status_code == 403
    member = HouseholdMember.objects.get(relation="CHILD")
    assert post(at_desk("khue"), f"{page}/ho-gia-dinh/{member.id}/ra").status_code == 403


def test_the_head_leaves_last(at_desk, page):
    ngan = at_desk("ngan")
    added(ngan, page)
    members = {one.relation: one.id for one in HouseholdMember.objects.all()}

    first = post(ngan, f"{page}/ho-gia-dinh/{members['HEAD']}/ra")
    assert first.status_code == HeadLeavesLast.kind
    post(ngan, f"{page}/ho-gia-dinh/{members['CHILD']}/ra")
    post(ngan, f"{page}/ho-gia-dinh/{members['HEAD']}/ra")

    assert not HouseholdMember.objects.filter(valid_to=None).exists()


def test_members_see_their_household_and_strangers_do_not(at_desk, page, head):
    added(at_desk("ngan"), page)

    mine = text_of(parent_at_home(head).get("/toi/ho-gia-dinh"))
    strangers = identity.own_household(citizen(person=UUID(int=9)), now=clock.now())

    assert "Lê Nguyễn An" in mine and "Xác nhận cư trú số 12" in mine
    assert "0792" not in mine
    assert strangers is None


def test_a_parent_acts_for_the_child_on_that_paper_until_the_day_it_is_of_age(at_desk, page, head):
    added(at_desk("ngan"), page)
    browser = parent_at_home(head)
    member = HouseholdMember.objects.get(relation="CHILD")

    assert claimed(browser, member).status_code == 303
    mandate = Mandate.objects.get()
    chain = identity.chains_of([mandate.id], now=clock.now())[mandate.id]

    assert "giấy tờ cán bộ đã xem: Xác nhận cư trú số 12" in chain
    assert mandate.valid_to == date(2038, 5, 31)
    parent = acting(Account.objects.get(person_id=head), mandate.id, now=clock.now())
    drafted(parent, now=datetime(2038, 5, 31, 23, 59, tzinfo=CITY_TZ))
    with pytest.raises(MandateEnded):
        drafted(parent, now=datetime(2038, 6, 1, 0, 0, tzinfo=CITY_TZ))


def test_an_older_child_is_asked_and_nobody_acts_for_other_members(at_desk, page, head):
    ngan = at_desk("ngan")
    added(ngan, page, **{"born_on.year": "2015"})
    added(ngan, page, name="Lê Văn Tám", number="079160999051", relation="PARENT")
    browser = parent_at_home(head)
    child = HouseholdMember.objects.get(relation="CHILD")

    unasked = claimed(browser, child)
    assert unasked.status_code == 422 and "đồng ý" in text_of(unasked)
    assert claimed(browser, child, agreed="yes").status_code == 303
    assert claimed(browser, HouseholdMember.objects.get(relation="PARENT")).status_code == 403


def test_a_wrong_relation_is_corrected_as_a_right_and_what_rested_on_it_ends(at_desk, page, head):
    added(at_desk("ngan"), page)
    member = HouseholdMember.objects.get(relation="CHILD")
    claimed(parent_at_home(head), member)
    fields = {one.key: one.value for one in holdings.correctable(member.person_id)}
    assert fields["household"] == "con của chủ hộ"

    with pytest.raises(MemberMalformed):
        corrected("em họ", member.person_id, now=clock.now())
    corrected("cháu của chủ hộ", member.person_id, now=clock.now())

    assert HouseholdMember.objects.get(id=member.id).relation == "GRANDCHILD"
    assert Mandate.objects.get().revoked_at is not None
    corrected("không thuộc hộ này", member.person_id, now=clock.now())
    assert HouseholdMember.objects.get(id=member.id).valid_to is not None


def replaced(browser, page: str, relations: dict[HouseholdMember, str], **other):
    typed = {f"relation.{row.id}": said for row, said in relations.items()}
    paper = {"evidence": "Xác nhận cư trú số 13", "file": a_scan()}
    return post(browser, f"{page}/ho-gia-dinh/chu-ho", **(typed | paper | other))


def standing(relation: str) -> HouseholdMember:
    return HouseholdMember.objects.get(relation=relation, valid_to=None)


def test_a_head_is_replaced_only_by_one_other_member_on_paper(at_desk, page):
    ngan = at_desk("ngan")
    added(ngan, page)
    old, child = standing("HEAD"), standing("CHILD")

    for said in (("HEAD", "CHILD"), ("PARENT", "CHILD"), ("HEAD", "HEAD"), ("PARENT", "LEAVES")):
        answer = replaced(ngan, page, dict(zip((old, child), said, strict=True)))
        assert answer.status_code == 422
        assert f'value="{said[0]}" checked' in text_of(answer) or said[0] == "HEAD"
    assert replaced(ngan, page, {old: "PARENT"}).status_code == 422
    assert replaced(ngan, page, {old: "PARENT", child: "HEAD"}, evidence="").status_code == 422
    foreign = replaced(at_desk("khue"), page, {old: "PARENT", child: "HEAD"})

    assert foreign.status_code == 403
    assert HouseholdMember.objects.filter(valid_to=None).count() == 2
    assert standing("HEAD").id == old.id


def test_a_head_is_replaced_in_one_step_and_the_past_stays(at_desk, page):
    ngan = at_desk("ngan")
    added(ngan, page)
    added(ngan, page, name="Lê Văn Tám", number="079160999051", relation="PARENT")
    old, child, parent = standing("HEAD"), standing("CHILD"), standing("PARENT")
    shown = text_of(ngan.get(f"{page}/ho-gia-dinh/chu-ho"))

    answer = replaced(ngan, page, {old: "CHILD", child: "GRANDCHILD", parent: "HEAD"})

    assert "Lê Văn Tám là ai với chủ hộ mới" in shown
    assert answer.status_code == 303
    now = HouseholdMember.objects.filter(valid_to=None)
    assert dict(now.values_list("person_id", "relation")) == {
        parent.person_id: "HEAD",
        old.person_id: "CHILD",
        child.person_id: "GRANDCHILD",
    }
    assert {one.evidence_note for one in now} == {"Xác nhận cư trú số 13"}
    assert HouseholdMember.objects.exclude(valid_to=None).count() == 3
    assert "Chủ hộ cần có mặt" in text_of(ngan.get(f"{page}/ho-gia-dinh"))


def test_an_old_head_may_leave_as_they_are_replaced(at_desk, page):
    ngan = at_desk("ngan")
    added(ngan, page)
    old, child = standing("HEAD"), standing("CHILD")

    assert replaced(ngan, page, {old: "LEAVES", child: "HEAD"}).status_code == 303

    assert standing("HEAD").person_id == child.person_id
    assert HouseholdMember.objects.filter(valid_to=None).count() == 1


def test_a_member_who_is_neither_old_nor_new_head_replaces_nobody(at_desk, page):
    ngan = at_desk("ngan")
    added(ngan, page)
    added(ngan, page, name="Lê Văn Tám", number="079160999051", relation="PARENT")
    old, child, parent = standing("HEAD"), standing("CHILD"), standing("PARENT")
    replaced(ngan, page, {old: "CHILD", child: "GRANDCHILD", parent: "HEAD"})

    wish = {standing("HEAD"): "OTHER", standing("GRANDCHILD"): "HEAD", standing("CHILD"): "PARENT"}
    answer = replaced(ngan, page, wish)

    assert answer.status_code == 409
    assert "cần có mặt" in text_of(answer)
    assert standing("HEAD").valid_to is None


def test_correcting_a_child_ends_what_a_former_head_could_do_on_the_old_paper(at_desk, page, head):
    ngan = at_desk("ngan")
    added(ngan, page)
    added(ngan, page, name="Lê Văn Tám", number="079160999051", relation="PARENT")
    old, child, parent = standing("HEAD"), standing("CHILD"), standing("PARENT")
    claimed(parent_at_home(head), child)
    replaced(ngan, page, {old: "CHILD", child: "CHILD", parent: "HEAD"})
    assert Mandate.objects.get().revoked_at is None

    corrected("cháu của chủ hộ", child.person_id, now=clock.now())

    assert Mandate.objects.get().revoked_at is not None
