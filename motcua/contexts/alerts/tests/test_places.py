"""Shapes: what no map of the city can show is refused with a sentence, never with a fault."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.alerts.adapters import ward_map
from motcua.contexts.alerts.contracts import AreaMalformed, Point
from motcua.contexts.alerts.rules import places

SQUARE = "10.70,106.60 10.80,106.60 10.80,106.70 10.70,106.70"
BOW_TIE = "10.70,106.60 10.80,106.70 10.80,106.60 10.70,106.70"


def geojson(*points, kind="Polygon"):
    return json.dumps({"type": kind, "coordinates": [[list(point) for point in points]]})


def test_typed_points_make_a_closed_ring():
    area = places.area_of(SQUARE)

    assert area.ring[0] == area.ring[-1]
    assert len(area.ring) == 5


def test_geojson_is_read_with_its_order_of_coordinates():
    said = geojson((106.6, 10.7), (106.6, 10.8), (106.7, 10.8), (106.6, 10.7))
    feature = json.dumps({"type": "Feature", "properties": {}, "geometry": json.loads(said)})

    assert places.area_of(said).ring[0] == Point(lat=10.7, lon=106.6)
    assert places.area_of(feature) == places.area_of(said)


def test_a_point_with_a_radius_is_a_circle():
    area = places.area_of("10.7769,106.7009 2.5")

    assert area.centre == Point(lat=10.7769, lon=106.7009)
    assert len(places.outline(area)) == places.CORNERS + 1


@pytest.mark.parametrize(
    "typed",
    [
        BOW_TIE,
        "10.7,106.6 10.8,106.7",
        "10.7,106.6 10.7,106.6 10.7,106.6",
        "10.70,106.60 10.75,106.65 10.80,106.70",
        "10.70,106.60 10.80,106.60 10.75,106.60 10.75,106.70",
        "21.0,105.8 21.1,105.8 21.1,105.9",
        "106.6,10.7 106.6,10.8 106.7,10.8",
        "nan,106.6 10.8,106.6 10.8,106.7",
        "1e1,106.6 10.8,106.6 10.8,106.7",
        "10.7769,106.7009 0",
        "10.7769,106.7009 5000",
        "10.7769,106.7009 inf",
        "10.7769;106.7009",
        "x" * 20_001,
        " ".join(f"{10.7 + n / 10_000},{106.6 + (n % 7) / 1000}" for n in range(201)),
        "{",
        "[" * 15_000,
        "[1, 2]",
        '{"type": "Point", "coordinates": [106.6, 10.7]}',
        '{"type": "Polygon", "coordinates": []}',
        '{"type": "Polygon", "coordinates": [[[106.6, NaN], [106.6, 10.8], [106.7, 10.8]]]}',
        '{"type": "Polygon", "coordinates": [[[106.6, 1e400], [106.6, 10.8], [106.7, 10.8]]]}',
        '{"type": "Polygon", "coordinates": [[[true, 10.7], [106.6, 10.8], [106.7, 10.8]]]}',
        '{"type": "Polygon", "coordinates": [{"0": 1}]}',
        '{"type": "FeatureCollection", "features": []}',
        '{"type": "Feature", "geometry": null}',
    ],
)
def test_a_hostile_shape_is_refused(typed):
    with pytest.raises(AreaMalformed) as refused:
        places.area_of(typed)

    assert refused.value.field == "area"


@given(
    st.text(max_size=60)
    | st.recursive(
        st.none() | st.floats() | st.text(max_size=5), lambda x: st.lists(x, max_size=4)
    ).map(json.dumps)
)
def test_whatever_is_typed_is_a_shape_or_refused(typed):
    try:
        area = places.area_of(typed)
    except AreaMalformed:
        return

    assert area.is_empty or area.ring or area.radius_km > 0


@given(
    st.integers(3, 60), st.floats(9, 11), st.floats(106.2, 107.2), st.floats(0.01, 0.3),
)  # fmt: skip
def test_a_round_ring_is_taken_and_comes_back_as_it_was(corners, lat, lon, radius):
    typed = " ".join(
        f"{lat + radius * math.sin(2 * math.pi * n / corners):.5f},"
        f"{lon + radius * math.cos(2 * math.pi * n / corners):.5f}"
        for n in range(corners)
    )

    area = places.area_of(typed)

    assert places.kept(places.as_kept(area)) == area
    assert places.area_of(places.as_typed(area)) == area
    assert places.contains(area.ring, Point(lat=lat, lon=lon))


@pytest.fixture
def squares(settings, tmp_path):
    """Two wards beside each other, one island."""

    def square(code, west):
        ring = [[west, 10.7], [west + 0.1, 10.7], [west + 0.1, 10.8], [west, 10.8], [west, 10.7]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        return {"type": "Feature", "properties": {"code": code}, "geometry": shape}

    island = square("26734", 107.0)
    island["geometry"] = {
        "type": "MultiPolygon", "coordinates": [island["geometry"]["coordinates"]],
    }  # fmt: skip
    file = tmp_path / "wards.geojson"
    features = [square("26740", 106.6), square("26743", 106.7), island]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    settings.WARD_MAP = file


@pytest.mark.parametrize(
    ("typed", "touched"),
    [
        ("10.72,106.62 10.74,106.62 10.74,106.64", ("26740",)),
        ("10.72,106.62 10.74,106.62 10.74,106.75", ("26740", "26743")),
        ("10.60,106.50 10.90,106.50 10.90,107.20 10.60,107.20", ("26734", "26740", "26743")),
        ("10.75,106.69 3", ("26740", "26743")),
        ("9.0,106.2 9.1,106.2 9.1,106.3", ()),
    ],
)
def test_the_wards_that_a_shape_touches_are_found(squares, typed, touched):
    assert ward_map.touched(places.area_of(typed)) == touched


def test_without_a_map_nothing_is_touched():
    assert not ward_map.is_known()
    assert ward_map.touched(places.area_of(SQUARE)) == ()


def test_a_broken_map_touches_nothing(settings, tmp_path):
    file = tmp_path / "broken.geojson"
    file.write_text('{"features": [{}]}')
    settings.WARD_MAP = file

    assert ward_map.touched(places.area_of(SQUARE)) == ()
