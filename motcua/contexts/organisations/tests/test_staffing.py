from datetime import date, timedelta
from uuid import UUID, uuid5

import pytest

from motcua.contexts.organisations.rules import staffing as rules
from motcua.contexts.organisations.rules.staffing import Absence, Holding, Seat, Staffing
from motcua.kernel.actors import PostHeld, Role
from motcua.kernel.period import ALWAYS, Period

TODAY = date(2026, 3, 2)
AWAY = Period(date(2026, 3, 1), date(2026, 3, 8))


def a(name: str) -> UUID:
    return uuid5(UUID(int=1), name)


OFFICE, COMMITTEE = a("office"), a("committee")


def seat(unit: UUID, role: Role, name: str) -> Seat:
    return Seat(a(name), unit, f"H29.99.{name}", role, name, ALWAYS)


SEATS = {
    OFFICE: (
        seat(OFFICE, Role.CASE_OFFICER, "desk one"),
        seat(OFFICE, Role.CASE_OFFICER, "desk two"),
        seat(OFFICE, Role.DIVISION_HEAD, "head"),
    ),
    COMMITTEE: (seat(COMMITTEE, Role.SIGNER, "signer"),),
}
HOLDERS = {"desk one": "bao", "desk two": "cuc", "head": "nghia", "signer": "van"}


def staffing(
    absences: dict[str, str | None] | None = None, holders: dict[str, str] = HOLDERS
) -> Staffing:
    return Staffing(
        seats=SEATS,
        holdings={a(post): (Holding(a(officer), ALWAYS),) for post, officer in holders.items()},
        absences={
            a(officer): (Absence(a(substitute) if substitute else None, AWAY),)
            for officer, substitute in (absences or {}).items()
        },
        parents={OFFICE: COMMITTEE, COMMITTEE: None},
    )


def able(known: Staffing, role: Role = Role.CASE_OFFICER, on: date = TODAY) -> list[UUID]:
    unit = COMMITTEE if role is Role.SIGNER else OFFICE
    return [found.officer_id for found in known.able(unit, role, on)]


def test_holders_who_are_there_act_in_the_order_of_their_posts():
    assert able(staffing()) == [a("bao"), a("cuc")]


def test_the_substitute_acts_for_the_absent_and_is_listed_once():
    known = staffing({"bao": "cuc"})

    assert able(known) == [a("cuc")]
    assert known.posts_held(a("cuc"), TODAY) == (
        PostHeld(OFFICE, "H29.99.desk two", Role.CASE_OFFICER),
        PostHeld(OFFICE, "H29.99.desk one", Role.CASE_OFFICER, a("bao")),
    )


def test_substitution_ends_on_the_day_of_return():
    known = staffing({"bao": "cuc"})

    assert able(known, on=date(2026, 3, 8)) == [a("bao"), a("cuc")]
    assert len(known.posts_held(a("cuc"), date(2026, 3, 8))) == 1


def test_the_substitute_of_an_absent_substitute_acts():
    assert able(staffing({"bao": "cuc", "cuc": "nghia"})) == [a("nghia")]


def test_the_head_acts_when_nobody_was_named():
    known = staffing({"bao": None, "cuc": None})

    assert able(known) == [a("nghia")]
    assert PostHeld(OFFICE, "H29.99.desk one", Role.CASE_OFFICER, a("bao")) in known.posts_held(
        a("nghia"), TODAY
    )


def test_two_absent_officers_who_name_each_other_leave_it_to_the_head():
    assert able(staffing({"bao": "cuc", "cuc": "bao"})) == [a("nghia")]


def test_the_head_acts_in_a_vacant_post():
    known = staffing(holders={**HOLDERS, "desk one": "bao"} | {"desk two": "bao"})
    vacant = staffing(holders={"head": "nghia", "signer": "van"})

    assert able(known) == [a("bao")]
    assert able(vacant) == [a("nghia")]


def test_the_signer_above_acts_for_an_absent_head():
    known = staffing({"nghia": None})

    assert able(known, Role.DIVISION_HEAD) == [a("van")]


def test_when_everybody_is_away_the_holder_keeps_the_post():
    assert able(staffing(dict.fromkeys(HOLDERS.values())), Role.SIGNER) == [a("van")]


def test_an_absent_officer_keeps_the_own_posts():
    assert staffing({"bao": "cuc"}).posts_held(a("bao"), TODAY) == (
        PostHeld(OFFICE, "H29.99.desk one", Role.CASE_OFFICER),
    )


def test_a_unit_without_such_a_post_has_nobody():
    assert staffing().able(COMMITTEE, Role.RECEIVER, TODAY) == ()
    assert staffing().roles_at(COMMITTEE, TODAY) == {Role.SIGNER}


def test_answers_for_many_days_do_not_pile_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rules, "KEPT_ANSWERS", 5)
    known = staffing()
    for number in range(40):
        known.posts_held(a("bao"), TODAY + timedelta(days=number))
        known.able(OFFICE, Role.CASE_OFFICER, TODAY + timedelta(days=number))

    assert len(known._held) <= 31
    assert len(known._able) <= 6
