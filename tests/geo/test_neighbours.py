"""Claims about common borders, on squares of a made-up region whose sides can be worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from lib.geo.extent import MARGIN, extent
from lib.geo.neighbours import neighbours
from lib.settings import DATA_DIR

DEGREE_OF_LATITUDE_KM = 111.25
"""At 50.8 N; the sides of a square of 0.1 degree are 11.1 km from south to north and 7.0 km from west to east."""


def square(teryt: str, west: float, south: float, side: float = 0.1) -> dict[str, Any]:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Feature", "properties": {"teryt": teryt}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def region(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


ROW = region(square("a", 19.0, 50.8), square("b", 19.1, 50.8), square("c", 19.2, 50.8))


def test_squares_in_a_row_share_the_side_between_them_and_nothing_else() -> None:
    found = neighbours(ROW)
    assert {code: [b.teryt for b in borders] for code, borders in found.items()} == {"a": ["b"], "b": ["a", "c"], "c": ["b"]}
    assert found["a"][0].km == pytest.approx(0.1 * DEGREE_OF_LATITUDE_KM, rel=0.002)


def test_a_border_is_as_long_seen_from_either_side() -> None:
    found = neighbours(ROW)
    assert found["a"][0].km == found["b"][0].km


def test_the_longest_border_comes_first() -> None:
    """A low and wide neighbour above: its border is the shorter side from west to east."""
    found = neighbours(region(*ROW["features"], square("north", 19.0, 50.9)))
    assert [b.teryt for b in found["a"]] == ["b", "north"]
    assert found["a"][1].km == pytest.approx(7.03, rel=0.01)


def test_meeting_in_a_corner_makes_no_neighbours() -> None:
    found = neighbours(region(square("a", 19.0, 50.8), square("d", 19.1, 50.9)))
    assert found == {"a": (), "d": ()}


def test_a_region_of_several_parts_has_its_borders_added_up() -> None:
    ring = [square("x", 19.1, 50.8)["geometry"]["coordinates"], square("x", 19.1, 51.0)["geometry"]["coordinates"]]
    parted = {"type": "Feature", "properties": {"teryt": "x"}, "geometry": {"type": "MultiPolygon", "coordinates": ring}}
    tall = {
        "type": "Feature",
        "properties": {"teryt": "tall"},
        "geometry": {"type": "Polygon", "coordinates": [[[19.0, 50.8], [19.1, 50.8], [19.1, 51.1], [19.0, 51.1], [19.0, 50.8]]]},
    }
    found = neighbours(region(parted, tall))
    assert found["tall"][0].km == pytest.approx(0.2 * DEGREE_OF_LATITUDE_KM, rel=0.002)


def test_a_region_without_boundaries_has_no_neighbours() -> None:
    assert neighbours({}) == {}


def test_every_gmina_of_the_subregion_has_a_neighbour_and_being_one_is_mutual() -> None:
    import json

    found = neighbours(json.loads((DATA_DIR / "gminas" / "boundaries.geojson").read_text(encoding="utf-8")))
    assert len(found) == 31 and all(found.values())
    pairs = {(code, border.teryt) for code, borders in found.items() for border in borders}
    assert pairs == {(b, a) for a, b in pairs}
    assert "2404102" in {border.teryt for border in found["2404052"]}, "Kłomnice borders on Mstów"


def test_the_extent_of_a_square_is_half_its_longer_side_and_a_margin() -> None:
    found = extent(ROW, "b")
    assert found is not None
    assert (found.latitude, found.longitude) == pytest.approx((50.85, 19.15))
    assert found.km == pytest.approx(0.05 * DEGREE_OF_LATITUDE_KM * MARGIN, abs=0.1)


def test_an_unknown_gmina_has_no_extent() -> None:
    assert extent(ROW, "nowhere") is None
