"""Nguồn danh mục: administrative units from the package vietnamadminunits, days off from our file.

The package (MIT) carries the official five-digit codes and the conversion of 1 July 2025. Only
its data files are read: importing it would load geometry libraries that we do not need. Its old
units are a snapshot of June 2025, so that their first day is unknown (`valid_from` None).
"""

import hashlib
import importlib.metadata
import json
import sqlite3
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from motcua.contexts.reference.contracts import (
    TWO_LEVELS_ON,
    AreaKind,
    AreaLevel,
    CentreView,
    DayKind,
    DayView,
    PlaceView,
)
from motcua.kernel.text import nfc

PACKAGE = "vietnamadminunits"
READING = "+2"  # grows when we take more of the source, so that every city loads it again
DAYS_OFF = Path(__file__).parent / "data" / "days_off.toml"
OLDER_DISTRICTS = Path(__file__).parent / "data" / "older_districts.toml"
CITY, MERGED_IN = "79", ("74", "77")  # Ho Chi Minh City; Bình Dương, Bà Rịa - Vũng Tàu
CITY_KEY, CON_DAO = "thanhphohochiminh", ("755", "26732")  # a district without communes
KINDS = {
    "Phường": AreaKind.PHUONG,
    "Xã": AreaKind.XA,
    "Thị trấn": AreaKind.THI_TRAN,
    "Đặc khu": AreaKind.DAC_KHU,
    "Quận": AreaKind.QUAN,
    "Huyện": AreaKind.HUYEN,
    "Thị xã": AreaKind.THI_XA,
    "Thành phố": AreaKind.THANH_PHO,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One administrative unit of the source. key: the source's own name of it."""

    code: str
    level: AreaLevel
    kind: AreaKind
    name: str
    full_name: str
    province_code: str
    district_code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """An old code passed into a new one on 1 July 2025.

    principal: where the source sends an address of which it knows no more than the old commune.
    """

    old_code: str
    new_code: str
    partial: bool
    principal: bool = True


@dataclass(frozen=True, slots=True)
class OlderDistrict:
    """A district that ended before June 2025. within: the code of the one that it passed into."""

    province: str
    name: str
    within: str


def older_districts() -> list[OlderDistrict]:
    rows = tomllib.loads(OLDER_DISTRICTS.read_text(encoding="utf-8"))["district"]
    return [OlderDistrict(**row) for row in rows]


def digest() -> str:
    """Changes when the package, our file or our reading of them does."""
    release = importlib.metadata.version(PACKAGE) + READING
    return hashlib.sha256(release.encode() + DAYS_OFF.read_bytes()).hexdigest()


def areas() -> list[Area]:
    """Old and new communes, old districts and provinces of today's city."""
    with sqlite3.connect(f"file:{_data('dataset.db')}?mode=ro", uri=True) as source:
        source.row_factory = sqlite3.Row
        old = source.execute(OLD_SQL, [CITY, *MERGED_IN]).fetchall()
        new = source.execute(NEW_SQL, [CITY]).fetchall()
    source.close()
    return [
        *_provinces(),
        *_districts(old),
        *(_old_commune(row) for row in old if row["wardCode"]),
        *(_new_commune(row) for row in new),
    ]


def passages(known: list[Area]) -> list[Passage]:
    """The conversion of 1 July 2025. Raises KeyError when the source names an unknown unit."""
    conversion = json.loads(_data("converter_2025.json").read_text(encoding="utf-8"))
    old = {area.key: area.code for area in known if area.key and area.valid_to}
    new = {area.key: area.code for area in known if area.key and not area.valid_to}
    found = [Passage(CON_DAO[0], CON_DAO[1], partial=False)]
    found += [Passage(code, CITY, partial=False) for code in MERGED_IN]
    for key, olds in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"][CITY_KEY].items():
        found += [Passage(old[o], new[key], partial=False) for o in olds if not o.endswith("_")]
    for key, parts in conversion["DICT_PROVINCE_WARD_DIVIDED"][CITY_KEY].items():
        found += [
            Passage(old[key], new[part["newWardKey"]], True, part["isDefaultNewWard"])
            for part in parts
        ]
    return found


@cache
def centres() -> tuple[CentreView, ...]:
    """The middles of today's communes, as the package gives them."""
    with sqlite3.connect(f"file:{_data('dataset.db')}?mode=ro", uri=True) as source:
        rows = source.execute(CENTRE_SQL, [CITY]).fetchall()
    source.close()
    return tuple(
        CentreView(code=code, name=nfc(name), lat=lat, lng=lng) for code, name, lat, lng in rows
    )


PlaceRow = tuple[PlaceView, str, tuple[str, ...]]  # the place, its name alone, names above it


def country() -> Iterator[PlaceRow]:
    """Communes of today of all provinces, and what old communes became."""
    with sqlite3.connect(f"file:{_data('dataset.db')}?mode=ro", uri=True) as source:
        new = source.execute(COUNTRY_SQL).fetchall()
        old = {row[0]: row[1:] for row in source.execute(COUNTRY_BEFORE_SQL)}
    source.close()
    now = {}
    for province_key, key, code, ward, province in new:
        name = f"{nfc(ward)}, {shortened(province)}"
        view = PlaceView(code=code, name=name, in_city=province_key == CITY_KEY)
        now[province_key, key] = view, nfc(province)
        yield view, nfc(ward), (nfc(province),)
    for old_key, province_key, key, partial in _conversions():
        if old_key in old:
            yield _old_place(old[old_key], *now[province_key, key], partial=partial)


def _conversions() -> Iterator[tuple[str, str, str, bool]]:
    """Old key, province and key of today, and whether only a part passed."""
    conversion = json.loads(_data("converter_2025.json").read_text(encoding="utf-8"))
    for province, whole in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        yield from ((o, province, key, False) for key, olds in whole.items() for o in olds)
    for province, divided in conversion["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, parts in divided.items():
            yield from ((old_key, province, part["newWardKey"], True) for part in parts)


def _old_place(
    row: tuple[str, str, str, str], now: PlaceView, province: str, *, partial: bool
) -> PlaceRow:
    code, ward, district, old_province = row
    above = (nfc(district), nfc(old_province)) if district != ward else (nfc(old_province),)
    view = PlaceView(
        code=now.code,
        name=now.name,
        in_city=now.in_city,
        old_code=code,
        old_name=", ".join((nfc(ward), *above[:-1], shortened(old_province))),
        partial=partial,
    )
    return view, nfc(ward), (*above, province)


def shortened(province: str) -> str:
    """As it ends an address: «TP. Đà Nẵng», «tỉnh Đồng Nai»."""
    said = nfc(province)
    return said.replace("Thành phố ", "TP. ", 1).replace("Tỉnh ", "tỉnh ", 1)


def days() -> list[DayView]:
    """The days of our file that differ from their weekday."""
    return [
        DayView(
            on=row["on"],
            kind=DayKind(row["kind"]),
            name=row["name"],
            confirmed=row["confirmed"],
            source=row["source"],
        )
        for row in tomllib.loads(DAYS_OFF.read_text(encoding="utf-8"))["day"]
    ]


OLD_SQL = """
    SELECT DISTINCT provinceCode, districtCode, district, districtShort, districtType,
           wardCode, ward, wardShort, wardType, provinceKey || '_' || districtKey || '_' ||
           wardKey AS key
    FROM admin_units_legacy WHERE provinceCode IN (?, ?, ?)
"""
NEW_SQL = """
    SELECT DISTINCT provinceCode, wardCode, ward, wardShort, wardType, wardKey AS key
    FROM admin_units WHERE provinceCode = ?
"""
COUNTRY_SQL = """
    SELECT DISTINCT provinceKey, wardKey, wardCode, ward, province FROM admin_units
"""
COUNTRY_BEFORE_SQL = """
    SELECT DISTINCT provinceKey || '_' || districtKey || '_' || COALESCE(wardKey, ''),
           COALESCE(wardCode, districtCode), COALESCE(ward, district), district, province
    FROM admin_units_legacy WHERE districtCode IS NOT NULL
"""
CENTRE_SQL = """
    SELECT DISTINCT wardCode, ward, wardLat, wardLon FROM admin_units
    WHERE provinceCode = ? AND wardLat IS NOT NULL ORDER BY wardCode
"""


def _data(name: str) -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the package {PACKAGE} is not installed")
    return Path(spec.origin).parent / "data" / name


def _provinces() -> Iterator[Area]:
    for code, kind, name, full_name in (
        ("79", AreaKind.THANH_PHO_TW, "Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("74", AreaKind.TINH, "Bình Dương", "Tỉnh Bình Dương"),
        ("77", AreaKind.TINH, "Bà Rịa - Vũng Tàu", "Tỉnh Bà Rịa - Vũng Tàu"),
    ):
        yield Area(
            code=code,
            level=AreaLevel.PROVINCE,
            kind=kind,
            name=name,
            full_name=full_name,
            province_code=code,
            valid_to=None if code == CITY else TWO_LEVELS_ON,
        )


def _districts(rows: list[sqlite3.Row]) -> Iterator[Area]:
    for row in {row["districtCode"]: row for row in rows}.values():
        yield Area(
            code=row["districtCode"],
            level=AreaLevel.DISTRICT,
            kind=KINDS[row["districtType"]],
            name=nfc(row["districtShort"]),
            full_name=nfc(row["district"]),
            province_code=row["provinceCode"],
            valid_to=TWO_LEVELS_ON,
        )


def _old_commune(row: sqlite3.Row) -> Area:
    return Area(
        code=row["wardCode"],
        level=AreaLevel.COMMUNE,
        kind=KINDS[row["wardType"]],
        name=nfc(row["wardShort"]),
        full_name=nfc(row["ward"]),
        province_code=row["provinceCode"],
        district_code=row["districtCode"],
        valid_to=TWO_LEVELS_ON,
        key=row["key"],
    )


def _new_commune(row: sqlite3.Row) -> Area:
    return Area(
        code=row["wardCode"],
        level=AreaLevel.COMMUNE,
        kind=KINDS[row["wardType"]],
        name=nfc(row["wardShort"]),
        full_name=nfc(row["ward"]),
        province_code=row["provinceCode"],
        valid_from=TWO_LEVELS_ON,
        key=row["key"],
    )
