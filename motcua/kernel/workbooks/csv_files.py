"""Tệp CSV: with or without BOM, parted by comma, semicolon or tab."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from motcua.kernel.text import nfc
from motcua.kernel.workbooks.reading import LONGEST_CELL, Cell, CellKind, Line, NotReadable

SEPARATORS = (",", ";", "\t")


def csv_lines(raw: bytes) -> Iterator[Line]:
    """Every line that is not empty. Raises: NotReadable."""
    text = _decoded(raw)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        for row in rows:
            cells = {at: _cell(value) for at, value in enumerate(row) if value.strip()}
            if cells:
                yield Line(rows.line_num, cells)
    except csv.Error:
        raise NotReadable(
            _("Dòng %(line)d của tệp CSV bị hỏng. Bạn xuất lại từ bảng tính.")
            % {"line": rows.line_num}
        ) from None


def _cell(value: str) -> Cell:
    if len(value) > LONGEST_CELL:
        return Cell(value[:LONGEST_CELL], CellKind.FAULT)
    text = nfc(value.strip())
    return Cell(text, CellKind.FORMULA if text.startswith("=") else CellKind.TEXT)


def _decoded(raw: bytes) -> str:
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise NotReadable(
            _("Tệp CSV không dùng bảng mã UTF-8. Trong Excel, bạn chọn lưu «CSV UTF-8».")
        ) from None
    if "\0" in text:
        raise NotReadable
    return text


def _separator(text: str) -> str:
    """What parts the first line that is not empty, outside quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=outside.count)
