"""Điểm trên bản đồ: coordinates as people, phones and map apps write them; one metre is enough."""

import math
import re
from dataclasses import dataclass

DIGITS = 5  # of a degree: about a metre
METRES = 111_320.0  # of one degree of latitude
# Around the country with its islands; a latitude of ours is never a longitude of ours.
SOUTH, NORTH, WEST, EAST = 6.0, 24.0, 101.0, 118.0
_DOTTED = re.compile(r"(?<![\d.])-?\d{1,3}\.\d{2,15}")
_COMMAED = re.compile(r"(?<![\d,])-?\d{1,3},\d{2,15}")
_DEGREES = re.compile(
    r"(\d{1,3})\s*[°º]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?"
    r"(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''|’’|′′)\s*)?([NSEWBĐT])?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPoint:
    """WGS 84."""

    lat: float
    lng: float

    def __str__(self) -> str:
        return f"{self.lat:.{DIGITS}f}, {self.lng:.{DIGITS}f}"

    @property
    def is_here(self) -> bool:
        return SOUTH <= self.lat <= NORTH and WEST <= self.lng <= EAST

    def moved(self, *, north: float = 0, east: float = 0) -> "MapPoint":
        """As many metres away."""
        across = METRES * math.cos(math.radians(self.lat))
        return point(self.lat + north / METRES, self.lng + east / across)

    def metres_to(self, other: "MapPoint") -> tuple[float, float]:
        """How far east and north the other lies; true within a city."""
        across = METRES * math.cos(math.radians(self.lat))
        return (other.lng - self.lng) * across, (other.lat - self.lat) * METRES


def point(lat: float, lng: float) -> MapPoint:
    return MapPoint(lat=round(lat, DIGITS), lng=round(lng, DIGITS))


def point_in(text: str) -> MapPoint | None:
    """The first pair of coordinates in the text, also of a map's address; None without one.

    «10.7769, 106.7009», «10,7769; 106,7009», «10°46'36.8"N 106°42'03.2"E», «geo:10.77,106.70».
    """
    if "°" in text or "º" in text:
        pair = [_of_degrees(found) for found in _DEGREES.finditer(text)][:2]
    else:
        said = _DOTTED.findall(text)
        said = said if len(said) > 1 else _COMMAED.findall(text)
        pair = [float(one.replace(",", ".")) for one in said[:2]]
    if len(pair) < 2:
        return None
    lat, lng = pair
    swapped = SOUTH <= lng <= NORTH and WEST <= lat <= EAST
    return point(lng, lat) if swapped else point(lat, lng)


def _of_degrees(found: re.Match[str]) -> float:
    parts = [float((found[n] or "0").replace(",", ".")) for n in (1, 2, 3)]
    value = parts[0] + parts[1] / 60 + parts[2] / 3600
    return -value if (found[4] or "").upper() in {"S", "W", "T"} else value
