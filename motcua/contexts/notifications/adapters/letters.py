"""Thư và tin nhắn: the same message in the shape of each way out, in Vietnamese."""

from dataclasses import dataclass

from django.conf import settings

from motcua.contexts.notifications.contracts import Channel
from motcua.contexts.notifications.models import Notification
from motcua.contexts.notifications.rules import wording

SIGNATURE = "Một Cửa, Thành phố Hồ Chí Minh. Hỏi đáp: 1022."


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What goes out. An SMS has no subject line."""

    subject: str
    text: str


def letter_for(notification: Notification, channel: Channel) -> Letter:
    """An SMS is one sentence without links; a mail has everything and the page to open."""
    values = {**notification.params, "subject": notification.subject}
    if channel is Channel.SMS:
        return Letter(subject="", text=wording.sms_text(notification.template, values))
    words = wording.say(notification.template, "vi", values)
    path = wording.link_of(notification.template, values)
    lines = [" ".join(words.text), words.next_step]
    if path:
        lines.append(f"{settings.PUBLIC_ORIGIN}{path}")
    return Letter(subject=words.title, text="\n\n".join([*lines, SIGNATURE]))
