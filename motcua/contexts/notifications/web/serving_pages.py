"""Mô hình các trang về việc báo tin đúng luật."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.contexts.exchange.contracts import neighbour_name
from motcua.contexts.notifications.contracts import (
    DeliveryState,
    Leaf,
    PaperWay,
    Service,
    WayOut,
)
from motcua.contexts.notifications.models import PaperService
from motcua.contexts.notifications.rules import wording
from motcua.contexts.notifications.web.choosing_pages import channel_name
from motcua.kernel.actors import Actor
from motcua.ui import dates
from motcua.ui.parts import Action, Cell, Chip, Empty, Table, Tone
from motcua.ui.shell import frame_for

HEADS = (
    "Mã tin", "Loại tin", "Mã hồ sơ", "Lập lúc", "Mở lúc", "Đã tới người nhận", "Cách",
    "Tình trạng", "Qua", "Giao đi lúc", "Nơi nhận chuyển nhận lúc", "Tới máy lúc", "Lý do",
    "Giao giấy", "Giao giấy lúc",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    title: str
    subject: str
    made: str
    chip: Chip
    open: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesPage:
    shell: str
    subject: str
    lines: tuple[NoticeLine, ...]
    empty: Empty


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage:
    shell: str
    title: str
    subject: str
    chip: Chip
    course: Table
    proofs: Table
    pdf_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    id: str
    title: str
    subject: str
    asked: str
    done: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersPage:
    waiting: tuple[PaperLine, ...]
    done: tuple[PaperLine, ...]
    empty: Empty


def notices_page(found: Sequence[Service], *, subject: str, actor: Actor) -> NoticesPage:
    return NoticesPage(
        shell=frame_for(actor),
        subject=subject,
        lines=tuple(map(_line, found)),
        empty=Empty(
            title=_("Chưa có tin nào"),
            text=_("Tin pháp luật buộc báo về hồ sơ nằm ở đây."),
            icon="bell",
        ),
    )


def notice_page(one: Service, *, actor: Actor) -> NoticePage:
    return NoticePage(
        shell=frame_for(actor),
        title=one.title,
        subject=one.subject,
        chip=_reached(one),
        course=Table(
            caption=_("Tin này đã đi thế nào"),
            heads=((_("Lúc"), False), (_("Việc"), False)),
            rows=tuple((Cell(text=at), Cell(text=what)) for at, what in course(one)),
        ),
        proofs=Table(
            caption=_("Bằng chứng trong sổ cái"),
            heads=((_("Lúc"), False), (_("Việc, dấu của lá, nơi niêm phong"), False)),
            rows=tuple(map(_proof, one.leaves)),
        ),
        pdf_url=reverse("notifications:notice_pdf", args=[one.id]),
    )


def papers_page(waiting: Iterable[PaperService], done: Iterable[PaperService]) -> PapersPage:
    return PapersPage(
        waiting=tuple(map(_paper_line, waiting)),
        done=tuple(map(_paper_line, done)),
        empty=Empty(
            title="Không có tin nào phải giao giấy",
            text="Tin pháp luật buộc báo mà chưa ai mở, chưa tới máy nào, nằm ở đây.",
            icon="circle-check",
        ),
    )


def course(one: Service) -> Iterator[tuple[str, str]]:
    """(moment, what happened), in the order of time; what has no moment comes last."""
    steps: list[tuple[datetime, str]] = [(one.made_at, _("Lập tin, để trong hộp thông báo"))]
    still: list[str] = []
    for way in one.ways:
        name = channel_name(way.channel)
        for at, words in _moments(way, name):
            steps.append((at, words))
        if not way.handed_at:
            still.append(f"{name}: {state_words(way.state)}")
        elif way.state is DeliveryState.FAILED:
            still.append(f"{name}: {state_words(way.state)} ({way.reason})")
    if one.opened_at:
        steps.append((one.opened_at, _("Người nhận mở tin trong Công dân số")))
    if one.paper:
        steps.append((one.paper.asked_at, _("Chưa ai mở: chuyển quầy giao giấy")))
        if one.paper.done_at and one.paper.way:
            steps.append((one.paper.done_at, _paper_words(one.paper.way, one.paper.reference)))
    yield from (
        (dates.city_moment(at), words) for at, words in sorted(steps, key=lambda step: step[0])
    )
    yield from (("", words) for words in still)


def state_words(state: DeliveryState) -> str:
    return {
        DeliveryState.HELD: _("chờ hết giờ yên tĩnh"),
        DeliveryState.GATHERED: _("chờ thư trong ngày"),
        DeliveryState.HANDED: _("đang gửi"),
        DeliveryState.SENT: _("nơi chuyển đã nhận"),
        DeliveryState.DELIVERED: _("đã tới máy"),
        DeliveryState.OFF: _("người nhận đã tắt hoặc đã đọc"),
        DeliveryState.FAILED: _("không gửi được"),
        DeliveryState.NO_ADDRESS: _("chưa có địa chỉ"),
        DeliveryState.STOPPED: _("người nhận yêu cầu ngừng dùng cách này"),
    }[state]


def printed(one: Service, *, now: datetime) -> Mapping[str, object]:
    """The values of the printed proof."""
    return {
        "id": str(one.id),
        "title": one.title,
        "subject": one.subject,
        "reached": _reached(one).label,
        "course": [{"at": at or "—", "what": what} for at, what in course(one)],
        "leaves": [
            {
                "at": dates.city_moment(leaf.at),
                "action": _act(leaf),
                "digest": leaf.digest,
                "sealed": _sealed(leaf),
            }
            for leaf in one.leaves
        ],
        "printed_at": dates.city_moment(now),
    }


def exported(found: Iterable[Service]) -> Iterator[tuple[str, ...]]:
    """One row for each way out; a notice without any has one row of its own."""
    for one in found:
        paper = one.paper
        ends = (
            paper.way or "" if paper else "",
            _iso(paper.done_at if paper else None),
        )
        head = (
            str(one.id), one.template, one.subject, _iso(one.made_at), _iso(one.opened_at),
            one.reached,
        )  # fmt: skip
        for way in one.ways or (None,):
            middle = ("",) * 7 if way is None else _way_cells(way)
            yield (*head, *middle, *ends)


def _way_cells(way: WayOut) -> tuple[str, ...]:
    return (
        way.channel,
        way.state,
        way.provider,
        _iso(way.handed_at),
        _iso(way.sent_at),
        _iso(way.delivered_at),
        way.reason,
    )


def _moments(way: WayOut, name: str) -> Iterator[tuple[datetime, str]]:
    by = f" ({neighbour_name(way.provider)})" if way.provider else ""
    told = (
        (way.handed_at, _("giao đi")),
        (way.sent_at, _("nơi chuyển đã nhận")),
        (way.delivered_at, _("đã tới máy, theo biên nhận")),
    )
    for at, words in told:
        if at:
            yield at, f"{name}: {words}{by if at is not way.handed_at else ''}"


def _line(one: Service) -> NoticeLine:
    url = reverse("notifications:notice", args=[one.id])
    return NoticeLine(
        title=one.title,
        subject=one.subject,
        made=dates.city_moment(one.made_at),
        chip=_reached(one),
        open=Action(label=_("Đã báo thế nào"), url=url, kind="quiet"),
    )


def _reached(one: Service) -> Chip:
    words = {
        "OPENED": _("Người nhận đã mở"),
        "DELIVERED": _("Đã tới máy của người nhận"),
        "PAPER": _("Đã giao bằng giấy"),
    }
    if one.reached:
        return Chip(label=words[one.reached], tone=Tone.OK, icon="circle-check")
    if one.paper:
        return Chip(label=_("Quầy đang giao bằng giấy"), tone=Tone.GO, icon="clock")
    return Chip(label=_("Chưa biết đã tới"), icon="clock")


def _proof(leaf: Leaf) -> tuple[Cell, ...]:
    """Two columns, which a telephone shows whole."""
    said = (_act(leaf), leaf.digest[:16], _sealed(leaf))
    return (Cell(text=dates.city_moment(leaf.at)), Cell(text=". ".join(said)))


def _act(leaf: Leaf) -> str:
    known = {
        "notifications.made": _("Lập tin"),
        "notifications.send_out": _("Giao các cách gửi"),
        "notifications.note_outcome": _("Ghi kết quả gửi"),
        "notifications.opened": _("Mở tin"),
        "notifications.mark_read": _("Mở tin"),
        "exchange.note_outcome": _("Nơi chuyển trả lời"),
        "exchange.retry": _("Gửi lại theo yêu cầu"),
        "exchange.take_receipt": _("Nơi chuyển gửi biên nhận"),
        "notifications.ask_for_paper": _("Chuyển quầy giao giấy"),
        "notifications.note_paper": _("Ghi lần giao giấy"),
    }
    return known.get(leaf.action, leaf.action)


def _sealed(leaf: Leaf) -> str:
    if not leaf.head:
        return _("Chưa, chờ lần niêm phong kế")
    if not leaf.holds:
        return _("Không khớp sổ cái")
    words = _("Đầu sổ %(head)s, vị trí %(position)s")
    return words % {"head": leaf.head, "position": leaf.position}


def _paper_line(row: PaperService) -> PaperLine:
    way = PaperWay(row.way) if row.way else None
    done = f"{_paper_words(way, row.reference)}, {dates.city_moment(row.done_at)}" if way else ""
    notification = row.notification
    return PaperLine(
        id=str(row.id),
        title=wording.say(notification.template, "vi", {}).title,
        subject=notification.subject,
        asked=dates.city_moment(row.asked_at),
        done=done,
        url=reverse("notifications:paper_done", args=[row.id]),
    )


def _paper_words(way: PaperWay, reference: str) -> str:
    if way is PaperWay.COUNTER:
        return _("Giao tận tay tại quầy")
    return _("Gửi bưu điện, số %(number)s") % {"number": reference}


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
