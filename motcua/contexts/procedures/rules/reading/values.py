"""Giá trị đơn: one value out of a table, with a complaint when it is not what it should be."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import TypeVar

from motcua.kernel.forms import Complaint, Condition, ConditionFault, parse_condition
from motcua.kernel.money import Money

E = TypeVar("E", bound=Enum)
Table = Mapping[str, object]
CHANNELS = ("ALL", "ONLINE", "COUNTER", "POSTAL")


class Values:
    """Reads values and collects complaints, each with path, fault and remedy."""

    def __init__(self) -> None:
        self.complaints: list[Complaint] = []

    def complain(self, path: str, sentence: str) -> None:
        self.complaints.append(Complaint(path, sentence))

    def only(self, table: Table, path: str, known: set[str]) -> None:
        for name in sorted(set(map(str, table)) - known):
            self.complain(path, f"không có thuộc tính «{name}»; dùng: {', '.join(sorted(known))}")

    def text(self, table: Table, name: str, path: str, *, needed: bool = False) -> str:
        value = table.get(name, "")
        if not isinstance(value, str):
            self.complain(path, f"«{name}» phải là chữ trong dấu nháy, không phải {value!r}")
            return ""
        if needed and not value.strip():
            self.complain(path, f"thiếu «{name}»")
        return value

    def words(self, table: Table, name: str, path: str) -> tuple[str, ...]:
        value = table.get(name, ())
        if isinstance(value, str):
            return (value,) if value else ()
        if isinstance(value, Sequence) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.complain(path, f"«{name}» phải là danh sách chữ")
        return ()

    def flag(self, table: Table, name: str, path: str, *, default: bool) -> bool:
        value = table.get(name, default)
        if isinstance(value, bool):
            return value
        self.complain(path, f"«{name}» phải là true hoặc false, không phải {value!r}")
        return default

    def whole(self, table: Table, name: str, path: str) -> int | None:
        value = table.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
            return value
        self.complain(path, f"«{name}» phải là số nguyên không âm, không phải {value!r}")
        return None

    def money(self, table: Table, name: str, path: str) -> Money | None:
        value = self.whole(table, name, path)
        return None if value is None else Money(value)

    def day(self, table: Table, name: str, path: str) -> date | None:
        value = table.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, date):
            return value
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self.complain(path, f"«{name}» phải là ngày như 2026-07-01, không phải {value!r}")
        return None

    def channel(self, table: Table, path: str) -> str:
        value = self.text(table, "channel", path) or "ALL"
        if value not in CHANNELS:
            self.complain(path, f"«channel» {value!r} lạ; dùng: {', '.join(CHANNELS)}")
            return "ALL"
        return value

    def condition(self, table: Table, name: str, path: str) -> Condition | None:
        source = table.get(name)
        if source is None:
            return None
        try:
            return parse_condition(source)
        except ConditionFault as fault:
            self.complain(f"{path}.{name}", str(fault))
            return None

    def enum(self, kind: type[E], table: Table, name: str, path: str, default: E | None) -> E:
        value = table.get(name, default)
        return self.member(kind, value, f"{path}.{name}", default or next(iter(kind)))

    def member(self, kind: type[E], value: object, path: str, default: E) -> E:
        try:
            return kind(value)
        except ValueError:
            allowed = ", ".join(str(m.value) for m in kind)
            self.complain(path, f"{value!r} lạ; dùng: {allowed}")
            return default

    def tables(self, table: Table, name: str, *, within: str = "") -> Iterable[tuple[str, Table]]:
        rows = table.get(name) or ()
        where = f"{within}.{name}" if within else name
        if not isinstance(rows, Sequence) or isinstance(rows, str):
            self.complain(where, "phải là một danh sách bảng ([[…]])")
            return
        for position, row in enumerate(rows):
            if isinstance(row, Mapping):
                yield f"{where}[{row.get('key', position)}]", row
            else:
                self.complain(f"{where}[{position}]", "phải là một bảng")
