"""Mẫu số liệu: indicators, charts and a drill table."""

from motcua.ui.parts import (
    Bar,
    BarChart,
    Cell,
    Chip,
    Export,
    Kpi,
    LineChart,
    Pager,
    Point,
    Table,
    Tone,
)

KPIS = (
    Kpi(
        label="Trả đúng hạn, 30 ngày",
        value="96,4",
        unit="%",
        change="1,1 điểm",
        rising=True,
        note="so với kỳ trước · mục tiêu 98%",
        lead=True,
        url="#",
    ),
    Kpi(
        label="Đang quá hạn",
        value="1.204",
        change="312",
        rising=False,
        note="so với tuần trước",
        bad=True,
        url="#",
    ),
    Kpi(
        label="Chưa tiếp nhận quá 1 ngày",
        value="486",
        change="57",
        rising=True,
        better=False,
        note="so với hôm qua",
        bad=True,
        url="#",
    ),
    Kpi(label="Tiếp nhận hôm nay", value="10.482", note="78% trực tuyến"),
    Kpi(label="Người dân chấm điểm", value="4,5", unit="/5", note="12.310 lượt trong 30 ngày"),
)

BARS = BarChart(
    title="Phường Thường Tân trễ nhiều nhất",
    label_head="Phường, xã",
    value_head="Trễ hạn",
    bars=(
        Bar(label="Xã Thường Tân", value=10.1, text="10,1%", tone=Tone.LATE, url="#"),
        Bar(label="Phường Cầu Ông Lãnh", value=8.6, text="8,6%", tone=Tone.LATE, url="#"),
        Bar(label="Phường Bến Thành", value=2.1, text="2,1%", url="#"),
        Bar(label="Phường Sài Gòn", value=0.4, text="0,4%", tone=Tone.OK, url="#"),
    ),
    note="Số liệu minh họa.",
)

_TREND = (94.2, 94.4, 94.1, 94.6, 95.0, 95.3, 92.8, 92.7, 95.1, 95.6, 96.0, 96.4, 96.2, 96.4)

LINE = LineChart(
    title="Đúng hạn đang tăng, chưa chạm mục tiêu",
    label_head="Ngày",
    value_head="Đúng hạn",
    before_head="Kỳ trước",
    target=98,
    target_text="mục tiêu 98%",
    low=90,
    high=100,
    points=tuple(
        Point(
            label=f"{number + 10:02}/11",
            value=value,
            text=f"{value:.1f}%".replace(".", ","),
            before=93 + number % 3 * 0.5,
            before_text=f"{93 + number % 3 * 0.5:.1f}%".replace(".", ","),
            event="mất kết nối" if number == 6 else "",
        )
        for number, value in enumerate(_TREND)
    ),
    note="Số liệu minh họa.",
)

TABLE = Table(
    caption="Hồ sơ theo phường, 30 ngày",
    heads=(
        ("Phường, xã", False),
        ("Tiếp nhận", True),
        ("Đúng hạn", True),
        ("Quá hạn", True),
        ("Giao việc", False),
    ),
    rows=(
        (
            Cell(text="Phường Sài Gòn", url="#"),
            Cell(text="1.204", number=True),
            Cell(text="1.200", number=True),
            Cell(text="4", number=True),
            Cell(text="", chip=Chip(label="chưa giao việc", tone=Tone.LATE)),
        ),
        (
            Cell(text="Phường Bến Thành", url="#"),
            Cell(text="986", number=True),
            Cell(text="980", number=True),
            Cell(text="6", number=True),
            Cell(text="", chip=Chip(label="đã giao 20/11", tone=Tone.GO)),
        ),
    ),
    total=(
        Cell(text="Cộng"),
        Cell(text="2.190", number=True),
        Cell(text="2.180", number=True),
        Cell(text="10", number=True),
        Cell(text=""),
    ),
    export=Export(formats=(("CSV", "#"), ("JSON", "#")), note="số liệu lúc 14:20"),
    pager=Pager(newer_url="#", older_url="#", note="50 dòng mỗi trang"),
)
