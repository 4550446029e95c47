"""Thư viện câu chữ: written once, filled for each dossier, never holding anybody's number."""

import re

import pytest

from motcua.contexts.dossiers.contracts.library import PlaceholderUnknown, TextHoldsNumber
from motcua.contexts.dossiers.models import LibraryText
from motcua.contexts.dossiers.rules.library import checked, filled
from motcua.portals.desk.tests.test_desk import act, post, text_of

LIBRARY = "/ban/cau-chu"
BODY = "Kính gửi {xưng hô} {người nộp}: {giấy tờ} của hồ sơ {mã hồ sơ} chưa rõ."


def written(client, name="Giấy chưa rõ", body=BODY, **more):
    return post(client, f"{LIBRARY}/moi", name=name, body=body, **more)


def unit_of(client) -> str:
    page = text_of(client.get(f"{LIBRARY}/moi"))
    found = re.search(r'<select class="field" id="q-unit".*?</select>', page, re.S)
    return re.findall(r'value="([0-9a-f-]{36})"', found[0])[0] if found else ""


def address_of(name: str) -> str:
    return f"{LIBRARY}/{LibraryText.objects.get(name=name).id}"


@pytest.mark.parametrize(
    "number", ["079190999001", "079 190 999 001", "0900000001", "0900.000.001", "+84 900 000 001",
               "123456789"],
)  # fmt: skip
def test_nobodys_number_is_kept_in_a_text(number):
    with pytest.raises(TextHoldsNumber):
        checked("Gọi lại", f"Bạn gọi {number} để hỏi thêm.")
    with pytest.raises(TextHoldsNumber):
        checked(f"Gọi {number}", "Bạn gọi lại.")


def test_days_laws_sums_and_the_hotline_are_no_numbers_of_a_person():
    said = "Nghị định 118/2025/NĐ-CP, ngày 25.11.2026, lệ phí 1.500.000.000 đồng, gọi 1022."

    assert checked("Câu", said) == ("Câu", said)


@pytest.mark.parametrize("body", ["Hồ sơ {mã số}.", "Hồ sơ {mã hồ sơ.", "Hồ sơ mã}."])
def test_a_place_that_nothing_fills_is_refused_with_those_there_are(body):
    with pytest.raises(PlaceholderUnknown, match=r"\{xưng hô\}"):
        checked("Câu", body)


def test_places_are_read_however_they_are_spelled():
    assert filled("{Ma Ho So} {MÃ HỒ SƠ}", {"mã hồ sơ": "H1"}) == "H1 H1"


