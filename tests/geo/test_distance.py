"""Distances agree with the ellipsoid and unknown positions stay unknown."""

import math

import numpy as np
from pyproj import Geod

from lib.geo.distance import distances_km, plane_km, to_metres

CZESTOCHOWA = (19.12, 50.81)
KONIECPOL = (19.69, 50.77)


def test_a_plane_distance_is_within_a_tenth_of_a_percent_of_the_ellipsoid() -> None:
    real = Geod(ellps="GRS80").inv(*CZESTOCHOWA, *KONIECPOL)[2] / 1000
    ours = distances_km([KONIECPOL[0]], [KONIECPOL[1]], to_lon=CZESTOCHOWA[0], to_lat=CZESTOCHOWA[1])[0]
    assert abs(ours - real) / real < 0.001


def test_the_order_of_arguments_is_longitude_then_latitude() -> None:
    x, y = to_metres([CZESTOCHOWA[0]], [CZESTOCHOWA[1]])
    assert 490_000 < x[0] < 520_000
    assert 320_000 < y[0] < 340_000


def test_a_missing_or_impossible_position_gives_nan_and_leaves_the_others() -> None:
    km = distances_km([19.0, math.nan, 19.0, 1e9], [50.8, 50.8, math.nan, 50.8], to_lon=19.0, to_lat=50.8)
    assert km[0] == 0
    assert np.isnan(km[1:]).all()


def test_no_points_give_no_distances() -> None:
    assert distances_km([], [], to_lon=19.0, to_lat=50.8).shape == (0,)


def test_a_three_four_five_triangle_has_a_side_of_five_kilometres() -> None:
    assert plane_km([3000.0], [4000.0], 0.0, 0.0)[0] == 5.0
