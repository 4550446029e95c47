"""Mô hình trang danh sách: rows of the inbox, grouped by when my step is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import TaskKind, TaskState, Timeliness
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    SOURCE_NAMES,
    DossierLine,
    InboxGroup,
    LinePage,
    Source,
)
from motcua.contexts.dossiers.web.desk.asking import BAN, Asked
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import ROLE_NAMES, Actor, Role
from motcua.ui import dates
from motcua.ui.parts import Action, Empty, FieldError, Option, Pager, Tone, WorkGroup, WorkItem

ICONS = {
    Source.NATIONAL_PORTAL: "globe",
    Source.CITY_APP: "smartphone",
    Source.COUNTER: "landmark",
    Source.ASSISTED: "hand-helping",
    Source.POST: "mail",
    Source.API: "plug",
}
TITLES = {
    InboxGroup.OVERDUE: ("Quá hạn", Tone.LATE),
    InboxGroup.TODAY: ("Hạn hôm nay", Tone.TURN),
    InboxGroup.LATER: ("Sắp tới", Tone.PLAIN),
    InboxGroup.WAITING: ("Đồng hồ dừng hoặc chờ ý kiến", Tone.PLAIN),
}
WAITING_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The form above the list; a choice of one is no choice and is left out."""

    roles: tuple[Option, ...]
    role: str
    units: tuple[Option, ...]
    unit: str
    mine_only: bool
    hidden: tuple[tuple[str, str], ...]
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """The list at the left. `title` is the h1 when no dossier is open."""

    title: str
    groups: tuple[WorkGroup, ...]
    filters: Filters
    pager: Pager | None
    empty: Empty | None
    export_url: str
    claim_url: str  # POST: take the ticked ones
    bulk_url: str  # POST: see what can be done with the ticked ones together
    go_on: bool  # chế độ làm tiếp: after an action comes the next dossier
    here: str
    search: str = ""
    back_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    list: ListPage
    errors: tuple[FieldError, ...] = ()


def group_of(line: DossierLine, now: datetime) -> InboxGroup:
    task = line.task
    if task is None or task.state is TaskState.WAITING:
        return InboxGroup.WAITING
    if task.due_at <= now:
        return InboxGroup.OVERDUE
    return InboxGroup.TODAY if task.due_at < dossiers.tonight(now) else InboxGroup.LATER


def step_left(line: DossierLine, now: datetime) -> tuple[str, bool]:
    """Time left for my step, in working time though the row says «ngày»; whether it is late."""
    words, late = _step_left(line, now)
    return words.replace(" làm việc", ""), late


def _step_left(line: DossierLine, now: datetime) -> tuple[str, bool]:
    task = line.task
    if task is None:
        return line.left_text, line.timeliness is Timeliness.OVERDUE
    if task.state is TaskState.WAITING:
        return "đang chờ", False
    calendar = organisations.calendar_of(task.unit_id)
    if task.due_at <= now:
        minutes = calendar.working_minutes_between(task.due_at, now)
        return casework.left_in_words(-max(minutes, 1), Timeliness.OVERDUE), True
    minutes = calendar.working_minutes_between(now, task.due_at)
    return casework.left_in_words(minutes, Timeliness.RUNNING_OK), False


def step_of(line: DossierLine) -> str:
    opinion = line.task is not None and line.task.kind is TaskKind.OPINION
    return "Cho ý kiến" if opinion else line.step_name


def work_item(line: DossierLine, asked: Asked, *, now: datetime, current: str) -> WorkItem:
    due, late = step_left(line, now)
    icons = [(ICONS[line.source], SOURCE_NAMES[line.source])]
    if line.unanswered:
        icons.insert(0, ("message-square", "Người nộp chờ trả lời"))
    if line.priority:
        icons.insert(0, ("flag", "Ưu tiên"))
    return WorkItem(
        key=line.code,
        title=line.applicant_name,
        url=asked.url(f"{BAN}/ho-so/{line.code}"),
        text=f"{line.procedure_name} · {line.code[-4:]} · {step_of(line)}",
        due=due,
        late=late,
        current=line.code == current,
        icons=tuple(icons),
    )


def work_groups(
    lines: Sequence[DossierLine], asked: Asked, *, now: datetime, current: str
) -> tuple[WorkGroup, ...]:
    found: dict[InboxGroup, list[WorkItem]] = {}
    for line in lines:
        item = work_item(line, asked, now=now, current=current)
        found.setdefault(group_of(line, now), []).append(item)
    return tuple(
        WorkGroup(
            title=TITLES[group][0],
            tone=TITLES[group][1],
            items=tuple(found[group]),
            count=str(len(found[group])),
        )
        for group in InboxGroup
        if group in found
    )


def list_page(
    actor: Actor, asked: Asked, *, now: datetime, go_on: bool, current: str = ""
) -> ListPage:
    """The inbox as asked; behind its last row come those that wait for somebody else."""
    page = dossiers.inbox(actor, asked.wanted, now=now, after=asked.after, before=asked.before)
    shown = page.lines + _waiting(actor, asked, page, now)
    return ListPage(
        title=title_of(asked),
        groups=work_groups(shown, asked, now=now, current=current),
        filters=filters_of(actor, asked),
        pager=_pager(asked, page),
        empty=None if shown else empty_of(asked),
        export_url=asked.url(f"{BAN}/xuat.csv"),
        claim_url=asked.url(f"{BAN}/nhan-viec"),
        bulk_url=asked.url(f"{BAN}/hang-loat/chon"),
        go_on=go_on,
        here=asked.url(f"{BAN}/ho-so/{current}" if current else BAN),
        back_url=asked.url(),
    )


