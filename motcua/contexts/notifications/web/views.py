"""Trang thông báo: two tabs, grouped by dossier; opening a message reads it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.notifications import queries
from motcua.contexts.notifications.actions.reading import mark_all_read, mark_read
from motcua.contexts.notifications.contracts import Tab
from motcua.contexts.notifications.rules.wording import link_of
from motcua.contexts.notifications.web.pages import TABS, inbox_page
from motcua.kernel import clock
from motcua.kernel.access import actor_of, route, signed_in
from motcua.kernel.web import page, redirect_after
from motcua.ui.words import language


@never_cache
@require_safe
@route(signed_in)
def inbox(request: HttpRequest) -> HttpResponseBase:
    """«Cần làm» first; `?muc=cho-biet` is the other tab, `?truoc=` the message to go on from."""
    actor, now = actor_of(request), clock.now()
    tab = TABS.get(request.GET.get("muc", ""), Tab.TO_DO)
    rows = queries.inbox(actor, now=now)
    before = _id(request.GET.get("truoc", ""))
    messages = queries.page_of(rows, tab, before=before, language=language())
    model = inbox_page(messages, tab=tab, to_do=queries.to_do_count(rows), actor=actor)
    return page(request, "notifications/inbox.html", model)


@require_POST
@route(signed_in)
def open_message(request: HttpRequest, notification_id: UUID) -> HttpResponseBase:
    """Mark as read and go where the reader acts. Raises: MessageNotFound."""
    actor, now = actor_of(request), clock.now()
    mark_read(notification_id, actor=actor, now=now)
    row = queries.inbox(actor, now=now).get(id=notification_id)
    target = link_of(row.template, {**row.params, "subject": row.subject})
    return redirect_after(target or reverse("notifications:inbox"))


@require_POST
@route(signed_in)
def read_all(request: HttpRequest) -> HttpResponseBase:
    """Everything, or everything about the dossier named in `ho_so`."""
    subject = request.POST.get("ho_so") or None
    mark_all_read(subject=subject, actor=actor_of(request), now=clock.now())
    tab = request.POST.get("muc", "")
    suffix = f"?muc={tab}" if tab in TABS else ""
    return redirect_after(reverse("notifications:inbox") + suffix)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
