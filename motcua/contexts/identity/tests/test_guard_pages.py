"""Pages of the officer for data protection: pairs, what a merge moves, numbers, undone again."""

import itertools
from datetime import date

import pytest
from django.test import Client

from motcua.contexts.identity import public
from motcua.contexts.identity.actions.numbers import change_number
from motcua.contexts.identity.contracts import Source
from motcua.contexts.identity.contracts.matching import CandidateState, NumberEnd
from motcua.contexts.identity.models import MatchCandidate, NumberCase, PersonMerge
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_mandate,
    a_person,
    an_officer_account,
    signed_in,
)
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.models import ReadLine
from motcua.kernel.testing import officer

pytestmark = pytest.mark.usefixtures("small_city")
PAIRS, NUMBERS = "/bao-ve-du-lieu/trung-nguoi", "/bao-ve-du-lieu/so-dinh-danh"
KEYS = itertools.count()


@pytest.fixture
def duyen():
    account = an_officer_account("duyen", officer_id=the_officer("duyen").id)
    return signed_in(Client(), account)


@pytest.fixture
def two():
    first = a_person()
    second = a_person("NGUYEN THI ANH TUYET", personal_number="079190999002")
    return first, second


@pytest.fixture
def pair(two):
    return MatchCandidate.objects.get()


def send(browser, address, **typed):
    return browser.post(address, {"idempotency_key": f"guard-{next(KEYS)}", **typed})


def decide(browser, pair, decision, **typed):
    return send(browser, f"{PAIRS}/{pair.id}/quyet-dinh", decision=decision, **typed)


def merge(browser, pair, survivor, **other):
    typed = {"survivor": str(survivor), "reason": "Cùng một người", "evidence": "Thẻ căn cước"}
    return decide(browser, pair, "merge", **(typed | other))


def words(answer):
    return answer.content.decode()


def test_nobody_but_who_guards_data_opens_a_pair(pair):
    for name in ("khue", "quynh", "nghia"):
        browser = signed_in(Client(), an_officer_account(name, officer_id=the_officer(name).id))

        assert browser.get(f"{PAIRS}/{pair.id}").status_code == 403
        assert merge(browser, pair, pair.first_id).status_code == 403

    assert not PersonMerge.objects.exists()


def test_the_list_says_why_and_where_they_differ_and_shows_no_whole_number(duyen, pair):
    page = words(duyen.get(PAIRS))

    assert "cùng họ tên và ngày sinh" in page
    assert "•••••••••001 và •••••••••002" in page
    assert "079190" not in page


def test_the_export_holds_the_list_masked_and_is_in_the_read_log(duyen, two, pair):
    file = b"".join(duyen.get(f"{PAIRS}/xuat.csv").streaming_content).decode()

    assert "•••••••••002" in file and "079190" not in file
    read = ReadLine.objects.filter(address=f"GET {PAIRS}/xuat.csv")
    assert {line.subject_id for line in read} == {one.id for one in two}


def test_a_preview_counts_what_will_be_read_under_the_row_that_is_kept(duyen, two, pair):
    first, second = two
    a_citizen_account(second)
    helper = a_person("Trần Văn Ba", personal_number="079180999003", born_on=date(1980, 1, 1))
    a_mandate(second.id, helper.id, now=clock.now())

    page = words(duyen.get(f"{PAIRS}/{pair.id}", {"giu": str(first.id)}))

    preview = page[page.index('id="gop"') :]
    assert "Tài khoản" in preview and "Ủy quyền" in preview
    assert "•••••••••001" in preview


def test_a_merge_without_reason_keeps_what_was_typed(duyen, two, pair):
    answer = merge(duyen, pair, two[0].id, reason=" ")

    assert answer.status_code == 422
    assert "Bạn ghi lý do và căn cứ đã xem" in words(answer)
    assert 'value="Thẻ căn cước"' in words(answer)
    assert merge(duyen, pair, "x").status_code == 422


