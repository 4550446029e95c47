"""Quy tắc xem lại: when it may be asked, who reviews, within how long."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

DATA = Path(__file__).parent.parent / "reviews.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRule:
    """As the data file says. mark: how sure the source is."""

    inspection: str
    stars: int
    days: int
    law: str
    mark: str


@cache
def rule() -> ReviewRule:
    return ReviewRule(**tomllib.loads(DATA.read_text(encoding="utf-8")))


def outside(chain: Iterable[UUID], own: Iterable[UUID]) -> tuple[UUID, ...]:
    """Of the units that could review, in order and each once, those that had no part in it."""
    had_part = set(own)
    return tuple(one for one in dict.fromkeys(chain) if one not in had_part)
