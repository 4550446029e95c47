"""Mô hình trang bàn gọi số."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.contexts.counters.contracts.queue import TicketChannel, TicketView, WindowView
from motcua.contexts.counters.queries import queue
from motcua.contexts.counters.rules.queue_data import groups_of, rule
from motcua.contexts.organisations.contracts import UnitView
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time
from motcua.ui import dates
from motcua.ui.parts import Chip, Empty, Fact, FieldError, Option, QuestionView, Tone

CHANNELS = {
    TicketChannel.KIOSK: "lấy ở kiosk",
    TicketChannel.PHONE: "lấy qua điện thoại",
    TicketChannel.APPOINTMENT: "có hẹn",
    TicketChannel.OFFICER: "cán bộ lấy giúp",
}
SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningPage:
    """Nobody sits yet."""

    questions: tuple[QuestionView, ...]
    taken: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    id: str
    label: str
    note: str
    chip: Chip | None
    may_return: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AtWindow:
    """The ticket at the window. asks_priority: the choice at the kiosk is not looked at yet."""

    id: str
    label: str
    facts: tuple[Fact, ...]
    asks_priority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowPage:
    number: int
    place: str
    seen: str
    now_at: AtWindow | None
    groups: str
    transfer: tuple[Option, ...]
    windows: tuple[Option, ...]
    waiting: tuple[LineRow, ...]
    count: str
    absent: tuple[LineRow, ...]
    unserved: str
    board_url: str
    kiosk_url: str
    empty: Empty


def opening_page(
    desks: Sequence[UnitView],
    typed: Mapping[str, str],
    chosen: Sequence[str],
    *,
    now: datetime,
    errors: Mapping[str, str] | None = None,
) -> OpeningPage:
    wrong = errors or {}
    unit = next((one for one in desks if str(one.id) == typed.get("unit")), desks[0])
    opened = queue.windows(unit.id, day=city_date(now))
    where = QuestionView(
        key="unit",
        label="Nơi tiếp nhận",
        type="choice",
        value=str(unit.id),
        options=tuple(Option(value=str(one.id), label=one.name) for one in desks),
    )
    return OpeningPage(
        questions=(
            *((where,) if len(desks) > 1 else ()),
            QuestionView(
                key="number",
                label="Bàn số",
                type="number",
                value=typed.get("number", ""),
                help="Số ghi trên bàn bạn ngồi.",
                error=wrong.get("number", ""),
            ),
            QuestionView(
                key="groups",
                label="Gọi nhóm việc nào",
                type="multi_choice",
                values=tuple(chosen),
                options=tuple(
                    Option(value=one.letter, label=f"{one.letter} · {one.name}")
                    for one in groups_of(unit.kind)
                ),
                error=wrong.get("groups", ""),
            ),
        ),
        taken=", ".join(str(one.number) for one in opened),
        errors=tuple(FieldError(text=text, field=name) for name, text in wrong.items()),
    )


def window_page(window: WindowView, unit: UnitView, actor: Actor, *, now: datetime) -> WindowPage:
    groups = groups_of(unit.kind)
    current = queue.ticket(window.current_id) if window.current_id else None
    waiting = queue.waiting_at(unit.id, window.groups, actor, now=now)
    seen = queue.board(unit.id, now=now)
    others = [w for w in queue.windows(unit.id, day=city_date(now)) if w.id != window.id]
    return WindowPage(
        number=window.number,
        place=unit.short_name or unit.name,
        seen=str(window.current_id or ""),
        now_at=_at_window(current, now) if current else None,
        groups=", ".join(f"{g.letter} {g.name}" for g in groups if g.letter in window.groups),
        transfer=tuple(
            Option(value=one.letter, label=f"{one.letter} · {one.name}") for one in groups
        ),
        windows=tuple(Option(value=str(w.number), label=f"Bàn {w.number}") for w in others),
        waiting=tuple(_row(one, now) for one in waiting[:SHOWN]),
        count=f"{len(waiting)} người chờ",
        absent=tuple(_row(one, now) for one in queue.absent_at(unit.id, actor, now=now)[:SHOWN]),
        unserved=", ".join(seen.unserved),
        board_url=f"/bang-so/{unit.code}",
        kiosk_url=f"/kiosk/{unit.code}",
        empty=Empty(title="Không còn ai chờ", text="Số mới hiện ở đây khi bạn tải lại trang."),
    )


def _at_window(found: TicketView, now: datetime) -> AtWindow:
    kinds = {one.kind: one.name for one in rule().priorities}
    called = found.called_at or found.queued_at
    facts = [
        Fact(label="Đã chờ", value=f"{_minutes(found.queued_at, called)} phút"),
        Fact(label="Gọi lúc", value=dates.hour(city_time(called))),
        Fact(label="Lấy số", value=CHANNELS[found.channel]),
    ]
    said = kinds[found.kind] if found.kind else "Có diện ưu tiên, bạn hỏi người dân"
    if found.priority and found.confirmed:
        facts.append(Fact(label="Ưu tiên", value=f"{said}, đã xác nhận"))
    asks = said if found.priority and found.confirmed is None else ""
    return AtWindow(id=str(found.id), label=found.label, facts=tuple(facts), asks_priority=asks)


def _row(found: TicketView, now: datetime) -> LineRow:
    chip = None
    if found.priority and found.confirmed is not False:
        chip = Chip(label="Ưu tiên", tone=Tone.INFO, icon="heart-handshake")
    elif found.channel is TicketChannel.APPOINTMENT:
        chip = Chip(label="Có hẹn", tone=Tone.INFO, icon="calendar-check")
    return LineRow(
        id=str(found.id),
        label=found.label,
        note=f"chờ {_minutes(found.queued_at, now)} phút",
        chip=chip,
        may_return=found.times_back < rule().times_back,
    )


def _minutes(since: datetime, until: datetime) -> int:
    return max(0, int((until - since).total_seconds() // 60))
