"""Cơ quan thực hiện: which key and level of this city the agencies of a national record mean."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from motcua.contexts.procedures.contracts import Level, NotFiled
from motcua.kernel.text import fold

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """The key and the level at which the city's own rulings name the unit."""

    key: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class _Agency:
    level: Level
    words: re.Pattern[str]
    keys: tuple[str, ...]


class Agencies:
    """The directory that `agencies` of the generic tables describes."""

    def __init__(self, table: Table) -> None:
        self._agencies = tuple(
            _Agency(level=Level(str(row["level"])), words=_any(row), keys=_words(row.get("keys")))
            for row in _rows(table.get("agency"))
        )
        self._fields = tuple((str(row["key"]), _any(row)) for row in _rows(table.get("field")))
        names = "|".join(map(re.escape, _words(table.get("elsewhere"))))
        self._elsewhere = re.compile(rf"\b({names})\b") if names else None

    def competent(self, names: str, field: str) -> Competence | NotFiled:
        """Of the agencies in the record the one named first that this city has."""
        if not names:
            return NotFiled.NO_AGENCY
        found = min(self._found(fold(names)), key=lambda one: one[0], default=None)
        if found is None:
            return NotFiled.AGENCY_UNKNOWN
        key = self._key(found[1], fold(field))
        return Competence(key=key, level=found[1].level) if key else NotFiled.FIELD_UNKNOWN

    def _found(self, names: str) -> Iterator[tuple[tuple[int, int], _Agency]]:
        """Each with where it stands; of two at one place the longer name, so the surer one."""
        for agency in self._agencies:
            for match in agency.words.finditer(names):
                if not self._is_elsewhere(names[match.end() :]):
                    yield (match.start(), -match.end()), agency

    def _is_elsewhere(self, after: str) -> bool:
        here = re.split(r"[,;\n]", after, maxsplit=1)[0]
        return bool(self._elsewhere and self._elsewhere.search(here))

    def _key(self, agency: _Agency, field: str) -> str:
        of_field = next((key for key, words in self._fields if words.search(field)), "")
        if not agency.keys:
            return of_field
        return of_field if of_field in agency.keys else agency.keys[0]


def _any(row: Table) -> re.Pattern[str]:
    words = "|".join(_words(row.get("words")))
    return re.compile(rf"(?<!co )\b(?:{words})")  # «cơ sở y tế» is no «Sở Y tế»


def _rows(value: object) -> Iterable[Table]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _words(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
