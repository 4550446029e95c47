"""Bản sao trích lục: own or another's, registered in the past."""

from motcua.services.packs.testing import KHOA, TUYET, Pack, named

PACK = Pack(__file__)
ANSWERS = {
    **named("requester", TUYET),
    "relation": "self",
    "event_kind": "birth",
    "registered_at": "Phường Bến Nghé",
    "registered_on": "1990-06-01",
    "copies": 3,
    "truthful": True,
}


def test_another_person_is_named():
    refused = PACK.refusals(ANSWERS, relation="family")
    assert set(refused) == {"subject_full_name", "subject_born_on"}
    other = named("subject", KHOA, "full_name", "born_on")
    assert PACK.refusals(ANSWERS | other, relation="family") == {}


def test_nobody_asks_for_their_own_death_extract():
    assert list(PACK.refusals(ANSWERS, event_kind="death")) == ["event_kind"]


def test_registration_follows_birth():
    assert "registered_on" in PACK.refusals(ANSWERS, registered_on="1990-05-11")


def test_at_least_one_copy():
    assert "copies" in PACK.refusals(ANSWERS, copies=0)


def test_a_complete_application_is_accepted():
    assert PACK.refusals(ANSWERS) == {}


def test_the_result_prints_with_and_without_answers():
    assert PACK.paper(ANSWERS).startswith(b"%PDF")
    assert PACK.paper({}).startswith(b"%PDF")
