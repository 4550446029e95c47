"""Biểu đồ: SVG drawn on the server; no script, prints, follows the theme by its classes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from motcua.ui.parts import BarChart, LineChart, Point
from motcua.ui.words import decimal

ROW = 42
BAR = 10
BAR_WIDTH = 320


def draw_bars(chart: BarChart) -> SafeString:
    """Horizontal bars: name and value above, the bar beneath; reads the same on a phone."""
    highest = chart.highest or max((bar.value for bar in chart.bars), default=0) or 1
    pieces = []
    for row, bar in enumerate(chart.bars):
        top, width = row * ROW, max(2.0, BAR_WIDTH * min(bar.value / highest, 1))
        pieces += [
            _text(0, top + 15, _short(bar.label, 36)),
            _text(BAR_WIDTH, top + 15, bar.text, css="strong", anchor="end"),
            _rect("track", top + 22, BAR_WIDTH),
            _rect(f"bar bar--{bar.tone or 'go'}", top + 22, width),
        ]
    height = max(1, len(chart.bars)) * ROW - 6
    return _svg(chart.id, chart.title, BAR_WIDTH, height, "".join(pieces), _said(chart), "--bars")


def draw_line(chart: LineChart, *, narrow: bool = False) -> SafeString:
    """The trend; `narrow` for phones: fewer labels and none outside the frame."""
    if not chart.points:
        return SafeString("")
    frame = _frame(chart, narrow=narrow)
    before = [(i, p.before) for i, p in enumerate(chart.points) if p.before is not None]
    line = _path([(i, p.value) for i, p in enumerate(chart.points)], frame)
    floor = f"L{frame.x(frame.count - 1):.1f} {frame.bottom}L{frame.x(0):.1f} {frame.bottom}Z"
    drawing = "".join(
        (
            _grid(frame),
            _names(chart.points, frame, 3 if narrow else 5),
            f'<path class="prev" d="{_path(before, frame)}"/>' if before else "",
            f'<path class="area" d="{line}{floor}"/>',
            _target(chart, frame, narrow=narrow),
            f'<path class="line" d="{line}"/>',
            _marks(chart.points, frame, narrow=narrow),
        )
    )
    first, last = chart.points[0], chart.points[-1]
    said = f"Từ {first.text} ({first.label}) đến {last.text} ({last.label})."
    name = chart.id + ("-narrow" if narrow else "")
    return _svg(name, chart.title, frame.width, frame.height, drawing, said)


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
        out += _rule("grid", frame, y)
        out += _text(frame.left - 8, y + 4, decimal(value, 0 if step >= 1 else 1), anchor="end")
        value += step
    return out


def _names(points: Sequence[Point], frame: _Frame, most: int) -> str:
    last = len(points) - 1
    chosen = sorted({round(i * last / max(1, most - 1)) for i in range(most)} if last else {0})
    return "".join(
        _text(frame.x(i), frame.height - 6, points[i].label, anchor=_anchor(i, last))
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
    if narrow:
        name = _text(frame.right, y - 6, chart.target_text, anchor="end")
    else:
        name = _text(frame.right + 10, y + 4, chart.target_text)
    return _rule("target", frame, y) + name


def _marks(points: Sequence[Point], frame: _Frame, *, narrow: bool) -> str:
    """A brick dot and its word at every event, and the last value at the end of the line."""
    out = ""
    for i, point in enumerate(points):
        if point.event:
            x, y = frame.x(i), frame.y(point.value)
            anchor = "end" if i > len(points) / 2 else "start"
            out += _dot(x, y, " bad") + _text(x, y + 20, point.event, css="strong", anchor=anchor)
    x, y, last = frame.x(frame.count - 1), frame.y(points[-1].value), points[-1].text
    if narrow:
        return out + _dot(x, y) + _text(x, y + 22, last, css="strong", anchor="end")
    return out + _dot(x, y) + _text(x + 10, y + 4, last, css="strong")


def _text(x: float, y: float, text: str, *, css: str = "", anchor: str = "start") -> str:
    kind = f' class="{css}"' if css else ""
    return f'<text{kind} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _rect(css: str, top: int, width: float) -> str:
    size = f'width="{width:.1f}" height="{BAR}"'
    return f'<rect class="{css}" x="0" y="{top}" {size} rx="4"/>'


def _rule(css: str, frame: _Frame, y: float) -> str:
    across = f'x1="{frame.left}" x2="{frame.right}"'
    return f'<line class="{css}" {across} y1="{y:.1f}" y2="{y:.1f}"/>'


def _dot(x: float, y: float, more: str = "") -> str:
    return f'<circle class="pt{more}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'


def _said(chart: BarChart) -> str:
    return "; ".join(f"{bar.label}: {bar.text}" for bar in chart.bars)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _svg(
    id: str, title: str, width: int, height: int, drawing: str, said: str, kind: str = ""
) -> SafeString:
    return format_html(
        '<svg class="chart{kind}" viewBox="0 0 {w} {h}" role="img" aria-labelledby="{id}-t {id}-d">'
        '<title id="{id}-t">{title}</title><desc id="{id}-d">{said}</desc>{drawing}</svg>',
        kind=f" chart{kind}" if kind else "",
        w=width,
        h=height,
        id=id,
        title=title,
        said=said,
        drawing=SafeString(drawing),
    )
