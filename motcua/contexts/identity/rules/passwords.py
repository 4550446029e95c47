"""Mật khẩu của cán bộ: long, not made of what everybody knows, not one that leaked. Pure."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from motcua.contexts.identity.contracts.passwords import (
    LONGEST,
    SHORTEST,
    PasswordTellsWho,
    PasswordTooLong,
    PasswordTooShort,
)
from motcua.kernel.text import fold

FILE = Path(__file__).resolve().parents[1] / "data" / "password_words.toml"
OWN_LETTERS = 8  # what must be left when known words are struck out
SHORTEST_WORD = 3  # «An» is in half of all words; «Bảo» is a name
_LIKE = str.maketrans("013457@$!", "oieastasi")
_RUN = re.compile(r"(.)\1+")
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")


@cache
def city_words() -> frozenset[str]:
    """The list that is written down, for everybody alike."""
    return frozenset(tomllib.loads(FILE.read_text(encoding="utf-8"))["words"])


def plain(text: str) -> str:
    """Without accents, case, blanks and signs; digits that stand for letters read as letters."""
    return "".join(sign for sign in fold(text).translate(_LIKE) if sign.isalnum())


def own_words(*told: str) -> frozenset[str]:
    """Of names and addresses of the officer: the whole and each part."""
    parts = {plain(part) for text in told for part in _parts(text)}
    return _long_enough(parts) | place_words(*told)


def place_words(*told: str) -> frozenset[str]:
    """Of names of units: the whole, each pair of syllables («Bến Thành»), the first letters.

    Not each syllable: those of offices are half of the language.
    """
    found = set()
    for text in told:
        parts = [plain(part) for part in _parts(text)]
        found |= {plain(text), "".join(part[:1] for part in parts)}
        found |= {first + second for first, second in pairwise(parts)}
    return _long_enough(found)


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[\s,.@_/\-]+", text) if part]


def _long_enough(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if len(word) >= SHORTEST_WORD)


def check_password_shape(password: str, known: Iterable[str]) -> None:
    """No kinds of characters are demanded, only length beyond the words that are known.

    Raises: PasswordTooShort, PasswordTooLong, PasswordTellsWho.
    """
    if len(password) < SHORTEST:
        raise PasswordTooShort(field="new")
    if len(password) > LONGEST:
        raise PasswordTooLong(field="new")
    left = plain(password)
    for word in sorted({*known, *city_words()}, key=len, reverse=True):
        left = left.replace(word, "")
    if len(_RUN.sub(r"\1", left)) < OWN_LETTERS:
        raise PasswordTellsWho(field="new")


def core(password: str) -> str:
    """Without the digits and signs around it: «sunflower2026!» is «sunflower»."""
    return _ENDS.sub("", password)
