"""Looking for a person by number: first what for, once for a while; kept without the number."""

from datetime import timedelta

import pytest

from motcua.contexts.dossiers.actions import searching
from motcua.contexts.dossiers.contracts import SearchPurpose
from motcua.contexts.dossiers.web.desk.searching import HOLDS
from motcua.kernel import clock, crypto
from motcua.kernel.models import LedgerLeaf, ReadLine
from motcua.kernel.purpose import Purpose
from motcua.kernel.testing import officer

NUMBER = "079190999001"
ASKED = "Bạn tìm người này để làm gì?"


@pytest.fixture
def two(submitted):
    """Two dossiers of one person: an answer that is a list."""
    return submitted(), submitted()


def found(browser, *, hand="", **typed):
    headers = {"referer": f"https://testserver/ban/ho-so/{hand}"} if hand else {}
    return browser.post("/ban/tim", {"q": NUMBER, **typed}, headers=headers)


def leaves():
    return list(LedgerLeaf.objects.filter(action=searching.ACTION).order_by("at", "id"))


def test_nothing_is_looked_for_before_the_officer_says_what_for(two, at_desk):
    khue = at_desk("khue")

    page = found(khue).content.decode()

    assert ASKED in page
    assert not any(code in page for code in two)
    assert leaves() == []


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"purpose": "CURIOUS"}, "Bạn chọn việc đang làm"),
        ({"purpose": "OTHER"}, "Bạn ghi số văn bản"),
        ({"purpose": "OTHER", "reference": "hỏi hộ chị Ánh Tuyết"}, "chỉ gồm chữ, số"),
        ({"purpose": "CASE", "case_code": "H29.99-20260105-0000000"}, "không có hồ sơ nào"),
        ({"purpose": "CASE"}, "không có hồ sơ nào"),
    ],
)
def test_a_purpose_that_does_not_hold_is_refused_and_nothing_is_found(typed, says, two, at_desk):
    answer = found(at_desk("khue"), **typed)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert leaves() == []


def test_the_purpose_and_the_case_stand_in_the_read_log_of_each_person(two, at_desk):
    khue = at_desk("khue")

    page = found(khue, purpose="CASE", case_code=two[0], hand=two[0]).content.decode()

    assert all(code in page for code in two)
    line = ReadLine.objects.get(address__contains="ban/tim", account_id=khue.account.id)
    assert (line.purpose, line.case_code) == (Purpose.HANDLE_CASE, two[0])
    assert "Person.full_name" in line.fields


def test_the_search_is_kept_without_the_number(two, at_desk):
    found(at_desk("khue"), purpose="OTHER", reference="12/UBND-VX")

    [leaf] = leaves()
    assert leaf.subject == f"search {crypto.blind_index(NUMBER, scope=searching.SCOPE).hex()}"
    assert NUMBER not in leaf.body
    assert '"reference":"12/UBND-VX"' in leaf.body.replace(" ", "")


def test_it_is_asked_once_for_a_while_and_every_search_is_kept(two, at_desk):
    khue = at_desk("khue")
    found(khue, purpose="DUPLICATE")

    again = found(khue).content.decode()

    assert ASKED not in again
    assert len(leaves()) == 2
    lines = ReadLine.objects.filter(address__contains="ban/tim")
    assert {line.purpose for line in lines} == {Purpose.FIND_DUPLICATE}


def test_after_a_while_it_is_asked_again(two, at_desk):
    khue = at_desk("khue")
    found(khue, purpose="COUNTER")
    session = khue.session
    session["search_said"]["until"] -= (HOLDS + timedelta(minutes=1)).total_seconds()
    session.save()

    assert ASKED in found(khue).content.decode()


def test_with_another_dossier_in_hand_it_is_asked_again(two, at_desk):
    khue = at_desk("khue")
    found(khue, purpose="CASE", case_code=two[0], hand=two[0])

    same, other = found(khue, hand=two[0]), found(khue, hand=two[1])

    assert ASKED not in same.content.decode()
    assert ASKED in other.content.decode()
    assert f'value="{two[1]}"' in other.content.decode()


def test_a_code_needs_no_purpose(two, at_desk):
    answer = at_desk("khue").post("/ban/tim", {"q": two[0]})

    assert answer["Location"] == f"/ban/ho-so/{two[0]}"
    assert leaves() == []


def test_at_the_counter_the_person_who_stands_there_is_the_purpose(at_desk):
    born = {"born_on.day": "12", "born_on.month": "5", "born_on.year": "1990"}
    typed = {"personal_number": NUMBER, "full_name": "Nguyễn Thị Ánh Tuyết", **born}

    at_desk("khue").post("/quay", {**typed, "idempotency_key": "k"})

    [leaf] = leaves()
    assert '"purpose":"COUNTER"' in leaf.body.replace(" ", "")


def test_a_dossier_of_another_unit_is_no_purpose(two, at_desk, actor_at):
    with pytest.raises(searching.SearchCaseUnknown):
        searching.note_search(
            NUMBER, SearchPurpose.CASE, case_code=two[0], actor=officer(), now=clock.now()
        )