def test_a_merge_is_taken_back_on_the_same_page(duyen, two, pair):
    merge(duyen, pair, two[0].id)
    page = words(duyen.get(f"{PAIRS}/{pair.id}"))
    assert "Tách hai bản ghi" in page and "Hồ Mỹ Duyên" in page

    answer = decide(duyen, pair, "unmerge", reason="Nhầm: hai chị em")

    assert answer.status_code == 303
    assert MatchCandidate.objects.get().state == CandidateState.OPEN
    assert decide(duyen, pair, "unmerge", reason="Lần nữa").status_code == 404


def test_of_two_officers_the_second_hears_that_it_is_decided(duyen, two, pair):
    decide(duyen, pair, "different", reason="Hai người")

    answer = merge(duyen, pair, two[0].id)

    assert answer.status_code == 409
    assert "đã có người quyết định" in words(answer)
    assert "Hai người" in words(answer)


def test_evidence_asked_for_waits_and_may_still_be_decided(duyen, pair):
    assert decide(duyen, pair, "evidence", reason="").status_code == 422
    decide(duyen, pair, "evidence", reason="Giấy khai sinh")

    assert "Giấy khai sinh" in words(duyen.get(f"{PAIRS}/{pair.id}"))
    assert "NGUYEN THI" in words(duyen.get(PAIRS, {"trang-thai": "WAITING"}))
    assert decide(duyen, pair, "different", reason="Hai người").status_code == 303
    assert decide(duyen, pair, "unheard-of").status_code == 422


def test_a_number_told_by_vneid_is_changed_on_evidence_and_given_back(duyen):
    person = a_person()
    case_id = public.report_number(
        person.id, "079190999011", source=Source.VNEID, actor=SYSTEM, now=clock.now()
    )
    address = f"{NUMBERS}/{case_id}"
    assert "•••••••••011" in words(duyen.get(NUMBERS))

    without = send(duyen, f"{address}/quyet-dinh", decision="change", reason="VNeID đúng")
    assert without.status_code == 422 and "VNeID đúng" in words(without)
    told = {"reason": "VNeID đúng", "evidence": "Giấy xác nhận số 5", "ended_as": "CHANGED"}
    send(duyen, f"{address}/quyet-dinh", decision="change", **told)

    page = words(duyen.get(address))
    assert "được cấp số khác" in page and "Giấy xác nhận số 5" in page and "079190" not in page
    assert public.personal_number_of(person.id).endswith("011")
    send(duyen, f"{address}/quyet-dinh", decision="undo", reason="Nhầm")
    assert public.personal_number_of(person.id).endswith("001")
    assert send(duyen, f"{address}/quyet-dinh", decision="undo", reason="Nữa").status_code == 409


def test_a_number_may_be_kept_and_a_choice_is_needed(duyen):
    case_id = public.report_number(
        a_person().id, "", source=Source.COUNTER, actor=SYSTEM, now=clock.now()
    )

    assert send(duyen, f"{NUMBERS}/{case_id}/quyet-dinh", reason="x").status_code == 422
    send(duyen, f"{NUMBERS}/{case_id}/quyet-dinh", decision="keep", reason="Vẫn dùng")

    assert NumberCase.objects.get().state == "DISMISSED"
    assert "không có số" in words(duyen.get(NUMBERS, {"trang-thai": "DISMISSED"}))


def test_a_long_list_turns_the_page(duyen):
    now = clock.now()
    for number in range(31):
        person = a_person(f"Trần Văn {number}", personal_number=f"0791909994{number:02}")
        change_number(
            person.id, new_number=f"0791909995{number:02}", ended_as=NumberEnd.CHANGED,
            reason="Cấp lại", actor=officer(Role.DATA_PROTECTION), now=now,
        )  # fmt: skip

    page = words(duyen.get(NUMBERS, {"trang-thai": "CHANGED"}))

    assert "truoc=" in page