def test_a_sentence_is_put_into_its_box_filled_and_nothing_is_sent(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")
    written(khue)
    page = text_of(khue.get(f"/ban/ho-so/{code}/lam/supplement"))
    paper, name = re.findall(r'<option value="(giay:[^"]+)">([^<]+)<', page)[0]

    shown = act(khue, code, "supplement", insert="1", sentence="Giấy chưa rõ", into="item.0.why",
                **{"item.0.about": paper, "item.0.how": "Bạn chụp lại."})  # fmt: skip

    text = text_of(shown)
    assert shown.status_code == 200
    box = re.search(r'name="item\.0\.why"[^>]*>([^<]*)<', text)[1]
    assert box == (f"Kính gửi Bà Nguyễn Thị Ánh Tuyết: {name} của hồ sơ {code} chưa rõ.")
    assert ">Bạn chụp lại.<" in text
    assert 'data-go-on="item.0.why"' in text
    assert "đã gửi" not in text_of(khue.get(f"/ban/ho-so/{code}?muc=van-ban"))


def test_what_this_dossier_lacks_and_an_unclear_choice_are_told_beside_the_box(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")
    written(khue)
    written(khue, name="Giấy chưa có dấu", body="Giấy chưa có dấu. Hẹn {ngày hẹn trả}.")
    typed = {"item.0.how": "Bạn chụp lại.", "into": "item.0.why", "insert": "1"}

    lacking = act(khue, code, "supplement", sentence="Giấy chưa có dấu", **typed)
    unclear = act(khue, code, "supplement", sentence="giay chua", **typed)
    unknown = act(khue, code, "supplement", sentence="xyz", **typed)

    assert "Hồ sơ này chưa có {ngày hẹn trả}" in text_of(lacking)
    assert "Có 2 câu hợp: Giấy chưa có dấu; Giấy chưa rõ." in text_of(unclear)
    assert "Thư viện không có câu ấy." in text_of(unknown)
    for answer in (lacking, unclear, unknown):
        assert answer.status_code in {409, 422}
        assert ">Bạn chụp lại.<" in text_of(answer)


def test_a_message_to_the_applicant_takes_a_sentence_too(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")
    written(khue, name="Chào", body="Chào {xưng hô} {người nộp}.")

    shown = post(khue, f"/ban/ho-so/{code}/nhan-tin", insert="1", sentence="Chào", into="text",
                 text="Tin về hồ sơ.")  # fmt: skip

    assert ">Tin về hồ sơ.\nChào Bà Nguyễn Thị Ánh Tuyết.</textarea>" in text_of(shown)
    assert "Chưa có tin nào." in text_of(shown)


def test_a_units_text_is_written_by_its_head_and_used_by_its_officers(at_desk, submitted):
    nghia, bao = at_desk("nghia"), at_desk("bao")
    unit = unit_of(nghia)

    refused = written(bao, name="Của phòng", unit=unit)
    written(nghia, name="Của phòng", unit=unit)

    assert unit_of(bao) == ""
    assert refused.status_code == 409
    assert "Câu của đơn vị do trưởng đơn vị viết." in text_of(refused)
    assert "Của phòng" in text_of(bao.get(LIBRARY))
    shared = address_of("Của phòng")
    assert "<textarea" not in text_of(bao.get(shared)).partition("<main")[2]
    assert post(bao, shared, name="Khác", body="Khác", seen_version=1).status_code == 409
    assert post(bao, f"{shared}/cat").status_code == 409
    assert at_desk("khue").get(shared).status_code == 404


def test_every_version_stays_and_of_two_writers_one_is_told(at_desk):
    khue = at_desk("khue")
    written(khue)
    here = address_of("Giấy chưa rõ")

    first = post(khue, here, name="Giấy chưa rõ", body="Giấy {giấy tờ} mờ.", seen_version=1)
    late = post(khue, here, name="Giấy chưa rõ", body="Câu thứ ba.", seen_version=1)

    assert (first.status_code, late.status_code) == (303, 409)
    page = text_of(khue.get(here))
    assert "Bản 2" in page
    assert "Kính gửi {xưng hô}" in page
    assert "Câu này vừa được sửa ở nơi khác." in text_of(late)
    assert ">Câu thứ ba.</textarea>" in text_of(late)


def test_a_text_put_away_is_offered_to_nobody_and_its_name_is_free(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")
    written(khue)
    taken = written(khue)
    here = address_of("Giấy chưa rõ")

    post(khue, f"{here}/cat")

    assert taken.status_code == 409
    assert "Giấy chưa rõ" not in text_of(khue.get(f"/ban/ho-so/{code}/lam/supplement"))
    assert "Giấy chưa rõ" not in text_of(khue.get(LIBRARY))
    assert "Giấy chưa rõ" in text_of(khue.get(f"{LIBRARY}?cat=1"))
    assert written(khue).status_code == 303


def test_texts_are_found_by_their_words_without_accents(at_desk):
    khue = at_desk("khue")
    written(khue)
    written(khue, name="Đóng dấu", body="Bản này chưa đóng dấu.")

    found = text_of(khue.get(f"{LIBRARY}?chu=chua+dong"))

    assert "Đóng dấu" in found
    assert "Giấy chưa rõ" not in found
