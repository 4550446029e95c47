"""What is proposed for the fields of a paper: labels lead to values, each with its place."""

from datetime import date

import pytest

from motcua.contexts.documents.rules.paper_kinds import kind_for, last_day, paper_kinds
from motcua.contexts.documents.rules.reading import proposals
from motcua.contexts.documents.rules.values import ValueKind, is_well_made, said
from motcua.contexts.documents.rules.words import Box, Word, lines_of
from motcua.contexts.documents.testing import RecordedReader

TODAY = date(2026, 11, 28)
HIGH = 12


def lines(*written: str):
    """Each text as a line of words of equal width, one below the other."""
    return tuple(
        tuple(
            Word(text=text, sure=95, box=Box(left=40 * at, top=20 * row, width=38, height=HIGH))
            for at, text in enumerate(line.split())
        )
        for row, line in enumerate(written)
    )


def read(kind: str, *written: str) -> dict[str, str]:
    found = proposals(paper_kinds()[kind], lines(*written), today=TODAY)
    return {one.key: one.value for one in found}


def test_a_birth_notice_that_was_really_read():
    found = proposals(
        paper_kinds()["giay_chung_sinh"], RecordedReader().lines(b"", page=1), today=TODAY
    )

    assert {one.key: one.value for one in found} == {
        "mother_full_name": "Nguyễn Thị Ánh Tuyết",
        "mother_personal_number": "079190999001",
        "child_born_on": "2026-11-10",
        "facility_name": "Bệnh viện Từ Dũ",
        "child_sex": "nam",
        "child_full_name": "Lê Minh An",
        "number": "0412/GCS-2026",
    }
    assert all(one.page == 1 and one.box.width and one.box.bottom <= 1000 for one in found)
    assert all(one.sure > 80 and not one.doubtful for one in found)


def test_a_card_in_two_languages_with_values_beneath():
    found = read(
        "can_cuoc",
        "Số / No.: 079190999001",
        "Họ và tên / Full name:",
        "NGUYỄN THỊ ÁNH TUYẾT",
        "Ngày sinh / Date of birth: 12/05/1990",
        "Giới tính / Sex: Nữ Quốc tịch / Nationality: Việt Nam",
        "Nơi thường trú / Place of residence: 12 Nguyễn Huệ",
        "Phường Sài Gòn, Thành phố Hồ Chí Minh",
        "Có giá trị đến: 12/05/2030",
    )

    assert found == {
        "personal_number": "079190999001",
        "full_name": "Nguyễn Thị Ánh Tuyết",
        "born_on": "1990-05-12",
        "address": "12 Nguyễn Huệ Phường Sài Gòn, Thành phố Hồ Chí Minh",
        "valid_until": "2030-05-12",
    }


def test_a_land_certificate():
    found = read(
        "giay_chung_nhan",
        "GIẤY CHỨNG NHẬN AA 00000012",
        "Thửa đất số: 45, tờ bản đồ số: 12",
        "Diện tích: 1.062,8 m²",
        "Địa chỉ: Phường Sài Gòn",
    )

    assert found["serial"] == "AA 00000012"
    assert (found["parcel_number"], found["map_sheet"], found["area"]) == ("45", "12", "1062.8")
    assert found["address"] == "Phường Sài Gòn"


def test_a_label_with_a_letter_wrong_is_still_the_label():
    found = read("giay_chung_sinh", "Dự đinh đặt tên con lò: LÊ MINH AN", "Tại: Bệnh viện Từ Dũ")

    assert found == {"child_full_name": "Lê Minh An", "facility_name": "Bệnh viện Từ Dũ"}


def test_a_value_stands_right_of_its_label_in_another_column():
    label = (Word(text="Tại:", sure=90, box=Box(left=0, top=10, width=40, height=HIGH)),)
    value = tuple(
        Word(text=text, sure=90, box=Box(left=at, top=8, width=60, height=14))
        for text, at in (("Bệnh", 500), ("viện", 570))
    )

    found = proposals(paper_kinds()["giay_chung_sinh"], (label, value), today=TODAY)

    assert [(one.key, one.value) for one in found] == [("facility_name", "Bệnh viện")]
    assert found[0].box == Box(left=500, top=8, width=130, height=14)


