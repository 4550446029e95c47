"""What people type in any usual spelling, and that what is stored is read back the same."""

import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from motcua.kernel import forms
from motcua.kernel.forms import FieldType, Form, Page, Question, point_in
from motcua.kernel.forms.points import point

DAYS = st.dates(min_value=date(1000, 1, 1))
LATITUDES, LONGITUDES = st.floats(8.3, 11.6), st.floats(105.9, 107.8)
LETTERS = st.characters(categories=("Lu", "Ll", "Lo"))
NAMES = st.text(LETTERS, min_size=1, max_size=200)
ODD = "🏠👩\u200b\u0301đ "
ANYTHING = st.text(st.characters(codec="utf-8") | st.sampled_from(ODD), max_size=300)
OLD = "26734"


def checked(kind, raw, **more):
    question = Question(key="q", label="Câu hỏi", type=FieldType(kind), **more)
    form = Form(pages=(Page(key="p", title="Trang", questions=(question,)),))
    return forms.validate_page(form, "p", {"q": raw})


def taken(kind, raw):
    found = checked(kind, raw)
    assert found.errors == ()
    return found.cleaned["q"]


def refused(kind, raw):
    found = checked(kind, raw)
    assert "q" not in found.cleaned
    return found.errors[0].code


@pytest.mark.parametrize(
    "written",
    [
        "5/3/1990", "05.03.1990", "5-3-1990", "5 3 1990", "05031990", "1990-03-05", "1990/3/5",
        "ngày 5 tháng 3 năm 1990", "Ngày 05 tháng 03 năm 1990", "mùng 5 tháng 3 năm 1990",
        "mồng 5/3/1990", "5 thg 3, 1990", "5 Th3 1990", "thứ Hai, 5/3/1990", "Thứ 2 ngày 5/3/1990",
        "T2, 05/03/1990", "chủ nhật 5/3/1990", "5 March 1990", "March 5th, 1990", "Mar 5 1990",
        "5 of March, 1990", "Monday, 5 Mar 1990", "５／３／１９９０", "  5 / 3 / 1990 ",
    ],
)  # fmt: skip
def test_a_day_is_read_in_any_usual_spelling(written):
    assert taken("date", written) == "1990-03-05"
    assert taken("date", unicodedata.normalize("NFD", written)) == "1990-03-05"
    assert taken("date", {"day": written, "month": "", "year": ""}) == "1990-03-05"


@given(DAYS)
def test_every_day_comes_back_from_every_way_of_writing_it(day):
    ways = (
        day.isoformat(),
        f"{day.day}/{day.month}/{day:%Y}",
        f"{day:%d.%m.%Y}",
        f"ngày {day.day} tháng {day.month} năm {day:%Y}",
        f"{day.day} {day:%B} {day:%Y}",
        f"{day:%B} {day.day}, {day:%Y}",
        {"day": str(day.day), "month": f"{day:%m}", "year": f"{day:%Y}"},
    )

    assert {taken("date", way) for way in ways} == {day.isoformat()}


