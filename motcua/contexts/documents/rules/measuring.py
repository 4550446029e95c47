"""Đo việc đọc: how far what was read is from what stands there."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

ARTICLE = "Điều {number}."
ROOM = 1.35  # what is read of an article is longer than it: headers, page numbers, stamps
ENDS = 40  # letters around a page's end that may be read or not


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """letters, wrong: of the truth. signs, exact: words with a digit (dates, numbers, codes)."""

    letters: int
    wrong: int
    signs: int
    exact: int

    def __add__(self, other: "Measured") -> "Measured":
        return Measured(
            letters=self.letters + other.letters,
            wrong=self.wrong + other.wrong,
            signs=self.signs + other.signs,
            exact=self.exact + other.exact,
        )


NONE = Measured(letters=0, wrong=0, signs=0, exact=0)


def plain(text: str) -> str:
    """Composed, blanks squeezed: line breaks are not what is measured."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def distances(truth: str, read: str) -> Iterator[int]:
    """Edits from the whole truth to each beginning of what was read, the empty one first.

    Myers' bit-parallel method, a column of the table in one large integer.
    """
    places: dict[str, int] = {}
    for at, letter in enumerate(truth):
        places[letter] = places.get(letter, 0) | 1 << at
    full, last = (1 << len(truth)) - 1, 1 << (len(truth) - 1) if truth else 0
    more, less, edits = full, 0, len(truth)
    yield edits
    for letter in read:
        here = places.get(letter, 0)
        vertical = here | less
        sideways = (((here & more) + more) ^ more) | here
        up = (less | ~(sideways | more)) & full
        down = more & sideways
        edits += bool(up & last) - bool(down & last) if truth else 1
        yield edits
        up, down = (up << 1 | 1) & full, down << 1 & full
        more, less = (down | ~(vertical | up)) & full, up & vertical


def page_measured(truth: str, read: str) -> Measured:
    """A page that shows the beginning of a text: as much of it as fits best is the truth."""
    whole, seen = plain(truth), plain(read)
    edits, length = min(
        (edits, length) for length, edits in enumerate(distances(seen, whole)) if length
    )
    return _with_signs(whole[:length], seen, edits)


def article_measured(number: int, truth: str, read: str) -> Measured | None:
    """One article inside a long text that was read; None when its heading was not found."""
    heading = ARTICLE.format(number=number)
    whole, found = plain(f"{heading} {truth}"), re.search(rf"\b{re.escape(heading)}", read)
    if found is None:
        return None
    part = read[found.start() : found.start() + int(len(whole) * ROOM) + ENDS]
    edits, length = min((edits, length) for length, edits in enumerate(distances(whole, part)))
    return _with_signs(whole, part[:length], edits)


def _with_signs(truth: str, read: str, edits: int) -> Measured:
    wanted, there = Counter(_signs(truth)), Counter(_signs(read))
    return Measured(
        letters=len(truth),
        wrong=edits,
        signs=wanted.total(),
        exact=(wanted & there).total(),
    )


def _signs(text: str) -> list[str]:
    return [word.strip(".,;:()") for word in text.split() if any(c.isdigit() for c in word)]
