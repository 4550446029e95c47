"""Viết bảng tính: workbooks of text cells, with lists to choose from. Nothing in them computes."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MEDIA_TYPE = f"{_TYPE}.sheet"
PLAIN, TITLE, WRONG = 0, 1, 2
# A fixed moment: the same workbook is the same bytes.
_MOMENT = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """options: what one may choose; they stand on the second page."""

    head: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """The page to fill. wrong: (line from 0, column from 0) of cells to mark."""

    name: str
    columns: tuple[Column, ...]
    lines: Sequence[Sequence[str]] = ()
    wrong: frozenset[tuple[int, int]] = frozenset()
    lists_name: str = "Danh mục"


def workbook(leaf: Leaf) -> bytes:
    """An .xlsx file: the leaf, and the lists of its columns on a second page."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts(leaf):
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), _HEAD + content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parts(leaf: Leaf) -> Iterator[tuple[str, str]]:
    override = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("worksheets/sheet2", "worksheet"),
            ("styles", "styles"),
        )
    )
    yield (
        "[Content_Types].xml",
        (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{override}</Types>"
        ),
    )
    yield "_rels/.rels", _relations(("officeDocument", "xl/workbook.xml"))
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("worksheet", "worksheets/sheet2.xml"),
            ("styles", "styles.xml"),
        ),
    )
    names = (leaf.name, leaf.lists_name)
    sheets = "".join(
        f'<sheet name={quoteattr(_tidy(name)[:31])} sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(names, start=1)
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>{sheets}</sheets></workbook>',
    )
    yield "xl/styles.xml", _styles()
    yield "xl/worksheets/sheet1.xml", _leaf(leaf)
    yield "xl/worksheets/sheet2.xml", _lists(leaf)


def _relations(*targets: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{_DOCUMENT}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _styles() -> str:
    """Text, title, wrong: format 49 is text, so that no leading zero is lost."""
    text = 'numFmtId="49" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"'
    return (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Arial"/>'
        f'</font><font><b/><sz val="11"/><name val="Arial"/></font></fonts><fills count="3">'
        f'<fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>'
        f'<fill><patternFill patternType="solid"><fgColor rgb="FFF9D5CE"/></patternFill></fill>'
        f'</fills><borders count="1"><border/></borders><cellStyleXfs count="1">'
        f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="3"><xf fontId="0" fillId="0" {text}/><xf fontId="1" fillId="0" {text}/>'
        f'<xf fontId="0" fillId="2" {text} applyFill="1"/></cellXfs></styleSheet>'
    )


def _leaf(leaf: Leaf) -> str:
    heads = _row(1, [(column.head, TITLE) for column in leaf.columns])
    rows = "".join(
        _row(
            n + 2,
            [(v, WRONG if (n, at) in leaf.wrong else PLAIN) for at, v in enumerate(line)],
        )
        for n, line in enumerate(leaf.lines)
    )
    width = len(leaf.columns)
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
        f'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{width}" width="24" style="0" customWidth="1"/></cols>'
        f"<sheetData>{heads}{rows}</sheetData>{_choices(leaf)}</worksheet>"
    )


def _choices(leaf: Leaf) -> str:
    listed = [(at, c) for at, c in enumerate(leaf.columns) if c.options]
    if not listed:
        return ""
    page = leaf.lists_name.replace("'", "''")
    rules = "".join(
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="0" '
        f'sqref="{letters(at)}2:{letters(at)}10001"><formula1>'
        f"{escape(chr(39) + page + chr(39))}!${letters(n)}$2:${letters(n)}${len(c.options) + 1}"
        f"</formula1></dataValidation>"
        for n, (at, c) in enumerate(listed)
    )
    return f'<dataValidations count="{len(listed)}">{rules}</dataValidations>'


def _lists(leaf: Leaf) -> str:
    listed = [column for column in leaf.columns if column.options]
    deepest = max((len(column.options) for column in listed), default=0)
    rows = _row(1, [(column.head, TITLE) for column in listed]) + "".join(
        _row(n + 2, [(c.options[n] if n < len(c.options) else "", PLAIN) for c in listed])
        for n in range(deepest)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _row(number: int, cells: Sequence[tuple[str, int]]) -> str:
    inside = "".join(
        f'<c r="{letters(at)}{number}" s="{style}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{escape(_tidy(text))}</t></is></c>'
        for at, (text, style) in enumerate(cells)
        if text
    )
    return f'<row r="{number}">{inside}</row>'


def letters(column: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _tidy(text: str) -> str:
    return _NOT_XML.sub("", text)
