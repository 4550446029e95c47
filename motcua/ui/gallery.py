"""Phòng mẫu: every part in every state on one page; what is not here does not exist."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.kernel.access import open_to_all, route
from motcua.ui import parts
from motcua.ui.samples import basics, dossiers, figures, questions


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryPage:
    nav: tuple[parts.NavItem, ...] = basics.NAV
    chips: tuple[parts.Chip, ...] = basics.CHIPS
    statuses: tuple[int, ...] = tuple(range(1, 11))
    actions: tuple[parts.Action, ...] = basics.ACTIONS
    alerts: tuple[parts.Alert, ...] = basics.ALERTS
    empty: parts.Empty = basics.EMPTY
    crumbs: tuple[parts.Crumb, ...] = basics.CRUMBS
    summary: tuple[parts.FieldError, ...] = questions.ERRORS
    questions: tuple[parts.QuestionView, ...] = questions.QUESTIONS
    files: tuple[parts.FileRow, ...] = basics.FILES
    answers: tuple[parts.Fact, ...] = basics.ANSWERS
    facts: tuple[parts.Fact, ...] = basics.FACTS
    task_list: tuple[parts.ListedTask, ...] = basics.TASK_LIST
    river: tuple[parts.RiverStep, ...] = dossiers.RIVER
    river_waiting: tuple[parts.RiverStep, ...] = dossiers.RIVER_WAITING
    due: parts.Due
    tasks: tuple[parts.Task, ...] = dossiers.TASKS
    work: tuple[parts.WorkGroup, ...] = dossiers.WORK
    thread: tuple[parts.Message, ...] = dossiers.THREAD
    compose: parts.Compose = dossiers.COMPOSE
    confirmation: parts.Confirmation = dossiers.CONFIRMATION
    kpis: tuple[parts.Kpi, ...] = figures.KPIS
    bars: parts.BarChart = figures.BARS
    line: parts.LineChart = figures.LINE
    table: parts.Table = figures.TABLE
    dead: parts.DeadJob = basics.DEAD
    verified: tuple[parts.Verified, ...] = basics.VERIFIED


@route(open_to_all)
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", {"page": GalleryPage(due=dossiers.due())})
