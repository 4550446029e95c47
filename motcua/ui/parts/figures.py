"""Số liệu: indicators, charts and drill tables."""

from dataclasses import dataclass

from motcua.ui.parts.small import Chip, Empty, Export, Pager, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """change: «1,1 điểm so với kỳ trước»; better: whether it is good news; rising: its arrow."""

    label: str
    value: str
    unit: str = ""
    note: str = ""
    change: str = ""
    rising: bool = False
    better: bool = True
    bad: bool = False
    lead: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """text: the value as it is read, «96,4%»."""

    label: str
    value: float
    text: str
    url: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """title states the finding. highest: the full width; 0 takes the largest bar."""

    title: str
    bars: tuple[Bar, ...]
    label_head: str
    value_head: str
    highest: float = 0
    note: str = ""
    id: str = "bars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    label: str
    value: float
    text: str
    before: float | None = None
    before_text: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """before: the same days of the earlier period, drawn thin. event: a word at a marked point."""

    title: str
    points: tuple[Point, ...]
    label_head: str
    value_head: str
    before_head: str = ""
    target: float | None = None
    target_text: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""
    id: str = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a drill table. number: right-aligned tabular digits.

    language: of the text, where the page speaks another.
    """

    text: str
    language: str = ""
    url: str = ""
    number: bool = False
    chip: Chip | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A drill table. heads: (title, is a number); total: the last row, the sum of the others."""

    caption: str
    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    caption_shown: bool = False
    export: Export | None = None
    pager: Pager | None = None
    empty: Empty | None = None
