"""Quyết định viết thành tệp: an act of any length as TOML, its lines there or in CSV beside it."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from motcua.contexts.organisations.contracts import ActKind, ActMalformed, ActText, OpenWork

COLUMNS = {
    "passes": ("old", "new", "part", "takes_work"),
    "opens": ("code", "name", "short_name", "above", "ward"),
    "rulings": ("key", "level", "ward", "authority", "division", "procedure"),
}
HEAD = ("kind", "title", "document", "effective_on", "open_work")
PART, WORK = "một phần", "nhận việc"
YES = frozenset({"1", "x", "có", "true", "yes"})


def read_act_file(path: Path) -> ActText:
    """Raises: ActMalformed, with everything that cannot be read."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise ActMalformed((("file", f"Không đọc được tệp: {wrong}."),)) from wrong
    mistakes = list(_wrong_in_head(table))
    lines: dict[str, tuple[str, ...]] = {}
    for name in COLUMNS:
        try:
            lines[name] = tuple(_lines(name, table.get(name, []), path.parent))
        except ActMalformed as wrong:
            mistakes += wrong.mistakes
    if mistakes:
        raise ActMalformed(tuple(mistakes))
    return ActText(
        kind=ActKind(table["kind"]),
        title=str(table["title"]),
        document=str(table.get("document", "")),
        effective_on=table["effective_on"],
        open_work=OpenWork(table.get("open_work", OpenWork.STAY)),
        **lines,
    )


def _wrong_in_head(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in table.keys() - {*HEAD, *COLUMNS}:
        yield name, f"Không có mục «{name}»."
    if table.get("kind") not in ActKind.__members__:
        yield "kind", f"kind là một trong {', '.join(ActKind.__members__)}."
    if not isinstance(table.get("title"), str):
        yield "title", 'Thiếu tên quyết định: title = "…".'
    if type(table.get("effective_on")) is not date:
        yield "effective_on", "effective_on là ngày không có dấu nháy, ví dụ 2026-12-01."
    if table.get("open_work", OpenWork.STAY) not in OpenWork.__members__:
        yield "open_work", f"open_work là một trong {', '.join(OpenWork.__members__)}."


def _lines(name: str, given: object, folder: Path) -> Iterator[str]:
    rows = _from_csv(name, folder / given) if isinstance(given, str) else given
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise ActMalformed(((name, f"[[{name}]] là một dãy dòng, hoặc tên một tệp CSV."),))
    for number, row in enumerate(rows, 1):
        strange = row.keys() - set(COLUMNS[name])
        if strange:
            wrong = f"Dòng {number}: không có cột «{min(map(str, strange))}»."
            raise ActMalformed(((name, wrong),))
        cells = {column: _text(row.get(column, "")) for column in COLUMNS[name]}
        yield _pass(cells) if name == "passes" else " | ".join(cells.values())


def _from_csv(name: str, path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, restkey="?", restval=""))
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise ActMalformed(((name, f"Không đọc được {path.name}: {wrong}."),)) from wrong


def _text(value: object) -> str:
    return str(value).strip() if value is not True else "1"


def _pass(cells: Mapping[str, str]) -> str:
    marks = [
        mark
        for column, mark in (("part", PART), ("takes_work", WORK))
        if cells[column].casefold() in YES
    ]
    return "; ".join([f"{cells['old']} > {cells['new']}".rstrip("> "), *marks])
