"""Mô hình trang công khai: the list, one alert, followed wards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.contexts.alerts.contracts import AlertView, Kind, PlaceKind, PlaceSource, PlaceView
from motcua.contexts.alerts.queries.alerts import PAGE
from motcua.contexts.alerts.rules.words import first_to_do
from motcua.contexts.alerts.web import saying
from motcua.contexts.alerts.web.band import exercise_of, headline_of, source_of, until_of
from motcua.kernel.clock import city_time
from motcua.ui import dates
from motcua.ui.parts import (
    Action,
    Cell,
    Chip,
    Crumb,
    Empty,
    Fact,
    FieldError,
    Option,
    Pager,
    Table,
)
from motcua.ui.words import language

HERE = "/canh-bao"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An alert in force."""

    id: str
    title: str
    do_first: str
    where: str
    until: str
    source: str
    url: str
    exercise: str
    chip: Chip


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    cards: tuple[Card, ...]
    mine: tuple[str, ...]
    quiet: Empty
    areas: Table
    history: Table
    feeds: tuple[tuple[str, str], ...]
    follow: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPage:
    title: str
    exercise: str
    chip: Chip
    what_to_do: tuple[str, ...]
    description: str
    facts: tuple[Fact, ...]
    wards: tuple[str, ...]
    chain: tuple[Fact, ...]
    successor: Action | None
    confirm: Action | None
    confirmed: str
    cap_url: str
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCard:
    name: str
    note: str
    remove: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesPage:
    places: tuple[PlaceCard, ...]
    empty: Empty
    home: Action | None
    wards: tuple[Option, ...]
    kinds: tuple[Option, ...]
    typed: dict[str, str]
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...] = ()


def list_page(
    in_force: Sequence[AlertView],
    released: Sequence[AlertView],
    followed: frozenset[str],
    *,
    now: datetime,
) -> ListPage:
    """`released` may hold one more than a page: then there are older ones."""
    names = saying.ward_names()
    affected = [ward for one in in_force for ward in one.wards if ward in followed]
    return ListPage(
        cards=tuple(_card(one, now) for one in in_force),
        mine=tuple(dict.fromkeys(names.get(ward, ward) for ward in affected)),
        quiet=Empty(
            title=_("Không có cảnh báo nào đang có hiệu lực"),
            text=_("Khi có nguy hiểm, cảnh báo hiện trên đầu mọi trang."),
            icon="shield-check",
        ),
        areas=_areas(in_force, names),
        history=_history(released, now),
        feeds=(("RSS", f"{HERE}.rss"), ("Atom / CAP 1.2", f"{HERE}.atom")),
        follow=Action(label=_("Chọn nơi theo dõi"), url="/toi/noi-theo-doi", icon="map-pin"),
    )


def _card(one: AlertView, now: datetime) -> Card:
    said = one.said(language())
    return Card(
        id=f"cb-{one.id}",
        title=said.headline,
        do_first=first_to_do(said),
        where=said.area,
        until=until_of(one),
        source=source_of(one),
        url=f"{HERE}/{one.code}",
        exercise=exercise_of(one),
        chip=saying.state_chip(one, now),
    )


def _areas(in_force: Sequence[AlertView], names: dict[str, str]) -> Table:
    """Each affected ward with its alerts: what a map would show."""
    found: dict[str, list[AlertView]] = {}
    for one in in_force:
        for ward in one.wards:
            found.setdefault(ward, []).append(one)
    rows = tuple(
        (
            Cell(text=names.get(ward, ward), language="vi"),
            Cell(text=", ".join(one.said(language()).event for one in alerts)),
        )
        for ward, alerts in sorted(found.items(), key=lambda item: list(names).index(item[0]))
        if ward in names
    )
    return Table(
        caption=_("Phường, xã đang có cảnh báo"),
        heads=((_("Phường, xã"), False), (_("Cảnh báo"), False)),
        rows=rows,
    )


def _history(released: Sequence[AlertView], now: datetime) -> Table:
    shown = tuple(released[:PAGE])
    older = f"{HERE}?truoc={shown[-1].code}" if len(released) > PAGE else ""
    return Table(
        caption=_("Các cảnh báo đã phát"),
        heads=tuple(
            (head, False) for head in (_("Cảnh báo"), _("Nơi"), _("Phát lúc"), _("Tình trạng"))
        ),
        rows=tuple(_row(one, now) for one in shown),
        pager=Pager(older_url=older) if older else None,
        empty=Empty(title=_("Chưa phát cảnh báo nào"), icon="siren"),
    )


