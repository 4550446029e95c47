"""Lịch nghĩa vụ: what is due as a page, as a file, and at a secret address for a calendar."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.dossiers.actions import calendar_feed
from motcua.contexts.dossiers.contracts.obligations import Obligation, ObligationKind
from motcua.contexts.dossiers.queries import obligations as reading
from motcua.contexts.dossiers.rules.icalendar import CalendarEvent, calendar_file
from motcua.contexts.dossiers.web import obligation_pages
from motcua.kernel import clock
from motcua.kernel.access import citizens, open_to_all, route
from motcua.kernel.limits import CALENDARS_READ
from motcua.kernel.web import actor_of, as_file, page, redirect_after
from motcua.ui import words

KIND = "text/calendar; charset=utf-8"
A_DAY = 24 * 60


@never_cache
@require_safe
@route(citizens)
def listed(request: HttpRequest) -> HttpResponseBase:
    """What is still to be done, the nearest first; the address for a calendar."""
    return _page(request)


def _page(request: HttpRequest, made: str = "") -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    model = obligation_pages.obligations_page(
        reading.open_obligations(actor, now=now),
        reading.feed_view(actor, now=now),
        made=f"{settings.PUBLIC_ORIGIN}/lich/{made}/nghia-vu.ics" if made else "",
        now=now,
    )
    return page(request, "dossiers/obligations.html", model)


@never_cache
@require_safe
@route(citizens)
def download(request: HttpRequest) -> HttpResponse:
    """The same as a file, to open in any calendar."""
    now = clock.now()
    found = reading.obligations(actor_of(request), now=now)
    return as_file(_answer(found), "nghia-vu.ics")


@require_POST
@never_cache
@route(citizens)
def make(request: HttpRequest) -> HttpResponseBase:
    """A new secret address, shown once; the one before ends."""
    text = calendar_feed.new_secret()
    actor, now = actor_of(request), clock.now()
    calendar_feed.make_feed(text, language=words.language(), actor=actor, now=now)
    return _page(request, made=text)


@require_POST
@route(citizens)
def end(request: HttpRequest) -> HttpResponseBase:
    calendar_feed.end_feed(actor=actor_of(request), now=clock.now())
    return redirect_after("/toi/lich")


@never_cache
@require_safe
@route(open_to_all, limit=CALENDARS_READ)
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar program asks for every few hours. Raises: FeedNotFound."""
    row, found = calendar_feed.read_feed(secret, now=clock.now())
    with translation.override(row.language):
        return _answer(found)


def _answer(found: tuple[Obligation, ...]) -> HttpResponse:
    events = (_event(one) for one in found)
    text = calendar_file(events, name=_("Nghĩa vụ với Thành phố"), now=clock.now())
    answer = HttpResponse(text, content_type=KIND)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _event(one: Obligation) -> CalendarEvent:
    """Codes alone: a calendar is synchronised to places that nobody here knows."""
    url = f"{settings.PUBLIC_ORIGIN}{one.path}"
    told = CalendarEvent(
        uid=one.uid,
        at=one.at,
        summary=" · ".join(filter(None, (obligation_pages.name_of(one.kind), one.subject))),
        description=f"{obligation_pages.what_to_do(one)} {url}",
        url=url,
        sequence=one.sequence,
        cancelled=one.ended,
    )
    reminded = one.kind is ObligationKind.SUPPLEMENT and not one.open_ended
    return replace(told, reminds=A_DAY) if reminded else told
