"""Mô hình các trang dành cho lập trình viên."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.contexts.webhooks.contracts import EndpointView, LetterState, LetterView, NewsKind
from motcua.ui import dates
from motcua.ui.parts import Chip, Crumb, Empty, Fact, FieldError, Option, Pager, Tone

ROOT = "/toi/lap-trinh"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePage:
    """origin: of this city, so that what is copied from the page works. filing: one, as JSON."""

    origin: str
    filing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointRow:
    url: str
    shown: str
    state: Chip
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointsPage:
    crumbs: tuple[Crumb, ...]
    for_whom: str
    rows: tuple[EndpointRow, ...]
    empty: Empty
    kinds: tuple[Option, ...]
    typed: str
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """again_url: "" while it waits to be sent anyhow."""

    id: str
    title: str
    state: Chip
    facts: tuple[Fact, ...]
    again_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointPage:
    """secret: the only time it is shown, "" afterwards."""

    crumbs: tuple[Crumb, ...]
    shown: str
    url: str
    state: Chip
    asleep: bool
    facts: tuple[Fact, ...]
    secret: str
    letters: tuple[LetterRow, ...]
    empty: Empty
    pager: Pager | None


def kind_name(kind: NewsKind) -> str:
    return {
        NewsKind.SUBMITTED: _("Hồ sơ đã nộp"),
        NewsKind.MOVED: _("Hồ sơ đổi trạng thái"),
        NewsKind.CHECKED: _("Bảng hồ sơ kiểm tra xong"),
        NewsKind.SENT: _("Bảng hồ sơ nộp xong"),
        NewsKind.PING: _("Tin thử"),
    }[kind]


def endpoints_page(
    found: tuple[EndpointView, ...],
    *,
    for_whom: str,
    typed: str,
    errors: tuple[FieldError, ...],
) -> EndpointsPage:
    return EndpointsPage(
        crumbs=(Crumb(label=_("Trang của tôi"), url="/toi"),),
        for_whom=for_whom,
        rows=tuple(
            EndpointRow(url=f"{ROOT}/{one.id}", shown=one.url, state=_state(one), facts=_facts(one))
            for one in found
        ),
        empty=Empty(title=_("Chưa có địa chỉ nhận tin nào"), icon="webhook"),
        kinds=tuple(
            Option(value=kind, label=kind_name(kind))
            for kind in NewsKind
            if kind is not NewsKind.PING
        ),
        typed=typed,
        errors=errors,
    )


def _state(one: EndpointView) -> Chip:
    if one.disabled_at is not None:
        return Chip(label=_("Tạm ngừng"), tone=Tone.LATE, icon="circle-x")
    if one.failing_since is not None:
        return Chip(label=_("Đang lỗi"), tone=Tone.TURN, icon="triangle-alert")
    return Chip(label=_("Đang nhận"), tone=Tone.OK, icon="circle-check")


def _facts(one: EndpointView) -> tuple[Fact, ...]:
    kinds = ", ".join(kind_name(kind) for kind in one.kinds if kind is not NewsKind.PING)
    found = [
        Fact(label=_("Môi trường"), value=_("Thử") if one.sandbox else _("Thật")),
        Fact(label=_("Nhận tin"), value=kinds),
        Fact(label=_("Tạo lúc"), value=dates.city_moment(one.made_at)),
    ]
    if one.failing_since:
        found.append(Fact(label=_("Lỗi từ"), value=dates.city_moment(one.failing_since)))
    if one.old_until:
        value = dates.city_moment(one.old_until)
        found.append(Fact(label=_("Mã ký cũ còn dùng đến"), value=value))
    return tuple(found)


def endpoint_page(
    view: EndpointView, found: tuple[LetterView, ...], older: str, *, secret: str
) -> EndpointPage:
    url = f"{ROOT}/{view.id}"
    return EndpointPage(
        crumbs=(
            Crumb(label=_("Trang của tôi"), url="/toi"),
            Crumb(label=_("Dành cho lập trình viên"), url=ROOT),
        ),
        shown=view.url,
        url=url,
        state=_state(view),
        asleep=view.disabled_at is not None,
        facts=_facts(view),
        secret=secret,
        letters=tuple(_letter(one, url) for one in found),
        empty=Empty(
            title=_("Chưa có tin nào"),
            text=_("Bạn gửi một tin thử để xem phần mềm của bạn có nhận được không."),
            icon="mail",
        ),
        pager=Pager(older_url=f"{url}?truoc={older}") if older else None,
    )


def _letter(one: LetterView, url: str) -> LetterRow:
    waiting = one.state is LetterState.WAITING
    found = [
        Fact(label=_("Mã tin"), value=str(one.id)),
        Fact(label=_("Về"), value=one.subject),
        Fact(label=_("Lúc"), value=dates.city_moment(one.happened_at)),
        Fact(label=_("Số lần gửi"), value=str(one.tries)),
    ]
    if one.finding and one.state is not LetterState.TAKEN:
        found.append(Fact(label=_("Lần cuối"), value=one.finding))
    if waiting and one.next_at and one.tries:
        found.append(Fact(label=_("Gửi lại lúc"), value=dates.city_moment(one.next_at)))
    return LetterRow(
        id=str(one.id),
        title=kind_name(one.kind),
        state=_letter_state(one.state),
        facts=tuple(found),
        again_url="" if waiting else f"{url}/tin/{one.id}/gui-lai",
    )


def _letter_state(state: LetterState) -> Chip:
    return {
        LetterState.WAITING: Chip(label=_("Đang gửi"), tone=Tone.GO, icon="clock"),
        LetterState.TAKEN: Chip(label=_("Đã nhận"), tone=Tone.OK, icon="circle-check"),
        LetterState.GIVEN_UP: Chip(label=_("Không gửi được"), tone=Tone.LATE, icon="circle-x"),
    }[state]
