"""Mô hình trang lịch nghĩa vụ: what to do by when, in the reader's words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from motcua.contexts.dossiers.contracts.obligations import FeedView, Obligation, ObligationKind
from motcua.kernel.clock import city_date
from motcua.ui import dates
from motcua.ui.parts import Action, Chip, Crumb, Empty, Fact, Task, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationsPage:
    """made: the new address, the only time it is shown. feed: what is known of the living one."""

    crumbs: tuple[Crumb, ...]
    tasks: tuple[Task, ...]
    empty: Empty
    made: str
    feed: tuple[Fact, ...]


def name_of(kind: ObligationKind) -> str:
    return {
        ObligationKind.SUPPLEMENT: _("Gửi thêm giấy tờ"),
        ObligationKind.FEE: _("Trả phí, lệ phí"),
        ObligationKind.RESULT: _("Hẹn trả kết quả"),
        ObligationKind.MANDATE: _("Ủy quyền hết hạn"),
        ObligationKind.KEY: _("Mã truy cập hết hạn"),
    }[kind]


def what_to_do(one: Obligation) -> str:
    return {
        ObligationKind.SUPPLEMENT: _("Bạn mở hồ sơ, gửi giấy tờ cơ quan yêu cầu."),
        ObligationKind.FEE: _("Hồ sơ đi tiếp khi bạn trả xong."),
        ObligationKind.RESULT: _("Cơ quan hẹn trả kết quả chậm nhất lúc này."),
        ObligationKind.MANDATE: _("Sau ngày này người được ủy quyền không làm thay được nữa."),
        ObligationKind.KEY: _("Sau ngày này phần mềm dùng mã bị từ chối. Bạn tạo mã mới."),
    }[one.kind]


def obligations_page(
    found: tuple[Obligation, ...], feed: FeedView | None, *, made: str, now: datetime
) -> ObligationsPage:
    return ObligationsPage(
        crumbs=(Crumb(label=_("Trang của tôi"), url="/toi"),),
        tasks=tuple(_task(one, now) for one in found),
        empty=Empty(
            title=_("Bạn không có việc nào đến hạn"),
            text=_("Giấy tờ phải gửi thêm, phí phải trả và ngày hẹn trả kết quả nằm ở đây."),
            icon="calendar-days",
        ),
        made=made,
        feed=_facts(feed) if feed else (),
    )


def _facts(feed: FeedView) -> tuple[Fact, ...]:
    read = dates.city_moment(feed.read_at) if feed.read_at else _("Chưa lần nào")
    return (
        Fact(label=_("Tạo lúc"), value=dates.city_moment(feed.made_at)),
        Fact(label=_("Phần mềm lịch đọc lần cuối"), value=read),
    )


def _task(one: Obligation, now: datetime) -> Task:
    actions = () if one.kind is ObligationKind.RESULT else (_action(one),)
    return Task(
        title=name_of(one.kind),
        url=one.path,
        chip=_chip(one, now),
        when=_when(one),
        text=" · ".join(filter(None, (one.subject, what_to_do(one)))),
        actions=actions,
    )


def _action(one: Obligation) -> Action:
    label = {
        ObligationKind.SUPPLEMENT: _("Gửi thêm"),
        ObligationKind.FEE: _("Trả tiền"),
        ObligationKind.MANDATE: _("Xem ủy quyền"),
        ObligationKind.KEY: _("Xem mã truy cập"),
    }[one.kind]
    return Action(label=label, url=one.path)


def _when(one: Obligation) -> str:
    if one.open_ended:
        return _("chưa có hạn")
    if isinstance(one.at, datetime):
        return dates.city_moment(one.at)
    return dates.day(one.at)


def _chip(one: Obligation, now: datetime) -> Chip:
    today = city_date(now)
    day: date = one.at.date() if isinstance(one.at, datetime) else one.at
    if one.open_ended:
        return Chip(label=_("Việc của bạn"), tone=Tone.TURN, icon="hand")
    if day < today:
        return Chip(label=_("Đã quá ngày"), tone=Tone.LATE, icon="triangle-alert")
    if one.kind is ObligationKind.RESULT:
        return Chip(label=_("Việc của cơ quan"), tone=Tone.GO, icon="clock")
    return Chip(label=_("Việc của bạn"), tone=Tone.TURN, icon="hand")
