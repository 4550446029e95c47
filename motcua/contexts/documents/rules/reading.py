"""Đọc giấy: from words with their places to proposals for the fields of a kind of paper.

Pure and plain: a label leads to the value behind it, in the same line, to the right of it, or
beneath it. What is found is proposed with its place; nothing here decides anything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from motcua.contexts.documents.rules.paper_kinds import PaperField, PaperKind
from motcua.contexts.documents.rules.values import EDGES, ValueKind, is_well_made, said
from motcua.contexts.documents.rules.words import Box, Line, Word, around, windows
from motcua.kernel.text import fold, is_one_slip

LONG_WORD, LONG_LABEL = 4, 4  # letters; words
DOUBTED = 40  # as sure as anything can be that breaks the rule of its kind
NEXT_LINE = 2.2  # a value stands beneath its label within so many heights of it
MOST_WORDS = {ValueKind.DATE: 8, ValueKind.PERSONAL_NUMBER: 5, ValueKind.NUMBER: 2,
              ValueKind.SEX: 3, ValueKind.CODE: 6}  # fmt: skip
FREE = frozenset({ValueKind.TEXT, ValueKind.NAME})
FEWEST = 2  # words of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """value: in its one form. sure: 0 to 100. doubtful: it breaks the rule of its kind."""

    key: str
    value: str
    sure: int
    page: int
    box: Box
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Label:
    """Words of one label, from `start` to before `end` in its line."""

    field: str
    start: int
    end: int


def proposals(kind: PaperKind, lines: Sequence[Line], *, today: date) -> tuple[Proposal, ...]:
    """One for each field that was found, in the order of the kind."""
    labelled = [(line, _labels(kind, line)) for line in lines]
    found = (_found(field, labelled, today) for field in kind.fields)
    return tuple(one for one in found if one is not None)


def _found(
    field: PaperField, labelled: Sequence[tuple[Line, tuple[_Label, ...]]], today: date
) -> Proposal | None:
    for at, (_line, labels) in enumerate(labelled):
        for label in labels:
            if label.field == field.key:
                read = _behind(field, label, at, labelled, today)
                if read:
                    return read
    if field.anywhere:
        lines = (line for line, _labels in labelled)
        return next(filter(None, (_exact(field, line, today) for line in lines)), None)
    return None


def _behind(
    field: PaperField,
    label: _Label,
    at: int,
    labelled: Sequence[tuple[Line, tuple[_Label, ...]]],
    today: date,
) -> Proposal | None:
    line, labels = labelled[at]
    rest = _after_colon(line[label.end :], line[label.end - 1])
    until = min((one.start for one in labels if one.start >= label.end), default=len(line))
    rest = rest[: max(0, until - (len(line) - len(rest)))]
    place = around(line[label.start : label.end])
    for words in (rest, *_elsewhere(place, at, labelled)):
        words = _with_more_lines(field, words, at, labelled) if words is rest else words
        read = _read(field, words, today)
        if read:
            return read
    return None


def _after_colon(rest: Line, last: Word) -> Line:
    """Behind «Họ và tên / Full name:» comes the value, wherever the colon stands."""
    if last.text.endswith(":"):
        return rest
    for at, word in enumerate(rest[:6]):
        if word.text.endswith(":"):
            return rest[at + 1 :]
    return rest


def _elsewhere(
    place: Box, at: int, labelled: Sequence[tuple[Line, tuple[_Label, ...]]]
) -> Iterator[Line]:
    """Lines to the right of the label, then those right beneath it, without their own labels."""
    page = labelled[at][0][0].page
    others = [
        (around(line), line[: labels[0].start] if labels else line)
        for n, (line, labels) in enumerate(labelled)
        if n != at and line[0].page == page
    ]
    for box, words in others:
        if box.left >= place.right and place.top <= box.middle <= place.bottom:
            yield words
    for box, words in others:
        gap = box.top - place.bottom
        if -place.height / 2 <= gap <= NEXT_LINE * place.height and box.right > place.left:
            yield words


def _with_more_lines(
    field: PaperField,
    words: Line,
    at: int,
    labelled: Sequence[tuple[Line, tuple[_Label, ...]]],
) -> Line:
    """A long value goes on in the next line, until a label stands there."""
    for line, labels in labelled[at + 1 : at + field.lines]:
        if not words or labels or line[0].page != words[0].page:
            break
        words = (*words, *line)
    return words


def _read(field: PaperField, words: Line, today: date) -> Proposal | None:
    if not words:
        return None
    if field.kind not in FREE:
        return _exact(field, words, today)
    if field.kind is ValueKind.NAME:
        words = _like_a_name(words)
    value = said(field.kind, " ".join(word.text for word in words)) if words else None
    if not value or (field.kind is ValueKind.NAME and len(value.split()) < FEWEST):
        return None
    return _proposal(field, value, words, today)


def _like_a_name(words: Line) -> Line:
    """Up to the first word with a digit, or behind which a sentence ends."""
    for at, word in enumerate(words):
        if any(letter.isdigit() for letter in word.text):
            return words[:at]
        if word.text[-1] in ",;":
            return words[: at + 1]
    return words


def _exact(field: PaperField, words: Line, today: date) -> Proposal | None:
    """The fewest words that say such a value, of those that say it first."""
    most = MOST_WORDS[field.kind]
    for window in windows(words, most):
        value = said(field.kind, _joined(window), pattern=field.pattern)
        if value:
            tight = window
            while len(tight) > 1 and value == _said_by(field, tight[:-1]):
                tight = tight[:-1]
            while len(tight) > 1 and value == _said_by(field, tight[1:]):
                tight = tight[1:]
            return _proposal(field, value, tight, today)
    return None


def _said_by(field: PaperField, words: Line) -> str | None:
    return said(field.kind, _joined(words), pattern=field.pattern)


def _joined(words: Line) -> str:
    return " ".join(word.text for word in words)


def _proposal(field: PaperField, value: str, words: Line, today: date) -> Proposal:
    sure = sum(word.sure for word in words) // len(words)
    doubtful = field.kind is ValueKind.PERSONAL_NUMBER and not is_well_made(value, today=today)
    return Proposal(
        key=field.key,
        value=value,
        sure=min(sure, DOUBTED) if doubtful else sure,
        page=words[0].page,
        box=around(words),
        doubtful=doubtful,
    )


def _labels(kind: PaperKind, line: Line) -> tuple[_Label, ...]:
    """Labels in a line from the left, the longest first, none inside another."""
    plain = tuple(_plain(word.text) for word in line)
    found: list[_Label] = []
    at = 0
    while at < len(plain):
        label = next((one for one in _known(kind) if _stands(one[1], plain[at:])), None)
        if label is None:
            at += 1
            continue
        found.append(_Label(label[0], at, at + len(label[1])))
        at += len(label[1])
    return tuple(found)


@cache
def _known(kind: PaperKind) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every label with its field, the longest first; «» for words where a value only stops."""
    told = [(one.key, label) for one in kind.fields for label in one.after]
    told += [("", label) for label in kind.stops]
    split = [(key, tuple(_plain(word) for word in label.split())) for key, label in told]
    return tuple(sorted(split, key=lambda one: -len(one[1])))


def _plain(word: str) -> str:
    return fold(word).strip(EDGES)


def _stands(label: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """A word may have one letter wrong; a short one only within a long label."""
    may_slip = 0 if len(label) >= LONG_LABEL else LONG_WORD
    return len(words) >= len(label) and all(
        a == b or (len(a) >= may_slip and is_one_slip(a, b))
        for a, b in zip(label, words, strict=False)
    )
