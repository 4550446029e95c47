"""Thường trú: household, consent, lease."""

from motcua.services.packs.testing import KHOA, TUYET, Pack, named

PACK = Pack(__file__)
CHILD = {
    "full_name": "Lê Gia An",
    "personal_number": "079315999010",
    "born_on": "2015-02-03",
    "relation": "Con",
}
ANSWERS = {
    **named("requester", TUYET),
    "home_kind": "own",
    "home_address": {"ward": "26743", "street": "8 Lê Lai"},
    "head_is_me": True,
    "members": [CHILD],
    "truthful": True,
}
LODGER = {
    **ANSWERS,
    "home_kind": "rent",
    "lease_until": "2027-11-23",
    "head_is_me": False,
    **named("head", KHOA, "full_name", "personal_number"),
    "relation_to_head": "other",
    "head_agrees": True,
    "owner_agrees": True,
    "confirm_by": "vneid",
}


def test_a_lodger_needs_consent_and_a_valid_lease():
    assert PACK.refusals(LODGER) == {}
    assert "owner_agrees" in PACK.refusals(LODGER, owner_agrees=None)
    assert list(PACK.refusals(LODGER, lease_until="2026-11-22")) == ["lease_until"]
    assert list(PACK.refusals(LODGER, confirm_by="none_needed")) == ["confirm_by"]


def test_nobody_is_named_twice():
    assert list(PACK.refusals(ANSWERS, members=[CHILD, CHILD])) == ["members"]
    me = CHILD | {"personal_number": "079190999001"}
    assert list(PACK.refusals(ANSWERS, members=[me])) == ["members"]


def test_the_applicant_is_not_given_as_another_head():
    refused = PACK.refusals(LODGER, head_personal_number="079190999001")
    assert list(refused) == ["head_personal_number"]


def test_a_complete_application_is_accepted():
    assert PACK.refusals(ANSWERS) == {}


def test_the_result_prints_with_and_without_answers():
    assert PACK.paper(ANSWERS).startswith(b"%PDF")
    assert PACK.paper({}).startswith(b"%PDF")
