"""Tệp XLSX (ECMA-376): the first visible page; shared words, dates as serials, merged cells."""

import io
import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from django.utils.translation import gettext as _

from motcua.kernel.text import nfc
from motcua.kernel.workbooks.reading import (
    LONGEST_CELL,
    Cell,
    CellKind,
    Line,
    NotReadable,
    Table,
    bounded,
    table,
)

MOST_UNPACKED = 100 * 2**20
MOST_ELEMENTS = 2_000_000
DEEPEST = 32
DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_NOT_LETTERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, ParseError, DefusedXmlException, LookupError,
    ValueError, NotImplementedError, RuntimeError, EOFError, OSError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Page:
    name: str
    part: str
    hidden: bool


class _Counting:
    """A part of the archive that refuses to unpack to more than is left."""

    def __init__(self, source: IO[bytes], budget: list[int]) -> None:
        self.source, self.budget = source, budget

    def read(self, size: int = -1) -> bytes:
        found = self.source.read(min(size, 65_536) if size >= 0 else 65_536)
        self.budget[0] -= len(found)
        if self.budget[0] < 0:
            raise NotReadable(_("Tệp bung ra quá lớn. Bạn chép dữ liệu sang tệp mẫu mới."))
        return found


class _Book:
    def __init__(self, raw: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(raw))
        self.names = set(self.archive.namelist())
        self.budget = [MOST_UNPACKED]
        self.left = MOST_ELEMENTS

    def elements(self, part: str, *wanted: str) -> Iterator[tuple[str, Any]]:
        """Each finished element of these local names. Nothing that was seen is kept: a file of
        empty elements unpacks to little and would fill the memory.
        """
        above: list[Any] = []
        held = 0  # how deep inside a wanted one: its children stay until it was seen
        with self.archive.open(part) as source:
            for event, node in iterparse(_Counting(source, self.budget), events=("start", "end")):
                is_wanted = node.tag.rpartition("}")[2] in wanted
                if event == "start":
                    above.append(node)
                    held += is_wanted
                    self._count(len(above))
                    continue
                above.pop()
                held -= is_wanted
                if is_wanted:
                    yield node.tag.rpartition("}")[2], node
                if above and not held:
                    above[-1].remove(node)

    def _count(self, depth: int) -> None:
        self.left -= 1
        if self.left < 0 or depth > DEEPEST:
            raise NotReadable(_("Tệp bung ra quá lớn. Bạn chép dữ liệu sang tệp mẫu mới."))


def read_xlsx(raw: bytes) -> Table:
    """Raises: NotReadable."""
    try:
        return _read(_Book(raw))
    except BROKEN:
        raise NotReadable from None


def _read(book: _Book) -> Table:
    if "xl/workbook.xml" not in book.names:
        raise NotReadable
    if any(name.endswith("vbaProject.bin") for name in book.names):
        raise NotReadable(_("Tệp có macro. Bạn lưu lại thành .xlsx không có macro."))
    pages, since_1904 = _pages(book)
    shown = [page for page in pages if not page.hidden]
    if not shown:
        raise NotReadable(_("Mọi trang của tệp đều ẩn. Bạn cho hiện trang cần gửi."))
    page = shown[0]
    words, dated = _words(book), _dated(book)
    merged: dict[int, tuple[str, ...]] = {}
    hidden: list[int] = []
    reader = _Lines(book, page.part, words, dated, since_1904, merged, hidden)
    lines = list(bounded(reader.read()))
    notices = [
        _("Trang ẩn «%(name)s» không được đọc.") % {"name": one.name[:40]}
        for one in pages
        if one.hidden
    ]
    if hidden:
        notices.append(_("Có %(n)d dòng đang ẩn. Các dòng đó vẫn được đọc.") % {"n": len(hidden)})
    return table(iter(lines), merged, tuple(notices))


def _pages(book: _Book) -> tuple[list[_Page], bool]:
    targets = {
        node.get("Id"): node.get("Target", "")
        for _name, node in book.elements("xl/_rels/workbook.xml.rels", "Relationship")
    }
    pages, since_1904 = [], False
    for name, node in book.elements("xl/workbook.xml", "sheet", "workbookPr"):
        if name == "workbookPr":
            since_1904 = node.get("date1904") in ("1", "true")
            continue
        target = targets[node.get(_RELATION) or node.get(_STRICT)]
        inside = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        hidden = node.get("state", "visible") != "visible"
        pages.append(_Page(nfc(node.get("name", "")), posixpath.normpath(inside), hidden))
    return pages, since_1904


def _words(book: _Book) -> list[str]:
    if "xl/sharedStrings.xml" not in book.names:
        return []
    return [_text(node) for _name, node in book.elements("xl/sharedStrings.xml", "si")]


