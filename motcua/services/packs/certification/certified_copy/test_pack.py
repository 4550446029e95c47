"""Chứng thực bản sao: the slip and the visit."""

from motcua.services.packs.testing import TUYET, Pack, named

PACK = Pack(__file__)
ANSWERS = {
    **named("requester", TUYET),
    "paper_name": "Bằng tốt nghiệp đại học",
    "paper_issuer": "Trường Đại học A",
    "pages": 2,
    "copies": 3,
    "visit_on": "2026-11-25",
    "truthful": True,
}


def test_the_visit_is_today_or_later():
    assert PACK.refusals(ANSWERS, visit_on="2026-11-23") == {}
    assert list(PACK.refusals(ANSWERS, visit_on="2026-11-22")) == ["visit_on"]


def test_pages_and_copies_are_counted():
    assert {"pages", "copies"} <= set(PACK.refusals(ANSWERS, pages=None, copies=None))


def test_a_complete_application_is_accepted():
    assert PACK.refusals(ANSWERS) == {}


def test_the_result_prints_with_and_without_answers():
    assert PACK.paper(ANSWERS).startswith(b"%PDF")
    assert PACK.paper({}).startswith(b"%PDF")
