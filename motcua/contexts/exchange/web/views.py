"""Neighbours and dead letters, for administrators and auditors."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.exchange import public
from motcua.contexts.exchange.web.pages import PAGE, neighbours_page, texting_page
from motcua.kernel import clock
from motcua.kernel.access import actor_of, roles, route
from motcua.kernel.actors import Role
from motcua.kernel.web import page, redirect_after


@require_safe
@route(roles(Role.ADMINISTRATOR, Role.AUDITOR))
def neighbours(request: HttpRequest) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    model = neighbours_page(
        public.neighbours(actor, now=now),
        public.dead_letters(actor, now=now, before=_before(request), limit=PAGE),
        may_retry=actor.has(Role.ADMINISTRATOR),
    )
    return page(request, "exchange/neighbours.html", model)


@require_safe
@route(roles(Role.ADMINISTRATOR, Role.AUDITOR))
def texting(request: HttpRequest) -> HttpResponseBase:
    """The two providers of SMS since the first day of this month: what they did, what it cost."""
    actor, now = actor_of(request), clock.now()
    since = clock.city_time(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    model = texting_page(public.sms_figures(actor, since=since, now=now), since=since)
    return page(request, "exchange/texting.html", model)


def _before(request: HttpRequest) -> datetime | None:
    """Where the page starts; text that is no time of day starts at the newest."""
    try:
        before = datetime.fromisoformat(request.GET.get("truoc", ""))
    except ValueError:
        return None
    return before if before.tzinfo else None


@require_POST
@route(roles(Role.ADMINISTRATOR))
def send_again(request: HttpRequest, sending_id: UUID) -> HttpResponseBase:
    public.retry(sending_id, actor=actor_of(request), now=clock.now())
    return redirect_after(reverse("exchange:neighbours"))
