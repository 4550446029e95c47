"""Việc của tôi: the inbox of an officer's posts, its search and its export."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DossierLine
from motcua.contexts.dossiers.web.desk import columns, lists, undoing
from motcua.contexts.dossiers.web.desk.asking import BAN, Asked, asked
from motcua.kernel import clock, idempotency
from motcua.kernel.access import officers, route
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of, page, redirect_after, safe_next
from motcua.ui.exporting import csv_answer

EXPORT_LIMIT = 20_000
EXPORT_PAGE = 500
GO_ON = "desk_go_on"  # session key


def goes_on(request: HttpRequest) -> bool:
    """Chế độ làm tiếp: on unless switched off."""
    return bool(request.session.get(GO_ON, True))


@require_safe
@route(officers)
def inbox(request: HttpRequest) -> HttpResponseBase:
    """What the officer's posts must do, next due first."""
    wanted = asked(request)
    shown = lists.list_page(actor_of(request), wanted, now=clock.now(), go_on=goes_on(request))
    return page(request, "dossiers/desk/inbox.html", lists.InboxPage(list=shown))


@require_safe
@route(officers)
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as asked, as CSV that a spreadsheet opens without running anything in it."""
    actor, now, wanted = actor_of(request), clock.now(), asked(request)
    name = f"viec-cua-toi-{city_date(now):%Y%m%d}.csv"
    rows = (columns.cells(one, wanted.columns, now) for one in _all_lines(actor, wanted, now))
    return csv_answer(name, columns.heads(wanted.columns), rows)


@require_POST
@route(officers)
def switch_going_on(request: HttpRequest) -> HttpResponseBase:
    """Turn «làm tiếp» on or off for this session."""
    request.session[GO_ON] = request.POST.get("bat") == "1"
    return redirect_after(safe_next(request, BAN))


@require_POST
@route(officers)
def claim_ticked(request: HttpRequest) -> HttpResponseBase:
    """Take the ticked dossiers of the list; one that somebody else took stops no other."""
    actor, now, wanted = actor_of(request), clock.now(), asked(request)
    ticked = set(request.POST.getlist("case"))
    shown = dossiers.inbox(actor, wanted.wanted, now=now, after=wanted.after, before=wanted.before)
    taken: list[undoing.Step] = []
    refused = []
    for line in shown.lines:
        if line.code not in ticked or line.task is None:
            continue
        with idempotency.using(f"{idempotency.current_key()}/{line.code}"):
            try:
                dossiers.claim(line.task.id, actor=actor, now=now)
                held = str(actor.officer_id)
                taken.append(undoing.Step(kind="hold", subject=str(line.task.id), held_by=held))
            except DomainError as refusal:
                refused.append(f"{line.code}: {refusal.message}")
    if taken:
        undoing.say(request, f"Bạn đã nhận {len(taken)} hồ sơ.", *taken, back=wanted.url())
    for sentence in refused:
        messages.warning(request, sentence)
    return redirect_after(wanted.url())


def _all_lines(actor: Actor, wanted: Asked, now: datetime) -> Iterator[DossierLine]:
    after, sent = "", 0
    while sent < EXPORT_LIMIT:
        part = dossiers.inbox(actor, wanted.wanted, now=now, after=after, limit=EXPORT_PAGE)
        yield from part.lines
        sent += len(part.lines)
        after = part.older
        if not after:
            return
