"""Mô hình trang danh sách: rows of the inbox, grouped by when my step is due."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import InboxOrder
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    SOURCE_NAMES,
    DossierLine,
    InboxCounts,
    InboxGroup,
    LinePage,
    Source,
)
from motcua.contexts.dossiers.web.desk import columns
from motcua.contexts.dossiers.web.desk.asking import BAN, Asked
from motcua.contexts.dossiers.web.desk.filtering import conditions
from motcua.contexts.dossiers.web.desk.timing import group_of, step_left, step_of
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
    InboxGroup.WEEK: ("Tuần này", Tone.PLAIN),
    InboxGroup.LATER: ("Sau tuần này", Tone.PLAIN),
    InboxGroup.WAITING: ("Đồng hồ dừng hoặc chờ ý kiến", Tone.PLAIN),
}
IN_ORDER = {
    InboxOrder.NEWEST: "Mới đến trước",
    InboxOrder.OLDEST: "Đến lâu nhất trước",
}
WAITING_SHOWN = 10
NOT_NARROW = frozenset({"viec", "han", "xep", "cot"})  # views of the rail, order, columns
IN_MENU = frozenset({"vai", "don-vi", "cua-toi"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The form above the list; a choice of one is no choice and is left out.

    said: each condition in words, with the address without it.
    """

    roles: tuple[Option, ...]
    role: str
    units: tuple[Option, ...]
    unit: str
    mine_only: bool
    hidden: tuple[tuple[str, str], ...]
    active: bool
    said: tuple[Action, ...] = ()


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
    filter_url: str = ""
    save_url: str = ""
    search: str = ""
    back_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    list: ListPage
    errors: tuple[FieldError, ...] = ()


def work_item(line: DossierLine, asked: Asked, *, now: datetime, current: str) -> WorkItem:
    due, late = step_left(line, now)
    icons = [(ICONS[line.source], SOURCE_NAMES[line.source])]
    if line.holder:
        icons.insert(0, ("user-check", f"Đã giao cho {line.holder}"))
    if line.unanswered:
        icons.insert(0, ("message-square", "Người nộp chờ trả lời"))
    if line.priority:
        icons.insert(0, ("flag", "Ưu tiên"))
    more = columns.more_of(line, asked.columns, now)
    if line.snoozed_until:
        more = f"Gác đến {dates.city_moment(line.snoozed_until)}" + (f" · {more}" if more else "")
    return WorkItem(
        key=line.code,
        title=line.applicant_name,
        url=asked.url(f"{BAN}/ho-so/{line.code}"),
        text=f"{line.procedure_name} · {line.code[-4:]} · {step_of(line)}",
        due=due,
        late=late,
        current=line.code == current,
        icons=tuple(icons),
        more=more,
        unread=line.unread and line.code != current,
    )


def work_groups(
    lines: Sequence[DossierLine],
    asked: Asked,
    *,
    now: datetime,
    current: str,
    counts: InboxCounts | None = None,
) -> tuple[WorkGroup, ...]:
    """By when my step is due; in another order one group, for the days would lie mixed."""
    found: dict[InboxGroup | InboxOrder, list[WorkItem]] = {}
    mixed = asked.wanted.order is not InboxOrder.DUE
    for line in lines:
        item = work_item(line, asked, now=now, current=current)
        group = group_of(line, now)
        together = mixed and group is not InboxGroup.WAITING
        found.setdefault(asked.wanted.order if together else group, []).append(item)
    told = _told(counts) if counts else {}
    return tuple(
        WorkGroup(
            title=TITLES[group][0] if isinstance(group, InboxGroup) else IN_ORDER[group],
            tone=TITLES[group][1] if isinstance(group, InboxGroup) else Tone.PLAIN,
            items=tuple(found[group]),
            count=told.get(group, str(len(found[group]))),
        )
        for group in (*IN_ORDER, *InboxGroup)
        if group in found
    )


def _told(counts: InboxCounts) -> dict[InboxGroup | InboxOrder, str]:
    """How many there are in each group, not only on this page; a «+» where counting stopped."""
    later = counts.open - counts.overdue - counts.today - counts.week
    numbers = {
        InboxGroup.OVERDUE: counts.overdue,
        InboxGroup.TODAY: counts.today,
        InboxGroup.WEEK: counts.week,
        InboxGroup.LATER: later,
    }
    told: dict[InboxGroup | InboxOrder, str] = {g: str(n) for g, n in numbers.items() if n}
    last = max((g for g, n in numbers.items() if n), key=list(InboxGroup).index, default=None)
    if last and counts.capped and counts.open >= sum(numbers.values()) >= dossiers.INBOX_CAP:
        told[last] = f"{numbers[last]}+"
    told |= dict.fromkeys(IN_ORDER, f"{counts.open}{'+' * counts.capped}")
    return told | {InboxGroup.WAITING: str(counts.waiting)}


def list_page(
    actor: Actor, asked: Asked, *, now: datetime, go_on: bool, current: str = ""
) -> ListPage:
    """The inbox as asked; behind its last row come those that wait for somebody else."""
    page = dossiers.inbox(actor, asked.wanted, now=now, after=asked.after, before=asked.before)
    shown = page.lines + _waiting(actor, asked, page, now)
    counts = None
    if shown and not asked.wanted.waiting:
        counts = dossiers.inbox_counts(actor, now=now, wanted=asked.wanted)
    return ListPage(
        title=title_of(asked, actor, now),
        groups=work_groups(shown, asked, now=now, current=current, counts=counts),
        filters=filters_of(actor, asked),
        pager=_pager(asked, page),
        empty=None if shown else empty_of(asked),
        export_url=asked.url(f"{BAN}/xuat.csv"),
        claim_url=asked.url(f"{BAN}/nhan-viec"),
        bulk_url=asked.url(f"{BAN}/hang-loat/chon"),
        go_on=go_on,
        here=asked.url(f"{BAN}/ho-so/{current}" if current else BAN),
        filter_url=asked.url(f"{BAN}/loc"),
        save_url=asked.url(f"{BAN}/khung-nhin"),
        back_url=asked.url(),
    )


def _waiting(actor: Actor, asked: Asked, page: LinePage, now: datetime) -> tuple[DossierLine, ...]:
    wanted = asked.wanted
    if page.older or wanted.waiting or wanted.group or wanted.asleep:
        return ()
    waiting = replace(wanted, waiting=True)
    return dossiers.inbox(actor, waiting, now=now, limit=WAITING_SHOWN).lines


def title_of(asked: Asked, actor: Actor, now: datetime) -> str:
    if asked.view_id:
        views = {view.id: view.name for view in casework.saved_views(actor, now=now)}
        if asked.view_id in views:
            return views[asked.view_id]
    if asked.wanted.asleep:
        return "Đang gác"
    if asked.wanted.waiting:
        return "Đang chờ"
    if asked.wanted.group:
        return TITLES[asked.wanted.group][0]
    return "Giao cho tôi" if asked.wanted.mine_only else "Việc của tôi"


def empty_of(asked: Asked) -> Empty:
    if asked.wanted.asleep:
        return Empty(
            title="Bạn không gác hồ sơ nào",
            text="Hồ sơ bạn gác tự trở lại danh sách khi đến giờ.",
            icon="alarm-clock",
            action=Action(label="Về việc của tôi", url=BAN),
        )
    if asked.filters.keys() - NOT_NARROW or asked.after:
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
        hidden=tuple((k, v) for k, v in asked.filters.items() if k not in IN_MENU),
        active=bool(asked.filters.keys() - NOT_NARROW),
        said=conditions(asked),
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
