"""How well papers are read is counted letter by letter and field by field."""

import json

import pytest
from django.core.management import CommandError, call_command

from motcua.contexts.documents.rules.measuring import (
    NONE,
    Measured,
    article_measured,
    distances,
    page_measured,
)
from motcua.contexts.documents.testing import a_birth_notice


def slowly(a: str, b: str) -> int:
    """The same by the table of the textbook."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
    return row[-1]


@pytest.mark.parametrize(
    ("truth", "read"),
    [
        ("", ""),
        ("", "an"),
        ("an", ""),
        ("Điều 1", "Điêu 1"),
        ("ngày 19 tháng 5", "ngay 13 thang 5"),
        ("kitten", "sitting"),
        ("a" * 70, "b" * 80),
        ("abc" * 40, "acb" * 41),
    ],
)
def test_edits_are_those_of_the_textbook(truth, read):
    assert list(distances(truth, read))[-1] == slowly(truth, read)


def test_a_page_that_shows_the_beginning_is_compared_with_that():
    found = page_measured("Số 12 ngày 19/5/2026. Và còn nhiều trang nữa.", "Số 12  ngày 13/5/2026.")

    assert found == Measured(letters=21, wrong=1, signs=2, exact=1)


def test_an_article_is_found_by_its_heading_among_what_stands_around_it():
    read = "CÔNG BÁO 7 Điều 2. Chỗ ở hợp phap là nơi 08 m2. Điều 3. Nguyên tắc"

    found = article_measured(2, "Chỗ ở hợp pháp là nơi 08 m2.", read)

    assert found == Measured(letters=36, wrong=1, signs=3, exact=3)
    assert article_measured(9, "Không có", read) is None


def test_what_was_measured_adds_up():
    one = Measured(letters=10, wrong=1, signs=2, exact=1)

    assert NONE + one + one == Measured(letters=20, wrong=2, signs=4, exact=2)


def test_without_pages_nothing_is_measured(settings):
    settings.OCR_SET = None

    with pytest.raises(CommandError, match="MOTCUA_OCR_SET"):
        call_command("ocr_evaluate")


@pytest.mark.program("tesseract")
def test_the_command_prints_a_line_for_each_set(tmp_path, capsys):
    fields, truth = tmp_path / "fields", tmp_path / "gt"
    fields.mkdir()
    truth.mkdir()
    (fields / "sinh-1.png").write_bytes(a_birth_notice())
    told = {"kind": "giay_chung_sinh", "values": {"child_full_name": "Lê Minh An"}}
    (fields / "sinh-1.json").write_text(json.dumps(told), encoding="utf-8")

    call_command("ocr_evaluate", tmp_path)

    line = capsys.readouterr().out.splitlines()[-1].split()
    assert line[:2] == ["fields/sinh", "1"]
    assert "100.0" in line
