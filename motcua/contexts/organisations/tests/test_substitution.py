from datetime import date, datetime, time
from uuid import uuid4

import pytest

from motcua.contexts.organisations import public
from motcua.contexts.organisations.actions.substitution import (
    end_substitution,
    grant_substitution,
)
from motcua.contexts.organisations.contracts import (
    AlreadyAbsent,
    NotYourOfficer,
    OfficerNotFound,
    SubstituteIsAbsent,
    SubstituteIsSelf,
    SubstitutionNotFound,
    WrongDates,
)
from motcua.contexts.organisations.models import Substitution
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel.actors import Role
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.models import LedgerLeaf

pytestmark = pytest.mark.usefixtures("city")

FIRST, BACK = date(2026, 3, 2), date(2026, 3, 9)
NOW = datetime.combine(date(2026, 2, 27), time(9), CITY_TZ)


def grant(absent="bao", substitute="26740.2-cv2", by="nghia", first_on=FIRST, back_on=BACK):
    return grant_substitution(
        absent_id=the_officer(absent).id,
        substitute_id=the_officer(substitute).id if substitute else None,
        first_on=first_on,
        back_on=back_on,
        reason="Nghỉ phép năm",
        actor=acting(by, NOW.date()),
        now=NOW,
    )


def able_officers(on: date) -> list[str]:
    office = public.unit("H29.99.26740.2")
    return [o.staff_no for o in public.holders_of(office.id, Role.CASE_OFFICER, on)]


def test_the_substitute_acts_while_the_officer_is_away():
    grant()

    assert able_officers(FIRST) == ["26740.2-cv2", "26740.2-cv3"]
    assert able_officers(BACK) == ["bao", "26740.2-cv2", "26740.2-cv3"]
    assert public.is_away(the_officer("bao").id, FIRST)
    posts = public.posts_of(the_officer("26740.2-cv2").id, FIRST)
    assert [post.substituting_for for post in posts] == [None, the_officer("bao").id]


def test_without_a_substitute_the_head_acts():
    grant(substitute=None)

    assert set(able_officers(FIRST)) == {"26740.2-cv2", "26740.2-cv3", "nghia"}
    assert acting("nghia", FIRST).has(Role.CASE_OFFICER)
    assert not acting("nghia", BACK).has(Role.CASE_OFFICER)


def test_a_grant_leaves_a_leaf_without_the_reason():
    grant()

    leaf = LedgerLeaf.objects.get(action="organisations.grant_substitution")
    assert leaf.subject == str(the_officer("bao").id)
    assert "Nghỉ phép" not in leaf.body


def test_substitutions_can_be_listed():
    granted = grant()

    (listed,) = public.substitutions(FIRST, FIRST)
    assert listed.id == granted.substitution_id
    assert (listed.absent_name, listed.reason) == ("Lê Quốc Bảo", "Nghỉ phép năm")
    assert public.substitutions(BACK, BACK) == ()


@pytest.mark.parametrize("by", ["nghia", "van", "quynh"])
def test_heads_and_administrators_may_arrange(by: str):
    grant(by=by)

    assert Substitution.objects.count() == 1


@pytest.mark.parametrize("by", ["bao", "khue", "linh", "ngan"])
def test_others_may_not(by: str):
    with pytest.raises(NotYourOfficer):
        grant(by=by)

    assert not Substitution.objects.exists()


def test_nobody_is_away_twice():
    grant()

    with pytest.raises(AlreadyAbsent):
        grant(first_on=date(2026, 3, 8), back_on=date(2026, 3, 20))
    grant(first_on=BACK, back_on=date(2026, 3, 20))


def test_a_substitute_must_be_there():
    grant(absent="26740.2-cv2", substitute=None)

    with pytest.raises(SubstituteIsAbsent):
        grant()


def test_nonsense_is_refused():
    with pytest.raises(SubstituteIsSelf):
        grant(substitute="bao")
    with pytest.raises(WrongDates):
        grant(back_on=FIRST)
    with pytest.raises(OfficerNotFound):
        grant_substitution(
            absent_id=uuid4(),
            substitute_id=None,
            first_on=FIRST,
            back_on=BACK,
            reason="",
            actor=acting("quynh", FIRST),
            now=NOW,
        )


def test_coming_back_early_ends_it():
    granted = grant()
    nghia = acting("nghia", FIRST)

    end_substitution(granted.substitution_id, back_on=date(2026, 3, 4), actor=nghia, now=NOW)

    assert able_officers(date(2026, 3, 3))[0] == "26740.2-cv2"
    assert able_officers(date(2026, 3, 4))[0] == "bao"
    assert LedgerLeaf.objects.filter(action="organisations.end_substitution").count() == 1


def test_a_grant_may_be_withdrawn_before_it_begins():
    granted = grant()

    end_substitution(granted.substitution_id, back_on=FIRST, actor=acting("van", FIRST), now=NOW)

    assert not Substitution.objects.exists()
    assert able_officers(FIRST)[0] == "bao"


def test_ending_is_checked_too():
    granted = grant()

    with pytest.raises(NotYourOfficer):
        end_substitution(
            granted.substitution_id, back_on=FIRST, actor=acting("khue", FIRST), now=NOW
        )
    with pytest.raises(WrongDates):
        end_substitution(
            granted.substitution_id,
            back_on=date(2026, 4, 1),
            actor=acting("nghia", FIRST),
            now=NOW,
        )
    with pytest.raises(SubstitutionNotFound):
        end_substitution(uuid4(), back_on=FIRST, actor=acting("nghia", FIRST), now=NOW)
