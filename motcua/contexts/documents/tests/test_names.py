"""Names of files: shown, never used as paths."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.documents.contracts import MediaType
from motcua.contexts.documents.rules.kinds import KINDS, mismatch_notice
from motcua.contexts.documents.rules.names import LONGEST, display_name, stated_extension

PDF = KINDS[MediaType.PDF].extensions


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Tờ khai.pdf", "Tờ khai.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\an\\Đơn.PDF", "Đơn.pdf"),
        ("anh\u202efdp.exe", "anhfdp.exe.pdf"),
        ("a\u200bb\ufeff.pdf", "ab.pdf"),
        ("", "tep.pdf"),
        ("...", "tep.pdf"),
        (".pdf", "pdf.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("don\r\nX-Header: 1.pdf", "don X-Header_ 1.pdf"),
        ("don_xin.v2", "don_xin.v2.pdf"),
        ("anh.jpg", "anh.pdf"),
        ("anh.jpg.exe", "anh.jpg.exe.pdf"),
    ],
)
def test_a_name_is_cleaned(raw, shown):
    assert display_name(raw, extensions=PDF) == shown


def test_a_decomposed_name_is_composed():
    decomposed = unicodedata.normalize("NFD", "Giấy khai sinh.pdf")

    assert display_name(decomposed, extensions=PDF) == "Giấy khai sinh.pdf"


@given(st.text(max_size=400))
def test_any_name_is_short_one_line_and_no_path(raw):
    shown = display_name(raw, extensions=PDF)

    assert 5 <= len(shown) <= LONGEST
    assert not set(shown) & set('/\\\n\r\t"<>')
    assert shown.endswith(".pdf")


def test_a_wrong_extension_is_named():
    assert "ảnh JPEG" in mismatch_notice("pdf", MediaType.JPEG)
    assert mismatch_notice("jpeg", MediaType.JPEG) == ""
    assert mismatch_notice("", MediaType.JPEG) == ""


def test_the_stated_extension_is_read_after_cleaning():
    assert stated_extension("a.b.PDF") == "pdf"
    assert stated_extension("khong_duoi") == ""
    assert stated_extension("Hồ sơ. bản 2") == ""