def _row(one: AlertView, now: datetime) -> tuple[Cell, ...]:
    return (
        Cell(text=headline_of(one, language()), url=f"{HERE}/{one.code}"),
        Cell(text=one.said(language()).area),
        Cell(text=dates.city_moment(one.released_at)),
        Cell(text="", chip=saying.state_chip(one, now)),
    )


def alert_page(
    one: AlertView, *, successor: str, confirm: bool, confirmed_at: datetime | None, now: datetime
) -> AlertPage:
    said, names = one.said(language()), saying.ward_names()
    return AlertPage(
        title=said.headline,
        exercise=exercise_of(one),
        chip=saying.state_chip(one, now),
        what_to_do=tuple(s for s in said.instruction.replace(". ", ".\n").split("\n") if s),
        description=said.description,
        facts=_facts(one),
        wards=tuple(name for code, name in names.items() if code in one.wards),
        chain=tuple(
            Fact(label=_("Tin trước"), value=code, url=f"{HERE}/{code}") for code in one.chain
        ),
        successor=Action(label=_("Đọc tin mới nhất"), url=f"{HERE}/{successor}", kind="primary")
        if successor
        else None,
        confirm=Action(
            label=_("Tôi đã đọc"), url=f"{HERE}/{one.code}/da-doc", kind="turn", post=True
        )
        if confirm
        else None,
        confirmed=_("Bạn đã đọc lúc %(when)s.") % {"when": dates.city_moment(confirmed_at)}
        if confirmed_at
        else "",
        cap_url=f"{HERE}/cap/{one.code}.xml",
        crumbs=(Crumb(label=_("Cảnh báo khẩn cấp"), url=HERE), Crumb(label=one.code)),
    )


def _facts(one: AlertView) -> tuple[Fact, ...]:
    said = one.said(language())
    onset = dates.city_moment(one.onset_at)
    rows = (
        (_("Nơi"), said.area),
        (_("Bắt đầu"), onset),
        (
            _("Có hiệu lực đến"),
            "" if one.kind is Kind.CANCEL else dates.city_moment(one.expires_at),
        ),
        (_("Nguồn"), one.unit_name),
        (_("Phát lúc"), dates.city_moment(one.released_at)),
        (_("Liên hệ"), one.contact),
        (_("Mã"), one.code),
    )
    return tuple(Fact(label=label, value=value) for label, value in rows if value)


def kind_names() -> dict[PlaceKind, str]:
    return {
        PlaceKind.HOME: _("Nơi ở"),
        PlaceKind.WORK: _("Nơi làm việc, học tập"),
        PlaceKind.OTHER: _("Nơi khác"),
    }


def places_page(
    places: Sequence[PlaceView], typed: dict[str, str], *errors: FieldError
) -> PlacesPage:
    names, kinds = saying.ward_names(), kind_names()
    has_home = any(one.source is PlaceSource.REGISTER for one in places)
    return PlacesPage(
        places=tuple(
            PlaceCard(
                name=names.get(one.ward_code, one.ward_code),
                note=_place_note(one, kinds),
                remove=Action(
                    label=_("Bỏ theo dõi"),
                    url="/toi/noi-theo-doi",
                    post=True,
                    fields=(("viec", "bo"), ("noi", str(one.id))),
                ),
            )
            for one in places
        ),
        empty=Empty(
            title=_("Bạn chưa theo dõi nơi nào"),
            text=_("Cảnh báo ở nơi bạn theo dõi được gửi thẳng tới bạn."),
            icon="map-pin",
        ),
        home=None
        if has_home
        else Action(
            label=_("Đồng ý dùng nơi ở đã đăng ký"),
            url="/toi/noi-theo-doi",
            kind="primary",
            post=True,
            fields=(("viec", "noi-o"),),
        ),
        wards=tuple(Option(value=code, label=name) for code, name in names.items()),
        kinds=tuple(Option(value=kind, label=name) for kind, name in kinds.items()),
        typed=typed,
        crumbs=(
            Crumb(label=_("Cảnh báo khẩn cấp"), url=HERE),
            Crumb(label=_("Nơi theo dõi")),
        ),
        errors=errors,
    )


def _place_note(one: PlaceView, kinds: dict[PlaceKind, str]) -> str:
    since = _("từ %(day)s") % {"day": dates.day(city_time(one.since).date())}
    source = _("theo dữ liệu cư trú, bạn đã đồng ý") if one.source is PlaceSource.REGISTER else ""
    return ", ".join(part for part in (kinds[one.kind], source, since) if part)
