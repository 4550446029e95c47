"""Chữ đọc được: words with their places on a page, as a reader of pictures tells them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

WHOLE = 1000  # places are thousandths of the page, whatever it was drawn at
LEVEL_OF_PAGE, LEVEL_OF_WORD = "1", "5"
COLUMNS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A place on a page, in thousandths of its width and height."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """sure: 0 to 100, as the reader says. page: from 1."""

    text: str
    box: Box
    sure: int
    page: int = 1


Line = tuple[Word, ...]


def lines_of(tsv: str, *, page: int = 1) -> tuple[Line, ...]:
    """The lines of one page out of the table that Tesseract writes; rows it cannot be are left."""
    rows = [row for row in (line.split("\t") for line in tsv.splitlines()) if _is_whole(row)]
    wide, high = _size(rows)
    words = [row for row in rows if row[0] == LEVEL_OF_WORD and row[11].strip()]
    return tuple(
        tuple(_word(row, wide, high, page) for row in line)
        for _place, line in groupby(words, key=lambda row: tuple(row[1:5]))
    )


def _is_whole(row: Sequence[str]) -> bool:
    return len(row) == COLUMNS and row[0].isdigit()


def _size(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    for row in rows:
        if row[0] == LEVEL_OF_PAGE:
            return max(1, int(row[8])), max(1, int(row[9]))
    return 1, 1


def _word(row: Sequence[str], wide: int, high: int, page: int) -> Word:
    left, top, width, height = (int(value) for value in row[6:10])
    return Word(
        text=row[11].strip(),
        box=Box(
            left=WHOLE * left // wide,
            top=WHOLE * top // high,
            width=max(1, WHOLE * width // wide),
            height=max(1, WHOLE * height // high),
        ),
        sure=min(100, max(0, round(float(row[10])))),
        page=page,
    )


def around(words: Sequence[Word]) -> Box:
    """The smallest place that holds them all; there is at least one."""
    left, top = min(one.box.left for one in words), min(one.box.top for one in words)
    right, bottom = max(one.box.right for one in words), max(one.box.bottom for one in words)
    return Box(left=left, top=top, width=right - left, height=bottom - top)


def text_of(lines: Sequence[Line]) -> str:
    return "\n".join(" ".join(word.text for word in line) for line in lines)


def windows(words: Sequence[Word], most: int) -> Iterator[Line]:
    """Neighbouring words, from the left, at each place the longest first."""
    for start in range(len(words)):
        for end in range(min(len(words), start + most), start, -1):
            yield tuple(words[start:end])
