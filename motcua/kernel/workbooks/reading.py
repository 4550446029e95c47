"""Đọc bảng tính: the first page that one sees, cell by cell, with what its cells really hold.

A file of a stranger: what it unpacks to is counted while it is read, XML without entities, nothing
of it is ever computed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from motcua.kernel.errors import Invalid

MOST_BYTES = 20 * 2**20
MOST_LINES = 10_000
MOST_COLUMNS = 200
LONGEST_CELL = 20_000


class NotReadable(Invalid):
    sentence = "Không đọc được tệp này. Bạn lưu lại thành tệp .xlsx hoặc .csv rồi gửi lại."


class CellKind(StrEnum):
    TEXT = "TEXT"
    NUMBER = "NUMBER"
    DATE = "DATE"
    FORMULA = "FORMULA"
    FAULT = "FAULT"  # #REF!, #N/A …


@dataclass(frozen=True, slots=True)
class Cell:
    """`text`: what it holds; a date as 1990-05-12, a number in plain digits."""

    text: str
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty. number: as the spreadsheet shows it; cells: column from 0."""

    number: int
    cells: Mapping[int, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Heads are the first line that is not empty. merged: line -> ranges such as «B5:B7»."""

    heads: Line
    lines: tuple[Line, ...]
    merged: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


def read_table(raw: bytes) -> Table:
    """The table of a file, told by its first bytes, never by its name. Raises: NotReadable."""
    from motcua.kernel.workbooks.csv_files import csv_lines
    from motcua.kernel.workbooks.xlsx_files import read_xlsx

    _check_kind(raw)
    if raw.startswith(b"PK"):
        return read_xlsx(raw)
    lines = bounded(csv_lines(raw))
    return table(lines)


def _check_kind(raw: bytes) -> None:
    if not raw.strip():
        raise NotReadable(_("Tệp rỗng. Bạn chọn lại tệp đã điền."))
    if len(raw) > MOST_BYTES:
        raise NotReadable(_("Tệp lớn hơn 20 MB. Bạn chia thành nhiều tệp."))
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotReadable(
            _("Đây là tệp Excel đời cũ (.xls) hoặc có mật khẩu. Bạn lưu lại thành .xlsx.")
        )
    if raw.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8")):
        raise NotReadable(_("Đây không phải bảng tính. Bạn chọn tệp .xlsx hoặc .csv."))


def bounded(lines: Iterator[Line]) -> Iterator[Line]:
    """Raises: NotReadable beyond what one file may hold."""
    for count, line in enumerate(lines):
        if count > MOST_LINES:
            raise NotReadable(_("Tệp có hơn 10.000 dòng. Bạn chia thành nhiều tệp."))
        if line.cells and max(line.cells) >= MOST_COLUMNS:
            raise NotReadable(_("Bảng có hơn 200 cột. Bạn dùng tệp mẫu của thủ tục này."))
        yield line


def table(
    lines: Iterator[Line],
    merged: Mapping[int, tuple[str, ...]] | None = None,
    notices: tuple[str, ...] = (),
) -> Table:
    """Raises: NotReadable when there are no heads or nothing below them."""
    heads = next(lines, None)
    if heads is None:
        raise NotReadable(_("Bảng không có dòng nào. Bạn điền theo tệp mẫu."))
    below = tuple(lines)
    if not below:
        raise NotReadable(_("Bảng mới có dòng tiêu đề. Bạn điền từ dòng thứ hai."))
    return Table(heads=heads, lines=below, merged=merged or {}, notices=notices)
