"""Đọc dịch vụ: catalogue files, packs and process tables, as tables a definition is parsed from.

Reads files only. What a table means is decided by `procedures`, which is below and knows no file.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from motcua.contexts.procedures.contracts import (
    Complaint,
    Definition,
    DefinitionFault,
    Online,
    Routing,
)
from motcua.contexts.procedures.public import parse_definition, with_generic_form
from motcua.services.generic_form import generic_tables

HERE = Path(__file__).resolve().parent
DEFAULT_PROCESS = {"COMMUNE": "commune_standard", "CITY": "city_standard"}
Table = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """One definition with the file it came from."""

    path: str
    definition: Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedServices:
    """Everything readable, and a complaint for everything that is not."""

    services: tuple[Loaded, ...]
    complaints: tuple[Complaint, ...]


def load_services(root: Path = HERE) -> LoadedServices:
    """Read catalogue/, packs/ and processes/ below `root`; packs after the plain ones."""
    loader = _Loader(root)
    services = [*loader.packs(), *loader.catalogue()]
    return LoadedServices(services=tuple(services), complaints=tuple(loader.complaints))


class _Loader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.complaints: list[Complaint] = []
        self._seen: dict[str, str] = {}
        self._processes: dict[str, Table] = {}
        self._generic = generic_tables()
        kept = root / "retention.toml"
        self._retention = self._read(kept) if kept.exists() else {}
        for path in sorted((root / "processes").glob("*.toml")):
            self._add_process(path)

    def packs(self) -> Iterator[Loaded]:
        for path in sorted((self.root / "packs").glob("*/*/procedure.toml")):
            folder = path.parent
            own = folder / "process.toml"
            own_key = self._add_process(own) if own.exists() else ""
            file = self._read(path)
            procedure = file.get("procedure")
            if not isinstance(procedure, dict):
                self._complain(path, "thiếu bảng [procedure]")
                continue
            table = _inherited(file, procedure)
            table["form"] = self._read(folder / "form.toml")
            table["texts"] = self._read(folder / "texts.toml")
            table["source"] = "PACK"
            table["pack"] = folder.relative_to(self.root / "packs").as_posix()
            yield from self._definition(path, table, own_key)

    def catalogue(self) -> Iterator[Loaded]:
        for path in sorted((self.root / "catalogue").glob("*.toml")):
            file = self._read(path)
            rows = file.get("procedure", [])
            if not isinstance(rows, list):
                self._complain(path, "dùng [[procedure]], mỗi thủ tục một bảng")
                continue
            for row in rows:
                table = _inherited(file, row) | {"source": "CATALOGUE"}
                yield from self._definition(path, table, "")

    def _definition(self, path: Path, table: Table, own_process: str) -> Iterator[Loaded]:
        where = f"{self._name(path)}: {table.get('code')}"
        key = own_process or _process_key(table)
        table.pop("process", None)
        table.setdefault("retention", self._kept(str(table.get("field_code", ""))))
        if key:
            table["process_key"] = key
            if key in self._processes:
                table["process"] = self._processes[key]
            else:
                self.complaints.append(Complaint(where, f"không có quy trình «{key}»"))
        try:
            definition = parse_definition(table)
        except DefinitionFault as fault:
            self.complaints += [
                Complaint(f"{where} {c.path}", c.sentence) for c in fault.complaints
            ]
            return
        if definition.code in self._seen:
            earlier = self._seen[definition.code]
            self.complaints.append(Complaint(where, f"mã này đã có ở {earlier}"))
            return
        self._seen[definition.code] = where
        if self._is_filed_generically(definition):
            definition = with_generic_form(definition, self._generic)
        yield Loaded(path=self._name(path), definition=definition)

    def _kept(self, field_code: str) -> list[Table]:
        """How long the dossiers and results of a field are kept, where the procedure is silent."""
        rest, fields = self._retention.get("rest"), self._retention.get("field")
        own = fields.get(field_code) if isinstance(fields, dict) else None
        said = {**(rest if isinstance(rest, dict) else {}), **(own or {})}
        return [{"of": of.upper(), **rule} for of, rule in sorted(said.items())]

    def _is_filed_generically(self, definition: Definition) -> bool:
        """A plain procedure that the city takes online and decides itself."""
        return bool(
            definition.online in (Online.FULL, Online.PARTIAL)
            and definition.routing is Routing.HERE
            and definition.process
            and not definition.form.pages
        )

    def _add_process(self, path: Path) -> str:
        table = self._read(path)
        key = str(table.get("key", ""))
        if key in self._processes and self._processes[key] != table:
            self._complain(path, f"quy trình «{key}» đã có ở tệp khác với nội dung khác")
        self._processes.setdefault(key, table)
        return key

    def _read(self, path: Path) -> Table:
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            self._complain(path, "thiếu tệp này")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
            self._complain(path, f"không đọc được TOML: {wrong}")
        return {}

    def _complain(self, path: Path, sentence: str) -> None:
        self.complaints.append(Complaint(self._name(path), sentence))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _inherited(file: Mapping[str, object], row: Mapping[str, object]) -> Table:
    """A procedure takes field and field_code from the head of its file."""
    return {k: file[k] for k in ("field", "field_code") if k in file} | dict(row)


def _process_key(table: Mapping[str, object]) -> str:
    """The key named, else the standard of the level; a ministry's own system has none here."""
    named = table.get("process")
    if isinstance(named, str) and named:
        return named
    if table.get("routing", "HERE") != "HERE":
        return ""
    levels = table.get("levels")
    first = levels[0] if isinstance(levels, list) and levels else ""
    return DEFAULT_PROCESS.get(str(first), "")
