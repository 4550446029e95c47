"""Từ bảng tính đến câu trả lời: columns of a form, and what a cell means under each.

A form becomes columns: one a question, two an address, and a few rows of each group. A cell says
what people read («Nam», «Phường Sài Gòn»); what is stored follows from it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from motcua.kernel.forms import FieldError, FieldType, Form, Question, Refused
from motcua.kernel.text import fold, nfc
from motcua.kernel.workbooks import Cell, CellKind, Line, Table
from motcua.kernel.workbooks.xlsx_files import day_of_serial

GROUP_ROWS = 3  # as a template offers them
MOST_ROWS = 20  # as a table may have them
YES, NO = "Có", "Không"
_SHORTENED = re.compile(r"[0-9][.,][0-9]+E\+[0-9]+", re.IGNORECASE)
_SPACES = re.compile(r"[\s*]+")
Places = Sequence[tuple[str, str]]  # code and name of each commune


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkColumn:
    """path: «key», «key.ward», «key.0.field». choices: what is stored, and what people read."""

    path: str
    question: Question
    head: str
    names: frozenset[str] = frozenset()
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False


def columns_of(
    form: Form, places: Places, *, language: str = "vi", rows: int = GROUP_ROWS
) -> tuple[BulkColumn, ...]:
    """In the order of the form; no two heads are alike. rows: of each group, at most."""
    found = [
        column
        for page in form.pages
        for question in page.questions
        for column in _columns(question, question.key, "", "", places, rows)
    ]
    said = [_titled(found, form, each) for each in ("vi", "en")]
    shown = said[language == "en"]
    return tuple(
        replace(
            column,
            head=shown[at],
            names=frozenset(map(head_name, (said[0][at], said[1][at], column.path))),
            required=_is_asked(form, column),
        )
        for at, column in enumerate(found)
    )


def head_name(text: str) -> str:
    """Heads are compared without accents, case, blanks and the star of required ones."""
    return _SPACES.sub(" ", fold(nfc(text))).strip()


def _is_asked(form: Form, column: BulkColumn) -> bool:
    """Whether every line needs it: nothing decides whether it is asked, and it is no group's."""
    key = column.path.split(".")[0]
    page = next(p for p in form.pages if any(q.key == key for q in p.questions))
    question = next(q for q in page.questions if q.key == key)
    grouped = question.type is FieldType.GROUP
    return question.required and not (grouped or question.show_if or page.show_if)


def _columns(
    question: Question, path: str, label: str, label_en: str, places: Places, rows: int
) -> Iterator[BulkColumn]:
    """label: what stands before that of the question, with its separator."""
    if question.type is FieldType.GROUP:
        for number in range(_rows_of(question, rows)):
            vi, en = (f"{question.item_title_in(lang)} {number + 1} – " for lang in ("vi", "en"))
            for inner in question.fields:
                yield from _columns(inner, f"{path}.{number}.{inner.key}", vi, en, places, rows)
        return
    vi, en = label + question.label, label_en + question.label_in("en")
    if question.type is FieldType.ADDRESS:
        ward = replace(question, label=f"{vi} – phường, xã", label_en=f"{en} – ward or commune")
        street = replace(question, label=f"{vi} – số nhà, đường", label_en=f"{en} – street")
        yield BulkColumn(path=f"{path}.ward", question=ward, head="", choices=tuple(places))
        yield BulkColumn(path=f"{path}.street", question=street, head="")
        return
    named = replace(question, label=vi, label_en=en)
    yield BulkColumn(path=path, question=named, head="", choices=_choices(question, places))


def _rows_of(group: Question, wanted: int) -> int:
    """No more than the form takes."""
    most = group.maximum if isinstance(group.maximum, int) else MOST_ROWS
    return min(wanted, most, MOST_ROWS)


def _choices(question: Question, places: Places) -> tuple[tuple[str, str], ...]:
    if question.type in (FieldType.YES_NO, FieldType.DECLARATION):
        return (("yes", YES), ("no", NO))[: 1 if question.type is FieldType.DECLARATION else 2]
    if question.choices_from == "communes":
        return tuple(places)
    return tuple((option.value, option.label) for option in question.options)


def _titled(found: Sequence[BulkColumn], form: Form, language: str) -> list[str]:
    """The label; with the title of its page where two are alike, then with its path."""
    pages = {q.key: p.title_in(language) for p in form.pages for q in p.questions}
    heads = [column.question.label_in(language) for column in found]
    told = Counter(map(head_name, heads))
    longer = [
        f"{pages[column.path.split('.')[0]]}: {head}" if told[head_name(head)] > 1 else head
        for head, column in zip(heads, found, strict=True)
    ]
    told = Counter(map(head_name, longer))
    return [
        f"{head} [{column.path}]" if told[head_name(head)] > 1 else head
        for head, column in zip(longer, found, strict=True)
    ]


def table_of(rows: Sequence[Mapping[str, object]]) -> Table:
    """Answers by key as a table whose heads are paths; the first line has number 1."""
    flat = [dict(_flat(row, "")) for row in rows]
    paths = list(dict.fromkeys(path for row in flat for path in row))
    place = {path: at for at, path in enumerate(paths)}
    lines = (
        Line(n, {place[path]: Cell(said, CellKind.TEXT) for path, said in row.items() if said})
        for n, row in enumerate(flat, 1)
    )
    heads = Line(0, {at: Cell(path, CellKind.TEXT) for path, at in place.items()})
    return Table(heads=heads, lines=tuple(lines))


