"""Bản đồ nhỏ: a grid around a point with the communes near it, drawn here, without any tiles."""

import math
from collections.abc import Sequence

from django.utils.translation import gettext as _

from motcua.kernel.forms import MapPoint
from motcua.ui.parts import Landmark, SmallMap
from motcua.ui.words import decimal

HALF = 100  # units from the middle of the drawing to its edge
STEPS = (10, 100, 1000)  # metres
USUAL = 100
WIDE = 20  # steps from the middle to the edge
CITY = MapPoint(lat=10.7769, lng=106.7009)  # where a map opens before anybody chose
MOST = 8


def small_map(chosen: MapPoint | None, *, landmarks: Sequence[Landmark], step: int = 0) -> SmallMap:
    """step: metres of a move, which also say how much of the city is seen."""
    here = chosen if chosen and chosen.is_here else None
    middle = here or CITY
    move = step if step in STEPS else USUAL
    unit = move * WIDE / HALF
    near = nearest(middle, landmarks)
    return SmallMap(
        lat=middle.lat,
        lng=middle.lng,
        is_set=here is not None,
        step=move,
        unit=unit,
        said=_place(middle, near[0]) if near and here else "",
        landmarks=tuple(_drawn(middle, one, unit) for one in near),
        steps=tuple((one, "1 km" if one == 1000 else f"{one} m") for one in STEPS),
    )


def nearest(middle: MapPoint, landmarks: Sequence[Landmark]) -> list[Landmark]:
    return sorted(landmarks, key=lambda one: math.hypot(*_metres(middle, one)))[:MOST]


def _metres(middle: MapPoint, one: Landmark) -> tuple[float, float]:
    return middle.metres_to(MapPoint(lat=one.lat, lng=one.lng))


def _drawn(middle: MapPoint, one: Landmark, unit: float) -> Landmark:
    east, north = _metres(middle, one)
    return Landmark(
        name=one.name, lat=one.lat, lng=one.lng, x=round(east / unit, 1), y=round(-north / unit, 1)
    )


def _place(here: MapPoint, one: Landmark) -> str:
    """In words, for who does not see the drawing."""
    east, north = _metres(here, one)
    away = math.hypot(east, north)
    ways = (
        _("phía bắc"), _("phía đông bắc"), _("phía đông"), _("phía đông nam"),
        _("phía nam"), _("phía tây nam"), _("phía tây"), _("phía tây bắc"),
    )  # fmt: skip
    way = ways[round(math.degrees(math.atan2(-east, -north)) / 45) % 8]
    metres = f"{round(away, -1):.0f} m" if away < 1000 else f"{decimal(away / 1000)} km"
    return _("Cách trung tâm %(place)s khoảng %(metres)s về %(way)s.") % {
        "place": one.name, "metres": metres, "way": way,
    }  # fmt: skip
