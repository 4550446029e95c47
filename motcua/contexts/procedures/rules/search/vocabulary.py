"""Từ người dân dùng: what people say, and the official words for it. The words are data."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from motcua.contexts.procedures.rules.search.words import Said, said_in

SURE, LIKELY = 0.85, 0.5  # what means the same, or is said in three syllables; what it leads to


@dataclass(frozen=True, slots=True)
class Meaning:
    """The official words for something said at some place of the query."""

    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class _Entry:
    said: tuple[Said, ...]
    meant: tuple[str, ...]
    weight: float

    def agrees(self, heard: Sequence[Said]) -> bool:
        """The marks of the entry, where it has any, are those that were typed."""
        return all(
            not own.marks or not one.marks or own.marks == one.marks
            for own, one in zip(self.said, heard, strict=True)
        )


_DATA: dict[str, dict[str, str]] = tomllib.loads(
    files(__package__).joinpath("synonyms.toml").read_text(encoding="utf-8")
)
_SHORT = {short: tuple(full.split()) for short, full in _DATA["short"].items()}
_ENTRIES: dict[str, list[_Entry]] = {}
for _table in ("short", "instead", "also"):
    for _phrase, _meant in _DATA[_table].items():
        _said = said_in(_phrase)
        _sure = _table != "also" or len(_said) >= 3
        _entry = _Entry(_said, tuple(_meant.split()), SURE if _sure else LIKELY)
        _ENTRIES.setdefault(" ".join(one.word for one in _said), []).append(_entry)
SAID: tuple[str, ...] = tuple(_ENTRIES)
_PHRASES = re.compile(
    r"\b(?=(" + "|".join(sorted(map(re.escape, SAID), key=len, reverse=True)) + r")\b)"
)


def spelled_out(words: Iterable[str]) -> list[str]:
    """Abbreviations of a title read out: BHXH → bao hiem xa hoi."""
    return [full for word in words for full in _SHORT.get(word, (word,))]


def meanings(query: Sequence[Said]) -> list[Meaning]:
    """What a query means besides its own words; of two entries at one place the longer speaks."""
    folded = " ".join(one.word for one in query)
    found: list[Meaning] = []
    heard_until = 0
    for hit in _PHRASES.finditer(folded):
        first = folded.count(" ", 0, hit.start())
        last = first + hit[1].count(" ") + 1
        entry = next((e for e in _ENTRIES[hit[1]] if e.agrees(query[first:last])), None)
        if entry is None or last <= heard_until:
            continue
        heard_until = last
        found.append(Meaning(entry.meant, entry.weight))
    return found
