"""Trường hợp riêng: the plain variant of a procedure comes first, unless the rare one is asked."""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

UNASKED = 0.9  # is left of the score of a rare variant that nobody asked for


@dataclass(frozen=True, slots=True)
class _Variant:
    title: re.Pattern[str]
    asked: re.Pattern[str]


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b")


_VARIANTS = tuple(
    _Variant(_any_of(row["title"]), _any_of(row["asked"]))
    for row in tomllib.loads(
        files(__package__).joinpath("variants.toml").read_text(encoding="utf-8")
    )["variant"]
)


def variants_of(title: str) -> frozenset[int]:
    """Which rare variants a folded title names."""
    return frozenset(n for n, one in enumerate(_VARIANTS) if one.title.search(title))


def asked_for(query: str) -> frozenset[int]:
    """Which of them a folded query asks for."""
    return frozenset(n for n, one in enumerate(_VARIANTS) if one.asked.search(query))


def share(variants: frozenset[int], asked: frozenset[int]) -> float:
    """What is left of the score of a title with these variants."""
    return UNASKED ** len(variants - asked)
