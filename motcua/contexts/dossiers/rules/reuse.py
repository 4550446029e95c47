"""Dùng lại kết quả: until when a result may be handed in again, and which paper it may be."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from motcua.kernel.clock import months_later
from motcua.kernel.text import fold

DATA = Path(__file__).parent.parent / "reuse.toml"
SHARED_WORDS = 0.6  # of a result's own words, found in the name of the paper asked for
SAY_LITTLE = frozenset({"giay", "to", "ban", "sao", "ve", "cua", "va", "hoac", "dang", "ky"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited:
    """As the data file says. mark: how sure the source is."""

    procedure: str
    months: int
    law: str
    mark: str


@cache
def limited() -> dict[str, Limited]:
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))["limited"]
    return {one["procedure"]: Limited(**one) for one in told}


def last_day(procedure: str, issued_on: date) -> date | None:
    """The last day on which it may be handed in; None for a result without an end."""
    rule = limited().get(procedure)
    return months_later(issued_on, rule.months) if rule else None


def may_be(title: str, asked_for: str) -> bool:
    """Whether a result of that title may be the paper asked for: a guess, only for the order."""
    own = set(fold(title).split()) - SAY_LITTLE
    return bool(own) and len(own & set(fold(asked_for).split())) >= SHARED_WORDS * len(own)
