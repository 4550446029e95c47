"""Chữ in trên mẫu: from typed values to the exact words on paper."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial

from motcua.contexts.documents.contracts.official import (
    Form,
    Form01,
    Form02,
    Form07,
    FormPhase,
    PaperLine,
    RegisterLine,
)
from motcua.kernel.clock import city_time
from motcua.kernel.text import nfc

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
PROMISES = ("due_at", "original_due_at", "new_due_at")
PHASES = {
    FormPhase.INTAKE: "Trước khi tiếp nhận, chưa tính thời hạn",
    FormPhase.PROCESSING: "Đang giải quyết, tạm dừng tính thời hạn từ lúc yêu cầu",
}
LONGEST_WORD = 30  # letters without a blank; longer than any code or word of the language
SYLLABLE = 6  # where a longer one may be broken, so that it fits the narrowest column
BREAK = "\u200b"  # zero width: lets a line end there, prints nothing
LONG_GAP = 900  # letters; a longer item may break over two pages

Displayable = Callable[[str], bool]


def short_date(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def long_date(on: date) -> str:
    """«ngày 05 tháng 02 năm 2026»: a leading nought for days under 10 and months 1, 2."""
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def moment(at: datetime) -> str:
    return f"{city_time(at):%H:%M ngày %d/%m/%Y}"


def promise(at: datetime) -> str:
    """«16:30, thứ Tư 02/12/2026»: a day people plan by has its weekday."""
    local = city_time(at)
    return f"{local:%H:%M}, {WEEKDAYS[local.weekday()]} {local:%d/%m/%Y}"


def size_in_words(size: int) -> str:
    """Bytes as people read them, with the Vietnamese decimal comma."""
    if size < 1024:
        return f"{size} byte"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",")


def paper_detail(paper: PaperLine) -> str:
    parts = []
    if paper.pages:
        parts.append(f"{paper.pages} trang")
    if paper.size is not None:
        parts.append(size_in_words(paper.size))
    if paper.short_hash:
        parts.append(f"SHA-256 {paper.short_hash}…")
    return " · ".join(parts)


def printable(text: str, displayable: Displayable) -> str:
    """The same text, safe to set: composed, no control or direction marks, breakable, and what no
    typeface shows written as its code point so that nothing disappears unseen.
    """
    shown = "".join(
        char if char == "\n" or displayable(char) else f"[U+{ord(char):04X}]"
        for char in nfc(text).replace("\t", " ").replace("\r", "")
    )
    return "".join(_breakable(word) for word in _words(shown))


def _words(text: str) -> list[str]:
    words, word = [], ""
    for char in text:
        if char in " \n":
            words += [word, char]
            word = ""
        else:
            word += char
    return [*words, word]


def _breakable(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return BREAK.join(word[at : at + SYLLABLE] for at in range(0, len(word), SYLLABLE))


def plain(value: object, displayable: Displayable) -> object:
    """Anything a template may get, as JSON values; dates in words, text printable."""
    again = partial(plain, displayable=displayable)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, Mapping):
        return {str(key): again(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [again(inner) for inner in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: again(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return printable(str(value), displayable)


def form_values(form: Form, displayable: Displayable) -> dict[str, object]:
    """What the template of this form reads."""
    values = plain(form, displayable)
    assert isinstance(values, dict)
    values["title"] = form.title
    values |= {name: promise(at) for name in PROMISES if (at := getattr(form, name, None))}
    values["letterhead"] |= {"on": long_date(form.letterhead.on)}
    return values | _own_values(form, displayable)


def _own_values(form: Form, displayable: Displayable) -> dict[str, object]:
    lines = partial(plain, displayable=displayable)
    if isinstance(form, Form01):
        return {"papers": [_paper(paper, lines) for paper in form.papers]}
    if isinstance(form, Form02):
        gaps = [_item(gap, lines) for gap in form.gaps]
        for gap in gaps:
            gap["long"] = len(str(gap["why"])) + len(str(gap["how"])) > LONG_GAP
        return {"phase": PHASES[form.phase], "gaps": gaps}
    if isinstance(form, Form07):
        return {"lines": [_line(line, lines) for line in form.lines]}
    return {}


def _item(value: object, lines: Callable[[object], object]) -> dict[str, object]:
    item = lines(value)
    assert isinstance(item, dict)
    return item


def _paper(paper: PaperLine, lines: Callable[[object], object]) -> dict[str, object]:
    return _item(paper, lines) | {"detail": paper_detail(paper)}


def _line(line: RegisterLine, lines: Callable[[object], object]) -> dict[str, object]:
    ended = [f"Xong {moment(line.finished_at)}"] if line.finished_at else []
    if line.returned_at:
        ended.append(f"Trả {moment(line.returned_at)}")
    return _item(line, lines) | {"ended": "\n".join(ended)}
