"""Tên đường gõ vào ô tìm: the wards of today that a street may lie in, to choose from.

Which ward a house belongs to is not known here; nothing says so for certain.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitNotFound
from motcua.contexts.reference import public as reference
from motcua.contexts.reference.contracts import CommuneView, StreetView
from motcua.kernel.clock import city_date
from motcua.portals.citizen.nearby import open_chip
from motcua.ui.parts import Chip, Crumb
from motcua.ui.words import foreign

MOST_DISTRICTS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """A commune that the address may belong to, with its one-stop desk."""

    name: str
    url: str
    address: str
    state: Chip


@dataclass(frozen=True, slots=True, kw_only=True)
class Streets:
    """wards: of the one street that was meant; else districts: where streets of the name lie.

    surely: the words can only mean a street.
    """

    title: str
    text: str
    wards: tuple[Ward, ...]
    districts: tuple[Crumb, ...]
    language: str
    surely: bool


def streets_of(query: str, *, now: datetime) -> Streets | None:
    found = reference.streets(query, city_date(now))
    if not found:
        return None
    one = found[0] if len(found) == 1 else None
    said = {"street": name_of(found[0])}
    return Streets(
        title=_("%(street)s, %(district)s (cũ)") % {**said, "district": one.district}
        if one
        else said["street"],
        text=_(
            "Chúng tôi biết đường này ở quận, huyện cũ nào, chưa biết từng số nhà. Địa chỉ của bạn "
            "thuộc một trong các phường, xã sau; bạn chọn đúng nơi."
        )
        if one
        else _("Tên đường này có ở nhiều nơi. Bạn chọn quận, huyện cũ."),
        wards=tuple(ward for view in one.communes if (ward := _ward(view, now))) if one else (),
        districts=() if one else tuple(_district(street) for street in found[:MOST_DISTRICTS]),
        language=foreign(),
        surely=found[0].surely,
    )


def name_of(street: StreetView) -> str:
    """«Đường Nguyễn Huệ»; a name that tells its kind keeps it."""
    told = ("đường", "hương lộ", "tỉnh lộ", "quốc lộ", "xa lộ", "đại lộ", "kênh", "liên ấp")
    return street.name if street.name.lower().startswith(told) else f"Đường {street.name}"


def address_of(street: StreetView) -> str:
    return f"{name_of(street)}, {street.district}"


def url_of(street: StreetView) -> str:
    return "/tim?" + urlencode({"q": address_of(street)})


def _district(street: StreetView) -> Crumb:
    return Crumb(label=street.district, url=url_of(street), language=foreign())


def _ward(commune: CommuneView, now: datetime) -> Ward | None:
    try:
        unit = organisations.one_stop_desk(commune.code, city_date(now))
    except UnitNotFound:
        return None
    return Ward(
        name=commune.full_name,
        url="/tim?" + urlencode({"q": commune.full_name}),
        address=unit.address,
        state=open_chip(unit, now=now),
    )
