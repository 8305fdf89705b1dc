"""Claims about sites and clusters: records of one place stay one mark, nothing moves, nothing is lost, the drawing stays small."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.geo.points import MIXED, Sites, View, clusters, mercator_px, sites

POLAND = View(zoom=6, south=49.0, west=14.0, north=55.0, east=24.2)


def world(rows: list[tuple[float, float, int, bool]]) -> Sites:
    lat, lon, layer, rough = (np.array(column) for column in zip(*rows, strict=True))
    return sites(lat.astype(float), lon.astype(float), layer.astype(np.int64), rough.astype(bool), np.arange(len(rows)))


def test_records_of_one_position_become_one_site_with_their_count() -> None:
    found = world([(50.1, 19.1, 0, False), (50.2, 19.2, 1, False), (50.1, 19.1, 0, False)])
    assert sorted(zip(found.lat5.tolist(), found.lon5.tolist(), found.count.tolist(), strict=True)) == [
        (5010000, 1910000, 2),
        (5020000, 1920000, 1),
    ]


def test_a_site_of_several_layers_says_that_it_is_mixed() -> None:
    found = world([(50.1, 19.1, 0, False), (50.1, 19.1, 3, False)])
    assert found.layer.tolist() == [MIXED]


def test_an_approximate_record_never_shares_a_site_with_an_exact_one() -> None:
    found = world([(50.1, 19.1, 0, False), (50.1, 19.1, 0, True)])
    assert len(found) == 2
    assert sorted(found.approximate.tolist()) == [False, True]


def test_records_without_a_position_are_not_drawn() -> None:
    assert len(world([(np.nan, np.nan, 0, False)])) == 0


def test_nothing_to_draw_is_no_error() -> None:
    none = np.empty(0)
    found = sites(none, none, none.astype(np.int64), none.astype(bool), none.astype(np.intp))
    assert len(clusters(found, POLAND)) == 0


def test_the_world_is_256_pixels_wide_at_zoom_0() -> None:
    x, y = mercator_px(np.array([0, 0]), np.array([-18_000_000, 18_000_000]), 0)
    assert np.allclose(x, [0, 256]) and np.allclose(y, [128, 128])


def test_a_lone_site_keeps_its_place_and_its_record_among_clusters() -> None:
    found = world([(50.0, 19.0, 2, False), (54.0, 23.0, 1, False), (54.0, 23.0001, 1, False)])
    drawn = clusters(found, POLAND)
    lone = drawn.take(drawn.count == 1)
    assert (lone.lat5.tolist(), lone.lon5.tolist(), lone.row.tolist()) == ([5000000], [1900000], [0])
    assert drawn.row[drawn.count == 2].tolist() == [-1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(49, 55), st.floats(14, 24), st.integers(0, 4), st.booleans()), min_size=1, max_size=300),
    st.integers(4, 14),
    st.integers(1, 40),
)
def test_clusters_lose_no_record_of_the_view_and_keep_to_the_limit(
    rows: list[tuple[float, float, int, bool]], zoom: int, limit: int
) -> None:
    found = world(rows)
    drawn = clusters(found, View(zoom, 49, 14, 55, 24), limit=limit)
    assert drawn.count.sum() == len(rows)
    assert len(drawn) <= limit + found.approximate.sum() + 40
    naive = {(round(a * 1e5), round(b * 1e5), r) for a, b, _, r in rows}
    assert len(found) == len(naive)


def test_a_record_outside_the_view_is_not_sent() -> None:
    found = world([(50.0, 19.0, 0, False), (54.0, 23.0, 0, False)])
    assert clusters(found, View(10, 49.9, 18.9, 50.1, 19.1)).row.tolist() == [0]
