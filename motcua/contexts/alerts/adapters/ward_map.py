"""Bản đồ phường, xã: which wards a shape touches, where whoever runs the city gave a map.

The map is a GeoJSON file of communes (`properties.code`), named by MOTCUA_WARD_MAP; we ship none.
Without it a shape still goes into the document, and residents are matched by the chosen wards.
"""

import json
import logging
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.contexts.alerts.contracts import Area, Point
from motcua.contexts.alerts.rules import places

log = logging.getLogger("motcua.alerts")
Ring = tuple[Point, ...]


def is_known() -> bool:
    return settings.WARD_MAP is not None


def touched(area: Area) -> tuple[str, ...]:
    """Codes of the wards that have a point in common with the shape, in order."""
    if settings.WARD_MAP is None or area.is_empty:
        return ()
    ring = places.outline(area)
    known = _wards(settings.WARD_MAP)
    return tuple(
        sorted(
            code for code, rings in known.items() if any(places.overlap(ring, one) for one in rings)
        )
    )


@cache
def _wards(file: Path) -> dict[str, tuple[Ring, ...]]:
    """Outer rings by code. What cannot be read is nobody's ward, and is said in the log."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        return {
            str(one["properties"]["code"]): tuple(_rings(one["geometry"]))
            for one in said["features"]
        }
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        log.error("the map of wards cannot be read: %s", type(wrong).__name__)
        return {}


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    shapes = geometry["coordinates"]
    polygons = shapes if geometry["type"] == "MultiPolygon" else [shapes]
    return [tuple(Point(lat=lat, lon=lon) for lon, lat, *_ in polygon[0]) for polygon in polygons]
