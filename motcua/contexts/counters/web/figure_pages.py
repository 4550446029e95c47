"""Mô hình trang số liệu hàng đợi: numbers that drill, charts with tables, a warning."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.contexts.counters.contracts.figures import (
    OUTCOME_NAMES,
    Counted,
    DayFigures,
    Outcome,
    Part,
)
from motcua.contexts.counters.rules.queue_data import groups_of, rule
from motcua.contexts.counters.web.figure_asking import MOVED, Asked
from motcua.contexts.dossiers.contracts import SOURCE_NAMES, Source
from motcua.kernel.clock import city_date, city_time
from motcua.ui import dates
from motcua.ui.parts import (
    Alert,
    Bar,
    BarChart,
    Cell,
    Crumb,
    Empty,
    Export,
    Kpi,
    Option,
    Table,
    Tone,
)
from motcua.ui.words import count, decimal

HEADS = (
    "Đã lấy số",
    "Đang chờ",
    "Đã xong",
    "Gọi mà vắng",
    "Bỏ về",
    "Chuyển",
    "Chờ giữa",
    "Chờ 9/10",
    "Làm giữa",
)
EXPORT_HEADS = ("Phần", "Tên", *HEADS[:6], "Chờ giữa (phút)", "Chờ 9/10 (phút)", "Làm giữa (phút)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    title: str
    desks: tuple[Option, ...]
    day: str
    before_url: str
    after_url: str
    warning: Alert | None
    kpis: tuple[Kpi, ...]
    waits: BarChart | None
    hours: BarChart | None
    groups: Table
    by_hour: Table
    windows: Table
    channels: Table
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersPage:
    title: str
    crumbs: tuple[Crumb, ...]
    table: Table


def minutes(value: float | None) -> str:
    return f"{decimal(value)} phút" if value is not None else "–"


def in_figures(one: Part) -> tuple[str, ...]:
    """For a sheet: numbers alone."""
    times = (one.median, one.most, one.median_served)
    counts = (one.taken, one.waiting, one.served, one.absent, one.given_up, one.moved)
    return (
        *(str(number) for number in counts),
        *(f"{value:.1f}" if value is not None else "" for value in times),
    )


def figures_page(
    asked: Asked,
    found: DayFigures,
    channels: Sequence[tuple[Source, int]],
    *,
    now: datetime,
) -> FiguresPage:
    names = {one.letter: f"{one.letter} · {one.name}" for one in groups_of(asked.unit.kind)}
    step = timedelta(days=1)
    day_before, day_after = asked.day - step, asked.day + step
    return FiguresPage(
        title=f"Hàng đợi {asked.unit.name}",
        desks=tuple(Option(value=one.code, label=one.name) for one in asked.desks),
        day=dates.long_day(asked.day),
        before_url=asked.url(ngay=day_before.isoformat()),
        after_url=asked.url(ngay=day_after.isoformat()) if asked.day < city_date(now) else "",
        warning=_warning(found),
        kpis=tuple(_kpis(asked, found)),
        waits=_chart(found.groups, names, "nhom", asked) if found.groups else None,
        hours=_by_hour(found.hours, asked) if found.hours else None,
        groups=_table("Theo nhóm việc", "Nhóm việc", "nhom", found.groups, found, asked, names),
        by_hour=_table("Theo giờ bắt đầu chờ", "Giờ", "gio", found.hours, found, asked, {}),
        windows=_table("Theo bàn gọi sau cùng", "Bàn", "ban", found.windows, found, asked, {}),
        channels=_channels(channels),
        note=_note(),
    )


def _channels(found: Sequence[tuple[Source, int]]) -> Table:
    return Table(
        caption="Hồ sơ nơi này nhận trong ngày, theo kênh",
        caption_shown=True,
        heads=(("Kênh", False), ("Hồ sơ", True)),
        rows=tuple(
            (Cell(text=SOURCE_NAMES[source]), Cell(text=count(number), number=True))
            for source, number in found
        ),
        total=(
            Cell(text="Tổng"),
            Cell(text=count(sum(number for _source, number in found)), number=True),
        ),
    )


def _note() -> str:
    told = rule()
    return (
        f"Chờ tính từ lúc vào hàng tới lần gọi đầu. Chờ 9/10: chín trong mười người không chờ lâu "
        f"hơn. Ngưỡng báo ({told.mark}): một người chờ quá {told.warn_minutes} phút, hoặc hơn "
        f"{told.warn_waiting} người cùng chờ. Số liệu lúc mở trang."
    )


def _warning(found: DayFigures) -> Alert | None:
    told, waiting = rule(), found.whole.waiting
    if found.longest <= told.warn_minutes and waiting <= told.warn_waiting:
        return None
    return Alert(
        title=f"{count(waiting)} người đang chờ, lâu nhất {minutes(found.longest)}",
        text="Bạn mở thêm bàn, hoặc cho bàn rảnh gọi thêm nhóm việc đang đông.",
        tone=Tone.LATE,
        icon="triangle-alert",
    )


def _kpis(asked: Asked, found: DayFigures) -> Iterator[Kpi]:
    whole = found.whole
    for outcome, number in (
        (Outcome.WAITING, whole.waiting),
        (Outcome.SERVED, whole.served),
        (Outcome.ABSENT, whole.absent),
        (Outcome.GIVEN_UP, whole.given_up),
    ):
        url = asked.url("/so", **{"ket-qua": outcome}) if number else ""
        note = f"lâu nhất {minutes(found.longest)}" if outcome is Outcome.WAITING and number else ""
        yield Kpi(label=OUTCOME_NAMES[outcome], value=count(number), note=note, url=url)
    yield Kpi(label="Chờ giữa", value=minutes(whole.median), note=f"9/10: {minutes(whole.most)}")


def _chart(parts: Sequence[Part], names: dict[str, str], key: str, asked: Asked) -> BarChart:
    bars = tuple(
        Bar(
            label=names.get(one.key, one.key),
            value=one.most or 0,
            text=minutes(one.most),
            url=asked.url("/so", **{key: one.key}),
            tone=Tone.LATE if (one.most or 0) > rule().warn_minutes else Tone.PLAIN,
        )
        for one in parts
    )
    return BarChart(
        title="Chín trong mười người chờ không lâu hơn",
        bars=bars,
        label_head="Nhóm việc",
        value_head="Phút",
        id="cho-theo-nhom",
    )


def _by_hour(parts: Sequence[Part], asked: Asked) -> BarChart:
    return BarChart(
        title="Số người đến theo giờ",
        bars=tuple(
            Bar(
                label=f"{one.key} giờ",
                value=one.taken,
                text=count(one.taken),
                url=asked.url("/so", gio=one.key),
            )
            for one in parts
        ),
        label_head="Giờ",
        value_head="Người",
        id="den-theo-gio",
    )


def _table(
    caption: str,
    head: str,
    key: str,
    parts: Sequence[Part],
    found: DayFigures,
    asked: Asked,
    names: dict[str, str],
) -> Table:
    total = () if key == "ban" or not parts else _row("Tổng", found.whole, asked, {})
    return Table(
        caption=caption,
        caption_shown=True,
        heads=((head, False), *((name, True) for name in HEADS)),
        rows=tuple(_row(names.get(one.key, one.key), one, asked, {key: one.key}) for one in parts),
        total=total,
        export=Export(formats=(("CSV", asked.url("/xuat.csv")),)) if parts else None,
        empty=Empty(title="Chưa có số nào trong ngày này"),
    )


def _row(name: str, one: Part, asked: Asked, part: dict[str, str]) -> tuple[Cell, ...]:
    def behind(number: int, outcome: str) -> Cell:
        url = asked.url("/so", **part, **{"ket-qua": outcome}) if number else ""
        return Cell(text=count(number), number=True, url=url)

    return (
        Cell(text=name),
        behind(one.taken, ""),
        behind(one.waiting, Outcome.WAITING),
        behind(one.served, Outcome.SERVED),
        behind(one.absent, Outcome.ABSENT),
        behind(one.given_up, Outcome.GIVEN_UP),
        behind(one.moved, MOVED),
        Cell(text=minutes(one.median), number=True),
        Cell(text=minutes(one.most), number=True),
        Cell(text=minutes(one.median_served), number=True),
    )


def numbers_page(asked: Asked, found: Sequence[Counted]) -> NumbersPage:
    title = f"{count(len(found))} số thứ tự"
    return NumbersPage(
        title=title,
        crumbs=(Crumb(label=f"Hàng đợi {asked.unit.name}", url=asked.url()), Crumb(label=title)),
        table=Table(
            caption=title,
            heads=(
                ("Số", False),
                ("Nhóm", False),
                ("Vào hàng lúc", False),
                ("Bàn", True),
                ("Đã chờ", True),
                ("Làm trong", True),
                ("Kết quả", False),
            ),
            rows=tuple(
                (
                    Cell(text=one.label),
                    Cell(text=one.group),
                    Cell(text=dates.hour(city_time(one.since))),
                    Cell(text=str(one.window) if one.window else "–", number=True),
                    Cell(text=minutes(one.waited), number=True),
                    Cell(text=minutes(one.served), number=True),
                    Cell(text=f"{OUTCOME_NAMES[one.outcome]}{', có chuyển' if one.moved else ''}"),
                )
                for one in found
            ),
            empty=Empty(title="Không có số nào"),
        ),
    )
