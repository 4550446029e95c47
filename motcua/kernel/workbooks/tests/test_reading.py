"""Files of strangers: read as their authors see them, or refused with what to do."""

import io
import unicodedata
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from motcua.kernel.workbooks import CellKind, Column, Leaf, NotReadable, read_table, workbook
from motcua.kernel.workbooks import xlsx_files as xlsx

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def book(rows: str, *, after: str = "", sheets: str = "", **parts: str) -> bytes:
    """A workbook as a spreadsheet program writes it. sheets: pages before the one with rows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets>{sheets}'
            '<sheet name="Hồ sơ" sheetId="9" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="t" Target="worksheets/sheet1.xml"/>'
            '<Relationship Id="r2" Type="t" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f"<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>",
        )
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    return out.getvalue()


HEADS = '<row r="1"><c r="A1" t="inlineStr"><is><t>Ngày</t></is></c></row>'


def only_cell(raw: bytes):
    (line,) = read_table(raw).lines
    return line.cells[0]


def test_words_in_runs_are_joined_and_dates_are_told_by_their_format():
    words = f"<sst {MAIN}><si><r><t>Lê </t></r><r><t>An</t></r></si></sst>"
    styles = (
        f"<styleSheet {MAIN}><numFmts>"
        '<numFmt numFmtId="164" formatCode="dd\\/mm\\/yyyy"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
        '<row r="5"><c r="A5" s="1"><v>33005</v></c><c r="C5"><v>7.9190999001E10</v></c></row>'
    )

    table = read_table(book(rows, sharedStrings=words, styles=styles))

    (line,) = table.lines
    assert table.heads.cells[0].text == "Lê An"
    assert (line.number, line.cells[0].text) == (5, "1990-05-12")
    assert (line.cells[2].text, line.cells[2].kind) == ("79190999001", CellKind.NUMBER)


def test_a_formula_is_told_and_never_computed():
    raw = book(f'{HEADS}<row r="2"><c r="A2"><f>HYPERLINK("x")</f><v>1</v></c></row>')

    assert only_cell(raw).kind is CellKind.FORMULA


def test_a_hidden_page_is_not_read_and_merged_cells_are_told():
    rows = f'{HEADS}<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>'
    merged = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    hidden = '<sheet name="Nháp" sheetId="2" state="veryHidden" r:id="r2"/>'

    table = read_table(book(rows, after=merged, sheets=hidden))

    assert table.merged == {2: ("A2:A3",), 3: ("A2:A3",)}
    assert table.notices == (
        "Trang ẩn «Nháp» không được đọc.",
        "Có 1 dòng đang ẩn. Các dòng đó vẫn được đọc.",
    )


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_UNPACKED", 100_000)
    bomb = book(HEADS + f"<row r='2'><c t='inlineStr'><is><t>{'a' * 400_000}</t></is></c></row>")

    with pytest.raises(NotReadable, match="bung ra quá lớn"):
        read_table(bomb)


@pytest.mark.parametrize("said", ["1e999999999", "1e-999999999", "Infinity", "NaN"])
def test_a_date_that_is_no_number_of_days_is_a_fault_of_its_cell(said):
    styles = f'<styleSheet {MAIN}><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'

    cell = only_cell(
        book(HEADS + f'<row r="2"><c r="A2" s="0"><v>{said}</v></c></row>', styles=styles)
    )

    assert cell.kind is CellKind.FAULT


def test_a_word_that_the_file_does_not_have_makes_it_unreadable():
    with pytest.raises(NotReadable):
        read_table(book(HEADS + '<row r="2"><c r="A2" t="s"><v>9</v></c></row>'))


@pytest.mark.parametrize(
    "rows", ["<row/>" * 3_000, f"<row>{'<c/>' * 3_000}</row>", f"{'<x>' * 40}{'</x>' * 40}"],
    ids=["empty lines", "empty cells", "nested"],
)  # fmt: skip
def test_a_file_of_countless_empty_elements_is_refused_early(monkeypatch, rows):
    monkeypatch.setattr(xlsx, "MOST_ELEMENTS", 2_000)

    with pytest.raises(NotReadable, match="bung ra quá lớn"):
        read_table(book(HEADS + rows))


def test_entities_are_refused():
    laughs = '<!DOCTYPE a [<!ENTITY b "c">]>'
    raw = book(HEADS, sharedStrings=f"{laughs}<sst {MAIN}><si><t>&b;</t></si></sst>")

    with pytest.raises(NotReadable):
        read_table(raw)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "rỗng"),
        (b"\xd0\xcf\x11\xe0rest", "đời cũ"),
        (b"%PDF-1.7", "không phải bảng tính"),
        (b"PK\x03\x04broken", "Không đọc được"),
        (book(HEADS), "dòng thứ hai"),
        (book(HEADS, vbaProject="x").replace(b"vbaProject.xml", b"vbaProject.bin"), "macro"),
        (b"a\0b\n1", "Không đọc được"),
        ("Họ tên\nLê".encode("cp1258", "replace"), "CSV UTF-8"),
        (b"a\n" + b"1\n" * 10_001, "10.000 dòng"),
        (b"a" + b",b" * 200 + b"\n1", "200 cột"),
    ],
    ids=range(10),
)
def test_what_cannot_be_read_says_what_to_do(raw, sentence):
    with pytest.raises(NotReadable, match=sentence):
        read_table(raw)


@pytest.mark.parametrize("parting", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_any_spreadsheet_is_read(parting, encoding):
    decomposed = unicodedata.normalize("NFD", "Nguyễn Thị Ánh")
    text = f'Họ tên{parting}"Nơi ở, {parting} nay"\r\n\r\n{decomposed}{parting}"12 \nHuệ"\r\n'

    (line,) = read_table(text.encode(encoding)).lines

    assert line.cells[0].text == "Nguyễn Thị Ánh"
    assert line.cells[1].text == "12 \nHuệ"


def test_our_own_workbook_is_read_back_as_it_was_written():
    options = ("Nam", "Nữ & khác <>")
    leaf = Leaf(
        name="Hồ sơ",
        columns=(Column(head="Họ tên *"), Column(head="Giới", options=options)),
        lines=[["=1+1", "Nam"], ["0790", ""]],
        wrong=frozenset({(0, 1)}),
    )

    table = read_table(workbook(leaf))

    assert [cell.text for cell in table.heads.cells.values()] == ["Họ tên *", "Giới"]
    assert [line.cells[0].text for line in table.lines] == ["=1+1", "0790"]
    assert table.lines[0].cells[0].kind is CellKind.TEXT


@pytest.mark.parametrize(
    ("serial", "day"),
    [("1", date(1900, 1, 1)), ("59", date(1900, 2, 28)), ("61", date(1900, 3, 1)),
     ("33005.5", date(1990, 5, 12)), ("0", None), ("99999999", None)],
)  # fmt: skip
def test_days_of_a_spreadsheet(serial, day):
    assert xlsx.day_of_serial(Decimal(serial)) == day
