"""Kiểm thể thức: what stands on a page against Decree 30/2020, component by component.

Pure: `adapters/measuring_pages.py` brings the lines of a PDF with their typefaces and places, the
numbers are data (`layout.toml`). Where a paper is made otherwise on purpose, the data say why; a
reason that nothing needs any more is a fault too.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from motcua.contexts.documents.contracts.layout import Finding, Meant, Outcome

DATA = Path(__file__).parent.parent / "layout.toml"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
SIGNED = "Đã ký số"
RECIPIENTS = "Nơi nhận:"
DATED = re.compile(r"ngày \d\d tháng \d\d? năm \d{4}$")
EDGE, HALF_POINT = 0.7, 0.26  # mm and pt by which a measure may miss
MARGIN_NAMES = {
    "LE_TREN": "Lề trên",
    "LE_DUOI": "Lề dưới",
    "LE_TRAI": "Lề trái",
    "LE_PHAI": "Lề phải",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words of one typeface. x, y: of the start of the baseline, in mm from the upper left."""

    text: str
    page: int
    x: float
    y: float
    right: float
    size: float
    family: str
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A measured paper. width, height: of its first page, in mm."""

    width: float
    height: float
    pages: int
    lines: tuple[Line, ...]

    def of(self, page: int) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.page == page)


@dataclass(frozen=True, slots=True)
class Box:
    """In mm from the upper left of its page."""

    page: int
    left: float
    top: float
    size: float


@cache
def rules() -> Mapping[str, Any]:
    found: dict[str, Any] = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return found


def judge(sheet: Sheet, meant: Meant) -> tuple[Finding, ...]:
    """Every component of this paper, in the order of the decree."""
    why = _reasons(meant.name)
    found = [*_page(sheet), *_components(sheet, meant), *_signature(sheet, meant)]
    return tuple(_excused(one, why) for one in found)


def place_of_seal(sheet: Sheet) -> Box | None:
    """Over the left third of the last signature that is seen; None where none is."""
    mark = _mark_of(sheet)
    if mark is None:
        return None
    seal = rules()["seal"]
    size, shares = float(seal["diameter"]), seal["over"]
    left, right = _mark_edges(sheet, mark)
    over = (right - left) * (shares[0] + shares[1]) / 2
    return Box(mark.page, left + over - size, mark.y - size / 2, size)


def _mark_of(sheet: Sheet) -> Line | None:
    return next((line for line in reversed(sheet.lines) if line.text == SIGNED), None)


def _mark_edges(sheet: Sheet, mark: Line) -> tuple[float, float]:
    """Of the words of the signature: the mark and the moment under it."""
    near = [
        line
        for line in sheet.of(mark.page)
        if 0 <= line.y - mark.y < 6 and abs(line.size - mark.size) < HALF_POINT and line.x > 70
    ]
    return min(line.x for line in near), max(line.right for line in near)


def _excused(found: Finding, why: Mapping[str, str]) -> Finding:
    reason = why.get(found.part, "")
    if not reason or found.outcome is Outcome.ABSENT:
        return found
    if found.outcome is Outcome.HOLDS:
        return _with(found, Outcome.FAULT, f"{found.said}; đúng rồi, bỏ lý do khác trong dữ liệu")
    return _with(found, Outcome.DIFFERS, f"{found.said}; {reason}")


def _with(found: Finding, outcome: Outcome, said: str) -> Finding:
    return Finding(
        part=found.part, name=found.name, outcome=outcome, said=said, verified=found.verified
    )


def _reasons(template: str) -> dict[str, str]:
    return {
        part: entry["why"]
        for entry in rules()["differs"]
        if {"*", template} & set(entry["templates"])
        for part in entry["parts"]
    }


# ── the page ─────────────────────────────────────────────────────────────────────────────────────


def _page(sheet: Sheet) -> Iterator[Finding]:
    rule = rules()["page"]
    paper, size = rule["paper"], [round(sheet.width), round(sheet.height)]
    said = f"{size[0]} × {size[1]} mm"
    yield _found("KHO_GIAY", "Khổ giấy", size == paper, said)
    for part, at in _margins(sheet).items():
        low, high = _range(rule[_SIDES[part]])
        open_end = part == "LE_DUOI" and sheet.pages == 1  # a short letter ends where it ends
        fits = low - EDGE <= at and (open_end or at <= high + EDGE)
        yield _found(part, MARGIN_NAMES[part], fits, f"{at:.1f} mm, quy định {low:g} đến {high:g}")
    families = Counter(line.family for line in sheet.lines)
    official = rule["families"]
    strange = sorted(set(families) - set(official))
    most = families.most_common(1)[0][0]
    yield _found("PHONG_CHU", "Phông chữ", most == official[0], most)
    yield _found("PHONG_LA", "Không có phông khác", not strange, ", ".join(strange))


_SIDES = {"LE_TREN": "top", "LE_DUOI": "bottom", "LE_TRAI": "left", "LE_PHAI": "right"}


def _margins(sheet: Sheet) -> dict[str, float]:
    """Where words begin and end; the page number stands in the margin."""
    inside = [line for line in sheet.lines if not _is_page_number(line, sheet)]
    first = [line for line in inside if line.page == 1]
    return {
        "LE_TREN": min(line.y - cap_height(line.size) for line in first),
        "LE_DUOI": sheet.height - max(line.y for line in inside),
        "LE_TRAI": min(line.x for line in inside),
        "LE_PHAI": sheet.width - max(line.right for line in inside),
    }


def cap_height(size: float) -> float:
    """Of capitals of this size, in mm."""
    return size * 0.66 * 25.4 / 72


def _is_page_number(line: Line, sheet: Sheet) -> bool:
    middle = abs((line.x + line.right) / 2 - sheet.width / 2) < 12
    return line.text.isdigit() and line.y < 20 and middle


# ── the components ───────────────────────────────────────────────────────────────────────────────


def _components(sheet: Sheet, meant: Meant) -> Iterator[Finding]:
    first = sheet.of(1)
    number = next((line for line in first if line.text.startswith("Số:")), None)
    above, own = _agencies(first, number, sheet, meant)
    yield _typeset("QUOC_HIEU", [line for line in first if line.text == NATION])
    yield _typeset("TIEU_NGU", [line for line in first if line.text == MOTTO])
    yield _typeset("CO_QUAN_TREN", above, wanted=bool(meant.superior))
    yield _typeset("CO_QUAN", own)
    yield _typeset("SO_KY_HIEU", [number] if number else [])
    yield _typeset("DIA_DANH", [line for line in first if DATED.search(line.text)][:1])
    yield _typeset("TEN_LOAI", _said_by(first, meant.title))
    yield _typeset("TRICH_YEU", _said_by(first, meant.about), wanted=bool(meant.about))
    yield _content(sheet, meant)
    last = [line for line in sheet.lines if line.x > sheet.width / 2 - 10]
    asked = bool(meant.signer)
    yield _typeset("CHUC_VU", _said_by(last, meant.position.upper()), wanted=asked)
    yield _typeset("HO_TEN", [line for line in last if line.text == meant.signer], wanted=asked)
    yield from _recipients(sheet)
    numbers = [line for line in sheet.lines if _is_page_number(line, sheet)]
    ones = [line for line in numbers if line.page == 1]
    yield _typeset("SO_TRANG", ones or numbers, wanted=sheet.pages > 1, wrong=bool(ones))


def _agencies(
    first: Sequence[Line], number: Line | None, sheet: Sheet, meant: Meant
) -> tuple[list[Line], list[Line]]:
    """The body above, then the one that issues: their names may share words."""
    ends = number.y if number else sheet.height / 2
    left = [line for line in first if line.y < ends and line.x < sheet.width / 2 - 5]
    own = _said_by(left, (meant.superior + meant.agency).upper())
    above: list[Line] = []
    said, whole = "", _bare(meant.superior.upper())
    while own and whole.startswith(said + _bare(own[0].text)):
        said += _bare(own[0].text)
        above.append(own.pop(0))
    return above, own


def _said_by(lines: Iterable[Line], words: str) -> list[Line]:
    """Those whose words are part of what is meant; a long name stands on several lines."""
    whole = _bare(words)
    return [line for line in lines if len(line.text) > 3 and _bare(line.text) in whole]


def _bare(words: str) -> str:
    return re.sub(r"[\s\u200b]+", "", words)


def _content(sheet: Sheet, meant: Meant) -> Finding:
    """The size in which most of it is set; tables have a size of their own."""
    titles = _said_by(sheet.of(1), meant.title)
    begins = max((line.y for line in titles), default=0)
    ends = next((line for line in sheet.lines if line.text.startswith("Nơ")), None)
    sizes: Counter[float] = Counter()
    for line in sheet.lines:
        after = line.page > 1 or line.y > begins
        before = ends is None or (line.page, line.y) < (ends.page, ends.y)
        if after and before and not _is_page_number(line, sheet):
            sizes[round(line.size, 1)] += len(line.text)
    rule = _rule("NOI_DUNG")
    low, high = _range(rule["sizes"])
    most = sizes.most_common(1)[0][0] if sizes else 0.0
    fits = low <= most <= high
    others = ", ".join(f"{size:g}" for size in sorted(sizes) if size != most)
    said = f"cỡ {most:g}" + (f" (có cả {others})" if others else "")
    return _found("NOI_DUNG", str(rule["name"]), fits, said, bool(rule["verified"]))


def _recipients(sheet: Sheet) -> Iterator[Finding]:
    """«Nơi nhận» comes in pieces: a typeface without a letter of it borrows one."""
    slanted = [line for line in sheet.lines if line.bold and line.italic]
    head = [line for line in slanted if _bare(line.text) in _bare(RECIPIENTS)]
    left = [line for line in sheet.lines if line.x < sheet.width / 2]
    listed = [line for line in left if line.text.startswith("- ")]
    wanted = bool(head or listed)
    yield _typeset("NOI_NHAN", head, wanted=wanted)
    yield _typeset("DANH_SACH", listed, wanted=wanted)


def _typeset(
    part: str, lines: Sequence[Line], *, wanted: bool = True, wrong: bool = False
) -> Finding:
    """Size, weight, slope and capitals of a component. wrong: it stands where it must not."""
    rule = _rule(part)
    name, verified = str(rule["name"]), bool(rule["verified"])
    if not lines:
        outcome = Outcome.FAULT if wanted else Outcome.ABSENT
        said = "không thấy trên trang" if wanted else ""
        return Finding(part=part, name=name, outcome=outcome, said=said, verified=verified)
    faults = {fault for line in lines for fault in _faults(line, rule)}
    if wrong:
        faults.add("đứng sai chỗ")
    said = ", ".join([_as_set(lines[0]), *sorted(faults)])
    return _found(part, name, not faults, said, verified)


def _faults(line: Line, rule: Mapping[str, Any]) -> Iterator[str]:
    low, high = _range(rule["sizes"])
    if not low - HALF_POINT <= line.size <= high + HALF_POINT:
        yield f"quy định cỡ {low:g} đến {high:g}"
    if rule.get("bold", line.bold) != line.bold:
        yield "quy định đậm" if rule["bold"] else "quy định không đậm"
    if rule.get("italic", line.italic) != line.italic:
        yield "quy định nghiêng" if rule["italic"] else "quy định đứng"
    if "upper" in rule and (line.text == line.text.upper()) != rule["upper"]:
        yield "quy định in hoa" if rule["upper"] else "quy định in thường"


def _as_set(line: Line) -> str:
    weight = "đậm" if line.bold else "thường"
    return f"cỡ {line.size:g} {weight} {'nghiêng' if line.italic else 'đứng'}"


# ── signature and seal ───────────────────────────────────────────────────────────────────────────


def _signature(sheet: Sheet, meant: Meant) -> Iterator[Finding]:
    """Between position and name, in the right half; the seal in its size on its left."""
    box, mark = place_of_seal(sheet), _mark_of(sheet)
    if not meant.signer or box is None or mark is None:
        yield Finding(part="CHU_KY", name="Chữ ký số", outcome=Outcome.ABSENT, said="")
        yield Finding(part="DAU", name="Dấu của cơ quan", outcome=Outcome.ABSENT, said="")
        return
    here = [line for line in sheet.of(mark.page) if line.x > sheet.width / 2 - 10]
    above = max((line.y for line in _said_by(here, meant.position.upper())), default=1e9)
    below = max((line.y for line in here if line.text == meant.signer), default=0.0)
    between = above < mark.y < below and mark.x > sheet.width / 2 - 10
    yield _found("CHU_KY", "Chữ ký số", between, "giữa chức vụ và họ tên")
    yield _seal(sheet, mark, box)


def _seal(sheet: Sheet, mark: Line, box: Box) -> Finding:
    rule = rules()["seal"]
    left, right = _mark_edges(sheet, mark)
    share = (box.left + box.size - left) / (right - left)
    low, high = _range(rule["over"])
    inside = box.left >= 0 and box.top >= 0 and box.top + box.size <= sheet.height
    said = f"{box.size:g} mm, trùm {share:.0%} chữ ký về bên trái"
    return _found(
        "DAU", "Dấu của cơ quan", inside and low <= share <= high, said, bool(rule["verified"])
    )


def _found(part: str, name: str, fits: bool, said: str, verified: bool = True) -> Finding:
    outcome = Outcome.HOLDS if fits else Outcome.FAULT
    return Finding(part=part, name=name, outcome=outcome, said=said, verified=verified)


def _rule(part: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = rules()["component"][part]
    return found


def _range(value: Sequence[float]) -> tuple[float, float]:
    return float(value[0]), float(value[1])
