"""Words, dates, calendar, charts and shells, from values to values."""

from datetime import date, datetime

import pytest
from django.test import RequestFactory
from django.utils import translation

from motcua.kernel.clock import CITY_TZ
from motcua.ui import charts, dates, icons, shell, words
from motcua.ui.calendar import due_days
from motcua.ui.parts import Bar, BarChart, LineChart, NavItem, Point, Shell
from motcua.ui.questions import QuestionView
from motcua.ui.templatetags import ui

NOV = 11


def weekdays(on):
    return on.weekday() < 5


def test_money_numbers_and_masks():
    assert words.vnd(8000) == "8.000\u00a0₫"
    assert words.decimal(96.44) == "96,4"
    assert words.masked("079190999001") == "•••••••••001"
    assert words.file_size(1_234_567) == "1,2\u00a0MB"


def test_compounds_stay_together_in_vietnamese_only():
    with translation.override("vi"):
        assert ui.nbsp("Nộp hồ sơ xây dựng") == "Nộp\u00a0hồ\u00a0sơ xây\u00a0dựng"
    with translation.override("en"):
        assert ui.nbsp("hồ sơ") == "hồ sơ"


def test_dates_are_written_as_people_read_them():
    at = datetime(2026, NOV, 24, 9, 5, tzinfo=CITY_TZ)

    with translation.override("vi"):
        assert dates.long_day(at) == "thứ\u00a0Ba, 24/11/2026"
    with translation.override("en"):
        assert dates.long_day(at) == "Tuesday, 24/11/2026"
    assert dates.moment(at) == "9:05, 24/11/2026"
    assert dates.document_day(date(2026, 3, 1)) == "ngày 01 tháng 03 năm 2026"
    assert ui.when(at, "hour") == '<time datetime="2026-11-24T09:05+07:00">9:05</time>'


def test_the_calendar_counts_to_the_due_date():
    days = due_days(
        date(2026, NOV, 9),
        date(2026, 12, 2),
        today=date(2026, NOV, 23),
        is_working=weekdays,
        paused=(date(2026, NOV, 17), date(2026, NOV, 18)),
    )

    by_day = {d.label.split(":")[0]: d for d in days if d.label}
    assert len(days) % 7 == 0
    assert by_day["09/11"].kind == "used"
    assert by_day["17/11"].kind == "pause"
    assert by_day["23/11"].label == "23/11: hôm nay, ngày làm việc thứ 8"
    assert by_day["01/12"].label == "01/12: ngày làm việc thứ 14"
    assert by_day["02/12"].kind == "due"
    assert days[-1].kind == "out"


def test_a_late_calendar_goes_on_until_today():
    days = due_days(
        date(2026, NOV, 2), date(2026, NOV, 5), today=date(2026, NOV, 11), is_working=weekdays
    )

    assert [d.kind for d in days[3:10]] == ["due", "late", "late", "late", "late", "late", "today"]


def test_a_path_of_months_shows_the_weeks_ahead():
    days = due_days(
        date(2026, 1, 5), date(2026, 12, 1), today=date(2026, 6, 1), is_working=weekdays
    )

    assert len(days) <= 10 * 7
    assert any(d.kind == "today" for d in days)


def test_charts_say_in_words_what_they_draw():
    bars = charts.draw_bars(
        BarChart(
            title="Một",
            label_head="a",
            value_head="b",
            bars=(Bar(label="<Phường>", value=3, text="3%"),),
        )
    )
    points = (Point(label="1", value=3, text="3"), Point(label="2", value=7, text="7", before=4))
    line = charts.draw_line(LineChart(title="Hai", label_head="a", value_head="b", points=points))

    assert "<desc" in bars and "&lt;Phường&gt;" in bars and "<Phường>" not in bars
    assert "Từ 3 (1) đến 7 (2)." in line and 'class="prev"' in line


@pytest.mark.parametrize("values", [(), (5,), (0, 0, 0), (1, 1_000_000)])
def test_charts_of_few_or_flat_values_are_drawn(values):
    points = tuple(Point(label=str(n), value=v, text=str(v)) for n, v in enumerate(values))
    chart = LineChart(title="t", label_head="a", value_head="b", points=points)

    assert ("<svg" in charts.draw_line(chart, narrow=True)) is bool(values)


def test_an_unknown_icon_is_refused():
    with pytest.raises(icons.UnknownIcon):
        icons.icon("khong-co")


def test_the_current_item_is_the_longest_beginning():
    items = (
        NavItem(label="a", url="/"),
        NavItem(label="b", url="/ho-so/"),
        NavItem(label="c", url="/ho-so/moi/"),
    )

    assert [i.label for i in shell.mark_current(items, "/ho-so/moi/1") if i.current] == ["c"]
    assert [i.label for i in shell.mark_current(items, "/") if i.current] == ["a"]
    assert [i.label for i in shell.mark_current(items, "/khac") if i.current] == []


def test_a_portal_names_what_surrounds_its_pages(monkeypatch):
    monkeypatch.setattr(shell, "_PROVIDERS", {})
    asked = []

    def provider(request):
        asked.append(request.path)
        return Shell(brand="Thử", place="đâu", home_url="/", nav=(NavItem(label="a", url="/x/"),))

    shell.register("citizen", provider)
    request = RequestFactory().get("/x/1")

    assert shell.shell_of(request, "citizen").nav[0].url == "/x/"
    assert shell.shell_of(request, "citizen").brand == "Thử"
    assert asked == ["/x/1"]


def test_a_question_names_its_notes():
    view = QuestionView(key="a.0.b_c", label="x", help="h", error="e")

    assert view.id == "q-a-0-b-c"
    assert view.described_by == "q-a-0-b-c-help q-a-0-b-c-error"
