"""Mô hình trang bàn giao giấy tờ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.contexts.counters.contracts.bundles import (
    BundleState,
    BundleView,
    Carrier,
    Holder,
    HolderKind,
    LineState,
)
from motcua.contexts.counters.policies import SERVING
from motcua.contexts.counters.queries import bundles
from motcua.contexts.counters.rules.custody import half_day, hand_on_by
from motcua.contexts.dossiers.contracts.on_paper import PaperDossier
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitView
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_time
from motcua.ui import dates
from motcua.ui.parts import Chip, Crumb, Empty, Fact, FieldError, Option, RiverStep, Tone
from motcua.ui.words import foreign

CARRIERS = {
    Carrier.HAND: "Giao tận tay",
    Carrier.MESSENGER: "Người đưa công văn",
    Carrier.POST: "Bưu chính",
}
STATES = {
    BundleState.PACKED: Chip(label="Đã lập, chưa giao", tone=Tone.TURN, icon="package"),
    BundleState.GIVEN: Chip(label="Đang trên đường", tone=Tone.GO, icon="truck"),
    BundleState.TAKEN: Chip(label="Đã nhận", tone=Tone.OK, icon="package-check"),
}
ARRIVALS = {
    LineState.ON_WAY: Chip(label="Chưa xác nhận"),
    LineState.ARRIVED: Chip(label="Đủ", tone=Tone.OK, icon="circle-check"),
    LineState.DAMAGED: Chip(label="Hỏng", tone=Tone.LATE, icon="circle-alert"),
    LineState.MISSING: Chip(label="Thiếu", tone=Tone.LATE, icon="circle-x"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTick:
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierTicks:
    code: str
    name: str
    note: str
    late: bool
    papers: tuple[PaperTick, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Everything that goes to one unit."""

    id: str
    name: str
    borderless: bool
    dossiers: tuple[DossierTicks, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRow:
    url: str
    title: str
    note: str
    state: Chip
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlesPage:
    destinations: tuple[Destination, ...]
    carriers: tuple[Option, ...]
    bundles: tuple[BundleRow, ...]
    empty: Empty
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    id: str
    number: int
    code: str
    title: str
    state: Chip
    note: str
    missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePage:
    url: str
    title: str
    from_name: str
    to_name: str
    state: Chip
    facts: tuple[Fact, ...]
    lines: tuple[LineRow, ...]
    giver: str
    taker: str
    may_give: bool
    may_take: bool
    may_find: bool
    arrivals: tuple[Option, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPlace:
    name: str
    where: str
    unit: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalsPage:
    code: str
    papers: tuple[PaperPlace, ...]
    language: str
    steps: tuple[RiverStep, ...]
    crumbs: tuple[Crumb, ...]


def bundles_page(actor: Actor, *, now: datetime, error: str = "") -> BundlesPage:
    waiting = bundles.to_hand_on(actor, now=now)
    return BundlesPage(
        destinations=_destinations(waiting, now=now),
        carriers=tuple(Option(value=one.value, label=CARRIERS[one]) for one in Carrier),
        bundles=_rows(bundles.bundles(actor, now=now)),
        empty=Empty(
            title="Không còn giấy tờ nào chờ bàn giao",
            text="Hồ sơ giấy bạn tiếp nhận hiện ở đây, theo nơi giải quyết.",
            icon="package-check",
        ),
        errors=(FieldError(text=error, field="items"),) if error else (),
    )


def _destinations(waiting: Sequence[PaperDossier], *, now: datetime) -> tuple[Destination, ...]:
    moved = bundles.moved_items(paper.id for one in waiting for paper in one.papers)
    by_unit: dict[UUID, list[PaperDossier]] = {}
    for one in waiting:
        by_unit.setdefault(one.handling_unit_id, []).append(one)
    wanted = {*by_unit, *(one.receiving_unit_id for one in waiting)}
    units = organisations.units_by_id(wanted)
    return tuple(
        Destination(
            id=str(unit_id),
            name=units[unit_id].name,
            borderless=_elsewhere(units, unit_id, found),
            dossiers=tuple(_ticks(one, moved, now) for one in found),
        )
        for unit_id, found in by_unit.items()
    )


def _elsewhere(units: dict[UUID, UnitView], unit_id: UUID, found: Sequence[PaperDossier]) -> bool:
    return any(units[one.receiving_unit_id].ward_code != units[unit_id].ward_code for one in found)


def _ticks(one: PaperDossier, moved: set[str], now: datetime) -> DossierTicks:
    calendar = organisations.calendar_of(one.receiving_unit_id)
    until = hand_on_by(one.received_at, calendar)
    received = city_time(one.received_at)
    day = f"{half_day(received)} {dates.short_day(received)}"
    return DossierTicks(
        code=one.code,
        name=one.procedure_name,
        note=f"nhận {dates.hour(received)} {day}, bàn giao trước {dates.city_moment(until)}",
        late=until < now,
        papers=tuple(
            PaperTick(value=f"{one.code}|{paper.id}", label=paper.name)
            for paper in one.papers
            if paper.id not in moved
        ),
    )


def _rows(found: Sequence[BundleView]) -> tuple[BundleRow, ...]:
    wanted = {unit for one in found for unit in (one.unit_id, one.to_unit_id)}
    units = organisations.units_by_id(wanted)
    return tuple(
        BundleRow(
            url=f"/quay/ban-giao/{one.id}",
            title=f"{units[one.unit_id].name} → {units[one.to_unit_id].name}",
            note=f"{len(one.lines)} giấy tờ, lập {dates.city_moment(one.made_at)}",
            state=STATES[one.state],
            trouble=_trouble(one),
        )
        for one in found
    )


def _trouble(one: BundleView) -> str:
    missing = [line.title for line in one.lines if line.state is LineState.MISSING]
    return f"Thiếu: {', '.join(missing)}" if missing else ""


def bundle_page(
    found: BundleView, actor: Actor, *, errors: tuple[FieldError, ...] = ()
) -> BundlePage:
    units = organisations.units_by_id([found.unit_id, found.to_unit_id])
    names = _names(found)
    mine = found.to_unit_id in actor.unit_ids()
    return BundlePage(
        url=f"/quay/ban-giao/{found.id}",
        title=f"Danh sách bàn giao {half_day(found.made_at)} {dates.day(city_time(found.made_at))}",
        from_name=units[found.unit_id].name,
        to_name=units[found.to_unit_id].name,
        state=STATES[found.state],
        facts=_facts(found),
        lines=tuple(
            LineRow(
                id=str(line.id),
                number=number,
                code=line.code,
                title=line.title,
                state=ARRIVALS[line.state],
                note=line.note,
                missing=line.state is LineState.MISSING,
            )
            for number, line in enumerate(found.lines, start=1)
        ),
        giver=names.get(found.given_by_id or found.made_by_id, ""),
        taker=names.get(found.taken_by_id, "") if found.taken_by_id else "",
        may_give=found.state is BundleState.PACKED and found.unit_id in actor.unit_ids(*SERVING),
        may_take=found.state is BundleState.GIVEN and mine,
        may_find=found.state is BundleState.TAKEN and mine,
        arrivals=tuple(
            Option(value=state.value, label=ARRIVALS[state].label)
            for state in (LineState.ARRIVED, LineState.DAMAGED, LineState.MISSING)
        ),
        errors=errors,
    )


def _names(found: BundleView) -> dict[UUID, str]:
    people = [found.made_by_id, found.given_by_id, found.taken_by_id]
    known = organisations.officers_by_id(one for one in people if one)
    return {one: view.full_name for one, view in known.items()}


def _facts(found: BundleView) -> tuple[Fact, ...]:
    facts = [Fact(label="Mang đi", value=CARRIERS[found.carrier])]
    if found.reference:
        facts.append(Fact(label="Mã bưu gửi", value=found.reference))
    if found.borderless:
        facts.append(Fact(label="Loại", value="Bản gốc gửi tới nơi giải quyết ở địa bàn khác"))
    facts.append(Fact(label="Giao lúc", value=dates.city_moment(found.given_at) or "Chưa giao"))
    facts.append(Fact(label="Nhận lúc", value=dates.city_moment(found.taken_at) or "Chưa nhận"))
    return tuple(facts)


def originals_page(code: str, papers: dict[str, tuple[str, Holder]]) -> OriginalsPage:
    """Where the papers of one's dossier are. For its applicant, and whoever works on it."""
    legs = bundles.legs_of(code)
    units = organisations.units_by_id(
        {holder.unit_id for _, holder in papers.values()}
        | {unit for leg in legs for unit in (leg.unit_id, leg.to_unit_id)}
    )
    names = {one: view.name for one, view in units.items()}
    return OriginalsPage(
        code=code,
        papers=tuple(
            PaperPlace(
                name=name,
                where=place_words(holder),
                unit=names.get(holder.unit_id, ""),
                late=holder.missing,
            )
            for name, holder in papers.values()
        ),
        language=foreign(),
        steps=tuple(step for leg in legs for step in _steps(leg, names)),
        crumbs=(
            Crumb(label=_("Hồ sơ của tôi"), url="/ho-so"),
            Crumb(label=code, url=f"/ho-so/{code}"),
            Crumb(label=_("Giấy tờ gốc")),
        ),
    )


def place_words(holder: Holder) -> str:
    """What stands before the name of the unit."""
    if holder.missing:
        return _("Nơi nhận báo chưa thấy. Nơi đang tìm và chịu trách nhiệm:")
    if holder.kind is HolderKind.CARRIER:
        return _("Đang trên đường, gửi từ:")
    return _("Đang ở:")


def _steps(leg: BundleView, names: dict[UUID, str]) -> Iterable[RiverStep]:
    told = (
        (leg.given_at, _("Giao đi"), leg.unit_id),
        (leg.taken_at, _("Xác nhận đã nhận"), leg.to_unit_id),
    )
    for at, title, unit_id in told:
        if at is not None:
            when = dates.city_moment(at)
            yield RiverStep(title=title, state="done", note=names[unit_id], when=when)
