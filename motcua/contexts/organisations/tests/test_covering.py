"""Nobody goes where nobody would act then; a place that lacks a person is filled in one act."""

from datetime import date, datetime, time, timedelta

import pytest

from motcua.contexts.organisations import public
from motcua.contexts.organisations.actions.editions import renew_staff
from motcua.contexts.organisations.actions.suspending import restore_officer, suspend_officer
from motcua.contexts.organisations.contracts import (
    Lacking,
    NobodyTakesOver,
    NotHandedHere,
    NotYourUnit,
    SubstituteIsAbsent,
)
from motcua.contexts.organisations.models import Post, SigningAuthority, Substitution
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.models import LedgerLeaf

pytestmark = pytest.mark.usefixtures("city")

TODAY = date(2026, 2, 27)
NOW = datetime.combine(TODAY, time(9), CITY_TZ)
BACK = TODAY + timedelta(days=7)
OFFICE = "H29.99.26740.2"
CASE_OFFICERS = ("bao", "26740.2-cv2", "26740.2-cv3")


def away(who: str, substitute: str = "", by: str = "quynh", back_on: date = BACK) -> None:
    public.grant_substitution(
        absent_id=the_officer(who).id,
        substitute_id=the_officer(substitute).id if substitute else None,
        first_on=TODAY,
        back_on=back_on,
        reason="Nghỉ phép",
        actor=acting(by, TODAY),
        now=NOW,
    )


def heads_above() -> list[str]:
    """Every head from the office up to the city, nearest first."""
    units = (public.unit(OFFICE), *public.units_above(public.unit(OFFICE).id))
    roles = (Role.DIVISION_HEAD, Role.SIGNER, Role.LEADER)
    found = [
        officer.staff_no
        for unit in units
        for role in roles
        for officer in public.holders_of(unit.id, role, TODAY)
    ]
    return list(dict.fromkeys(found))


@owns_transaction
def told(write, who: str, *, now: datetime) -> None:
    """What the personnel system tells of an officer, as of today."""
    write(the_officer(who).id, on=now.date())
    record(action="tests.told", subject=who, actor=SYSTEM)


def suspended(who: str) -> None:
    told(suspend_officer, who, now=NOW)


def test_the_last_head_does_not_leave_the_city_without_anybody():
    *others, last = heads_above()
    for head in others:
        away(head)

    with pytest.raises(NobodyTakesOver, match="Từ 27/02/2026 không còn ai có mặt"):
        away(last)

    assert Substitution.objects.count() == len(others)


def test_with_a_substitute_the_last_head_may_leave():
    *others, last = heads_above()
    for head in others:
        away(head)

    away(last, "bao")

    assert public.is_away(the_officer(last).id, TODAY)


def test_a_suspension_that_leaves_nobody_is_refused():
    *others, last = heads_above()
    for head in others:
        away(head)

    with pytest.raises(NobodyTakesOver, match="Bạn giao vị trí đó cho người khác trước"):
        suspended(last)


def test_who_is_suspended_acts_nowhere_until_restored():
    bao = the_officer("bao").id
    suspended("bao")
    suspended("bao")

    assert public.posts_of(bao, TODAY) == ()
    assert "nghia" in [o.staff_no for o in holders()]

    told(restore_officer, "bao", now=NOW)
    assert [o.staff_no for o in holders()] == [*CASE_OFFICERS]


def holders() -> tuple:
    return public.holders_of(public.unit(OFFICE).id, Role.CASE_OFFICER, TODAY)


def lacking(role: Role = Role.CASE_OFFICER):
    return public.place_lacking(public.unit(OFFICE).id, role, TODAY)


def given_to(who: str, by: str = "nghia", role: Role = Role.CASE_OFFICER) -> None:
    public.hand_over(
        public.unit(OFFICE).id,
        role,
        the_officer(who).id,
        actor=acting(by, TODAY),
        now=NOW,
    )


def test_a_place_lacks_a_person_only_when_nobody_of_its_own_is_there():
    assert lacking() is None
    for who in CASE_OFFICERS[:2]:
        away(who)
    assert lacking() is None

    away(CASE_OFFICERS[2])

    found = lacking()
    assert (found.lacking, found.is_covered) == (Lacking.AWAY, True)
    assert [officer.staff_no for officer in found.acting] == ["nghia"]
    assert "nghia" in [officer.staff_no for officer in found.candidates]


def test_one_act_gives_the_place_and_twice_is_once():
    for who in CASE_OFFICERS:
        away(who)

    given_to("nghia")
    given_to("nghia")

    assert lacking() is None
    assert set(Substitution.objects.values_list("substitute_id", flat=True)) == {
        the_officer("nghia").id
    }
    leaves = LedgerLeaf.objects.filter(action="organisations.hand_over")
    assert leaves.count() == 2


def test_a_place_whose_holders_are_suspended_gets_a_substitute():
    for who in CASE_OFFICERS:
        suspended(who)
    assert lacking().lacking is Lacking.SUSPENDED

    given_to("nghia")

    assert lacking() is None
    assert [officer.staff_no for officer in holders()] == ["nghia"]


def test_a_vacant_post_gets_a_holder():
    for who in CASE_OFFICERS:
        told(public.end_holding, who, now=NOW)
    assert lacking().lacking is Lacking.VACANT

    given_to("nghia")

    assert lacking() is None


def test_only_heads_give_and_a_headship_is_given_from_above():
    for who in CASE_OFFICERS:
        away(who)

    for by in ("khue", "bao"):
        with pytest.raises(NotYourUnit):
            given_to("nghia", by=by)
    with pytest.raises(NotYourUnit):
        given_to("bao", by="nghia", role=Role.DIVISION_HEAD)
    with pytest.raises(SubstituteIsAbsent):
        given_to("bao")


def test_when_the_authority_to_sign_ends_another_signs():
    committee = public.committee_of("26740")
    posts = Post.objects.filter(unit_id=committee.id, role=Role.SIGNER)
    before = public.holders_of(committee.id, Role.SIGNER, TODAY)
    SigningAuthority.objects.filter(post__in=posts).update(valid_to=TODAY)
    renew_staff()

    after = public.holders_of(committee.id, Role.SIGNER, TODAY)

    assert after
    assert {one.id for one in after}.isdisjoint({one.id for one in before})
    assert public.place_lacking(committee.id, Role.SIGNER, TODAY).lacking is Lacking.UNSIGNED
    with pytest.raises(NotHandedHere):
        public.hand_over(
            committee.id, Role.SIGNER, the_officer("thanh").id,
            actor=acting("quynh", TODAY), now=NOW,
        )  # fmt: skip
