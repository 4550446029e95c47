"""Đọc bảng mẫu bộ máy: data/*.toml into checked tables, and places from reference."""

import hashlib
import tomllib
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from motcua.contexts.organisations.contracts import AgencyKey, Capacity, Level, Purpose, UnitKind
from motcua.contexts.organisations.rules.plan import OldPlace, Place
from motcua.contexts.organisations.rules.tables import (
    CastRow,
    HoursRow,
    Names,
    PostRow,
    Tables,
    UnitRow,
)
from motcua.contexts.reference import public as reference
from motcua.contexts.reference.contracts import TWO_LEVELS_ON, CommuneView, SuccessionView
from motcua.kernel.actors import Role

FILES = Path(__file__).parent / "data"
LAST_OLD_DAY = TWO_LEVELS_ON - timedelta(days=1)
CON_DAO_DISTRICT, CON_DAO_PROVINCE = "755", "77"  # a district without communes before July 2025


def digest() -> str:
    """Changes when a table, or what reference knows, does."""
    parts = [path.read_bytes() for path in sorted(FILES.glob("*.toml"))]
    return hashlib.sha256(b"".join(parts) + str(reference.edition()).encode()).hexdigest()


@cache
def tables() -> Tables:
    """Raises ValueError or KeyError at once when a table names an unknown kind, role or key."""
    people = _read("people")
    return Tables(
        city=tuple(_unit(row, levels=(Level.CITY,)) for row in _read("city")["unit"]),
        areas=tuple(_unit(row) for row in _read("areas")["unit"]),
        communes=tuple(_unit(row) for row in _read("communes")["unit"]),
        staff={name: tuple(map(_post, rows)) for name, rows in _read("staff").items()},
        hours=tuple(_hours(row) for row in _read("hours")["hours"]),
        cast=tuple(_cast(row) for row in people["cast"]),
        names=_names(people["names"]),
    )


def places(codes: tuple[str, ...] = ()) -> list[Place]:
    """The communes of today, all or those named."""
    return [
        _place(view)
        for view in reference.communes(TWO_LEVELS_ON)
        if not codes or view.code in codes
    ]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FILES / f"{name}.toml").read_text(encoding="utf-8"))


def _unit(row: dict[str, Any], levels: tuple[str, ...] = (Level.COMMUNE,)) -> UnitRow:
    since = row.get("since", TWO_LEVELS_ON)
    return UnitRow(
        code=row.get("code", ""),
        name=row["name"],
        short_name=row.get("short_name", ""),
        kind=UnitKind(row.get("kind", UnitKind.DIVISION)),
        parent=row.get("parent", ""),
        staff=row.get("staff", "division"),
        address=row.get("address", ""),
        invented=row.get("invented", True),
        since=since if isinstance(since, date) else None,
        case_title=row.get("case_title", ""),
        kinds=tuple(row.get("kinds", ())),
        keys=tuple(map(AgencyKey, row.get("keys", ()))),
        handles=tuple(map(AgencyKey, row.get("handles", ()))),
        decides=tuple(map(AgencyKey, row.get("decides", ()))),
        levels=tuple(row.get("levels", levels)),
        divisions=tuple(_unit(division) for division in row.get("division", ())),
    )


def _post(row: dict[str, Any]) -> PostRow:
    return PostRow(
        role=Role(row["role"]),
        title=row["title"],
        count=row.get("count", 1),
        capacity=Capacity(row["sign"]) if "sign" in row else None,
        lines="\n".join(row.get("lines", ())),
        held_with=Role(row["with"]) if "with" in row else None,
    )


def _hours(row: dict[str, Any]) -> HoursRow:
    shifts = {str(day): row["shifts"] for day in row["days"]}
    if "saturday" in row:
        shifts["5"] = row["saturday"]
    return HoursRow(row.get("unit", ""), row.get("staff", ""), Purpose(row["purpose"]), shifts)


def _cast(row: dict[str, Any]) -> CastRow:
    seats = tuple((code, Role(role), number) for code, role, number in row["seats"])
    return CastRow(row["staff_no"], row["full_name"], seats)


def _names(row: dict[str, list[str]]) -> Names:
    women = (tuple(row["middle_female"]), tuple(row["given_female"]))
    men = (tuple(row["middle_male"]), tuple(row["given_male"]))
    return Names(tuple(row["family"]), (women, men))


def _place(view: CommuneView) -> Place:
    passages = reference.predecessors(view.code)
    old = [_old_place(passage) for passage in passages]
    area_code, area_name = _area(passages)
    return Place(
        code=view.code,
        full_name=view.full_name,
        kind=view.kind.value,
        area_code=area_code,
        area_name=area_name,
        predecessors=tuple(old),
    )


def _old_place(passage: SuccessionView) -> OldPlace:
    if passage.old_code == CON_DAO_DISTRICT:
        name, province = passage.old_name, CON_DAO_PROVINCE
    else:
        commune = reference.commune_named(passage.old_code, LAST_OLD_DAY)
        name, province = commune.full_name, commune.province_code
    return OldPlace(passage.old_code, name, province, passage.partial, passage.principal)


def _area(passages: tuple[SuccessionView, ...]) -> tuple[str, str]:
    """The old district that most of the commune comes from; whole old communes weigh double."""
    weights: Counter[tuple[str, str]] = Counter()
    for passage in passages:
        if passage.old_code == CON_DAO_DISTRICT:
            return passage.old_code, passage.old_name
        old = reference.commune_named(passage.old_code, LAST_OLD_DAY)
        weights[old.district_code, old.district_name] += 1 if passage.partial else 2
    return max(sorted(weights), key=weights.__getitem__)