def _waiting(actor: Actor, asked: Asked, page: LinePage, now: datetime) -> tuple[DossierLine, ...]:
    if page.older or asked.wanted.waiting or asked.wanted.group:
        return ()
    wanted = asked.wanted
    waiting = type(wanted)(
        role=wanted.role, unit_id=wanted.unit_id, mine_only=wanted.mine_only, waiting=True
    )
    return dossiers.inbox(actor, waiting, now=now, limit=WAITING_SHOWN).lines


def title_of(asked: Asked) -> str:
    if asked.wanted.waiting:
        return "Đang chờ"
    if asked.wanted.group:
        return TITLES[asked.wanted.group][0]
    return "Giao cho tôi" if asked.wanted.mine_only else "Việc của tôi"


def empty_of(asked: Asked) -> Empty:
    if asked.wanted.role or asked.wanted.unit_id or asked.wanted.mine_only or asked.after:
        return Empty(
            title="Không có hồ sơ nào trong phần này",
            text="Bạn bỏ bớt điều kiện lọc để xem các hồ sơ khác.",
            action=Action(label="Xem tất cả", url=BAN),
        )
    if asked.wanted.waiting:
        return Empty(
            title="Không có hồ sơ nào đang chờ", action=Action(label="Về việc của tôi", url=BAN)
        )
    if asked.wanted.group:
        return Empty(
            title="Hết việc đến hạn",
            text="Không có hồ sơ nào trong phần này.",
            icon="circle-check",
            action=Action(label="Xem tất cả việc", url=BAN),
        )
    return Empty(
        title="Hết việc",
        text="Hồ sơ đến bước của bạn sẽ hiện ở đây, việc gần hạn nhất đứng đầu.",
        icon="circle-check",
    )


def _pager(asked: Asked, page: LinePage) -> Pager | None:
    if not page.older and not page.newer:
        return None
    return Pager(
        older_url=asked.moved(sau=page.older) if page.older else "",
        newer_url=asked.moved(truoc=page.newer) if page.newer else "",
    )


def filters_of(actor: Actor, asked: Asked) -> Filters:
    units = organisations.units_by_id({post.unit_id for post in actor.posts})
    roles = sorted({post.role for post in actor.posts})
    wanted = asked.wanted
    return Filters(
        roles=_options({role: ROLE_NAMES[Role(role)].capitalize() for role in roles}),
        role=wanted.role or "",
        units=_options({unit_id: unit.name for unit_id, unit in units.items()}),
        unit=str(wanted.unit_id or ""),
        mine_only=wanted.mine_only,
        hidden=tuple((k, v) for k, v in asked.kept if k in {"viec", "han"}),
        active=bool(wanted.role or wanted.unit_id or wanted.mine_only),
    )


def _options(labels: dict[Role, str] | dict[UUID, str]) -> tuple[Option, ...]:
    made = [Option(value=str(value), label=label) for value, label in labels.items()]
    return tuple(sorted(made, key=lambda o: o.label)) if len(made) > 1 else ()


def found_page(
    text: str, lines: Sequence[DossierLine], actor: Actor, asked: Asked, *, now: datetime
) -> ListPage:
    """Answers of the search box."""
    items = tuple(work_item(line, asked, now=now, current="") for line in lines)
    group = WorkGroup(title="Tìm thấy", items=items, count=str(len(items)))
    return ListPage(
        title="Tìm hồ sơ",
        groups=(group,) if items else (),
        filters=Filters(
            roles=(), role="", units=(), unit="", mine_only=False, hidden=(), active=False
        ),
        pager=None,
        empty=None if items else nothing_found(text),
        export_url="",
        claim_url="",
        bulk_url="",
        go_on=False,
        here=BAN,
        search=text,
        back_url=BAN,
    )


def nothing_found(text: str) -> Empty:
    if not text:
        return Empty(
            title="Nhập mã hồ sơ hoặc số định danh",
            text="Mã hồ sơ như H29.99-20261123-0000001, số định danh đủ 12 chữ số.",
            icon="search",
        )
    return Empty(
        title="Không có hồ sơ nào khớp",
        text="Bạn nhập đủ mã hồ sơ hoặc đủ 12 chữ số của số định danh. "
        "Hồ sơ của đơn vị khác không hiện ở đây.",
        icon="search",
        action=Action(label="Về việc của tôi", url=BAN),
    )


CSV_HEADS = (
    "Mã hồ sơ", "Thủ tục", "Người nộp", "Bước", "Hạn của bước", "Ngày hẹn trả",
    "Còn lại", "Nguồn", "Nơi tiếp nhận", "Cơ quan giải quyết",
)  # fmt: skip


def csv_row(line: DossierLine, now: datetime) -> tuple[str, ...]:
    return (
        line.code,
        line.procedure_name,
        line.applicant_name,
        step_of(line),
        dates.moment(line.task.due_at) if line.task else "",
        dates.moment(line.due_at) if line.due_at else "",
        step_left(line, now)[0],
        SOURCE_NAMES[line.source],
        line.receiving_unit,
        line.competent_unit,
    )
