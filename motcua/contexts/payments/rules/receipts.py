"""Biên lai điện tử: series, numbers out of ranges, and the code that finds a receipt.

A number is used once and never given back: what is wrong is cancelled, with its reason, and stays.
The series and the form of the number are this project's own (`receipts.toml`, not verified).
"""

import secrets
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from motcua.contexts.payments.rules.codes import ALPHABET

HERE = Path(__file__).parents[1]
CODE_LENGTH = 12
DIGITS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRules:
    """block: how many numbers a range has. few: with so many left, another range is due."""

    form: str
    prefix: str
    block: int
    few: int
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeUse:
    """How a range of numbers was used. next: the first number that nobody has used."""

    first: int
    last: int
    next: int
    cancelled: int = 0

    @property
    def used(self) -> int:
        return self.next - self.first

    @property
    def left(self) -> int:
        return self.last - self.next + 1


@cache
def rules() -> ReceiptRules:
    return ReceiptRules(**tomllib.loads((HERE / "receipts.toml").read_text(encoding="utf-8")))


def series_of(day: date) -> str:
    """Each year begins its numbers anew."""
    return f"{rules().prefix}-{day:%y}E"


def number_of(series: str, serial: int) -> str:
    return f"{series}-{serial:0{DIGITS}d}"


def new_code() -> str:
    """Sixty bits that nobody guesses, in letters that nobody mistakes."""
    return "".join(secrets.choice(ALPHABET) for _at in range(CODE_LENGTH))


def typed_code(text: str) -> str:
    """What somebody typed from paper; "" for what cannot be a code."""
    plain = text.upper().translate(str.maketrans("ILOU", "110V", " -.\u00a0"))
    return plain if len(plain) == CODE_LENGTH and set(plain) <= set(ALPHABET) else ""


def shown_code(code: str) -> str:
    """In groups of four, as it is printed."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def gaps(ranges: Iterable[RangeUse]) -> tuple[tuple[int, int], ...]:
    """Numbers between ranges of one series that belong to none."""
    found, expected = [], 1
    for one in sorted(ranges, key=lambda one: one.first):
        if one.first > expected:
            found.append((expected, one.first - 1))
        expected = max(expected, one.last + 1)
    return tuple(found)
