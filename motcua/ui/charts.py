"""Biểu đồ: SVG drawn on the server; no script, prints, follows the theme by its classes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from motcua.ui.parts import BarChart, LineChart, Point
from motcua.ui.words import decimal

ROW = 34
BAR = 14
NAME_ROOM = 190
VALUE_ROOM = 70
BAR_WIDTH = 640


def draw_bars(chart: BarChart) -> SafeString:
    """Horizontal bars, longest scale 100 %; the name above on the left, the value after the bar."""
    highest = chart.highest or max((bar.value for bar in chart.bars), default=0) or 1
    room = BAR_WIDTH - NAME_ROOM - VALUE_ROOM
    pieces = []
    for row, bar in enumerate(chart.bars):
        top, width = row * ROW, max(2.0, room * min(bar.value / highest, 1))
        pieces.append(
            f'<text x="{NAME_ROOM - 10}" y="{top + 21}" text-anchor="end">{escape(_short(bar.label, 28))}</text>'
            f'<rect class="track" x="{NAME_ROOM}" y="{top + 10}" width="{room}" height="{BAR}" rx="4"/>'
            f'<rect class="bar bar--{bar.tone or "go"}" x="{NAME_ROOM}" y="{top + 10}" width="{width:.1f}" height="{BAR}" rx="4"/>'
            f'<text class="strong" x="{NAME_ROOM + room + 8}" y="{top + 21}">{escape(bar.text)}</text>'
        )
    height = max(1, len(chart.bars)) * ROW
    return _svg(chart.id, chart.title, BAR_WIDTH, height, "".join(pieces), _said(chart))


def draw_line(chart: LineChart, *, narrow: bool = False) -> SafeString:
    """The trend; `narrow` for phones: fewer labels and none outside the frame."""
    if not chart.points:
        return SafeString("")
    frame = _frame(chart, narrow=narrow)
    pieces = _grid(frame) + _names(chart.points, frame, 3 if narrow else 5)
    before = [(i, p.before) for i, p in enumerate(chart.points) if p.before is not None]
    if before:
        pieces += f'<path class="prev" d="{_path(before, frame)}"/>'
    now = [(i, p.value) for i, p in enumerate(chart.points)]
    line = _path(now, frame)
    pieces += f'<path class="area" d="{line}L{frame.x(len(now) - 1):.1f} {frame.bottom}L{frame.x(0):.1f} {frame.bottom}Z"/>'
    pieces += _target(chart, frame, narrow=narrow)
    pieces += f'<path class="line" d="{line}"/>' + _marks(chart.points, frame, narrow=narrow)
    first, last = chart.points[0], chart.points[-1]
    said = f"Từ {first.text} ({first.label}) đến {last.text} ({last.label})."
    suffix = "-narrow" if narrow else ""
    return _svg(chart.id + suffix, chart.title, frame.width, frame.height, pieces, said)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    low: float
    high: float
    count: int

    def x(self, index: int) -> float:
        return self.left + (self.right - self.left) * index / max(1, self.count - 1)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * (value - self.low) / (self.high - self.low)


def _frame(chart: LineChart, *, narrow: bool) -> _Frame:
    low, high = _range(chart)
    width, height = (340, 230) if narrow else (640, 230)
    return _Frame(
        width=width,
        height=height,
        left=40,
        right=width - (10 if narrow else 92),
        top=14,
        bottom=height - 26,
        low=low,
        high=high,
        count=len(chart.points),
    )


def _range(chart: LineChart) -> tuple[float, float]:
    """Whole steps around all values, so that the grid lines carry round numbers."""
    values = [p.value for p in chart.points] + [
        p.before for p in chart.points if p.before is not None
    ]
    if chart.target is not None:
        values.append(chart.target)
    low = min(values) if chart.low is None else chart.low
    high = max(values) if chart.high is None else chart.high
    step = _step(high - low)
    low = low if chart.low is not None else step * (low // step)
    high = high if chart.high is not None else step * -(-high // step)
    return low, high if high > low else low + step


def _step(span: float) -> float:
    for scale in (0.1, 1, 10, 100, 1_000, 10_000, 100_000):
        for step in (1, 2, 5):
            if span <= step * scale * 5:
                return step * scale
    return span / 5


def _grid(frame: _Frame) -> str:
    step, out, value = _step(frame.high - frame.low), "", frame.low
    while value <= frame.high + step / 100:
        y = frame.y(value)
        text = decimal(value, 0 if step >= 1 else 1)
        out += (
            f'<line class="grid" x1="{frame.left}" x2="{frame.right}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text x="{frame.left - 8}" y="{y + 4:.1f}" text-anchor="end">{text}</text>'
        )
        value += step
    return out


def _names(points: Sequence[Point], frame: _Frame, most: int) -> str:
    last = len(points) - 1
    chosen = sorted({round(i * last / max(1, most - 1)) for i in range(most)} if last else {0})
    return "".join(
        f'<text x="{frame.x(i):.1f}" y="{frame.height - 6}" text-anchor="{_anchor(i, last)}">{escape(points[i].label)}</text>'
        for i in chosen
    )


def _anchor(index: int, last: int) -> str:
    return "start" if index == 0 and last else "end" if index == last and last else "middle"


def _path(values: Sequence[tuple[int, float]], frame: _Frame) -> str:
    return "M" + "L".join(f"{frame.x(i):.1f} {frame.y(v):.1f}" for i, v in values)


def _target(chart: LineChart, frame: _Frame, *, narrow: bool) -> str:
    if chart.target is None:
        return ""
    y = frame.y(chart.target)
    where = (
        f'x="{frame.right}" y="{y - 6:.1f}" text-anchor="end"'
        if narrow
        else f'x="{frame.right + 10}" y="{y + 4:.1f}"'
    )
    return (
        f'<line class="target" x1="{frame.left}" x2="{frame.right}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f"<text {where}>{escape(chart.target_text)}</text>"
    )


def _marks(points: Sequence[Point], frame: _Frame, *, narrow: bool) -> str:
    out = ""
    for i, point in enumerate(points):
        if point.event:
            x, y = frame.x(i), frame.y(point.value)
            anchor = "end" if i > len(points) / 2 else "start"
            out += (
                f'<circle class="pt bad" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
                f'<text class="strong" x="{x:.1f}" y="{y + 20:.1f}" text-anchor="{anchor}">{escape(point.event)}</text>'
            )
    last = len(points) - 1
    x, y = frame.x(last), frame.y(points[last].value)
    where = (
        f'x="{x:.1f}" y="{y - 10:.1f}" text-anchor="end"'
        if narrow
        else f'x="{x + 10:.1f}" y="{y + 4:.1f}"'
    )
    return (
        out
        + f'<circle class="pt" cx="{x:.1f}" cy="{y:.1f}" r="5"/><text class="strong" {where}>{escape(points[last].text)}</text>'
    )


def _said(chart: BarChart) -> str:
    return "; ".join(f"{bar.label}: {bar.text}" for bar in chart.bars)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _svg(id: str, title: str, width: int, height: int, drawing: str, said: str) -> SafeString:
    return format_html(
        '<svg class="chart" viewBox="0 0 {w} {h}" role="img" aria-labelledby="{id}-t {id}-d">'
        '<title id="{id}-t">{title}</title><desc id="{id}-d">{said}</desc>{drawing}</svg>',
        w=width,
        h=height,
        id=id,
        title=title,
        said=said,
        drawing=SafeString(drawing),
    )
