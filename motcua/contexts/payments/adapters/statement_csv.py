"""Tệp CSV của ngân hàng: the same lines as camt.053, from columns that each bank names its way."""

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO

from motcua.contexts.payments.contracts import StatementDoesNotAddUp, StatementUnreadable
from motcua.contexts.payments.rules.statement_columns import (
    StatementColumns,
    guessed,
    is_no_line,
    moment_of,
    signed_dong,
)
from motcua.contexts.payments.rules.statements import Side, StatementLine, StatementPart
from motcua.kernel.money import Money
from motcua.kernel.text import nfc

SEPARATORS = (",", ";", "\t", "|")
PIECE = 65_536
LONGEST_LINE = 200_000
ABOVE = 40  # rows with names and numbers of the account that may stand above the heads
OTHER_CODING = "Tệp CSV không dùng bảng mã UTF-8. Trong Excel, bạn chọn lưu «CSV UTF-8»."


@dataclass(frozen=True, slots=True)
class Heads:
    """The row that names the columns, and where it stands."""

    row: int
    separator: str
    cells: tuple[str, ...]


class CsvFile:
    """`parts` are complete once `lines` was read to its end."""

    def __init__(self, source: IO[bytes], columns: StatementColumns) -> None:
        self._source, self._columns = source, columns
        self.parts: list[StatementPart] = []

    def lines(self) -> Iterator[StatementLine]:
        """Every line below the heads. Raises: StatementUnreadable, StatementDoesNotAddUp."""
        heads = heads_of(self._source, self._columns)
        places = {what: heads.cells.index(name)
                  for what, name in self._columns.named().items() if name}  # fmt: skip
        running = _Running()
        for number, cells in islice(_rows(self._source, heads.separator), heads.row, None):
            if not any(cell.strip() for cell in cells):
                continue
            told = {what: cells[at] if at < len(cells) else "" for what, at in places.items()}
            if is_no_line(cells) and moment_of(told["booked"]) is None:
                continue  # a payer may be called «Công ty …»: what has a day is a payment
            line = _line(told, number)
            if "balance" in told:
                running.note(line, _dong(told["balance"], number), number)
            if line.amount:
                yield line
        self.parts = [running.part()]


def heads_of(source: IO[bytes], columns: StatementColumns | None = None) -> Heads:
    """The row of heads: the first one that the columns fit, or that says enough by itself.

    Without one, the widest row near the top, for a person to tell what its columns mean.
    Raises: StatementUnreadable.
    """
    widest = Heads(0, ",", ())
    for separator in SEPARATORS:
        for at, (_number, cells) in enumerate(islice(_rows(source, separator), ABOVE), start=1):
            found = tuple(nfc(cell) for cell in cells)
            if columns.fits(found) if columns else guessed(found).is_enough:
                return Heads(at, separator, found)
            if len([cell for cell in found if cell]) > len(widest.cells):
                widest = Heads(at, separator, found)
    if columns is not None or len(widest.cells) < 3:
        raise StatementUnreadable("Không thấy dòng tiêu đề của bảng trong 40 dòng đầu.")
    return widest


def _rows(source: IO[bytes], separator: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Each row from the top with its number. Raises: StatementUnreadable."""
    rows = csv.reader(_decoded(source), delimiter=separator)
    try:
        for row in rows:
            if any("\0" in cell for cell in row):
                raise StatementUnreadable
            yield rows.line_num, row
    except UnicodeError as problem:
        raise StatementUnreadable(OTHER_CODING) from problem
    except csv.Error as problem:
        raise StatementUnreadable(f"Dòng {rows.line_num} của tệp CSV bị hỏng.") from problem


def _decoded(source: IO[bytes]) -> Iterator[str]:
    """The lines of the text, piece by piece; the file stays open for the next reading."""
    source.seek(0)
    wide = source.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    source.seek(0)
    decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8-sig")()
    rest = ""
    while raw := source.read(PIECE):
        *whole, rest = (rest + decoder.decode(raw)).split("\n")
        if len(rest) > LONGEST_LINE:
            raise StatementUnreadable
        yield from (f"{line}\n" for line in whole)
    yield rest + decoder.decode(b"", final=True)


def _line(told: dict[str, str], number: int) -> StatementLine:
    moment = moment_of(told["booked"])
    if moment is None:
        raise StatementUnreadable(f"Dòng {number}: không đọc được ngày giao dịch.")
    amount = _moved(told, number)
    booked_at, has_time = moment
    return StatementLine(
        side=Side.OUT if amount < 0 else Side.IN,
        amount=abs(amount),
        booked_at=booked_at,
        has_time=has_time,
        memo=nfc(" ".join(told["memo"].split())),
        reference=nfc(told.get("reference", "")),
        fee=abs(_dong(told.get("fee", ""), number)),
    )


def _moved(told: dict[str, str], number: int) -> Money:
    if "amount" in told:
        return _dong(told["amount"], number)
    came, left = abs(_dong(told["came"], number)), abs(_dong(told["left"], number))
    if came and left:
        raise StatementUnreadable(f"Dòng {number}: vừa có tiền vào vừa có tiền ra.")
    return came - left


def _dong(text: str, number: int) -> Money:
    amount = signed_dong(text)
    if amount is None:
        raise StatementUnreadable(f"Dòng {number}: không đọc được số tiền, phải là đồng tròn.")
    return amount


class _Running:
    """The balance after each line, in whichever order the bank lists them."""

    def __init__(self) -> None:
        self._first: tuple[Money, Money] | None = None
        self._last: tuple[Money, Money] | None = None
        self._forward, self._backward = 0, 0  # the first line that does not fit, 0 for none

    def note(self, line: StatementLine, balance: Money, number: int) -> None:
        if self._last is not None:
            moved, before = self._last
            if before + line.signed != balance and not self._forward:
                self._forward = number
            if balance + moved != before and not self._backward:
                self._backward = number
        self._first = self._first or (line.signed, balance)
        self._last = line.signed, balance

    def part(self) -> StatementPart:
        """Raises: StatementDoesNotAddUp."""
        if self._first is None or self._last is None:
            return StatementPart()
        if self._forward and self._backward:
            at = max(self._forward, self._backward)
            raise StatementDoesNotAddUp(
                f"Số dư ở dòng {at} không bằng số dư trước cộng phát sinh. Tệp có thể thiếu dòng."
                " Bạn tải lại sao kê từ ngân hàng."
            )
        oldest, newest = (self._last, self._first) if self._forward else (self._first, self._last)
        return StatementPart(opening=oldest[1] - oldest[0], closing=newest[1])
