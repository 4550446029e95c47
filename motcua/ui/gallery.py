"""Phòng mẫu: every part in every state on one page; what is not here does not exist."""

from dataclasses import dataclass, fields

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.kernel.access import open_to_all, route
from motcua.ui import parts, samples


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryPage:
    nav: tuple[parts.NavItem, ...] = samples.NAV
    chips: tuple[parts.Chip, ...] = samples.CHIPS
    statuses: tuple[int, ...] = tuple(range(1, 11))
    actions: tuple[parts.Action, ...] = samples.ACTIONS
    alerts: tuple[parts.Alert, ...] = samples.ALERTS
    empty: parts.Empty = samples.EMPTY
    crumbs: tuple[parts.Crumb, ...] = samples.CRUMBS
    summary: tuple[parts.FieldError, ...] = samples.ERRORS
    questions: tuple[parts.QuestionView, ...] = samples.QUESTIONS
    files: tuple[parts.FileRow, ...] = samples.FILES
    answers: tuple[parts.Fact, ...] = samples.ANSWERS
    facts: tuple[parts.Fact, ...] = samples.FACTS
    task_list: tuple[parts.ListedTask, ...] = samples.TASK_LIST
    river: tuple[parts.RiverStep, ...] = samples.RIVER
    river_waiting: tuple[parts.RiverStep, ...] = samples.RIVER_WAITING
    due: parts.Due
    tasks: tuple[parts.Task, ...] = samples.TASKS
    work: tuple[parts.WorkGroup, ...] = samples.WORK
    thread: tuple[parts.Message, ...] = samples.THREAD
    compose: parts.Compose = samples.COMPOSE
    confirmation: parts.Confirmation = samples.CONFIRMATION
    kpis: tuple[parts.Kpi, ...] = samples.KPIS
    bars: parts.BarChart = samples.BARS
    line: parts.LineChart = samples.LINE
    table: parts.Table = samples.TABLE
    dead: parts.DeadJob = samples.DEAD
    verified: tuple[parts.Verified, ...] = samples.VERIFIED


PARTS_SHOWN = tuple(one.name for one in fields(GalleryPage))


@route(open_to_all)
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", {"page": GalleryPage(due=samples.due())})
