"""Mô hình trang điều hành: indicators, trend, fields, units."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from motcua.contexts.dossiers.contracts import Board, Bucket, Figures
from motcua.contexts.organisations import public as organisations
from motcua.portals.lead import saying
from motcua.portals.lead.asking import PERIODS, Asked
from motcua.portals.lead.saying import Sentence, late_share, percent
from motcua.ui import dates
from motcua.ui.parts import (
    Bar,
    BarChart,
    Cell,
    Crumb,
    Empty,
    Export,
    FieldError,
    Kpi,
    LineChart,
    Point,
    Table,
    Tone,
)
from motcua.ui.words import NBSP, count, decimal

SHOWN_UNITS = 15
SHOWN_FIELDS = 10
YEAR = 12
SORTS: Mapping[str, tuple[str, Callable[[Figures], float]]] = {
    "tre": ("Tỷ lệ trễ", saying.telling_share),
    "qua-han": ("Đang quá hạn", lambda part: part.counts[Bucket.OVERDUE]),
    "cho": ("Chưa tiếp nhận", lambda part: part.counts[Bucket.LATE_RECEPTION]),
    "xong": ("Số hồ sơ", lambda part: part.counts[Bucket.DONE]),
}  # fmt: skip
COLUMNS = (
    ("Tiếp nhận", Bucket.RECEIVED),
    ("Đang giải quyết", Bucket.IN_PROCESS),
    ("Quá hạn", Bucket.OVERDUE),
    ("Dừng đồng hồ", Bucket.PAUSED),
    ("Chờ tiếp nhận", Bucket.WAITING_RECEPTION),
    ("Đúng hạn", Bucket.ON_TIME),
    ("Trễ hạn", Bucket.LATE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrowRow:
    """A line of a table where the table itself does not fit: only what is not nothing."""

    name: Cell
    parts: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """sorts, fields: empty where the table is of fields."""

    title: str
    crumbs: tuple[Crumb, ...]
    periods: tuple[Choice, ...]
    geographies: tuple[Choice, ...]
    kpis: tuple[Kpi, ...]
    sentences: tuple[Sentence, ...]
    trend: LineChart
    bars: BarChart
    table_title: str
    table: Table
    rows: tuple[NarrowRow, ...]
    fields: Table | None
    field_rows: tuple[NarrowRow, ...]
    sorts: tuple[Choice, ...]
    more: Choice | None
    as_of: str
    errors: tuple[FieldError, ...] = ()


def board_page(
    board: Board, asked: Asked, *, sort: str, every: bool, today: date, leads_city: bool
) -> BoardPage:
    names = saying.field_names(today)
    sentences = saying.attention(board, asked, names)
    of_units = asked.unit is None
    fields = field_table(board, asked, names)
    table = unit_table(board, asked, sort=sort, every=every) if of_units else fields
    return BoardPage(
        title=title_of(sentences),
        crumbs=crumbs_of(asked, leads_city=leads_city),
        periods=periods_of(asked),
        geographies=geographies_of(asked),
        kpis=tuple(kpis(board, asked)),
        sentences=sentences,
        trend=trend(board),
        bars=bars(board, asked, names),
        table_title="Theo đơn vị" if of_units else "Theo lĩnh vực",
        table=table,
        rows=narrow_rows(table),
        fields=replace(fields, export=None) if of_units else None,
        field_rows=narrow_rows(fields) if of_units else (),
        sorts=sorts_of(asked, sort) if of_units else (),
        more=_more(board, asked, sort) if of_units and not every else None,
        as_of=dates.moment(board.as_of),
    )


def title_of(sentences: Sequence[Sentence]) -> str:
    if not sentences:
        return "Không có việc nào vượt ngưỡng chú ý"
    return f"Có {len(sentences)} việc cần chú ý"


def crumbs_of(asked: Asked, *, leads_city: bool) -> tuple[Crumb, ...]:
    city = Asked(months=asked.months, as_was=asked.as_was).board_url() if leads_city else ""
    if asked.unit is None:
        return (Crumb(label="Toàn thành phố"),)
    return (Crumb(label="Toàn thành phố", url=city), Crumb(label=asked.unit.name))


def geographies_of(asked: Asked) -> tuple[Choice, ...]:
    """Units that are no more under who took over, or under their own names; the sums are equal."""
    return tuple(
        Choice(
            label=label,
            url=f"{replace(asked, as_was=as_was).board_url()}#don-vi",
            current=asked.as_was is as_was,
        )
        for label, as_was in (("Địa giới nay", False), ("Lúc đó", True))
    )


def periods_of(asked: Asked) -> tuple[Choice, ...]:
    return tuple(
        Choice(label=label, url=asked.board_url(months), current=months == asked.months)
        for months, label in PERIODS.items()
    )


def kpis(board: Board, asked: Asked) -> Iterator[Kpi]:
    counts, period = board.whole.counts, PERIODS[asked.months].lower()
    yield _on_time(board, asked, period)
    for label, bucket, among, of in (
        ("Đang quá hạn", Bucket.OVERDUE, "đang giải quyết", Bucket.IN_PROCESS),
        ("Chưa tiếp nhận quá 1 ngày", Bucket.LATE_RECEPTION, "chờ", Bucket.WAITING_RECEPTION),
    ):
        yield Kpi(
            label=label,
            value=count(counts[bucket]),
            note=f"trong {count(counts[of])} hồ sơ {among}",
            bad=counts[bucket] > 0,
            url=asked.list_url(bucket),
        )
    yield Kpi(
        label=f"Tiếp nhận, {period}",
        value=count(counts[Bucket.RECEIVED]),
        note=f"đang giải quyết {count(counts[Bucket.IN_PROCESS])}",
        url=asked.list_url(Bucket.RECEIVED),
    )
    yield Kpi(
        label="Người dân chấm điểm",
        value=decimal(board.stars) if board.stars is not None else "–",
        unit="/5" if board.stars is not None else "",
        note=f"{count(board.rated)} lượt, {period}. {_reviews(board)}",
    )


def _reviews(board: Board) -> str:
    return f"Đề nghị xem lại: {count(board.reviews)}, người dân đúng: {count(board.upheld)}"


def _on_time(board: Board, asked: Asked, period: str) -> Kpi:
    share, before = board.whole.on_time_share, _before(board, asked.months)
    points = round((share - before) * 100, 1) if share is not None and before is not None else 0.0
    return Kpi(
        label=f"Giải quyết đúng hạn, {period}",
        value=decimal(share * 100) if share is not None else "–",
        unit="%" if share is not None else "",
        change=f"{decimal(abs(points))} điểm" if points else "",
        rising=points > 0,
        better=points > 0,
        note="so với kỳ trước"
        if points
        else f"{count(board.whole.counts[Bucket.DONE])} hồ sơ xong",
        lead=True,
        url=asked.list_url(Bucket.DONE),
    )


def _before(board: Board, months: int) -> float | None:
    """The share of the period before, of the same length."""
    earlier = board.months[-2 * months : -months]
    done = sum(on_time + late for _month, on_time, late in earlier)
    return sum(on_time for _month, on_time, _late in earlier) / done if done else None


def trend(board: Board) -> LineChart:
    """Twelve months, and thinly the same months a year earlier."""
    last, earlier = board.months[-YEAR:], board.months[-2 * YEAR : -YEAR]
    points = tuple(
        Point(
            label=f"{month[5:]}/{month[:4]}",
            value=round(share * 100, 2),
            text=percent(share),
            before=round(past * 100, 2) if (past := _share(then)) is not None else None,
            before_text=percent(past) if past is not None else "",
        )
        for (month, on_time, late), then in zip(last, earlier, strict=True)
        if (share := _share((month, on_time, late))) is not None
    )
    return LineChart(
        title=_trend_title(points),
        points=points,
        label_head="Tháng",
        value_head="Đúng hạn",
        before_head="Cùng tháng năm trước" if any(p.before is not None for p in points) else "",
        high=100,
        note="Đường mảnh là cùng tháng năm trước."
        if any(p.before is not None for p in points)
        else "",
        id="trend",
    )


def _share(month: tuple[str, int, int]) -> float | None:
    _name, on_time, late = month
    return on_time / (on_time + late) if on_time + late else None


def _trend_title(points: Sequence[Point]) -> str:
    if len(points) < 2:
        return "Đúng hạn theo tháng"
    change = points[-1].value - points[-2].value
    if abs(change) < 0.1:
        return "Đúng hạn không đổi so với tháng trước"
    word = "tăng" if change > 0 else "giảm"
    return f"Đúng hạn {word} {decimal(abs(change))} điểm so với tháng trước"


def bars(board: Board, asked: Asked, names: Mapping[str, str]) -> BarChart:
    """Fields by their share of late results."""
    found = saying.telling(board.by_field)[:SHOWN_FIELDS]
    worst = names.get(found[0].field, found[0].field) if found else ""
    return BarChart(
        title=f"{worst} trễ nhiều nhất" if found else _nothing_to_compare(board),
        bars=tuple(
            Bar(
                label=names.get(part.field, part.field),
                value=late_share(part) * 100,
                text=f"{percent(late_share(part))} · {count(part.counts[Bucket.LATE])} hồ sơ",
                url=asked.list_url(Bucket.LATE, linh_vuc=part.field),
                tone=Tone.LATE if late_share(part) >= saying.ATTENTION else Tone.PLAIN,
            )
            for part in found
        ),
        label_head="Lĩnh vực",
        value_head="Trễ hạn",
        note=f"Chỉ tính lĩnh vực có từ {saying.ENOUGH} hồ sơ xong trong kỳ." if found else "",
        id="fields",
    )


def _nothing_to_compare(board: Board) -> str:
    if board.whole.counts[Bucket.LATE]:
        return "Chưa lĩnh vực nào đủ số hồ sơ để so"
    return "Không có lĩnh vực nào trễ"


def sorts_of(asked: Asked, sort: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(label=label, url=asked.board_url(xep=key) + "#don-vi", current=key == sort)
        for key, (label, _key) in SORTS.items()
    )


def _more(board: Board, asked: Asked, sort: str) -> Choice | None:
    if len(board.by_unit) <= SHOWN_UNITS:
        return None
    url = asked.board_url(xep=sort, het="1") + "#don-vi"
    return Choice(label=f"Cả {count(len(board.by_unit))} đơn vị", url=url, current=False)


def sorted_units(board: Board, sort: str) -> list[Figures]:
    _label, key = SORTS[sort]
    return sorted(
        board.by_unit,
        key=lambda part: (
            -key(part),
            -part.counts[Bucket.LATE],
            -part.counts[Bucket.DONE],
            -sum(part.counts.values()),
            part.unit_name,
        ),
    )


def unit_table(board: Board, asked: Asked, *, sort: str, every: bool) -> Table:
    """The units that matter first; the others in one line, so that what is shown sums up."""
    units = sorted_units(board, sort)
    shown, rest = (units, []) if every else (units[:SHOWN_UNITS], units[SHOWN_UNITS:])
    rows = [_row(part, asked, short_name(part), asked.of_unit(_id(part))) for part in shown]
    if rest:
        rows.append(_sum_row(rest, f"{count(len(rest))} đơn vị còn lại"))
    return _table(board, asked, "Số hồ sơ theo đơn vị", "Đơn vị", rows)


def field_table(board: Board, asked: Asked, names: Mapping[str, str]) -> Table:
    rows = [_row(part, asked, names.get(part.field, part.field), "") for part in board.by_field]
    return _table(board, asked, "Số hồ sơ theo lĩnh vực", "Lĩnh vực", rows)


def _table(
    board: Board, asked: Asked, caption: str, head: str, rows: list[tuple[Cell, ...]]
) -> Table:
    return Table(
        caption=caption,
        heads=((head, False), *((title, True) for title, _b in COLUMNS), ("Tỷ lệ trễ", True)),
        rows=tuple(rows),
        total=_row(board.whole, asked, "Tổng", ""),
        export=Export(formats=(("CSV", asked.export_url),)),
        empty=Empty(title="Chưa có số liệu", text="Số liệu được tính lại mỗi phút."),
    )


def narrow_rows(table: Table) -> tuple[NarrowRow, ...]:
    heads = [head for head, _number in table.heads[1:]]
    lines = (*table.rows, *((table.total,) if table.rows and table.total else ()))
    return tuple(
        NarrowRow(
            name=replace(name, text=name.text.replace(NBSP, " ")),  # a whole line to break in
            parts=tuple(
                (head, cell)
                for head, cell in zip(heads, cells, strict=True)
                if cell.text not in {"0", "–"}
            ),
        )
        for name, *cells in lines
    )


def _row(part: Figures, asked: Asked, name: str, url: str) -> tuple[Cell, ...]:
    more = {"don_vi": str(part.unit_id)} if part.unit_id else {}
    if part.field:
        more["linh_vuc"] = part.field
    cells = (
        Cell(
            text=count(part.counts[bucket]),
            number=True,
            url=asked.list_url(bucket, **more) if part.counts[bucket] else "",
        )
        for _title, bucket in COLUMNS
    )
    return (Cell(text=name, url=url), *cells, _share_cell(part.counts))


def _sum_row(parts: Sequence[Figures], name: str) -> tuple[Cell, ...]:
    counts = {bucket: sum(part.counts[bucket] for part in parts) for bucket in parts[0].counts}
    cells = (Cell(text=count(counts[bucket]), number=True) for _title, bucket in COLUMNS)
    return (Cell(text=name), *cells, _share_cell(counts))


def _share_cell(counts: Mapping[Bucket, int]) -> Cell:
    done = counts[Bucket.DONE]
    return Cell(text=percent(counts[Bucket.LATE] / done) if done else "–", number=True)


def short_name(part: Figures) -> str:
    """Unbroken, so that a narrow screen scrolls the table and not the name."""
    unit = organisations.unit_by_id(_id(part))
    return (unit.short_name or unit.name).replace(" ", NBSP)


def _id(part: Figures) -> UUID:
    assert part.unit_id is not None
    return part.unit_id
