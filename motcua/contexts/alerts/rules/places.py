"""Vùng: reads what an officer typed or pasted, and refuses what no map of the city can show."""

import json
import math
import re
from collections.abc import Iterator
from itertools import pairwise

from motcua.contexts.alerts.contracts import Area, AreaMalformed, Point

LONGEST = 20_000  # characters
MOST_POINTS = 200
DIGITS = 5  # of a degree: about a metre
LARGEST_RADIUS = 60.0  # km
ALONG = 111.32  # km of one degree of latitude
CORNERS = 32  # of a circle, where it is compared with wards
# A box around the whole city, its islands included.
SOUTH, NORTH, WEST, EAST = 8.3, 11.6, 105.9, 107.8
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{1,15})?")
Segment = tuple[Point, Point]


def area_of(text: str) -> Area:
    """GeoJSON, or pairs «lat,lon»: one with a radius in km is a circle, three and more a polygon.

    Raises: AreaMalformed.
    """
    said = text.strip()
    if not said:
        return Area()
    if len(said) > LONGEST:
        raise AreaMalformed("Vùng quá dài. Bạn vẽ vùng đơn giản hơn.", field="area")
    if said.startswith(("{", "[")):
        return _polygon(_of_geojson(said))
    pairs = said.split()
    if len(pairs) == 2 and "," not in pairs[1]:
        return _circle(_pair(pairs[0]), pairs[1])
    return _polygon([_pair(pair) for pair in pairs])


def _pair(text: str) -> Point:
    lat, comma, lon = text.strip(";").partition(",")
    if not comma or not _NUMBER.fullmatch(lat) or not _NUMBER.fullmatch(lon):
        raise AreaMalformed("Mỗi điểm ghi «vĩ độ,kinh độ», ví dụ 10.7769,106.7009.", field="area")
    return _inside(float(lat), float(lon))


def _of_geojson(text: str) -> list[Point]:
    try:
        said = json.loads(text)
        return [_of_position(one) for one in _ring_in(said)]
    except (ValueError, RecursionError, TypeError, KeyError, IndexError) as wrong:
        raise AreaMalformed("GeoJSON chưa đúng: cần một Polygon.", field="area") from wrong


def _ring_in(said: object) -> list[object]:
    """The outer ring. Raises what a wrong shape raises."""
    if not isinstance(said, dict):
        raise TypeError
    if said["type"] == "FeatureCollection":
        (feature,) = said["features"]
        return _ring_in(feature)
    if said["type"] == "Feature":
        return _ring_in(said["geometry"])
    if said["type"] != "Polygon" or len(said["coordinates"]) != 1:
        raise TypeError
    ring = said["coordinates"][0]
    if not isinstance(ring, list):
        raise TypeError
    return ring


def _of_position(said: object) -> Point:
    if not isinstance(said, list) or not 2 <= len(said) <= 3:
        raise TypeError
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in said):
        raise TypeError
    return _inside(float(said[1]), float(said[0]))


def _inside(lat: float, lon: float) -> Point:
    if not (SOUTH <= lat <= NORTH and WEST <= lon <= EAST):  # also what is no number
        raise AreaMalformed("Có điểm nằm ngoài Thành phố. Vĩ độ ghi trước.", field="area")
    return Point(lat=round(lat, DIGITS), lon=round(lon, DIGITS))


def _circle(centre: Point, radius: str) -> Area:
    if not _NUMBER.fullmatch(radius) or not 0 < float(radius) <= LARGEST_RADIUS:
        raise AreaMalformed(
            f"Bán kính ghi bằng km, lớn hơn 0 và tối đa {LARGEST_RADIUS:.0f}.", field="area"
        )
    return Area(centre=centre, radius_km=float(radius))


def _polygon(points: list[Point]) -> Area:
    if len(points) > MOST_POINTS:
        raise AreaMalformed(f"Vùng có quá {MOST_POINTS} điểm. Bạn bớt điểm.", field="area")
    distinct = [one for at, one in enumerate(points) if at == 0 or one != points[at - 1]]
    if len(distinct) > 1 and distinct[0] == distinct[-1]:
        distinct.pop()
    if len(distinct) < 3:
        raise AreaMalformed("Vùng cần ít nhất ba điểm khác nhau.", field="area")
    ring = (*distinct, distinct[0])
    if _crosses_itself(ring) or _doubled(ring) == 0:
        raise AreaMalformed("Đường bao tự cắt hoặc không có diện tích.", field="area")
    return Area(ring=ring)


def _doubled(ring: tuple[Point, ...]) -> float:
    """Twice the area in square degrees, by the shoelace formula."""
    return abs(sum(a.lon * b.lat - b.lon * a.lat for a, b in pairwise(ring)))


