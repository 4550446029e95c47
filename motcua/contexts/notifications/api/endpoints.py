"""Notifications over the API, version 1."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from motcua.contexts.notifications import queries
from motcua.contexts.notifications.actions.reading import mark_read
from motcua.contexts.notifications.contracts import Level, Tab
from motcua.kernel import clock
from motcua.kernel.access import route, signed_in
from motcua.kernel.api import actor_of

router = Router(tags=["notifications"])


class MessageOut(Schema):
    """`is_turn`: something is left to do about it. `url`: the page where to do it."""

    id: UUID
    level: Level
    template: str
    subject: str
    title: str
    text: str
    next_step: str
    url: str
    created_at: datetime
    read: bool
    is_turn: bool


class NotificationsOut(Schema):
    """`next_before`: give it as `before` to go on; empty on the last page."""

    unread: int
    messages: list[MessageOut]
    next_before: UUID | None


@router.get("/notifications", response=NotificationsOut, operation_id="list_notifications")
@route(signed_in)
def list_notifications(
    request: HttpRequest,
    tab: Tab | None = None,
    before: UUID | None = None,
    language: str = "vi",
) -> dict[str, object]:
    """Hộp thông báo của người gọi, newest first, a page at a time."""
    actor, now = actor_of(request), clock.now()
    rows = queries.inbox(actor, now=now)
    found = queries.page_of(rows, tab, before=before, language=language)
    shown = found[: queries.PAGE]
    return {
        "unread": queries.unread_of(rows),
        "messages": list(shown),
        "next_before": shown[-1].id if len(found) > queries.PAGE else None,
    }


@router.post(
    "/notifications/{notification_id}/read", response={204: None}, operation_id="read_notification"
)
@route(signed_in)
def read_notification(request: HttpRequest, notification_id: UUID) -> Status[None]:
    """Đánh dấu đã đọc. Refusals: 404 message_not_found."""
    mark_read(notification_id, actor=actor_of(request), now=clock.now())
    return Status(204, None)
