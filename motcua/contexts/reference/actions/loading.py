"""Nạp danh mục: the published lists of places and days, as often as one likes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from motcua.contexts.reference import adapters
from motcua.contexts.reference.contracts import TWO_LEVELS_ON
from motcua.contexts.reference.models import AdminUnit, Day, Edition, Succession
from motcua.contexts.reference.queries import EDITION, snapshot
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction, record, uuid7

NAMESPACE = UUID("6f1d1a52-53a4-5c0e-9d0f-0a7f3c1d7900")  # ids stay the same in every city database


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How many rows stand in the tables after loading."""

    units: int
    successions: int
    days: int


@owns_transaction
def load_reference(*, actor: Actor, now: datetime) -> Loaded:
    """Make the tables equal to the published lists."""
    areas = adapters.areas()
    units = _save_units(areas)
    successions = _save_successions(adapters.passages(areas), units)
    days = _save_days()
    renew_edition(digest=adapters.digest())
    loaded = Loaded(units=len(units), successions=successions, days=days)
    record(
        action="reference.load_reference",
        subject=EDITION,
        actor=actor,
        facts={"units": loaded.units, "successions": loaded.successions, "days": loaded.days},
    )
    return loaded


def renew_edition(*, digest: str = "") -> None:
    """Tell every process that reference rows changed."""
    Edition.objects.update_or_create(name=EDITION, defaults={"version": uuid7(), "digest": digest})
    snapshot.changed()


def _save_units(areas: list[adapters.Area]) -> dict[tuple[str, bool], AdminUnit]:
    units = {(area.code, area.valid_to is None): _unit(area) for area in areas}
    AdminUnit.objects.bulk_create(
        units.values(),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["level", "kind", "name", "full_name", "province_code", "district_code"],
    )
    return units


def _unit(area: adapters.Area) -> AdminUnit:
    return AdminUnit(
        id=uuid5(NAMESPACE, f"{area.code} {area.valid_from}"),
        code=area.code,
        level=area.level,
        kind=area.kind,
        name=area.name,
        full_name=area.full_name,
        province_code=area.province_code,
        district_code=area.district_code,
        valid_from=area.valid_from,
        valid_to=area.valid_to,
    )


def _save_successions(
    passages: list[adapters.Passage], units: dict[tuple[str, bool], AdminUnit]
) -> int:
    rows = [
        Succession(
            id=uuid5(NAMESPACE, f"{passage.old_code} > {passage.new_code}"),
            old=units[passage.old_code, False],
            new=units[passage.new_code, True],
            partial=passage.partial,
            principal=passage.principal,
            on=TWO_LEVELS_ON,
        )
        for passage in passages
    ]
    Succession.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=["partial", "principal"]
    )
    return len(rows)


def _save_days() -> int:
    days = adapters.days()
    Day.objects.exclude(on__in=[day.on for day in days]).delete()
    Day.objects.bulk_create(
        [
            Day(on=day.on, kind=day.kind, name=day.name, confirmed=day.confirmed, source=day.source)
            for day in days
        ],
        update_conflicts=True,
        unique_fields=["on"],
        update_fields=["kind", "name", "confirmed", "source"],
    )
    return len(days)
