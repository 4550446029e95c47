"""Số liệu hàng đợi: for the head of a desk, every number leads to the tickets behind it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.contexts.counters.contracts.figures import (
    OUTCOME_NAMES,
    Counted,
    DayFigures,
    Outcome,
)
from motcua.contexts.counters.contracts.queue import DeskNotFound
from motcua.contexts.counters.policies import HEADS, SERVING
from motcua.contexts.counters.queries import figures as queries
from motcua.contexts.counters.rules.figures import day_figures
from motcua.contexts.counters.web import figure_pages as pages
from motcua.contexts.counters.web.figure_asking import MOVED, Asked
from motcua.contexts.dossiers import public as dossiers
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.clock import city_date
from motcua.kernel.purpose import Purpose
from motcua.kernel.web import actor_of, page
from motcua.ui.exporting import csv_answer

readers = roles(*SERVING, *HEADS)
YEARS = range(2020, 2100)


@require_safe
@route(readers, purpose=Purpose.ARRANGE_WORK)
def day(request: HttpRequest) -> HttpResponseBase:
    """Waiting now, waited, served, gone: charts with their tables."""
    asked = _asked(request)
    found = _counted(request, asked)
    actor, now = actor_of(request), clock.now()
    channels = dossiers.sources_at(asked.unit.id, asked.day, actor, now=now)
    model = pages.figures_page(asked, day_figures(found), channels, now=now)
    return page(request, "counters/figures.html", model)


@require_safe
@route(readers, purpose=Purpose.ARRANGE_WORK)
def numbers(request: HttpRequest) -> HttpResponseBase:
    """The tickets behind a number: labels and times, nobody's name."""
    asked = _asked(request)
    found = asked.of(_counted(request, asked))
    return page(request, "counters/figure_numbers.html", pages.numbers_page(asked, found))


@require_safe
@route(readers, purpose=Purpose.ARRANGE_WORK)
def export(request: HttpRequest) -> HttpResponseBase:
    """All parts as CSV, the total last."""
    asked = _asked(request)
    figures = day_figures(_counted(request, asked))
    name = f"hang-doi-{asked.unit.code}-{asked.day:%Y%m%d}.csv"
    return csv_answer(name, pages.EXPORT_HEADS, _rows(figures))


def _rows(figures: DayFigures) -> Iterator[tuple[str, ...]]:
    for kind, parts in (
        ("Nhóm việc", figures.groups),
        ("Giờ", figures.hours),
        ("Bàn", figures.windows),
        ("Cả ngày", (figures.whole,)),
    ):
        for one in parts:
            yield (kind, one.key, *pages.in_figures(one))


def _counted(request: HttpRequest, asked: Asked) -> tuple[Counted, ...]:
    return queries.counted(asked.unit.id, asked.day, actor_of(request), now=clock.now())


def _asked(request: HttpRequest) -> Asked:
    """Raises: DeskNotFound where the reader has no desk, or not that one."""
    desks = queries.desks(actor_of(request), now=clock.now())
    said = request.GET.get("noi", "")
    unit = next((one for one in desks if said in ("", one.code)), None)
    if unit is None:
        raise DeskNotFound
    whole = Asked(desks=desks, unit=unit, day=_day(request))
    outcome = request.GET.get("ket-qua", "")
    known = outcome in {*OUTCOME_NAMES, MOVED}
    return replace(
        whole,
        group=request.GET.get("nhom", "")[:1],
        hour=request.GET.get("gio", "")[:2],
        window=request.GET.get("ban", "")[:2],
        outcome=Outcome(outcome) if outcome in set(Outcome) else outcome if known else "",
    )


def _day(request: HttpRequest) -> date:
    today = city_date(clock.now())
    try:
        found = date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return today
    return found if found.year in YEARS else today
