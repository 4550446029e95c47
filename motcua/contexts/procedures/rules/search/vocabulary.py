"""Từ người dân dùng: synonyms and abbreviations that widen a query. The words are data."""

import re
import tomllib
from importlib.resources import files

SYNONYMS: dict[str, str] = tomllib.loads(
    files(__package__).joinpath("synonyms.toml").read_text(encoding="utf-8")
)
_PHRASE = re.compile(
    r"\b(?=(" + "|".join(sorted(map(re.escape, SYNONYMS), key=len, reverse=True)) + r")\b)"
)


def widen(query: str) -> dict[str, str]:
    """What the folded query says → the official words for it, in order.

    Where two entries begin at the same syllable the longer one speaks.
    """
    return {hit[1]: SYNONYMS[hit[1]] for hit in _PHRASE.finditer(query)}
