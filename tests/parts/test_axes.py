"""Claims about the axes of charts: their numbers are round and cover the data, and names find room without covering anything."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts import axes
from pages.parts.axes import Axis, Box

SIZE = (0.45, 1.15)
WIDTHS = (15.0, 60.0)
HEIGHT = 20.0
numbers = st.floats(1e-6, 1e9)
shares = st.floats(0, 1)
boxes = st.builds(Box, shares, st.floats(-6, 6), st.floats(0, 19), st.floats(0.1, 6), st.floats(0.1, 2))


def is_round(value: float) -> bool:
    """Whether a number is nothing but 1, 2 or 5 and noughts, or a small multiple of that."""
    if value == 0:
        return True
    digits = f"{abs(value):.6e}".split("e")[0].rstrip("0").rstrip(".")
    return len(digits.replace(".", "")) <= 2


@given(st.lists(numbers, min_size=1, max_size=20))
def test_an_even_axis_covers_its_data_with_few_round_numbers_in_even_steps(values: list[float]) -> None:
    axis = axes.linear(values)
    assert axis.low <= 0 <= max(values) <= axis.high * (1 + 1e-8)
    assert 2 <= len(axis.ticks) <= axes.MOST_TICKS and (axis.low, axis.high) == (axis.ticks[0], axis.ticks[-1])
    assert all(is_round(tick) for tick in axis.ticks)
    steps = [after - before for before, after in zip(axis.ticks, axis.ticks[1:], strict=False)]
    assert max(steps) == pytest.approx(min(steps))


@given(st.lists(st.floats(1, 1e7), min_size=1, max_size=20))
def test_every_number_of_people_has_its_place_on_the_axis(values: list[float]) -> None:
    axis = axes.people(values)
    assert all(-1e-9 <= axis.share(value) <= 1 + 1e-9 for value in values)
    assert 1 <= len(axis.ticks) <= axes.MOST_TICKS and all(is_round(tick) for tick in axis.ticks)
    assert all(-1e-9 <= axis.share(tick) <= 1 + 1e-9 for tick in axis.ticks)


@pytest.mark.parametrize(
    ("values", "ticks", "digits"),
    [
        ([0.2, 0.9], (0, 0.2, 0.4, 0.6, 0.8, 1), 1),
        ([1.02], (0, 0.5, 1, 1.5), 1),
        ([0.031], (0, 0.01, 0.02, 0.03, 0.04), 2),
        ([31], (0, 10, 20, 30, 40), 0),
        ([-3, 7], (-5, 0, 5, 10), 0),
        ([0], (0, 0.2, 0.4, 0.6, 0.8, 1), 1),
        ([], (0, 0.2, 0.4, 0.6, 0.8, 1), 1),
    ],
)
def test_ticks_are_those_a_person_would_choose(values: list[float], ticks: tuple[float, ...], digits: int) -> None:
    axis = axes.linear(values)
    assert axis.ticks == ticks and axis.digits == digits


def test_people_stand_on_a_logarithmic_axis_only_when_one_gmina_dwarfs_the_others() -> None:
    assert not axes.people([2_900, 14_800]).log
    city = axes.people([634, 54_104])
    assert city.log and city.ticks == (1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
    assert city.share(math.sqrt(634 * 54_104)) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("count", "ticks"), [(1, (1, 2)), (2, (1, 2)), (5, (1, 2, 3, 4, 5)), (31, (1, 5, 10, 15, 20, 25, 31)), (16, (1, 5, 10, 16))]
)
def test_an_axis_of_ranks_begins_with_the_first_and_ends_with_the_last(count: int, ticks: tuple[int, ...]) -> None:
    assert axes.ranks(count).ticks == ticks


@given(boxes, boxes, st.floats(0, 1))
def test_boxes_said_to_be_apart_do_not_touch_at_any_width(one: Box, other: Box, part: float) -> None:
    if axes.apart(one, other, WIDTHS):
        width = WIDTHS[0] + part * (WIDTHS[1] - WIDTHS[0])
        across = min(one.left(width) + one.width, other.left(width) + other.width) - max(one.left(width), other.left(width))
        down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
        assert min(across, down) <= 1e-9


def test_boxes_that_change_their_order_between_two_widths_are_not_apart() -> None:
    before, after = Box(0.0, 8.0, 0.0, 2.0, 1.0), Box(0.5, -2.0, 0.0, 2.0, 1.0)
    assert after.left(15) + 2 <= before.left(15) and before.left(60) + 2 <= after.left(60)
    assert not axes.apart(before, after, WIDTHS)


@given(st.lists(st.tuples(shares, st.floats(0, HEIGHT)), min_size=1, max_size=12), st.floats(1, 6))
def test_names_cover_no_dot_and_no_other_name_and_stay_inside(dots: list[tuple[float, float]], width: float) -> None:
    taken = Box(1.0, -4.0, 9.0, 4.0, SIZE[1])
    found = axes.place(dots, [(n, width) for n in range(len(dots))], [taken], size=SIZE, widths=WIDTHS, height=HEIGHT)
    marks = [Box(at, -SIZE[0], top - SIZE[0], 2 * SIZE[0], 2 * SIZE[0]) for at, top in dots]
    for number, box in found.items():
        others = [taken, *marks[:number], *marks[number + 1 :], *(other for n, other in found.items() if n != number)]
        assert all(axes.apart(box, other, WIDTHS) for other in others)
        assert all(box.inside(w, HEIGHT) for w in WIDTHS)


def test_a_name_with_room_is_written_right_of_its_dot_and_at_the_edge_left_of_it() -> None:
    found = axes.place([(0.1, 5.0), (0.99, 15.0)], [(0, 3.0), (1, 3.0)], [], size=SIZE, widths=WIDTHS, height=HEIGHT)
    assert found[0].shift == SIZE[0] and found[1].shift == -SIZE[0] - 3.0


def test_a_name_without_room_is_left_out() -> None:
    crowd = [(0.5, top / 2) for top in range(41)]
    assert axes.place(crowd, [(20, 14.9)], [], size=SIZE, widths=WIDTHS, height=HEIGHT) == {}


def test_a_long_name_needs_more_room_and_full_width_signs_the_most() -> None:
    assert axes.name_width("Lelów") < axes.name_width("Dąbrowa Zielona") < axes.name_width("Ｄąbrowa Zielona")


def test_an_axis_tells_how_many_decimals_its_numbers_need() -> None:
    assert [Axis(0, 1, ticks).digits for ticks in ((0.0, 1.0), (0.0, 0.5, 1.0), (0.0, 0.25))] == [0, 1, 2]