def _flat(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
        for number, inner in enumerate(value[:MOST_ROWS]):
            yield from _flat(inner, f"{path}.{number}")
    elif isinstance(value, list):
        yield path, ";".join(map(str, value))
    elif isinstance(value, bool):
        yield path, "yes" if value else "no"
    elif value is not None:
        yield path, nfc(str(value))


def matched(
    columns: Sequence[BulkColumn], heads: Line
) -> tuple[dict[int, BulkColumn], tuple[str, ...], tuple[str, ...]]:
    """Which column of the table is which of the form; strange heads; what every line lacks."""
    by_name = {name: column for column in columns for name in column.names}
    known: dict[int, BulkColumn] = {}
    strange = []
    for at, cell in sorted(heads.cells.items()):
        column = by_name.get(head_name(cell.text))
        if column is None or column in known.values():
            strange.append(cell.text[:60])
        else:
            known[at] = column
    there = {column.path for column in known.values()}
    lacking = tuple(c.head for c in columns if c.required and c.path not in there)
    return known, tuple(strange), lacking


def answers_of(
    line: Line, known: Mapping[int, BulkColumn]
) -> tuple[dict[str, object], tuple[FieldError, ...]]:
    """What a line answers, not cleaned yet, and the cells that say nothing we can take."""
    raw: dict[str, object] = {}
    errors = []
    for at, column in known.items():
        cell = line.cells.get(at)
        if cell is None:
            continue
        try:
            value = _meant(column, cell)
        except Refused as refusal:
            errors.append(FieldError(column.path, refusal.code, refusal.sentence))
        else:
            _put(raw, column.path.split("."), value)
    return {key: _as_rows(value) for key, value in raw.items()}, tuple(errors)


def _put(raw: dict[str, object], path: list[str], value: object) -> None:
    place = raw
    for step in path[:-1]:
        inner = place.setdefault(step, {})
        assert isinstance(inner, dict)
        place = inner
    place[path[-1]] = value


def _as_rows(value: object) -> object:
    """A group is a list of its rows."""
    if isinstance(value, dict) and value and all(key.isdecimal() for key in value):
        return [value.get(str(n), {}) for n in range(max(map(int, value)) + 1)]
    return value


def _meant(column: BulkColumn, cell: Cell) -> object:
    """Raises: Refused."""
    if cell.kind is CellKind.FORMULA:
        raise Refused("formula", _("Ô này là công thức. Bạn dán giá trị thay cho công thức."))
    if cell.kind is CellKind.FAULT:
        raise Refused("fault", _("Ô này báo lỗi hoặc quá dài. Bạn nhập lại."))
    if _SHORTENED.fullmatch(cell.text):
        raise Refused(
            "shortened",
            _("Bảng tính đã rút gọn số này. Bạn đổi cột sang dạng Văn bản rồi nhập lại."),
        )
    kind = column.question.type
    if kind is FieldType.DATE:
        return _day(cell)
    if cell.kind is CellKind.DATE:
        raise Refused(
            "became_date",
            _("Bảng tính đã đổi ô này thành ngày. Bạn đổi cột sang dạng Văn bản rồi nhập lại."),
        )
    if column.choices:
        return _chosen(column, cell.text)
    if kind is FieldType.PERSONAL_NUMBER and cell.text.isdecimal():
        return cell.text.zfill(12) if len(cell.text) == 11 else cell.text
    if kind is FieldType.PHONE and cell.text.isdecimal() and len(cell.text) == 9:
        return f"0{cell.text}"
    return cell.text


def _day(cell: Cell) -> str:
    """A spreadsheet counts days; 45789 is one as much as 12/05/2025."""
    serial = cell.kind is CellKind.NUMBER or (len(cell.text) == 5 and cell.text.isdecimal())
    if serial and (day := day_of_serial(Decimal(cell.text))) is not None:
        return day.isoformat()
    return cell.text


def _chosen(column: BulkColumn, text: str) -> object:
    """Raises: Refused when it is none of the list."""
    by_name = {head_name(label): value for value, label in column.choices}
    by_name |= {head_name(value): value for value, _label in column.choices}
    if column.question.type is FieldType.MULTI_CHOICE:
        return [_one_of(by_name, part, column) for part in text.split(";") if part.strip()]
    return _one_of(by_name, text, column)


def _one_of(by_name: Mapping[str, str], text: str, column: BulkColumn) -> str:
    value = by_name.get(head_name(text))
    if value is None:
        some = ", ".join(label for _value, label in column.choices[:4])
        raise Refused(
            "not_in_list",
            _("«%(text)s» không có trong danh mục. Bạn ghi một trong: %(some)s…")
            % {"text": text[:40], "some": some},
        )
    return value


def column_of(path: str, code: str, known: Mapping[int, BulkColumn]) -> int | None:
    """The column of the table that an error is about; None when the table lacks it."""
    wanted = f"{path}.street" if code == "no_street" else path
    for at, column in known.items():
        if column.path == wanted:
            return at
    return next((at for at, c in known.items() if c.path.startswith(f"{path}.")), None)
