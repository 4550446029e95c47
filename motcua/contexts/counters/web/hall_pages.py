"""Mô hình trang của sảnh: kiosk, số trên điện thoại, bảng gọi số."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.contexts.counters.contracts.queue import (
    BoardView,
    Called,
    Place,
    TicketState,
    TicketView,
)
from motcua.contexts.counters.queries import queue
from motcua.contexts.counters.rules.queue_data import ServiceGroup, groups_of, rule
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitView
from motcua.kernel.clock import city_date, city_time
from motcua.ui import dates
from motcua.ui.parts import Chip, Crumb, Fact, FieldError, Option, QuestionView, Tone
from motcua.ui.words import foreign, language

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
STATES = {
    TicketState.WAITING: (Tone.GO, "hourglass"),
    TicketState.CALLED: (Tone.TURN, "bell"),
    TicketState.ABSENT: (Tone.LATE, "circle-alert"),
    TicketState.FINISHED: (Tone.OK, "circle-check"),
    TicketState.CANCELLED: (Tone.PLAIN, "circle-x"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskPage:
    """chosen: the group of the first step; "" while it is asked for."""

    place: str
    place_language: str
    url: str
    groups: tuple[Choice, ...]
    chosen: str
    chosen_name: str
    kinds: tuple[Choice, ...]
    closed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPage:
    """cancel_url: "" when it can be given up no more. back_url: of the kiosk, else ""."""

    label: str
    group: str
    place: str
    place_language: str
    state: Chip
    turn: str
    before: str
    wait: str
    facts: tuple[Fact, ...]
    qr: str
    cancel_url: str
    back_url: str
    refresh: bool
    as_of: str
    crumbs: tuple[Crumb, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    name: str
    url: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DesksPage:
    asked: str
    desks: tuple[DeskRow, ...]
    tickets: tuple[DeskRow, ...]
    language: str
    more: bool
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePage:
    place: str
    place_language: str
    question: QuestionView
    phone: QuestionView | None
    book_url: str
    closed: str
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    label: str
    window: str
    since: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """said: the newest call as it is spoken; said_key changes with each call."""

    place: str
    rows: tuple[Row, ...]
    waiting: tuple[Fact, ...]
    said: str
    said_key: str
    as_of: str


def kiosk_page(unit: UnitView, letter: str, *, now: datetime) -> KioskPage:
    groups = groups_of(unit.kind)
    chosen = next((one for one in groups if one.letter == letter), None)
    return KioskPage(
        place=unit.name,
        place_language=foreign(),
        url=f"/kiosk/{unit.code}",
        groups=tuple(Choice(value=one.letter, label=name_of(one)) for one in groups),
        chosen=chosen.letter if chosen else "",
        chosen_name=name_of(chosen) if chosen else "",
        kinds=tuple(
            Choice(value=one.kind, label=one.name_en if language() == "en" else one.name)
            for one in rule().priorities
        ),
        closed=closed_words(unit, now=now),
    )


def name_of(group: ServiceGroup) -> str:
    return group.name_en if language() == "en" else group.name


def closed_words(unit: UnitView, *, now: datetime) -> str:
    """When it opens again; "" while it is open."""
    if queue.is_open(unit.id, now=now):
        return ""
    opens = organisations.opening_of(unit.id, city_date(now)).next_opening(now)
    words = _("Nơi tiếp nhận đang đóng cửa. Mở cửa lại lúc %(hour)s, %(day)s.")
    return words % {"hour": dates.hour(opens), "day": dates.long_day(opens)}


def ticket_page(
    found: TicketView, unit: UnitView, *, now: datetime, back_url: str = ""
) -> TicketPage:
    url = f"/so/{found.id}"
    over = found.day != city_date(now)
    waits = found.state is TicketState.WAITING and not over
    at = queue.place(found, now=now) if waits else None
    group = next((one for one in groups_of(unit.kind) if one.letter == found.group), None)
    return TicketPage(
        label=found.label,
        group=name_of(group) if group else "",
        place=unit.name,
        place_language=foreign(),
        state=_state(found, over=over),
        turn=_turn(found, over=over),
        before=_before(at) if at else "",
        wait=wait_words(at) if at else "",
        facts=_facts(found),
        qr=f"{settings.PUBLIC_ORIGIN}{url}",
        cancel_url=f"{url}/bo" if waits else "",
        back_url=back_url,
        refresh=not over and found.state in {TicketState.WAITING, TicketState.CALLED},
        as_of=clock_words(now),
        crumbs=(Crumb(label=_("Lấy số"), url="/lay-so"), Crumb(label=found.label)),
    )


def _facts(found: TicketView) -> tuple[Fact, ...]:
    taken = Fact(label=_("Lấy lúc"), value=dates.city_moment(found.taken_at))
    if not found.priority:
        return (taken,)
    return (taken, Fact(label=_("Ưu tiên"), value=_("Bạn nói với cán bộ ở bàn")))


def _state(found: TicketView, *, over: bool) -> Chip:
    if over and found.state in {TicketState.WAITING, TicketState.CALLED, TicketState.ABSENT}:
        return Chip(label=_("Đã hết ngày"), icon="circle-x")
    words = {
        TicketState.WAITING: _("Đang chờ"),
        TicketState.CALLED: _("Đến lượt bạn"),
        TicketState.ABSENT: _("Đã gọi, bạn vắng"),
        TicketState.FINISHED: _("Đã xong"),
        TicketState.CANCELLED: _("Đã bỏ số"),
    }
    tone, icon = STATES[found.state]
    return Chip(label=words[found.state], tone=tone, icon=icon)


def _turn(found: TicketView, *, over: bool) -> str:
    """What the person does now."""
    if over:
        words = _("Số này của ngày %(day)s, nay đã hết hiệu lực. Bạn lấy số mới.")
        return words % {"day": dates.day(found.day)}
    if found.state is TicketState.CALLED:
        return _("Mời bạn đến bàn số %(window)s.") % {"window": found.window}
    if found.state is TicketState.ABSENT:
        return _("Bạn đến gặp cán bộ ở bất kỳ bàn nào trong hôm nay để được gọi lại.")
    return ""


def _before(at: Place) -> str:
    if not at.before:
        return _("Bạn là người tiếp theo.")
    return _("Trước bạn còn %(count)s số.") % {"count": at.before}


def wait_words(at: Place) -> str:
    """What the day has shown, or that it has shown nothing yet."""
    if not at.windows:
        return _("Chưa có bàn nào mở cho nhóm việc này.")
    if at.minutes is None:
        return _("Chưa đủ số liệu hôm nay để ước thời gian chờ.")
    return _("Ước chừng %(minutes)s phút, theo các số đã xong hôm nay.") % {"minutes": at.minutes}


def clock_words(now: datetime) -> str:
    """With seconds: whoever looks sees that it moves."""
    return f"{dates.hour(city_time(now))}:{city_time(now).second:02}"


def board_page(unit: UnitView, seen: BoardView, *, now: datetime) -> BoardPage:
    newest = seen.calls[0] if seen.calls else None
    return BoardPage(
        place=unit.name,
        rows=tuple(
            Row(
                label=one.label,
                window=str(one.window),
                since=dates.hour(city_time(one.called_at)),
                here=one.here,
            )
            for one in seen.calls
        ),
        waiting=tuple(
            Fact(label=name_of(group), value=str(seen.waiting.get(group.letter, 0)))
            for group in groups_of(unit.kind)
        ),
        said=spoken(newest) if newest else "",
        said_key=f"{newest.label}-{newest.calls}" if newest else "",
        as_of=clock_words(now),
    )


def spoken(call: Called) -> str:
    """Digit by digit: «007» is heard as a number otherwise."""
    digits = " ".join(DIGITS[int(one)] for one in call.label[1:])
    return f"Mời số {call.label[0]} {digits}, đến bàn số {call.window}."


def take_question(unit: UnitView, chosen: str, error: str = "") -> QuestionView:
    return QuestionView(
        key="group",
        label=_("Bạn đến làm việc gì?"),
        type="choice",
        value=chosen,
        options=tuple(Option(value=one.letter, label=name_of(one)) for one in groups_of(unit.kind)),
        error=error,
    )


def phone_question(typed: str, error: str = "") -> QuestionView:
    return QuestionView(
        key="phone",
        label=_("Số điện thoại của bạn"),
        type="phone",
        value=typed,
        help=_("Để mỗi người một số. Chúng tôi không giữ số điện thoại, chỉ giữ dấu của nó."),
        error=error,
    )
