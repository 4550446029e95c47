"""Chữ và âm tiết: what a query and a title are cut into."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from motcua.kernel.text import fold

_WORD = re.compile(r"[^\W_]+")
_DATA = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
_PHRASES = "|".join(sorted(_DATA["polite"], key=len, reverse=True))
_POLITE_RE = re.compile(rf"\b(?:{_PHRASES})\b")
_WITHOUT_RE = re.compile(rf"\b(?:{'|'.join(_DATA['without'])})\b(?P<what>[^,.;]*)")
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "2", "\u0301": "4", "\u0323": "5"}
LIGHT: frozenset[str] = frozenset(_DATA["light"])


class Said(NamedTuple):
    """A syllable folded, and its letters with their marks; "" when none of the text has any."""

    word: str
    marks: str = ""


@lru_cache(maxsize=16384)
def syllables(text: str) -> tuple[str, ...]:
    """Folded syllables in order: «Đăng ký khai sinh» → dang ky khai sinh."""
    return tuple(_WORD.findall(fold(text)))


def shown_in(text: str) -> list[str]:
    """Syllables in lower case, as they are written."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def said_in(text: str) -> tuple[Said, ...]:
    """The syllables of a text with their marks."""
    typed = shown_in(text)
    folded = [fold(word) for word in typed]
    if typed == folded:
        return tuple(map(Said, folded))
    return tuple(Said(word, marks_of(shown)) for word, shown in zip(folded, typed, strict=True))


@lru_cache(maxsize=16384)
def marks_of(word: str) -> str:
    """The letters, then the tone: «hòa» and «hoà» are one, and so are hỏi and ngã."""
    letters, tone = "", ""
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tone = _TONES[char]
        else:
            letters += char
    return letters + tone


def wish(text: str) -> tuple[Said, ...]:
    """What is said without what is said out of politeness, unless nothing would be left."""
    said = said_in(text)
    folded = " ".join(one.word for one in said)
    polite: set[int] = set()
    for hit in _POLITE_RE.finditer(folded):
        first = folded.count(" ", 0, hit.start())
        polite.update(range(first, first + hit[0].count(" ") + 1))
    return tuple(one for place, one in enumerate(said) if place not in polite) or said


def unwanted(text: str) -> frozenset[str]:
    """What the asker excludes: «… không kèm nhận cha mẹ con» → nhan cha me con."""
    hit = _WITHOUT_RE.search(fold(text))
    return frozenset(_WORD.findall(hit["what"])) if hit else frozenset()


def grams(words: Sequence[str]) -> list[str]:
    """Pairs of neighbours, joined by a space: they are the words of Vietnamese."""
    return [f"{a} {b}" for a, b in pairwise(words)]