def test_nothing_is_proposed_for_what_is_not_there():
    assert read("giay_chung_sinh", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Họ và tên mẹ:") == {}
    assert proposals(paper_kinds()["can_cuoc"], (), today=TODAY) == ()


def test_a_number_that_cannot_be_is_proposed_with_doubt():
    (found,) = proposals(
        paper_kinds()["giay_chung_sinh"],
        lines("Số định danh cá nhân: 999190999001"),
        today=TODAY,
    )

    assert found.value == "999190999001"
    assert found.doubtful
    assert found.sure <= 40


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (ValueKind.DATE, "ngày 10 tháng 11 năm 2026", "2026-11-10"),
        (ValueKind.DATE, "08 giờ 15 phút, ngày 10 thóng 11 nôm 2026", "2026-11-10"),
        (ValueKind.DATE, "10/11/2026", "2026-11-10"),
        (ValueKind.DATE, "10 . 11 . 2026", "2026-11-10"),
        (ValueKind.DATE, "31/02/2026", None),
        (ValueKind.DATE, "ngày 31 tháng 02 năm 2026", None),
        (ValueKind.DATE, "10/11/26", None),
        (ValueKind.DATE, "hôm nay", None),
        (ValueKind.PERSONAL_NUMBER, "079 190 999 001", "079190999001"),
        (ValueKind.PERSONAL_NUMBER, "O79l90999001", "079190999001"),
        (ValueKind.PERSONAL_NUMBER, "OO9lO9OOOOOl", None),
        (ValueKind.PERSONAL_NUMBER, "07919099900", None),
        (ValueKind.NAME, "LÊ THỊ ĐÀO……", "Lê Thị Đào"),
        (ValueKind.NAME, "Le\u0302 Minh An", "Lê Minh An"),
        (ValueKind.NAME, "ÐẶNG VĂN Ý", "Đặng Văn Ý"),
        (ValueKind.NAME, "Số 12", None),
        (ValueKind.NAME, "A" * 61, None),
        (ValueKind.NUMBER, "62,8 m²", "62.8"),
        (ValueKind.NUMBER, "1.234.567 đồng", "1234567"),
        (ValueKind.NUMBER, "không", None),
        (ValueKind.SEX, "Nữ", "nu"),
        (ValueKind.SEX, "Giới tính: NAM", "nam"),
        (ValueKind.SEX, "khác", None),
        (ValueKind.TEXT, " Bệnh  viện… ", "Bệnh viện"),
        (ValueKind.TEXT, "......", None),
    ],
)
def test_values_in_their_one_form(kind, text, value):
    assert said(kind, text) == value


def test_a_code_is_what_its_pattern_says():
    assert said(ValueKind.CODE, "Số  0412 / GCS-2026.", pattern=r"\d+\s?/\s?[A-Z0-9\-]+") == (
        "0412 / GCS-2026"
    )
    assert said(ValueKind.CODE, "không có", pattern=r"\d+") is None


@pytest.mark.parametrize(
    ("number", "can_be"),
    [
        ("079190999001", True),
        ("096326999001", True),
        ("079327999001", False),
        ("000190999001", False),
        ("097190999001", False),
        ("079990999001", False),
    ],
)
def test_a_personal_number_has_a_birthplace_and_a_year_that_were(number, can_be):
    assert is_well_made(number, today=TODAY) is can_be


def test_every_kind_is_whole():
    for kind in paper_kinds().values():
        assert kind.papers and kind.fields and kind.months > 0
        assert len({field.key for field in kind.fields}) == len(kind.fields)
        assert all(field.after or field.anywhere for field in kind.fields)
        assert all(bool(field.pattern) == (field.kind is ValueKind.CODE) for field in kind.fields)


def test_a_key_that_says_too_little_is_read_with_its_procedure():
    deed, lease = kind_for("hop_dong", "1.013831"), kind_for("hop_dong", "1.004222")

    assert deed and deed.key == "hop_dong_dat"
    assert lease is None


def test_what_was_confirmed_never_outlives_the_paper():
    card = paper_kinds()["can_cuoc"]

    assert last_day(card, {}, TODAY) == date(2031, 11, 28)
    assert last_day(card, {"valid_until": "2027-01-05"}, TODAY) == date(2027, 1, 5)


def test_a_table_that_is_cut_off_still_gives_its_whole_rows():
    whole = RecordedReader().lines(b"", page=1)
    text = "level\tpage_num\n1\t1\t0\t0\t0\t0\t0\t0\t100\t200\t-1\t\n5\t1\t1\t1\t1\t1\t10\t20\t"

    assert lines_of(text + "30\t10\t96.5\tAn\n5\t1\t1") == (
        (Word(text="An", sure=96, box=Box(left=100, top=100, width=300, height=50)),),
    )
    assert lines_of("") == ()
    assert len(whole) > 10
