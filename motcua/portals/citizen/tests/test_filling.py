"""Filling: the unhappy ways first."""

import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.contexts.documents.testing import a_jpeg, a_pdf
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.exchange.testing import in_process, logged_operations, registry
from motcua.contexts.identity.testing import signed_in
from motcua.portals.citizen.tests.conftest import BIRTH, HOUSE, Browser, text_of

APPLICANT = {
    "requester_full_name": "Nguyễn Thị Ánh Tuyết",
    "requester_personal_number": "079190999001",
    "requester_born_on.day": "12",
    "requester_born_on.month": "5",
    "requester_born_on.year": "1990",
    "requester_ethnicity": "Kinh",
    "requester_nationality": "Việt Nam",
    "requester_address.ward": "26740",
    "requester_address.street": "12 Nguyễn Huệ",
    "requester_phone": "0900 000 001",
    "relation": "mother",
}
PAGES = {
    "applicant": APPLICANT,
    "child": {
        "child_full_name": "Lê Gia An",
        "child_sex": "nam",
        "child_born_on.day": "10",
        "child_born_on.month": "11",
        "child_born_on.year": "2026",
        "child_ethnicity": "Kinh",
        "child_nationality": "Việt Nam",
    },
    "birthplace": {
        "birth_place": "facility",
        "facility_name": "Bệnh viện Phụ sản",
        "birth_address.ward": "26740",
        "birth_address.street": "1 Đường Thử",
    },
    "origin": {"child_origin": "Thành phố Hồ Chí Minh"},
    "father": {"father_known": "no"},
    "copies": {"copies": "2", "truthful": "yes"},
}


def fill(browser, draft_id: str, **pages) -> None:
    for key, answers in {**PAGES, **pages}.items():
        answer = browser.send(f"/nhap/{draft_id}/trang/{key}", answers)
        assert answer.status_code == 303, text_of(answer)


def upload(browser, draft_id: str, *files, key: str = "giay_chung_sinh"):
    return browser.send(f"/nhap/{draft_id}/giay-to", {key: list(files), "only": key})