def _text(node: Any) -> str:
    """Runs of a cell without the reading aids of other scripts."""
    return "".join(
        piece.text or ""
        for child in node
        if child.tag.rpartition("}")[2] in ("t", "r")
        for piece in child.iter()
        if piece.tag.rpartition("}")[2] == "t"
    )


def _dated(book: _Book) -> list[bool]:
    """By style of a cell: whether its number is shown as a date."""
    if "xl/styles.xml" not in book.names:
        return []
    own: dict[int, bool] = {}
    styles: list[bool] = []
    for name, node in book.elements("xl/styles.xml", "numFmt", "cellXfs"):
        if name == "numFmt":
            code = _NOT_LETTERS.sub("", node.get("formatCode", "")).lower()
            own[int(node.get("numFmtId", "0"))] = "y" in code or ("d" in code and "m" in code)
            continue
        for style in node:
            number = int(style.get("numFmtId", "0"))
            styles.append(own.get(number, number in DATE_FORMATS))
    return styles


@dataclass(frozen=True, slots=True)
class _Lines:
    """One pass over a page; merged and hidden are filled on the way."""

    book: _Book
    part: str
    words: list[str]
    dated: list[bool]
    since_1904: bool
    merged: dict[int, tuple[str, ...]]
    hidden: list[int]

    def read(self) -> Iterator[Line]:
        number = 0
        for name, node in self.book.elements(self.part, "row", "mergeCell"):
            if name == "mergeCell":
                self._note_merged(node.get("ref", ""))
                continue
            number = int(node.get("r") or number + 1)
            cells = dict(self._cells(node))
            if cells:
                if node.get("hidden") in ("1", "true"):
                    self.hidden.append(number)
                yield Line(number, cells)

    def _cells(self, row: Any) -> Iterator[tuple[int, Cell]]:
        at = -1
        for node in row:
            if node.tag.rpartition("}")[2] != "c":
                continue
            place = _PLACE.fullmatch(node.get("r") or "")
            at = _column(place[1]) if place else at + 1
            cell = self._cell(node)
            if cell.text.strip() or cell.kind is CellKind.FORMULA:
                yield at, cell

    def _cell(self, node: Any) -> Cell:
        parts = {child.tag.rpartition("}")[2]: child for child in node}
        kind, value = node.get("t", "n"), parts.get("v")
        said = (value.text or "") if value is not None else ""
        if "f" in parts:
            return Cell(nfc(said)[:80], CellKind.FORMULA)
        if kind == "inlineStr":
            return _worded(_text(parts["is"]) if "is" in parts else "")
        if kind == "s":
            return _worded(self.words[int(said)] if said else "")
        if kind in ("str", "d"):
            return _worded(said)
        if kind == "e":
            return Cell(said[:20], CellKind.FAULT)
        if kind == "b":
            return Cell("Có" if said == "1" else "Không")
        return self._number(said, int(node.get("s") or 0)) if said else Cell("")

    def _number(self, said: str, style: int) -> Cell:
        try:
            value = Decimal(said)
        except InvalidOperation:
            return Cell(said[:40], CellKind.FAULT)
        if not value.is_finite() or (value and not -30 < value.adjusted() < 30):
            return Cell(said[:40], CellKind.FAULT)
        if style < len(self.dated) and self.dated[style]:
            day = day_of_serial(value, since_1904=self.since_1904)
            if day is not None:
                return Cell(day.isoformat(), CellKind.DATE)
        plain = f"{value.normalize():f}" if value else "0"
        return Cell(plain, CellKind.NUMBER)

    def _note_merged(self, ranged: str) -> None:
        places = [_PLACE.fullmatch(end) for end in ranged.split(":")]
        if len(places) != 2 or places[0] is None or places[1] is None:
            return
        first, last = int(places[0][2]), int(places[1][2])
        for number in range(first, min(last, first + 20_000) + 1):
            self.merged[number] = (*self.merged.get(number, ()), ranged)


def _worded(text: str) -> Cell:
    if len(text) > LONGEST_CELL:
        return Cell(text[:LONGEST_CELL], CellKind.FAULT)
    return Cell(nfc(text.strip()))


def _column(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found - 1


def day_of_serial(value: Decimal, *, since_1904: bool = False) -> date | None:
    """The day that a spreadsheet counts so; it takes 1900 for a leap year. None: no day."""
    days = int(value) + (1462 if since_1904 else 0)
    if not 1 <= days <= 2_958_465:
        return None
    return date(1899, 12, 30 if days > 59 else 31) + timedelta(days=days)
