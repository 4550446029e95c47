"""The catalogue that Python writes is read by gettext as GNU's would be."""

import gettext
import io
from pathlib import Path

import pytest

from motcua.config import translations

PO = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

# a remark
#, python-format
msgid "Đã lưu %(saved)s"
msgstr ""
"Saved "
"%(saved)s"

msgid "%(n)s trang"
msgid_plural "%(n)s trang"
msgstr[0] "%(n)s page"
msgstr[1] "%(n)s pages"

#, fuzzy
msgid "Mờ"
msgstr "Blurred"

msgid "Chưa dịch"
msgstr ""

msgctxt "tháng"
msgid "Ba"
msgstr "March"
"""


@pytest.fixture
def read() -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(translations.catalogue(PO)))


def test_continued_lines_and_accents_are_read(read: gettext.GNUTranslations) -> None:
    assert read.gettext("Đã lưu %(saved)s") == "Saved %(saved)s"


def test_plurals_follow_the_number(read: gettext.GNUTranslations) -> None:
    assert [read.ngettext("%(n)s trang", "%(n)s trang", n) for n in (1, 2)] == [
        "%(n)s page",
        "%(n)s pages",
    ]


def test_untranslated_and_doubtful_stay_vietnamese(read: gettext.GNUTranslations) -> None:
    assert (read.gettext("Chưa dịch"), read.gettext("Mờ")) == ("Chưa dịch", "Mờ")


def test_context_tells_words_apart(read: gettext.GNUTranslations) -> None:
    assert (read.pgettext("tháng", "Ba"), read.gettext("Ba")) == ("March", "Ba")


def test_a_broken_catalogue_is_refused() -> None:
    with pytest.raises(translations.BrokenCatalogue):
        translations.catalogue("msgid 'chưa đóng")


def test_only_what_is_older_is_compiled_again(tmp_path: Path) -> None:
    (tmp_path / "en.po").write_text(PO, encoding="utf-8")
    assert translations.compile_all(tmp_path) == (tmp_path / "en.mo",)
    assert translations.compile_all(tmp_path) == ()


def test_every_message_of_the_house_has_english() -> None:
    text = (translations.LOCALE / "en/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    read = gettext.GNUTranslations(io.BytesIO(translations.catalogue(text)))
    assert read.gettext("Trang chủ") == "Home"
    assert 'msgstr ""\n\n' not in text
