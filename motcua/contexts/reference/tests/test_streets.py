"""A street is known by its old district; which ward of today holds the house is only offered."""

import os
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.reference import public
from motcua.contexts.reference.models import Street
from motcua.contexts.reference.testing import reference_loaded, streets_taken
from motcua.kernel.models import LedgerLeaf

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lists() -> None:
    reference_loaded()


@pytest.fixture
def known() -> None:
    streets_taken(
        ("Hồ Chí Minh", "Quận 1", "Nguyễn Huệ"),
        ("Hồ Chí Minh", "Quận 1", "Lê Lợi"),
        ("Hồ Chí Minh", "Huyện Củ Chi", "Nguyễn Huệ"),
        ("Hồ Chí Minh", "Quận 10", "3/2"),
        ("Hồ Chí Minh", "Quận 3", "Cách Mạng Tháng Tám"),
        ("Hồ Chí Minh", "Quận 7", "Số 7"),
        ("Hồ Chí Minh", "Quận Thủ Đức", "Võ Văn Ngân"),
        ("Bình Dương", "Huyện Thuận An", "An Phú 33"),
    )


def named(text):
    return [(one.name, one.district) for one in public.streets(text, TODAY)]


def test_without_a_file_no_street_is_known():
    assert named("123 Nguyễn Huệ, quận 1") == []


@pytest.mark.parametrize(
    "typed",
    [
        "123 Nguyễn Huệ quận 1", "nguyen hue q1", "đ. Nguyễn Huệ, Q.1, TP.HCM", "d. nguyen hue q1",
        "hẻm 12/3 Nguyễn Huệ, quận 1", "12/3/4 hẻm 56 đường Nguyễn Huệ Q1", "nguyen hur q1",
        "số nhà 5A đường Nguyễn Huệ, phường Bến Nghé, quận 1, thành phố Hồ Chí Minh",
    ],
)  # fmt: skip
def test_one_street_is_found_however_it_is_written(known, typed):
    assert named(typed) == [("Nguyễn Huệ", "Quận 1")]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("3 tháng 2", "3/2"), ("ba tháng hai, q10", "3/2"), ("đường 3/2 quận 10", "3/2"),
        ("CMT8", "Cách Mạng Tháng Tám"), ("cach mang thang 8 q3", "Cách Mạng Tháng Tám"),
        ("đường số 07, quận 7", "Số 7"), ("võ văn ngân tp thủ đức", "Võ Văn Ngân"),
        ("vo van ngan thu duc", "Võ Văn Ngân"), ("an phu 33 thuan an", "An Phú 33"),
    ],
)  # fmt: skip
def test_dates_numbers_and_districts_of_any_time_are_understood(known, typed, name):
    assert [one.name for one in public.streets(typed, TODAY)] == [name]


@pytest.mark.parametrize(
    "typed", ["", " , ", "7", "khai sinh", "quận 1", "phường 1", "123/4", "đăng ký quận 1", "🏠"]
)
def test_what_names_no_street_finds_none(known, typed):
    assert named(typed) == []


def test_the_wards_offered_are_all_those_of_the_old_district(known):
    found = public.streets("Nguyễn Huệ, quận 1", TODAY)[0]

    names = {one.name for one in found.communes}
    assert names == {"Bến Thành", "Cầu Ông Lãnh", "Sài Gòn", "Tân Định"}


def test_a_ward_of_today_or_of_the_past_narrows_them(known):
    for ward in ("phường Sài Gòn", "phường Bến Nghé", "P. Bến Nghé, Q.1"):
        found = public.streets(f"123 Nguyễn Huệ, {ward}", TODAY)

        assert [(one.district, [c.name for c in one.communes]) for one in found] == [
            ("Quận 1", ["Sài Gòn"])
        ]


def test_a_name_of_two_districts_is_told_twice_and_only_a_house_or_the_word_makes_it_sure(known):
    assert named("nguyen hue") == [("Nguyễn Huệ", "Huyện Củ Chi"), ("Nguyễn Huệ", "Quận 1")]
    assert not any(one.surely for one in public.streets("nguyen hue", TODAY))
    assert all(one.surely for one in public.streets("đường nguyen hue", TODAY))


@given(st.text(max_size=250))
def test_whatever_is_typed_never_breaks(text):
    assert public.streets(text, TODAY) == ()


def run(file: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_streets", str(file), *options, stdout=out, stderr=out)
    return out.getvalue()


def test_a_file_replaces_the_one_before_and_names_what_it_could_not_take(tmp_path, known):
    file = tmp_path / "duong.csv"
    file.write_text(
        "old_province,old_district,street\n"
        'Hồ Chí Minh,Quận 1,"Lê Lợi,"\n'
        "Hồ Chí Minh,Quận 99,Nguyễn Trãi\n"
        "Hồ Chí Minh,Quận 5,\n",
        encoding="utf-8-sig",
    )

    said = run(file)

    assert "Dòng 2: không biết quận, huyện «Quận 99»" in said
    assert "Dòng 3: không có tên đường" in said
    assert [street.name for street in Street.objects.all()] == ["Lê Lợi"]
    assert named("Nguyễn Huệ, quận 1") == []
    assert LedgerLeaf.objects.filter(action="reference.take_streets").exists()
    assert "0 mới, 0 thôi dùng" in run(file)


def test_a_trial_saves_nothing(tmp_path):
    file = tmp_path / "duong.csv"
    file.write_text("old_province,old_district,street\nHồ Chí Minh,Quận 1,Lê Lợi\n")

    assert '"taken": 1' in run(file, "--dry-run", "--json")
    assert not Street.objects.exists()


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_such_table_is_refused(tmp_path, content):
    file = tmp_path / "duong.csv"
    file.write_bytes(content)

    with pytest.raises(CommandError):
        run(file)


def test_every_line_of_a_list_is_taken(tmp_path):
    """STREETS names a list of the city's streets; without it a small own one is taken."""
    own = tmp_path / "duong.csv"
    own.write_text("old_province,old_district,street\nHồ Chí Minh,Quận 1,Nguyễn Huệ\n")

    said = run(Path(os.environ.get("STREETS", own)))

    assert " 0 dòng không nhận" in said
    assert ("Nguyễn Huệ", "Quận 1") in named("123 Nguyễn Huệ quận 1")
