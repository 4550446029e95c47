"""Mô hình trang thông báo."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.contexts.notifications.contracts import Level, MessageView, Tab
from motcua.contexts.notifications.queries import PAGE
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_time
from motcua.ui import dates
from motcua.ui.parts import Action, Chip, Empty, Pager, Tone
from motcua.ui.shell import frame_for

TABS = {"can-lam": Tab.TO_DO, "cho-biet": Tab.TO_KNOW}
SLUGS = {tab: slug for slug, tab in TABS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class TabLink:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message. `chip` is None when it asks for nothing."""

    title: str
    text: str
    next_step: str
    when: str
    at: str
    unread: bool
    chip: Chip | None
    open: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectGroup:
    """The messages about one dossier on this page."""

    id: str
    subject: str
    lines: tuple[Line, ...]
    read: Action | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    shell: str
    tabs: tuple[TabLink, ...]
    groups: tuple[SubjectGroup, ...]
    read_all: Action | None
    empty: Empty
    pager: Pager


def inbox_page(messages: Sequence[MessageView], *, tab: Tab, to_do: int, actor: Actor) -> InboxPage:
    """`messages` may hold one more than a page: then there are older ones."""
    shown = tuple(messages[:PAGE])
    return InboxPage(
        shell=frame_for(actor),
        tabs=_tabs(tab, to_do),
        groups=_groups(shown, tab),
        read_all=_read(tab, _("Đánh dấu tất cả đã đọc"))
        if any(not m.read for m in shown)
        else None,
        empty=_empty(tab),
        pager=_pager(messages, tab),
    )


def _tabs(current: Tab, to_do: int) -> tuple[TabLink, ...]:
    count = f" ({to_do})" if to_do else ""
    labels = {Tab.TO_DO: _("Cần làm") + count, Tab.TO_KNOW: _("Cho biết")}
    return tuple(
        TabLink(label=label, url=_url(tab), current=tab is current) for tab, label in labels.items()
    )


def _url(tab: Tab, **more: str) -> str:
    return f"{reverse('notifications:inbox')}?{urlencode({'muc': SLUGS[tab], **more})}"


def _groups(messages: Sequence[MessageView], tab: Tab) -> tuple[SubjectGroup, ...]:
    """Dossiers in the order of their newest message."""
    newest = {m.subject: at for at, m in reversed(tuple(enumerate(messages)))}
    ordered = sorted(messages, key=lambda m: newest[m.subject])
    return tuple(
        _group(subject, tuple(found), tab)
        for subject, found in groupby(ordered, key=lambda m: m.subject)
    )


def _group(subject: str, messages: tuple[MessageView, ...], tab: Tab) -> SubjectGroup:
    unread = any(not message.read for message in messages)
    return SubjectGroup(
        id=f"g-{messages[0].id}",
        subject=subject,
        lines=tuple(_line(message) for message in messages),
        read=_read(tab, _("Đánh dấu đã đọc"), subject) if unread else None,
    )


def _line(message: MessageView) -> Line:
    at = city_time(message.created_at)
    return Line(
        title=message.title,
        text=message.text,
        next_step=message.next_step,
        when=dates.moment(at),
        at=dates.attribute(at),
        unread=not message.read,
        chip=_chip(message),
        open=Action(
            label=_("Làm ngay") if message.is_turn else _("Xem"),
            url=reverse("notifications:open", args=[message.id]),
            kind="turn" if message.is_turn else "quiet",
            post=True,
        ),
    )


def _chip(message: MessageView) -> Chip | None:
    if not message.is_turn:
        return None
    if message.level is Level.YOUR_TURN:
        return Chip(label=_("Đến lượt bạn"), tone=Tone.TURN, icon="hand")
    return Chip(label=_("Cảnh báo"), tone=Tone.LATE, icon="triangle-alert")


def _read(tab: Tab, label: str, subject: str = "") -> Action:
    fields = (("muc", SLUGS[tab]), *((("ho_so", subject),) if subject else ()))
    return Action(
        label=label, url=reverse("notifications:read_all"), kind="quiet", post=True, fields=fields
    )


def _empty(tab: Tab) -> Empty:
    if tab is Tab.TO_DO:
        return Empty(
            title=_("Hết việc cần làm"),
            text=_("Khi có việc đến lượt bạn, tin nằm ở đây."),
            icon="circle-check",
            action=Action(label=_("Xem mục Cho biết"), url=_url(Tab.TO_KNOW)),
        )
    return Empty(title=_("Chưa có tin nào"), text=_("Tin về hồ sơ của bạn nằm ở đây."), icon="bell")


def _pager(messages: Sequence[MessageView], tab: Tab) -> Pager:
    if len(messages) <= PAGE:
        return Pager()
    return Pager(older_url=_url(tab, truoc=str(messages[PAGE - 1].id)))