def _crosses_itself(ring: tuple[Point, ...]) -> bool:
    sides = list(pairwise(ring))
    last = len(sides) - 1
    for at, side in enumerate(sides):
        for other in range(at + 1, len(sides)):
            neighbours = other == at + 1 or (at == 0 and other == last)
            if neighbours:
                if _folds_back(side, sides[other]):
                    return True
            elif meet(side, sides[other]):
                return True
    return False


def _turn(a: Point, b: Point, c: Point) -> float:
    turned = (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon)
    return 0 if abs(turned) < 1e-12 else turned


def _between(a: Point, b: Point, c: Point) -> bool:
    """Whether c, on the line through a and b, lies from a to b."""
    across = min(a.lon, b.lon) <= c.lon <= max(a.lon, b.lon)
    return across and min(a.lat, b.lat) <= c.lat <= max(a.lat, b.lat)


def meet(one: Segment, other: Segment) -> bool:
    """Whether two sides have a point in common."""
    (a, b), (c, d) = one, other
    sides = (_turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b))
    if sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0:
        return True
    touching = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(
        side == 0 and _between(*points) for side, points in zip(sides, touching, strict=True)
    )


def _folds_back(one: Segment, other: Segment) -> bool:
    """Two sides with a common corner that lie upon each other."""
    shared = one[1] if one[1] == other[0] else one[0]
    a = one[0] if shared == one[1] else one[1]
    b = other[1] if shared == other[0] else other[0]
    if _turn(shared, a, b) != 0:
        return False
    return (a.lon - shared.lon) * (b.lon - shared.lon) + (a.lat - shared.lat) * (
        b.lat - shared.lat
    ) > 0


def outline(area: Area) -> tuple[Point, ...]:
    """The ring that is compared with wards: of a circle, one of 32 corners around it."""
    if area.centre is None:
        return area.ring
    return (*_corners(area.centre, area.radius_km), next(_corners(area.centre, area.radius_km)))


def _corners(centre: Point, radius_km: float) -> Iterator[Point]:
    up = radius_km / ALONG
    across = up / math.cos(math.radians(centre.lat))
    for corner in range(CORNERS):
        angle = 2 * math.pi * corner / CORNERS
        yield Point(
            lat=round(centre.lat + up * math.sin(angle), DIGITS),
            lon=round(centre.lon + across * math.cos(angle), DIGITS),
        )


def contains(ring: tuple[Point, ...], point: Point) -> bool:
    """Whether the point lies inside, by counting sides to its right."""
    inside = False
    for a, b in pairwise(ring):
        if (a.lat > point.lat) != (b.lat > point.lat):
            at = a.lon + (point.lat - a.lat) * (b.lon - a.lon) / (b.lat - a.lat)
            inside ^= point.lon < at
    return inside


def overlap(one: tuple[Point, ...], other: tuple[Point, ...]) -> bool:
    """Whether two rings have a point in common."""
    if not _boxes_meet(one, other):
        return False
    if contains(one, other[0]) or contains(other, one[0]):
        return True
    near = [side for side in pairwise(other) if _boxes_meet(one, side)]
    return any(meet(mine, theirs) for mine in pairwise(one) for theirs in near)


def _boxes_meet(one: tuple[Point, ...], other: tuple[Point, ...]) -> bool:
    return all(
        min(getattr(p, side) for p in one) <= max(getattr(p, side) for p in other)
        and min(getattr(p, side) for p in other) <= max(getattr(p, side) for p in one)
        for side in ("lat", "lon")
    )


def as_kept(area: Area) -> dict[str, object]:
    """As JSON for the row."""
    if area.centre is not None:
        return {"centre": [area.centre.lat, area.centre.lon], "radius_km": area.radius_km}
    return {"ring": [[one.lat, one.lon] for one in area.ring]} if area.ring else {}


def as_typed(area: Area) -> str:
    """As an officer would have typed it."""
    if area.centre is not None:
        return f"{area.centre.lat},{area.centre.lon} {area.radius_km}"
    return " ".join(f"{one.lat},{one.lon}" for one in area.ring)


def kept(shape: dict[str, object]) -> Area:
    """What `as_kept` wrote."""
    match shape:
        case {"centre": [float() | int() as lat, float() | int() as lon], "radius_km": radius}:
            assert isinstance(radius, int | float)
            return Area(centre=Point(lat=lat, lon=lon), radius_km=float(radius))
        case {"ring": list() as ring}:
            return Area(ring=tuple(Point(lat=lat, lon=lon) for lat, lon in ring))
    return Area()
