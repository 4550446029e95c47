"""Chữ và âm tiết: what a query and a title are cut into."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from motcua.kernel.text import fold

_WORD = re.compile(r"[^\W_]+")
_DATA = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
_PHRASES = "|".join(sorted(_DATA["polite"], key=len, reverse=True))
_POLITE_RE = re.compile(rf"\b(?:{_PHRASES})\b")
LIGHT: frozenset[str] = frozenset(_DATA["light"])


@lru_cache(maxsize=16384)
def syllables(text: str) -> tuple[str, ...]:
    """Folded syllables in order: «Đăng ký khai sinh» → dang ky khai sinh."""
    return tuple(_WORD.findall(fold(text)))


def wish(text: str) -> tuple[str, ...]:
    """Syllables of a query without what is said out of politeness, unless nothing would be left."""
    folded = " ".join(syllables(text))
    bare = tuple(_POLITE_RE.sub(" ", folded).split())
    return bare or tuple(folded.split())


def grams(words: tuple[str, ...]) -> list[str]:
    """Pairs of neighbours, joined by a space: they are the words of Vietnamese."""
    return [f"{a} {b}" for a, b in pairwise(words)]


def neighbours(word: str) -> set[str]:
    """Every deletion of one letter, with the word itself: two words one slip apart share one."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


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