@pytest.mark.parametrize(
    "written, code",
    [
        ("5/3/90", "short_year"), ("30/2/1990", "not_a_date"), ("13/13/1990", "not_a_date"),
        ("hôm qua", "not_a_date"), ("tháng 3 năm 1990", "not_a_date"), ("1990", "not_a_date"),
        ("0/0/0000", "not_a_date"), ("5/3/1990 hay 6/3/1990", "not_a_date"), ("📅", "not_a_date"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(written, code):
    assert refused("date", written) == code


@pytest.mark.parametrize(
    "written",
    [
        "10.77690, 106.70090", "10,77690; 106,70090", "10.7769 106.7009", "106.7009, 10.7769",
        "geo:10.7769,106.7009", "https://ban-do.example.vn/@10.7769,106.7009,17z",
        "10°46'36.84\"N 106°42'03.24\"E", "10°46′36,84″ B, 106°42′03,24″ Đ",
        {"lat": "10.7769", "lng": "106.7009"},
    ],
)  # fmt: skip
def test_a_point_is_read_as_phones_and_maps_write_it(written):
    assert taken("map_point", written) == {"lat": 10.7769, "lng": 106.7009}


@given(LATITUDES, LONGITUDES)
def test_every_point_of_the_city_comes_back(lat, lng):
    here = point(lat, lng)

    assert point_in(str(here)) == here
    assert taken("map_point", str(here)) == {"lat": here.lat, "lng": here.lng}


@given(LATITUDES, LONGITUDES, st.sampled_from([10, 100, 1000]))
def test_a_step_there_and_back_ends_where_it_began(lat, lng, step):
    here = point(lat, lng)
    there = here.moved(north=step, east=-step)

    east, north = here.metres_to(there)
    back = there.moved(north=-step, east=step)
    assert (abs(north - step) < 2, abs(east + step) < 2) == (True, True)
    assert (abs(back.lat - here.lat) < 2e-5, abs(back.lng - here.lng) < 2e-5) == (True, True)


@pytest.mark.parametrize(
    "written, code",
    [("10.7769", "not_a_point"), ("nhà tôi", "not_a_point"), ("51.50740, -0.12780", "not_here"),
     ("0.00000, 0.00000", "not_here"), ("📍", "not_a_point"), ("10, 106", "not_a_point")],
)  # fmt: skip
def test_what_is_no_point_is_refused(written, code):
    assert refused("map_point", written) == code


def test_an_old_commune_gives_the_new_one_and_stays():
    said = {"street": "12 Lê Lợi", "old": "Phường Bến Nghé", "became": f"{OLD}:26740"}

    kept = taken("address", said)

    assert kept == {"ward": "26740", "street": "12 Lê Lợi", "old_ward": OLD}
    assert taken("address", kept) == kept


def test_an_old_commune_without_its_new_one_is_asked_about():
    said = {"ward": "26740", "street": "12 Lê Lợi", "old": "Phường 1"}

    assert refused("address", said) == "old_ward"
    assert taken("address", said | {"old": " "}) == {"ward": "26740", "street": "12 Lê Lợi"}


@given(NAMES)
@example("Nguyễn " * 28 + "An")
def test_a_signature_keeps_the_name_in_composed_form(name):
    kept = taken("signature", {"name": unicodedata.normalize("NFD", name), "file": "x' OR 1"})

    assert kept["file"] == ""
    assert kept == taken("signature", kept)
    assert kept["name"] == unicodedata.normalize("NFC", kept["name"])


def test_a_drawing_without_a_name_is_no_signature():
    assert refused("signature", {"name": "", "file": "0190a8b0-0000-7000-8000-000000000000"}) == (
        "no_name"
    )
    assert refused("signature", {"name": "👩‍👧", "file": ""}) == "not_a_name"


@given(st.sampled_from(["date", "map_point", "address", "signature", "money"]), ANYTHING)
def test_whatever_is_typed_is_taken_or_refused_and_never_breaks(kind, text):
    for raw in (text, {"ward": text, "street": text}, {"name": text}, {"day": text}, [text]):
        found = checked(kind, raw)
        if "q" in found.cleaned:
            assert checked(kind, found.cleaned["q"]).cleaned == found.cleaned


@given(st.integers(0, 10**15 - 1))
def test_every_amount_comes_back_from_its_figures(amount):
    ways = (f"{amount:,}".replace(",", "."), f"{amount:,}", f"{amount} đ", f"{amount} đồng")

    assert {taken("money", way) for way in ways} == {amount}


@given(st.lists(NAMES, max_size=6))
def test_rows_keep_their_order_and_each_error_names_its_row(names):
    who = Question(key="who", label="Họ và tên", type=FieldType.PERSON_NAME)
    group = {"fields": (who,), "maximum": 3, "required": False}
    raw = [{"who": name} for name in names]

    found = checked("group", raw, **group)

    if len(names) > 3:
        assert found.errors[0].code == "too_many"
    else:
        assert [row["who"] for row in found.cleaned.get("q", [])] == [
            taken("person_name", name) for name in names
        ]
    wrong = checked("group", [{"who": "An"}, {"who": "9"}], **group)
    assert [error.path for error in wrong.errors] == ["q.1.who"]


def test_a_code_of_digits_is_taken_in_any_spacing_and_letters_are_refused():
    year = {"digits": (4, 4)}

    assert checked("text", " 19 60 ", **year).cleaned["q"] == "1960"
    assert checked("text", "１９６０", **year).cleaned["q"] == "1960"
    for typed in ("196", "19600", "năm 1960", "19a0"):
        assert checked("text", typed, **year).errors[0].code == "not_digits"
    assert checked("text", "0319 999 001", digits=(10, 13)).cleaned["q"] == "0319999001"
