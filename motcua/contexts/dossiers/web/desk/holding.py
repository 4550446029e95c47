"""Nhận, giao, gác: whose task it is, and when one wants to meet it again."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST

from motcua.contexts.casework.contracts import TaskView
from motcua.contexts.casework.contracts.desk import SnoozeNeedsEnd
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DeskView
from motcua.contexts.dossiers.contracts.joint import AssigneeNeeded
from motcua.contexts.dossiers.web.desk import panes, undoing, working
from motcua.contexts.dossiers.web.desk.asking import BAN, asked
from motcua.contexts.dossiers.web.desk.deciding import ActionForm
from motcua.contexts.dossiers.web.desk.holding_forms import (
    DATED,
    MORNING,
    give_form,
    snooze_form,
)
from motcua.contexts.dossiers.web.desk.reading import day_typed
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of, redirect_after, uuid_of
from motcua.ui import dates


@require_POST
@route(officers)
def claim(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take the task: from now it is mine and not the whole post's."""
    view, actor = working.view_of(request, code), actor_of(request)
    back = asked(request).url(f"{BAN}/ho-so/{code}")
    try:
        task = _task_of(view)
        dossiers.claim(task.id, actor=actor, now=clock.now())
    except DomainError as refusal:
        return working.refused(request, view, "", refusal)
    step = undoing.Step(kind="hold", subject=str(task.id), held_by=str(actor.officer_id))
    undoing.say(request, f"Bạn đã nhận hồ sơ {code}.", step, back=back)
    return redirect_after(back)


@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def give(request: HttpRequest, code: str) -> HttpResponseBase:
    """The head of the unit gives the open task to one of its able holders."""
    view = working.view_of(request, code)
    if request.method != "POST":
        return _ask(request, view, give_form(view, asked(request).url))
    try:
        task, officer = _task_of(view), uuid_of(request.POST.get("assignee", ""))
        if officer is None:
            raise AssigneeNeeded(field="assignee")
        dossiers.assign(task.id, officer_id=officer, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        return working.refused(request, view, "giao", refusal)
    name = organisations.officers_by_id([officer])[officer].full_name
    step = undoing.Step(
        kind="hold",
        subject=str(task.id),
        held_by=str(officer),
        to=str(task.assignee_id or ""),
    )
    return _gone_on(request, view, f"Đã giao hồ sơ {code} cho {name}.", step)


@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def snooze(request: HttpRequest, code: str) -> HttpResponseBase:
    """Leave it out of one's own list until a moment; it is due as it was."""
    view = working.view_of(request, code)
    if request.method != "POST":
        return _ask(request, view, snooze_form(view, asked(request).url))
    try:
        task, until = _task_of(view), _moment(request.POST)
        dossiers.snooze(task.id, until=until, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        return working.refused(request, view, "gac", refusal)
    sentence = f"Đã gác hồ sơ {code} đến {dates.city_moment(until)}."
    return _gone_on(request, view, sentence, undoing.Step(kind="snooze", subject=str(task.id)))


@require_POST
@route(officers)
def wake(request: HttpRequest, code: str) -> HttpResponseBase:
    """Back into the list at once."""
    view = working.view_of(request, code)
    try:
        dossiers.wake(_task_of(view).id, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        return working.refused(request, view, "", refusal)
    messages.success(request, f"Hồ sơ {code} đã trở lại danh sách của bạn.")
    return redirect_after(asked(request).url(f"{BAN}/ho-so/{code}"))


def _task_of(view: DeskView) -> TaskView:
    if view.task is None:
        raise panes.NothingToClaim
    return view.task


def _ask(request: HttpRequest, view: DeskView, form: ActionForm | None) -> HttpResponseBase:
    around = panes.Around(form=form, alerts=working.not_offered(view, form))
    return working.render_pane(request, view, around)


def _gone_on(
    request: HttpRequest, view: DeskView, sentence: str, step: undoing.Step
) -> HttpResponseBase:
    """It has left my list: the next row, when one goes on so."""
    code = view.dossier.code
    undoing.say(request, sentence, step, back=asked(request).url(f"{BAN}/ho-so/{code}"))
    return redirect_after(working.next_url(request, code, view.task))


def _moment(typed: QueryDict) -> datetime:
    """Raises: DateMalformed, SnoozeNeedsEnd."""
    said = typed.get("until", "")
    if said == DATED:
        on = day_typed(typed, "day")
        if on is None:
            raise SnoozeNeedsEnd(field="day")
        return datetime.combine(on.date(), MORNING, CITY_TZ)
    try:
        return datetime.fromisoformat(said).astimezone(CITY_TZ)
    except (ValueError, OverflowError):
        raise SnoozeNeedsEnd(field="until") from None
