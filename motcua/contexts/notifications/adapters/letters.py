"""Thư, tin nhắn, tin đẩy: the same message in the shape of each way out.

Mails and SMS are Vietnamese; a push is in the language its browser was allowed in.
"""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from motcua.contexts.notifications.contracts import Channel, Level
from motcua.contexts.notifications.models import Notification
from motcua.contexts.notifications.rules import wording
from motcua.kernel.codes import DossierCode, MalformedCode
from motcua.kernel.crypto import blind_index

SIGNATURE = "Một Cửa, Thành phố Hồ Chí Minh. Hỏi đáp: 1022."
INBOX = "/thong-bao"
DAY = 24 * 3600
OPEN_IT = {"vi": "Mở app Công dân số để xem.", "en": "Open the Công dân số app to read it."}
DOSSIER = {"vi": "Hồ sơ", "en": "Application"}


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


def letter_of_the_day(notifications: Sequence[Notification]) -> Letter:
    """Several small news in one mail."""
    lines = []
    for one in notifications:
        values = {**one.params, "subject": one.subject}
        words = wording.say(one.template, "vi", values)
        about = f" ({one.subject})" if one.subject else ""
        lines.append(f"{words.title}{about}. {' '.join(words.text)}".strip())
    text = "\n\n".join([*lines, f"{settings.PUBLIC_ORIGIN}{INBOX}?muc=cho-biet", SIGNATURE])
    return Letter(subject=f"{len(notifications)} tin cho biết trong ngày", text=text)


def push_for(notification: Notification, language: str) -> dict[str, object]:
    """A title without values, the dossier's code, an address of ours: nothing else leaves.

    Except what everybody may know: then its first sentence.
    """
    about, level = notification.subject, Level(notification.level)
    kind = wording.template(notification.template)
    values = {**(notification.params if kind.public else {}), "subject": about}
    words = wording.say(kind.key, language, values)
    topic = _topic(about or str(notification.id))
    return {
        "words": {
            "title": words.title,
            "body": " ".join([*_first(words, kind, about, language), OPEN_IT[language]]),
            "url": wording.link_of(notification.template, values) or INBOX,
            "tag": topic,
        },
        "ttl": DAY if level is Level.EMERGENCY else 3 * DAY,
        "urgency": "high" if level is Level.EMERGENCY else "normal",
        "topic": topic,
    }


def _first(
    words: wording.Words, kind: wording.Template, about: str, language: str
) -> tuple[str, ...]:
    if kind.public:
        return words.text[:1]
    return (f"{DOSSIER[language]} {about}.",) if _is_dossier(about) else ()


def _is_dossier(about: str) -> bool:
    try:
        DossierCode(about)
    except MalformedCode:
        return False
    return True


def _topic(about: str) -> str:
    """The push service keeps the newest word about one matter; it does not learn which."""
    return urlsafe_b64encode(blind_index(about, scope="push.topic")).rstrip(b"=").decode()
