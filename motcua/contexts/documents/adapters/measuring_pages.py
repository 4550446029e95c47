"""Đo trang: the lines of a PDF with typeface, size and place, read back from its own drawing."""

import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pypdf import PageObject, PdfReader

from motcua.contexts.documents.rules.layout import Line, Sheet

MM = 25.4 / 72


def measured(pdf: bytes) -> Sheet:
    """What is written on the pages of a paper that the typesetter made."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    first = pages[0].mediabox
    return Sheet(
        width=float(first.width) * MM,
        height=float(first.height) * MM,
        pages=len(pages),
        lines=tuple(line for number, page in enumerate(pages, 1) for line in _lines(page, number)),
    )


def _lines(page: PageObject, number: int) -> Iterator[Line]:
    found: list[Line] = []
    widths = {str(name): _widths(font) for name, font in _fonts(page).items()}
    ends: list[float] = []
    height = float(page.mediabox.height)

    def shown(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        reached = max(ends, default=0.0)
        ends.clear()
        if not text.strip() or font is None:
            return
        name = str(font["/BaseFont"]).partition("+")[2].removesuffix("-Identity-H")
        family, _dash, style = name.partition("-")
        x, y = cm[4] + tm[4] * cm[0], cm[5] + tm[5] * cm[3]
        found.append(
            Line(
                text=text.strip(),
                page=number,
                x=x * MM,
                y=(height - y) * MM,
                right=max(reached, x) * MM,
                size=abs(float(size) * tm[0] * cm[0]),
                family=family,
                bold="Bold" in style,
                italic="Italic" in style,
            )
        )

    page.extract_text(visitor_text=shown, visitor_operand_before=_ends_of(widths, ends))
    return iter(found)


def _ends_of(
    widths: Mapping[str, Callable[[int], float]], ends: list[float]
) -> Callable[[bytes, Any, list[float], list[float]], None]:
    """Where each piece of text that is drawn ends, in pt from the left."""
    font: dict[str, Any] = {"name": "", "size": 0.0}

    def drawn(operator: bytes, operands: Any, cm: list[float], tm: list[float]) -> None:
        if operator == b"Tf":
            font["name"], font["size"] = str(operands[0]), float(operands[1])
        width_of = widths.get(font["name"])
        if operator not in {b"Tj", b"TJ"} or width_of is None:  # inside a page laid onto this one
            return
        parts = operands[0] if operator == b"TJ" else [operands[0]]
        width = sum(_advance(part, width_of) for part in parts)
        ends.append(cm[4] + tm[4] * cm[0] + width * font["size"] * abs(cm[0]) / 1000)

    return drawn


def _advance(part: Any, width: Callable[[int], float]) -> float:
    """In thousandths of the size; numbers between pieces move backwards."""
    if isinstance(part, int | float):
        return -float(part)
    raw = part if isinstance(part, bytes) else part.original_bytes
    return sum(width(raw[at] * 256 + raw[at + 1]) for at in range(0, len(raw) - 1, 2))


def _fonts(page: PageObject) -> Mapping[str, Any]:
    resources: Any = page["/Resources"]
    found: Mapping[str, Any] = resources.get_object().get("/Font", {})
    return found


def _widths(font: Any) -> Callable[[int], float]:
    """Widths of a composite font, whose table holds runs: `first [w w …]` or `first last w`."""
    table: dict[int, float] = {}
    descendant = font.get_object()["/DescendantFonts"][0].get_object()
    runs = list(descendant.get("/W", []))
    while runs:
        first, second = int(runs.pop(0)), runs.pop(0)
        if isinstance(second, list):
            table |= {first + at: float(one) for at, one in enumerate(second)}
        else:
            each = float(runs.pop(0))
            table |= dict.fromkeys(range(first, int(second) + 1), each)
    usual = float(descendant.get("/DW", 1000))
    return lambda glyph: table.get(glyph, usual)
