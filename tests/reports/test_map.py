"""No label of a printed map is cut, touches another one or hides a mark, and what is known only by its gmina is never a point."""

from __future__ import annotations

import math
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.domain.records import PLACED_KINDS
from lib.i18n import Translator
from lib.reports import map_svg, shapes
from lib.reports.document import Label, Picture
from lib.reports.fonts import width
from lib.reports.labels import Box, Placer, around
from lib.reports.map_marks import Mark, marks
from lib.reports.words import Words
from tests import worlds
from tests.reports.briefs import catalog, world

GMINAS = sorted(catalog().dataset.gminas)
ROUNDING = 0.01
"""Points: a hundredth is less than a printer can place."""


@cache
def picture(teryt: str, language: str = "pl") -> Picture:
    found = catalog()
    return map_svg.draw_map(found, found.dataset.gminas[teryt], Words(found.dataset, Translator(language)))


def box_of(label: Label) -> Box:
    return Box.round(label.x, label.y, label.width, label.height)


def marks_of(teryt: str) -> list[Mark]:
    found = catalog()
    sheet = map_svg.lay_out(found, found.dataset.gminas[teryt])
    return marks((item for item in found.dataset.items if item.teryt == teryt and item.kind in PLACED_KINDS), sheet.project)


@pytest.mark.parametrize("teryt", GMINAS)
def test_every_label_fits_its_box_and_every_box_the_picture(teryt: str) -> None:
    found = picture(teryt)
    whole = Box(-ROUNDING, -ROUNDING, found.width + ROUNDING, found.height + ROUNDING)
    assert found.labels
    assert [label.text for label in found.labels if not box_of(label).within(whole)] == []
    assert [label.text for label in found.labels if width(label.text, label.size, bold=label.bold) > label.width + ROUNDING] == []
    assert [label.text for label in found.labels if label.size > label.height] == []


@pytest.mark.parametrize("teryt", GMINAS)
def test_no_label_lies_on_another_one(teryt: str) -> None:
    boxes = [(label.text, box_of(label)) for label in picture(teryt).labels]
    touching = [(a, b) for i, (a, one) in enumerate(boxes) for b, other in boxes[i + 1 :] if one.touches(other, -ROUNDING)]
    assert touching == []


@pytest.mark.parametrize("teryt", GMINAS)
def test_no_name_lies_on_a_mark_and_no_mark_on_another(teryt: str) -> None:
    found = marks_of(teryt)
    inner = [Box.round(mark.x, mark.y, 1.4 * mark.radius, 1.4 * mark.radius) for mark in found]
    names = [label for label in picture(teryt).labels if not label.text.isdecimal() and label.y < map_svg.HEIGHT]
    assert [label.text for label in names for box in inner if box_of(label).touches(box)] == []
    apart = [math.hypot(a.x - b.x, a.y - b.y) - a.radius - b.radius for i, a in enumerate(found) for b in found[i + 1 :]]
    assert min(apart, default=1.0) > 0


@pytest.mark.parametrize("teryt", GMINAS)
def test_marks_and_the_frame_count_every_record_once(teryt: str) -> None:
    mine = [item for item in catalog().dataset.items if item.teryt == teryt and item.kind in PLACED_KINDS]
    rough = sum(item.approximate for item in mine)
    assert sum(mark.count for mark in marks_of(teryt)) == len(mine) - rough
    texts = [label.text for label in picture(teryt).labels]
    tag = Translator("pl")("brief.map.tag", n=rough)
    assert (tag in texts) == (rough > 0)


@pytest.mark.parametrize("teryt", GMINAS)
def test_every_place_with_several_records_and_the_gmina_have_their_names(teryt: str) -> None:
    texts = {label.text for label in picture(teryt).labels}
    assert catalog().dataset.gminas[teryt].name in texts
    assert {mark.place for mark in marks_of(teryt) if mark.count > 1 and mark.place} <= texts


def test_the_drawing_holds_no_text_and_is_well_formed() -> None:
    for teryt in GMINAS:
        root = ElementTree.fromstring(picture(teryt).svg.encode())
        assert {node.tag.split("}")[-1] for node in root.iter()} <= {"svg", "path", "circle", "rect"}


