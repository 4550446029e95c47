"""Sao kê ngân hàng: what one file says, and whether it adds up."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from motcua.contexts.payments.contracts import StatementDoesNotAddUp
from motcua.kernel.clock import city_date
from motcua.kernel.money import ZERO, Money

MOST_LINES = 200_000
REFERENCE = 64  # characters that are kept of a bank's number


class Side(StrEnum):
    """Whether money came to the account or left it."""

    IN = "IN"
    OUT = "OUT"


class StatementFormat(StrEnum):
    CAMT = "CAMT"
    CSV = "CSV"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One booked line. order: the number that we gave our own order; fee: taken off the amount."""

    side: Side
    amount: Money
    booked_at: datetime
    memo: str
    reference: str = ""
    order: str = ""
    fee: Money = ZERO
    is_reversal: bool = False
    is_charge: bool = False
    part: int = 0
    has_time: bool = True

    @property
    def signed(self) -> Money:
        return self.amount if self.side is Side.IN else -self.amount


@dataclass(slots=True, kw_only=True)
class StatementPart:
    """One statement inside a file; it is filled while the file is read."""

    number: str = ""
    account: str = ""
    opening: Money | None = None
    closing: Money | None = None


@dataclass(slots=True, kw_only=True)
class Inspection:
    """What was found while a file was read once from its first line to its last."""

    moved: dict[int, Money] = field(default_factory=dict)
    lines: int = 0
    came: Money = ZERO
    left: Money = ZERO
    first: datetime | None = None
    last: datetime | None = None

    def note(self, line: StatementLine) -> None:
        self.lines += 1
        self.moved[line.part] = self.moved.get(line.part, ZERO) + line.signed
        if line.side is Side.IN:
            self.came = self.came + line.amount
        else:
            self.left = self.left + line.amount
        self.first = min(self.first or line.booked_at, line.booked_at)
        self.last = max(self.last or line.booked_at, line.booked_at)


def check_sums(parts: Iterable[StatementPart], found: Inspection) -> None:
    """Opening + what moved = closing, for each part that tells both. Raises:
    StatementDoesNotAddUp.
    """
    for at, part in enumerate(parts):
        if part.opening is None or part.closing is None:
            continue
        gap = part.closing - part.opening - found.moved.get(at, ZERO)
        if gap:
            raise StatementDoesNotAddUp(
                f"Số dư đầu cộng phát sinh lệch số dư cuối {gap.vnd()}. Tệp có thể bị cắt hoặc"
                " bị sửa. Bạn tải lại sao kê từ ngân hàng."
            )


def keyed(lines: Iterable[StatementLine], account: str) -> Iterator[tuple[str, StatementLine]]:
    """Each line with the key that makes it the same line in every file that lists it.

    The bank's own number decides; without one, everything that the line says. Equal lines of one
    file are counted, so that two payers with the same words stay two.
    """
    seen: Counter[str] = Counter()
    for line in lines:
        what = f"{account}|{line.side}|{line.reference}" if line.reference else _said(line, account)
        seen[what] += 1
        yield hashlib.sha256(f"{what}|{seen[what]}".encode()).hexdigest(), line


def named(line: StatementLine, key: str) -> StatementLine:
    """A line without a number gets one of ours, under which our books will know its money."""
    if line.reference:
        return replace(line, reference=line.reference[:REFERENCE])
    return replace(line, reference=f"SK-{key[:24].upper()}")


def _said(line: StatementLine, account: str) -> str:
    day, words = city_date(line.booked_at).isoformat(), " ".join(line.memo.split())
    return f"{account}|{line.side}|{day}|{int(line.amount)}|{words}"