def a_scan(name: str = "chung-sinh.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, a_pdf(pages=2))


@pytest.fixture
def complete(tuyet, draft_id) -> str:
    fill(tuyet, draft_id)
    upload(tuyet, draft_id, a_scan())
    return draft_id


@pytest.mark.parametrize("place", ["", "/trang/applicant", "/giay-to", "/xem-lai"])
def test_a_foreign_draft_does_not_exist(khoa, draft_id, place):
    assert khoa.get(f"/nhap/{draft_id}{place}").status_code == 404


def test_a_foreign_draft_cannot_be_written(khoa, tuyet, draft_id):
    assert khoa.send(f"/nhap/{draft_id}/trang/applicant", APPLICANT).status_code == 404
    assert khoa.send(f"/nhap/{draft_id}/bo").status_code == 404
    assert tuyet.get(f"/nhap/{draft_id}").status_code == 200


def test_a_stranger_is_asked_to_sign_in_and_comes_back(stranger, draft_id):
    answer = stranger.get(f"/nhap/{draft_id}/trang/child")
    assert answer.headers["Location"] == f"/dang-nhap?next=/nhap/{draft_id}/trang/child"


def test_a_self_registered_account_is_told_how_to_get_to_file(account):
    alone = signed_in(Browser(), account, assurance=1)

    answer = alone.get(f"/nop/{BIRTH}")

    assert answer.status_code == 403
    assert "công an phường, xã để nâng lên mức 2" in text_of(answer)
    assert alone.send(f"/nop/{BIRTH}", {"ward": "26740"}).status_code == 403


def test_a_page_that_the_answers_do_not_need_is_not_found(tuyet, draft_id):
    tuyet.send(f"/nhap/{draft_id}/trang/applicant", APPLICANT)
    assert tuyet.get(f"/nhap/{draft_id}/trang/mother").status_code == 404


def test_an_unknown_page_is_not_found(tuyet, draft_id):
    assert tuyet.get(f"/nhap/{draft_id}/trang/khong-co").status_code == 404
    assert tuyet.send(f"/nhap/{draft_id}/trang/khong-co/luu").status_code == 404


def test_errors_keep_what_was_typed(tuyet, draft_id):
    wrong = APPLICANT | {"requester_phone": "12", "requester_born_on.day": "31"}
    wrong["requester_born_on.month"] = "2"
    answer = tuyet.send(f"/nhap/{draft_id}/trang/applicant", wrong)

    assert answer.status_code == 422
    assert "<title>Lỗi:" in text_of(answer)
    again = text_of(tuyet.get(f"/nhap/{draft_id}/trang/applicant"))
    assert 'value="12"' in again
    assert 'value="31"' in again
    assert "Nguyễn Thị Ánh Tuyết" in again


def test_an_unfinished_draft_can_be_checked_but_not_sent(tuyet, draft_id):
    wrong = APPLICANT | {"requester_born_on.day": "99"}
    tuyet.send(f"/nhap/{draft_id}/trang/applicant", wrong)

    page = tuyet.get(f"/nhap/{draft_id}/xem-lai")
    assert page.status_code == 200
    assert "disabled" in text_of(page)
    sent = tuyet.send(f"/nhap/{draft_id}/xem-lai", {"return_form": "ELECTRONIC"})
    assert sent.status_code == 422
    assert not Dossier.objects.exists()


def test_what_does_not_agree_is_told_on_its_page_and_stays_on_the_check(tuyet, draft_id):
    fill(tuyet, draft_id)
    older = {f"child_born_on.{part}": "1" for part in ("day", "month")}
    child = {**PAGES["child"], **older, "child_born_on.year": "1980"}
    tuyet.send(f"/nhap/{draft_id}/trang/child", child)

    mother = tuyet.send(f"/nhap/{draft_id}/trang/applicant", APPLICANT)
    check = text_of(tuyet.get(f"/nhap/{draft_id}/xem-lai"))

    assert mother.status_code == 422
    assert "Cha hoặc mẹ sinh sau trẻ. Bạn xem lại ngày sinh này." in text_of(mother)
    assert "Cha hoặc mẹ sinh sau trẻ. Bạn xem lại ngày sinh này." in check
    assert "12/05/1990" in check


def test_a_question_that_just_appeared_is_asked_without_blame(tuyet, draft_id):
    tuyet.send(f"/nhap/{draft_id}/trang/applicant", APPLICANT)
    seen = {"shown": "birth_place birth_address", **PAGES["birthplace"]}
    del seen["facility_name"]
    answer = tuyet.send(f"/nhap/{draft_id}/trang/birthplace", seen)

    assert answer.status_code == 200
    assert 'name="facility_name"' in text_of(answer)
    assert "Bạn chưa điền" not in text_of(answer)


@pytest.mark.parametrize(
    "name",
    [
        "Lê Gia " + "An" * 90,
        unicodedata.normalize("NFD", "Lê Thị Ngọc Ánh"),
        "Y Bhăm Êban",
        "H'Hen Niê",
    ],
)
def test_unusual_names_are_taken(tuyet, draft_id, name):
    answers = PAGES["child"] | {"child_full_name": name}
    assert tuyet.send(f"/nhap/{draft_id}/trang/child", answers).status_code == 303
    kept = text_of(tuyet.get(f"/nhap/{draft_id}/trang/child"))
    assert unicodedata.normalize("NFC", name).replace("'", "&#x27;") in kept


@pytest.mark.parametrize("name", ["Lê 🙂 An", "A" * 201, "<b>An</b>", "12345"])
def test_impossible_names_are_refused_and_shown_again(tuyet, draft_id, name):
    answers = PAGES["child"] | {"child_full_name": name}
    answer = tuyet.send(f"/nhap/{draft_id}/trang/child", answers)
    assert answer.status_code == 422
    assert "<b>An</b>" not in text_of(answer)


def test_marks_that_turn_the_writing_round_are_taken_out(tuyet, draft_id):
    answers = PAGES["child"] | {"child_full_name": "Lê \u202eGia An"}
    tuyet.send(f"/nhap/{draft_id}/trang/child", answers)
    page = text_of(tuyet.get(f"/nhap/{draft_id}/trang/child"))
    assert "Lê Gia An" in page
    assert "\u202e" not in page


def test_the_page_saves_itself(tuyet, draft_id):
    answer = tuyet.post(
        f"/nhap/{draft_id}/trang/child/luu",
        {"child_full_name": "Lê Gia An"},
        headers={"Idempotency-Key": "tu-luu"},
    )
    assert ":" in answer.json()["saved"]
    assert "Lê Gia An" in text_of(tuyet.get(f"/nhap/{draft_id}/trang/child"))


def test_going_back_and_saving_again_keeps_the_last_answer(tuyet, draft_id):
    url = f"/nhap/{draft_id}/trang/origin"
    tuyet.send(url, {"child_origin": "Xã Củ Chi"}, key="cung-mot-trang")
    tuyet.send(url, {"child_origin": "Phường Bến Thành"}, key="cung-mot-trang")
    assert "Phường Bến Thành" in text_of(tuyet.get(url))


def test_a_refused_file_does_not_take_the_others_with_it(tuyet, draft_id):
    fill(tuyet, draft_id)
    bad = SimpleUploadedFile("hong.pdf", b"MZ not a pdf")
    answer = upload(tuyet, draft_id, a_scan(), bad)

    assert answer.status_code == 422
    page = text_of(answer)
    assert "hong.pdf:" in page
    assert "chung-sinh.pdf" in page


def test_uploading_nothing_says_so(tuyet, draft_id):
    fill(tuyet, draft_id)
    answer = tuyet.send(f"/nhap/{draft_id}/giay-to", {"only": "giay_chung_sinh"})
    assert answer.status_code == 422


def test_a_paper_that_nobody_asked_for_is_refused(tuyet, draft_id):
    answer = upload(tuyet, draft_id, a_scan(), key="khong_co")
    assert answer.status_code == 422


def test_the_same_file_twice_is_one_file_and_can_be_taken_away(tuyet, draft_id):
    fill(tuyet, draft_id)
    upload(tuyet, draft_id, a_scan(), SimpleUploadedFile("anh.jpg", a_jpeg()))
    upload(tuyet, draft_id, a_scan())

    page = text_of(tuyet.get(f"/nhap/{draft_id}/giay-to"))
    assert page.count("giay-to/bo?tep=") == 2
    which = page.split("giay-to/bo?tep=")[1].split('"')[0]
    tuyet.send(f"/nhap/{draft_id}/giay-to/bo?tep={which}")
    assert text_of(tuyet.get(f"/nhap/{draft_id}/giay-to")).count("giay-to/bo?tep=") == 1


def test_sent_twice_it_is_one_dossier(tuyet, complete):
    first = tuyet.send(f"/nhap/{complete}/xem-lai", {"return_form": "ELECTRONIC"})
    second = tuyet.send(f"/nhap/{complete}/xem-lai", {"return_form": "ELECTRONIC"})

    assert first.status_code == 303
    assert second.headers["Location"] == first.headers["Location"]
    assert Dossier.objects.count() == 1


def test_the_receipt_lists_every_file_with_its_hash_and_the_money(tuyet, complete):
    sent = tuyet.send(f"/nhap/{complete}/xem-lai", {"return_form": "COUNTER"})
    page = text_of(tuyet.get(sent.headers["Location"]))
    for said in ("chung-sinh.pdf", "2 trang", "Mã kiểm tra tệp", "Trả 16.000 ₫", "Mã tra cứu"):
        assert said in page
    assert Dossier.objects.get().return_form == "COUNTER"


def test_any_desk_may_receive_while_the_place_decides(tuyet, complete):
    page = text_of(tuyet.get(f"/nhap/{complete}/xem-lai"))
    other = page.split("phường Bến Thành</option>")[0].rsplit('value="', 1)[1].split('"')[0]
    tuyet.send(f"/nhap/{complete}/xem-lai", {"desk": other, "choose": "1"})
    sent = tuyet.send(f"/nhap/{complete}/xem-lai", {"desk": other})

    page = text_of(tuyet.get(sent.headers["Location"]))
    assert "Trung tâm Phục vụ hành chính công phường Bến Thành" in page
    assert "Ủy ban nhân dân phường Sài Gòn" in page


def test_a_desk_that_is_none_is_refused(tuyet, complete):
    unknown = "00000000-0000-4000-8000-000000000000"
    answer = tuyet.send(f"/nhap/{complete}/xem-lai", {"desk": unknown})
    assert answer.status_code == 422
    assert not Dossier.objects.exists()


def test_a_register_is_asked_only_when_somebody_said_yes(tuyet, tmp_path):
    with registry.registered(in_process("population", tmp_path)):
        silent = tuyet.send(f"/nop/{BIRTH}", {"ward": "26740"})
        asked_in_silence = logged_operations()
        tuyet.send(f"/nop/{BIRTH}", {"ward": "26740", "consent": "yes"})

    assert silent.status_code == 303
    assert asked_in_silence == []
    assert logged_operations() != []
    assert " checked" not in text_of(tuyet.get(f"/nop/{BIRTH}"))


def test_where_the_house_stands_decides_who_is_competent(tuyet):
    begun = tuyet.send(f"/nop/{HOUSE}", {"ward": "26740", "consent": "no"})
    url = begun.headers["Location"]
    site = {"site_address.ward": "26743", "site_address.street": "5 Đường Thử"}
    tuyet.send(f"{url}/trang/land", site)
    assert "Phường Bến Thành" in text_of(tuyet.get(url))


def test_a_draft_is_listed_and_can_be_dropped(tuyet, draft_id):
    assert f"/nhap/{draft_id}" in text_of(tuyet.get("/ho-so"))
    assert f"/nhap/{draft_id}" in text_of(tuyet.get("/"))
    assert f"/nhap/{draft_id}" in text_of(tuyet.get(f"/nop/{BIRTH}"))
    tuyet.send(f"/nhap/{draft_id}/bo")
    assert f"/nhap/{draft_id}" not in text_of(tuyet.get("/ho-so"))


def test_by_post_the_address_is_asked_before_sending(tuyet, complete):
    url = f"/nhap/{complete}"
    asked = tuyet.send(f"{url}/xem-lai", {"return_form": "POST"})
    assert asked.headers["Location"] == f"{url}/nhan-ket-qua"
    home = {"recipient": "Nguyễn Thị Ánh Tuyết", "phone": "0900000001"}
    home |= {"place.ward": "26740", "place.street": "12 Lê Lợi"}

    tuyet.send(f"{url}/nhan-ket-qua", home)

    assert "12 Lê Lợi, Phường Sài Gòn" in text_of(tuyet.get(f"{url}/xem-lai"))
    sent = tuyet.send(f"{url}/xem-lai", {"return_form": "POST"})
    assert sent.headers["Location"].startswith("/ho-so/")
