"""Giá trị trên giấy: what words say as a date, a number, a name; one form for each, or nothing."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum

from motcua.kernel.codes import PersonalNumber
from motcua.kernel.forms.dates import ShortYear, date_in
from motcua.kernel.text import fold

LOOKS_LIKE = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1",
                            "!": "1", "S": "5", "B": "8", "Z": "2"})  # fmt: skip
MOSTLY_DIGITS = 9  # of the twelve, before a letter among them is taken for a digit
PROVINCES = 96  # codes of birthplace run from 001 to 096
LETTERS = 60
EDGES = " \t:;,.…_-–—|/\\\"'«»“”()[]{}*•=~`"
_DATE = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}")
# Folded, and with the letters inside that readers of pictures mistake most: «thóng», «nôm».
_SPELLED = re.compile(r"(\d{1,2})\s*,?\s*th\w{2}g\s*(\d{1,2})\s*,?\s*n\wm\s*(\d{4})")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?")
_NAME_SIGNS = frozenset(" '’-.")
SEXES = {"nam": "nam", "male": "nam", "nu": "nu", "female": "nu"}


class ValueKind(StrEnum):
    """What a field of a paper holds."""

    TEXT = "TEXT"
    NAME = "NAME"
    DATE = "DATE"
    PERSONAL_NUMBER = "PERSONAL_NUMBER"
    NUMBER = "NUMBER"
    SEX = "SEX"
    CODE = "CODE"  # by the pattern of its field


def said(kind: ValueKind, text: str, *, pattern: str = "") -> str | None:
    """The value that the text says, in its one form; None when it says none of that kind."""
    if kind is ValueKind.CODE:
        return _code(text, pattern)
    return READERS[kind](text)


def trimmed(text: str) -> str:
    """Composed, single blanks, without the dots and lines that a form draws to write on."""
    whole = unicodedata.normalize("NFC", re.sub(r"[.…_]{2,}", " ", text))
    return " ".join(whole.split()).strip(EDGES)


def _text(text: str) -> str | None:
    return trimmed(text) or None


def _name(text: str) -> str | None:
    """Vietnamese papers print names in capitals; forms keep them as people write them."""
    whole = trimmed(text).replace("Ð", "Đ").replace("ð", "đ")
    if not 1 < len(whole) <= LETTERS or not all(_of_a_name(letter) for letter in whole):
        return None
    if whole.upper() == whole:
        return " ".join(_capitalised(word) for word in whole.split())
    return whole


def _of_a_name(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LM" or letter in _NAME_SIGNS


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:].lower()


def _date(text: str) -> str | None:
    spelled = _SPELLED.search(fold(text))
    if spelled:
        return _day(int(spelled[3]), int(spelled[2]), int(spelled[1]))
    found = _DATE.search(text)
    try:
        read = date_in(found[0]) if found else date_in(text)
    except (ShortYear, ValueError):
        return None
    return read.isoformat() if read else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _personal_number(text: str) -> str | None:
    """Twelve digits; a letter that looks like one is taken for it when nearly all are digits."""
    together = re.sub(r"[\s.\-]", "", text).strip(EDGES)
    if len(together) == 12 and sum(c.isdigit() for c in together) >= MOSTLY_DIGITS:
        together = together.translate(LOOKS_LIKE)
    return together if PersonalNumber.pattern.fullmatch(together) else None


def is_well_made(number: str, *, today: date) -> bool:
    """Whether a personal number can be: birthplace, sex and century, year. It has no check digit.

    Facts: Decree 137/2015/ND-CP, the numbers of three, one, two and six digits.
    """
    century, year = int(number[3]) // 2, int(number[4:6])
    return 1 <= int(number[:3]) <= PROVINCES and 1900 + 100 * century + year <= today.year


def _number(text: str) -> str | None:
    """A dot before three digits groups, a comma begins the fraction, as written here."""
    found = _NUMBER.search(text)
    if not found:
        return None
    plain = found[0]
    if "," in plain or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", plain):
        plain = plain.replace(".", "").replace(",", ".")
    return plain


def _sex(text: str) -> str | None:
    return next((SEXES[word] for word in re.findall(r"[a-z]+", fold(text)) if word in SEXES), None)


def _code(text: str, pattern: str) -> str | None:
    found = re.search(pattern, trimmed(text))
    return " ".join(found[0].split()) if found else None


READERS: dict[ValueKind, Callable[[str], str | None]] = {
    ValueKind.TEXT: _text,
    ValueKind.NAME: _name,
    ValueKind.DATE: _date,
    ValueKind.PERSONAL_NUMBER: _personal_number,
    ValueKind.NUMBER: _number,
    ValueKind.SEX: _sex,
}
