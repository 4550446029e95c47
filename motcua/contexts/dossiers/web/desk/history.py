"""Lịch sử và phiếu kiểm soát: who did what when, and how long each step was held."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import EventView, Step, TaskKind, TaskState, TaskView
from motcua.contexts.dossiers.contracts import DeskView
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import ROLE_NAMES
from motcua.kernel.clock import city_time
from motcua.ui import dates
from motcua.ui.parts import Cell, Chip, RiverStep, Table, Tone

Slip = Table
KINDS = {
    "opened": "Nộp hồ sơ",
    "supplied": "Người nộp gửi thêm",
    "opinion": "Trả lời ý kiến",
    "silence": "Quá hạn trả lời ý kiến",
    "opinion_withdrawn": "Rút câu hỏi ý kiến",
    "opinion_late": "Trả lời ý kiến sau hạn",
    "longer_asked": "Xin thêm thời gian trả lời ý kiến",
    "longer_granted": "Cho thêm thời gian trả lời ý kiến",
    "longer_declined": "Không cho thêm thời gian trả lời ý kiến",
    "withdrawal": "Người nộp xin rút",
    "stopped": "Dừng giải quyết",
    "extended": "Xin lỗi và hẹn lại",
    "reorganised": "Chuyển theo sắp xếp cơ quan",
    "migrated": "Chuyển sang phiên bản khác của thủ tục",
    "paid": "Người nộp đã trả tiền",
    "value_taken": "Nhận giá trị nguồn",
    "value_kept": "Giữ điều người nộp khai",
    "visit_planned": "Hẹn xác minh thực địa",
    "visit_moved": "Đổi buổi xác minh thực địa",
    "visit_cancelled": "Hủy buổi xác minh thực địa",
    "visit_unsuited": "Người nộp báo không tiện giờ xác minh",
    "visit_closed": "Chốt biên bản xác minh thực địa",
    "proposed": "Đề nghị bổ sung lần nữa",
    "proposal_declined": "Không cho phép bổ sung lần nữa",
}
HEADS = (
    ("Bước", False),
    ("Đơn vị, người làm", False),
    ("Nhận", False),
    ("Hạn", False),
    ("Xong", False),
    ("Kết quả", False),
)


def history_of(view: DeskView, *, after: int = 0) -> tuple[RiverStep, ...]:
    """Newest last, as it happened; behind the event of this serial."""
    absent = {e.on_behalf_of for e in view.dossier.events if e.on_behalf_of}
    names = {i: o.full_name for i, o in organisations.officers_by_id(absent).items()}
    names |= identity.names_of(absent - names.keys())  # a party's representative
    return tuple(
        RiverStep(
            title=title,
            state="done",
            text=event.note,
            note=" · ".join(filter(None, _line(event, names))),
            link=past_url(view.dossier.code, event.at),
            link_label="Hồ sơ như lúc ấy",
        )
        for event, title in titled(view, view.dossier.events)
        if event.serial > after
    )


def titled(view: DeskView, events: Iterable[EventView]) -> Iterator[tuple[EventView, str]]:
    """Each event with what was done in it."""
    before = ""  # an event carries the step it led to; it was done in the one before
    for event in events:
        yield event, title_of(event, before, dict(_labels(view, event.at)))
        before = event.step


def past_url(code: str, at: datetime) -> str:
    """The dossier as it stood then."""
    return f"/ban/ho-so/{code}/luc/{at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"


def title_of(event: EventView, before: str, labels: Mapping[str, str]) -> str:
    """In the words of the approved table, else of what happens outside it."""
    tried = (f"{before}.{event.action}", f"{event.step}.{event.action}")
    found = next((labels[key] for key in tried if key in labels), None)
    return found or KINDS.get(event.kind, "") or event.action or event.kind


def _steps(view: DeskView, at: datetime | None) -> tuple[Step, ...]:
    """Of the approved table that the dossier went by then; None: goes by now."""
    dossier = view.dossier
    earlier = (one.process_id for one in dossier.earlier if at and at < one.until)
    process_id = next(earlier, dossier.version.process_id)
    return casework.process_table(process_id).steps if process_id is not None else ()


def _labels(view: DeskView, at: datetime) -> Iterator[tuple[str, str]]:
    """The words of the approved table for each action of it."""
    for step in _steps(view, at):
        for action in step.actions:
            yield f"{step.key}.{action.key}", action.label


def _line(event: EventView, names: Mapping[UUID, str]) -> Iterator[str]:
    yield dates.city_moment(event.at)
    yield event.actor_name
    if event.on_behalf_of:
        yield f"làm thay {names.get(event.on_behalf_of, '')}"
    if event.unit_id:
        found = organisations.units_by_id([event.unit_id]).get(event.unit_id)
        yield found.name if found else ""


def slip_of(view: DeskView) -> Slip:
    """Phiếu kiểm soát quá trình giải quyết: one line per task."""
    people = organisations.officers_by_id({t.assignee_id for t in view.tasks if t.assignee_id})
    return Table(
        caption="Phiếu kiểm soát quá trình giải quyết",
        heads=HEADS,
        rows=tuple(
            _slip_row(task, view, people[task.assignee_id].full_name if task.assignee_id else "")
            for task in sorted(view.tasks, key=lambda t: t.opened_at)
        ),
    )


def _slip_row(task: TaskView, view: DeskView, name: str) -> tuple[Cell, ...]:
    names = {step.key: step.name for step in _steps(view, task.closed_at)}
    step = "Cho ý kiến" if task.kind is TaskKind.OPINION else names.get(task.step, task.step)
    unit = view.unit_names.get(task.unit_id, "")
    who = f"{unit}, {name or ROLE_NAMES[task.role]}"
    closed = task.closed_at
    return (
        Cell(text=step),
        Cell(text=who),
        Cell(text=_short(task.opened_at)),
        Cell(text=_short(task.due_at)),
        Cell(text=_short(closed) if closed else ""),
        Cell(text="", chip=_result(task)),
    )


def _short(at: datetime) -> str:
    here = city_time(at)
    return f"{dates.hour(here)} {dates.short_day(here)}"


def _result(task: TaskView) -> Chip:
    if task.state is TaskState.CANCELLED:
        return Chip(label="Bỏ")
    if task.closed_at is None:
        return Chip(label="Đang chờ" if task.state is TaskState.WAITING else "Đang làm")
    late = task.closed_at > task.due_at
    return Chip(label="Trễ", tone=Tone.LATE) if late else Chip(label="Đúng hạn", tone=Tone.OK)
