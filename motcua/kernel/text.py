"""Chữ Việt: normal form, folding for search, and sorting in the Vietnamese order."""

import re
import unicodedata
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET, start=20)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {"\u0302", "\u0306", "\u031b"}
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])
_UNSEEN = dict.fromkeys([0xAD, 0x180E, *range(0x200B, 0x200E), *range(0x2060, 0x2065), 0xFEFF])
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def nfc(text: str) -> str:
    """Composed form, without control, direction and unseen characters, blanks trimmed."""
    composed = unicodedata.normalize("NFC", text).translate(_BIDI | _UNSEEN)
    return _CONTROL.sub("", composed).strip()


def whole(text: str, *, digits: int = 9) -> int | None:
    """A whole number from 0 as somebody typed it. None: no number, or one of more digits."""
    bare = text.strip()
    return int(bare) if bare.isdecimal() and len(bare) <= digits else None


def letters_in(text: str) -> int:
    """How much was written: dots, digits and blanks say nothing."""
    return sum(1 for char in unicodedata.normalize("NFC", text) if char.isalpha())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents; đ becomes d. For comparing what people type."""
    lowered = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(c for c in lowered if not unicodedata.combining(c)))


def is_one_slip(a: str, b: str) -> bool:
    """One letter more, less, other, or two neighbours swapped."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or rest_a[1:] == rest_b[1:]
        or (rest_a[:2] == rest_b[1::-1] and len(rest_b) > 1 and rest_a[2:] == rest_b[2:])
    )


def sort_key(text: str) -> bytes:
    """Key in the Vietnamese order: letters first (a ă â … d đ …), then tones.

    Equal to the ICU collation vi-VN on names, and works on every PostgreSQL build.
    """
    letters: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFC", text.lower()):
        base, tone = _split_tone(char)
        letters.append(_RANK.get(base) or min(ord(base[0]) % 19 + 1, 19))
        tones.append(tone)
    return bytes(letters) + b"\x00" + bytes(tones)


@lru_cache(maxsize=1024)
def _split_tone(char: str) -> tuple[str, int]:
    tone, base = 0, ""
    for part in unicodedata.normalize("NFD", char):
        if part in _TONES:
            tone = _TONES[part]
        elif not unicodedata.combining(part) or part in _SHAPES:
            base += part
    return unicodedata.normalize("NFC", base) or char, tone


def name_sort_key(full_name: str) -> bytes:
    """Vietnamese names sort by the last word, then by the whole."""
    words = full_name.split()
    return sort_key(words[-1] if words else "") + b"\x00" + sort_key(full_name)