def test_the_legend_explains_every_kind_of_mark_with_its_number() -> None:
    texts = [label.text for label in picture("2404052").labels]
    assert "KGW (5)" in texts
    assert "OSP (4)" in texts
    assert any(text.startswith("tyle wpisów") for text in texts)


@pytest.mark.parametrize("kind", ["circle", "square", "diamond", "triangle", "triangle-down", "pentagon", "hexagon", "star", "cross"])
def test_a_shape_lies_round_its_point_and_within_reach(kind: str) -> None:
    numbers = [float(n) for n in re.findall(r"-?\d+\.\d+", shapes.path(kind, 50.0, 70.0, 4.0))]
    if kind == "circle":
        assert numbers[:2] == [46.0, 70.0]
        return
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    assert max(math.hypot(x - 50, y - 70) for x, y in points) < 1.5 * 4
    assert sum(x for x, _ in points) / len(points) == pytest.approx(50, abs=0.05)


def test_the_shapes_of_paper_and_screen_have_the_same_names() -> None:
    script = (Path(map_svg.__file__).parents[2] / "pages/static/mapa.js").read_text(encoding="utf-8")
    body = script[script.index("const SHAPES = {") : script.index("function shape(")]
    on_screen = set(re.findall(r'^\s+"?([a-z-]+)"?: \(c,', body, re.MULTILINE))
    from lib.domain.symbols import OTHER_SHAPES, SYMBOLS

    used = {shape for _, _, shape in SYMBOLS.values()} | set(OTHER_SHAPES)
    assert used <= on_screen
    assert len({shapes.path(kind, 0.0, 0.0, 1.0) for kind in used}) == len(used)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 480), st.floats(0, 320)), min_size=1, max_size=40),
    st.lists(st.tuples(st.floats(5, 120), st.floats(6, 14)), min_size=1, max_size=40),
)
def test_whatever_is_placed_is_inside_and_apart(spots: list[tuple[float, float]], sizes: list[tuple[float, float]]) -> None:
    placer = Placer(Box(0, 0, 480, 320))
    for x, y in spots:
        placer.block(Box.round(x, y, 8, 8))
    blocked, placed = list(placer.taken), []
    for (x, y), (wide, high) in zip(spots, sizes, strict=False):
        box = placer.place(wide, high, around(x, y, 4, wide, high))
        if box:
            placed.append(box)
    assert all(box.within(placer.frame) for box in placed)
    assert not any(box.touches(other) for i, box in enumerate(placed) for other in [*placed[i + 1 :], *blocked])


def test_a_label_without_a_free_place_is_left_out() -> None:
    placer = Placer(Box(0, 0, 10, 10))
    placer.block(Box(0, 0, 10, 10))
    assert placer.place(4, 4, [(5.0, 5.0)]) is None


def test_touching_places_become_one_mark_in_their_middle(tmp_path: Path) -> None:
    """Two records in Alfowo and one 20 metres east of it: nothing that a map of a gmina can tell apart."""
    near = worlds.resource(0, id="r-near", longitude=str(worlds.longitude(0) + 0.0003))
    found = world(tmp_path, resources=[worlds.resource(0), worlds.resource(0, id="r-same"), near])
    sheet = map_svg.lay_out(found, found.dataset.gminas[worlds.TERYTS[0]])
    one = marks(found.dataset.items, sheet.project)
    own = [mark for mark in one if mark.place == "Alfowo"]
    assert [mark.count for mark in own] == [4]  # and the festival of the village
    x, _ = sheet.project(worlds.longitude(0), worlds.LATITUDE)
    assert own[0].x == pytest.approx(x + (sheet.points_per_km * 0.0211) / 4, abs=0.05)


def test_what_is_known_by_its_gmina_only_is_no_mark(tmp_path: Path) -> None:
    found = world(tmp_path, resources=[worlds.resource(0, precision="gmina", locality="")], initiatives=[], needs=[])
    sheet = map_svg.lay_out(found, found.dataset.gminas[worlds.TERYTS[0]])
    assert marks(found.dataset.items, sheet.project) == []
    drawn = map_svg.draw_map(found, found.dataset.gminas[worlds.TERYTS[0]], Words(found.dataset, Translator("en")))
    assert "+ 1 without coordinates" in [label.text for label in drawn.labels]
