"""What does the map of a gmina look like on paper? A drawing without text, and labels that are never cut and never lie on each other.

Boundaries are WGS84 degrees in the data and metres (EPSG:2180) while the drawing is scaled; the drawing itself is in points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from lib.catalog.catalog import Catalog
from lib.domain import symbols
from lib.domain.records import PLACED_KINDS, Gmina, Item
from lib.geo.distance import METRES_PER_KM, to_metres
from lib.reports.document import Label, Picture
from lib.reports.fonts import width
from lib.reports.labels import Box, Placer, around
from lib.reports.map_legend import draw_legend
from lib.reports.map_marks import Mark, marks
from lib.reports.shapes import path
from lib.reports.typography import clean
from lib.reports.words import Words

WIDTH, HEIGHT = 482.0, 384.0
"""Points: 17 cm, the line of an A4 page with its margins, and a height that leaves room for head and legend on the first page."""
MARGIN = 1.16
"""The gmina with a sixth more on both sides together: enough of the neighbours to know where one is."""
NAME_SIZE, PLACE_SIZE, NEIGHBOUR_SIZE, TITLE_SIZE, COUNT_SIZE, STRIP_SIZE = 60, 7.8, 8.6, 11.5, 7.0, 6.6
"""Characters of a name at most, and sizes of type in points; the smallest can be read in print."""
LINE = 1.22
"""Height of a line of type over its size."""
STRIP_STEP, STRIP_MARK, STRIP_KINDS = 3.0, 2.9, 7
"""Under the name of a place with several records: gap and radius of its little symbols, and how many kinds of them."""
DOT, NEAR_DOT = 1.1, 2.0
SCALE_KM = (1, 2, 5, 10, 20)
SCALE_SHARE = 0.24
"""The scale bar is at most a quarter of the width."""
CELLS = 14
"""Columns and rows of the grid of places tried for the name of an area."""
INK, DEEP, QUIET, PAPER, OWN, NEAR, FAR, LINE_COLOUR, DOT_COLOUR = (
    "#1d2b26", "#24433a", "#5b6b64", "#ffffff", "#e3ecdd", "#f3f3ec", "#faf9f5", "#9fb0a6", "#8a978f",
)  # fmt: skip


@dataclass
class Canvas:
    """A drawing under way: pieces of SVG, labels, and what is taken."""

    placer: Placer
    pieces: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def area(self, area: Any, border: Any, fill: str, stroke: str, thick: float) -> None:
        """A coloured area and its border, which does not run along the frame where the area is cut."""
        self.pieces.append(f'<path d="{_outline(area)}" fill="{fill}"/>')
        self.pieces.append(f'<path d="{_course(border)}" fill="none" stroke="{stroke}" stroke-width="{thick}" stroke-linejoin="round"/>')

    def mark(self, x: float, y: float, r: float, symbol: symbols.Symbol, edge: float = 0.9) -> None:
        self.pieces.append(f'<path d="{path(symbol[2], x, y, r)}" fill="{symbol[0]}" stroke="{PAPER}" stroke-width="{edge}"/>')

    def ring(self, x: float, y: float, r: float, colour: str) -> None:
        self.pieces.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{r:.2f}" fill="{PAPER}" stroke="{colour}" stroke-width="1.3"/>')

    def plate(self, box: Box, *, dashed: bool = False) -> None:
        """A pale ground on which a label can be read over lines and colours."""
        edge = f' stroke="{DEEP}" stroke-width="0.8" stroke-dasharray="2.4 1.8"' if dashed else ""
        size = f'width="{box.right - box.left:.2f}" height="{box.bottom - box.top:.2f}"'
        opacity = 0.92 if dashed else 0.7
        self.pieces.append(f'<rect x="{box.left:.2f}" y="{box.top:.2f}" {size} rx="2" fill="{PAPER}" fill-opacity="{opacity}"{edge}/>')

    def write(self, text: str, box: Box, size: float, *, bold: bool = False, colour: str = INK) -> None:
        x, y = box.middle
        self.labels.append(Label(text, x, y, box.right - box.left, box.bottom - box.top, size, bold, colour))


@dataclass(frozen=True)
class Sheet:
    """The part of the country on the paper: areas and borders in points by TERYT, cut at the frame, and the way there from degrees."""

    areas: Mapping[str, Any]
    borders: Mapping[str, Any]
    project: Callable[[float, float], tuple[float, float]]
    points_per_km: float


def draw_map(catalog: Catalog, gmina: Gmina, words: Words) -> Picture:
    """The map of a gmina with its neighbours, legend and scale bar."""
    sheet = lay_out(catalog, gmina)
    canvas = Canvas(Placer(Box(0, 0, WIDTH, HEIGHT)))
    items = [item for item in catalog.dataset.items if item.teryt == gmina.teryt and item.kind in PLACED_KINDS]
    rough = sum(item.approximate for item in items)
    found = marks(items, sheet.project)
    table = symbols.table(catalog.columns.layers.codes)
    _draw_areas(canvas, sheet, gmina)
    for x, y in _near_points(catalog, gmina, sheet):
        canvas.pieces.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{NEAR_DOT}" fill="{DOT_COLOUR}"/>')
        canvas.placer.block(Box.round(x, y, 2 * NEAR_DOT, 2 * NEAR_DOT))
    _draw_marks(canvas, found, table)
    _draw_scale(canvas, sheet, words)
    _name_gmina(canvas, sheet, gmina, words.t("brief.map.tag", n=rough) if rough else "")
    _name_marks(canvas, found, table)
    _name_neighbours(canvas, catalog, sheet, gmina)
    _name_empty_places(canvas, catalog, gmina, sheet, {mark.place for mark in found})
    counts = _layer_counts(catalog, items)
    height = draw_legend(canvas, HEIGHT, words, counts, table, found)
    body = "".join(canvas.pieces)
    frame = f'<rect x="0.4" y="0.4" width="{WIDTH - 0.8}" height="{HEIGHT - 0.8}" fill="none" stroke="{LINE_COLOUR}" stroke-width="0.8"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.2f}">{body}{frame}</svg>'
    caption = words.own(words.t("brief.map.caption", name=gmina.name)).text
    return Picture(svg, tuple(canvas.labels), WIDTH, height, _alt(catalog, words, gmina, sheet, counts, rough), caption)


def lay_out(catalog: Catalog, gmina: Gmina) -> Sheet:
    """Scales the country so that the gmina fills the frame, and cuts every outline at the frame."""
    from shapely import box, make_valid, transform
    from shapely.geometry import shape

    features = {f["properties"]["teryt"]: f["geometry"] for f in catalog.dataset.boundaries["features"]}

    def metres(degrees: Any) -> Any:
        return np.column_stack(to_metres(degrees[:, 0], degrees[:, 1]))

    shapes = {code: make_valid(transform(shape(geometry), metres)) for code, geometry in features.items()}
    west, south, east, north = shapes[gmina.teryt].bounds
    scale = min(WIDTH / max(east - west, 1.0), HEIGHT / max(north - south, 1.0)) / MARGIN
    middle_x, middle_y = (west + east) / 2, (south + north) / 2

    def paper(at: Any) -> Any:
        return np.column_stack([(at[:, 0] - middle_x) * scale + WIDTH / 2, (middle_y - at[:, 1]) * scale + HEIGHT / 2])

    def project(longitude: float, latitude: float) -> tuple[float, float]:
        x, y = to_metres(longitude, latitude)
        return tuple(paper(np.column_stack([x, y]))[0].tolist())

    frame = box(0, 0, WIDTH, HEIGHT)
    drawn = {code: transform(area, paper) for code, area in shapes.items()}
    areas = {code: cut for code, area in drawn.items() if (cut := area.intersection(frame)).area > 0}
    borders = {code: drawn[code].boundary.intersection(frame) for code in areas}
    return Sheet(areas, borders, project, scale * METRES_PER_KM)


def _draw_areas(canvas: Canvas, sheet: Sheet, gmina: Gmina) -> None:
    canvas.pieces.append(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{FAR}"/>')
    for code, area in sheet.areas.items():
        if code != gmina.teryt:
            canvas.area(area, sheet.borders[code], NEAR, LINE_COLOUR, 0.7)
    if gmina.teryt in sheet.areas:
        canvas.area(sheet.areas[gmina.teryt], sheet.borders[gmina.teryt], OWN, DEEP, 1.8)


def _outline(area: Any) -> str:
    """SVG path data of a polygon or several."""
    rings = (ring for polygon in _polygons(area) for ring in (polygon.exterior, *polygon.interiors))
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring.coords[:-1]) + "Z" for ring in rings)


def _course(border: Any) -> str:
    """SVG path data of a line or several."""
    lines = [border] if border.geom_type in ("LineString", "LinearRing") else getattr(border, "geoms", ())
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line.coords) for line in lines if line.geom_type != "Point")


def _polygons(area: Any) -> Iterator[Any]:
    if area.geom_type == "Polygon":
        yield area
    else:
        for part in getattr(area, "geoms", ()):
            yield from _polygons(part)


def _near_points(catalog: Catalog, gmina: Gmina, sheet: Sheet) -> Iterator[tuple[float, float]]:
    """Places with records in other gminas that lie on the paper, each once."""
    seen: set[tuple[float, float]] = set()
    for item in catalog.dataset.items:
        if item.kind in PLACED_KINDS and item.teryt != gmina.teryt and not item.approximate and item.latitude is not None:
            at = (item.longitude or 0.0, item.latitude)
            if at not in seen:
                seen.add(at)
                x, y = sheet.project(*at)
                if NEAR_DOT < x < WIDTH - NEAR_DOT and NEAR_DOT < y < HEIGHT - NEAR_DOT:
                    yield x, y


def _draw_marks(canvas: Canvas, found: Iterable[Mark], table: Mapping[str, symbols.Symbol]) -> None:
    """Marks with their numbers, the largest last; all of them are taken before any name is placed."""
    for mark in sorted(found, key=lambda mark: mark.count):
        box = Box.round(mark.x, mark.y, 2 * mark.radius, 2 * mark.radius)
        canvas.placer.block(Box.round(mark.x, mark.y, 2 * mark.radius + 2, 2 * mark.radius + 2))
        if mark.count == 1:
            canvas.mark(mark.x, mark.y, mark.radius, table[mark.layers[0][0]])
            continue
        canvas.ring(mark.x, mark.y, mark.radius, table[mark.layers[0][0]][0] if len(mark.layers) == 1 else DEEP)
        canvas.write(str(mark.count), box, COUNT_SIZE, bold=True)


def _draw_scale(canvas: Canvas, sheet: Sheet, words: Words) -> None:
    """A bar of round kilometres in the corner with the fewest marks."""
    km = max((n for n in SCALE_KM if n * sheet.points_per_km <= WIDTH * SCALE_SHARE), default=SCALE_KM[0])
    long, text = km * sheet.points_per_km, words.t("brief.map.scale", n=km)
    wide, high = long + width(text, PLACE_SIZE) + 16, 14.0
    corners = [Box.round(x, y, wide, high) for x in (wide / 2 + 5, WIDTH - wide / 2 - 5) for y in (HEIGHT - high / 2 - 5, high / 2 + 5)]
    box = min(corners, key=lambda corner: sum(corner.touches(taken) for taken in canvas.placer.taken))
    canvas.placer.block(box)
    canvas.plate(box)
    left, y = box.left + 5, (box.top + box.bottom) / 2
    for i, colour in enumerate((DEEP, PAPER)):
        size = f'x="{left + i * long / 2:.2f}" y="{y - 1.6:.2f}" width="{long / 2:.2f}" height="3.2"'
        canvas.pieces.append(f'<rect {size} fill="{colour}" stroke="{DEEP}" stroke-width="0.6"/>')
    canvas.write(text, Box(left + long + 4, box.top, box.right, box.bottom), PLACE_SIZE)


def _name_gmina(canvas: Canvas, sheet: Sheet, gmina: Gmina, tag: str) -> None:
    """The gmina's name, and under it in a dashed frame how many records are known by their gmina only."""
    name, high = clean(gmina.name, NAME_SIZE), TITLE_SIZE * LINE
    wide = min(width(name, TITLE_SIZE, bold=True) + 8, WIDTH)
    tag_wide, tag_high = (width(tag, PLACE_SIZE) + 10, PLACE_SIZE * LINE + 3) if tag else (0.0, 0.0)
    whole = max(wide, tag_wide), high + (tag_high + 2 if tag else 0)
    area = sheet.areas.get(gmina.teryt)
    spots = list(_spots(area, sheet.project(gmina.label_longitude, gmina.label_latitude))) if area is not None else []
    box = canvas.placer.place(*whole, spots, partial(_inside, area)) or canvas.placer.place(*whole, [*spots, *_everywhere()])
    if box is None:
        return
    middle = box.middle[0]
    canvas.write(name, Box(middle - wide / 2, box.top, middle + wide / 2, box.top + high), TITLE_SIZE, bold=True, colour=DEEP)
    if tag:
        frame = Box(middle - tag_wide / 2, box.bottom - tag_high, middle + tag_wide / 2, box.bottom)
        canvas.plate(frame, dashed=True)
        canvas.write(tag, frame, PLACE_SIZE)


def _spots(area: Any, wished: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Points of a grid over an area, those nearest to a wished point first."""
    left, top, right, bottom = area.bounds
    steps = [(i + 0.5) / CELLS for i in range(CELLS)]
    grid = [(left + (right - left) * i, top + (bottom - top) * j) for i in steps for j in steps]
    yield wished
    yield from sorted(grid, key=lambda at: (at[0] - wished[0]) ** 2 + (at[1] - wished[1]) ** 2)


def _everywhere() -> Iterator[tuple[float, float]]:
    steps = 3 * CELLS
    yield from ((WIDTH * (i + 0.5) / steps, HEIGHT * (j + 0.5) / steps) for j in range(steps) for i in range(steps))


def _inside(area: Any, box: Box) -> bool:
    from shapely import box as rectangle

    return bool(area.contains(rectangle(box.left, box.top, box.right, box.bottom)))


def _name_marks(canvas: Canvas, found: Iterable[Mark], table: Mapping[str, symbols.Symbol]) -> None:
    """The name of each place; under that of a place with several records, how many of each kind. Places with most records first."""
    for mark in sorted(found, key=lambda mark: (-mark.count, mark.x)):
        name = clean(mark.place, NAME_SIZE)
        strip = mark.layers[:STRIP_KINDS] if mark.count > 1 else ()
        if not (strip and _name_mark(canvas, mark, name, strip, table)):
            _name_mark(canvas, mark, name, (), table)


def _name_mark(canvas: Canvas, mark: Mark, name: str, strip: tuple[tuple[str, int], ...], table: Mapping[str, symbols.Symbol]) -> bool:
    steps = [2 * STRIP_MARK + (width(str(n), STRIP_SIZE) + 1.5 if n > 1 else 0) for _, n in strip]
    long = sum(steps) + STRIP_STEP * max(len(steps) - 1, 0)
    wide, line = max(width(name, PLACE_SIZE) if name else 0.0, long) + 3, PLACE_SIZE * LINE
    high = (line if name else 0) + (2 * STRIP_MARK + 3 if strip else 0)
    if wide <= 3:
        return False
    box = canvas.placer.place(wide, high, around(mark.x, mark.y, mark.radius, wide, high))
    if box is None:
        return False
    canvas.plate(box)
    if name:
        canvas.write(name, Box(box.left, box.top, box.right, box.top + line), PLACE_SIZE)
    x, y = box.middle[0] - long / 2, box.bottom - STRIP_MARK - 1.5
    for (layer, n), step in zip(strip, steps, strict=True):
        canvas.mark(x + STRIP_MARK, y, STRIP_MARK, table[layer], 0.4)
        if n > 1:
            canvas.write(str(n), Box(x + 2 * STRIP_MARK + 1, y - 4, x + step, y + 4), STRIP_SIZE)
        x += step + STRIP_STEP
    return True


def _name_neighbours(canvas: Canvas, catalog: Catalog, sheet: Sheet, gmina: Gmina) -> None:
    """Names of the other gminas inside what is seen of them, the largest part first."""
    seen = sorted(((area.area, code) for code, area in sheet.areas.items() if code != gmina.teryt), reverse=True)
    for _, code in seen:
        name, area = clean(catalog.dataset.gminas[code].name, NAME_SIZE), sheet.areas[code]
        inner = area.representative_point()
        wide, high = width(name, NEIGHBOUR_SIZE, bold=True) + 4, NEIGHBOUR_SIZE * LINE
        box = canvas.placer.place(wide, high, _spots(area, (inner.x, inner.y)), partial(_inside, area))
        if box:
            canvas.write(name, box, NEIGHBOUR_SIZE, bold=True, colour=QUIET)


def _name_empty_places(canvas: Canvas, catalog: Catalog, gmina: Gmina, sheet: Sheet, named: set[str]) -> None:
    """Towns and villages of the gmina without a record, the most populous first, as far as there is room for them."""
    places = [p for p in catalog.dataset.localities.values() if p.teryt == gmina.teryt and p.name not in named]
    for place in sorted(places, key=lambda place: (-(place.population or 0), place.id)):
        x, y = sheet.project(place.longitude, place.latitude)
        name, high = clean(place.name, NAME_SIZE), PLACE_SIZE * LINE
        dot = Box.round(x, y, 2 * DOT, 2 * DOT)
        wide = width(name, PLACE_SIZE) + 2
        if canvas.placer.free(dot) and (box := canvas.placer.place(wide, high, around(x, y, DOT, wide, high))):
            canvas.placer.block(dot)
            canvas.plate(box)
            canvas.pieces.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{DOT}" fill="{QUIET}"/>')
            canvas.write(name, box, PLACE_SIZE, colour=QUIET)


def _layer_counts(catalog: Catalog, items: Iterable[Item]) -> dict[str, int]:
    """Records with a known place by layer, in the order of the map's layers."""
    placed = [item.layer for item in items if not item.approximate and item.latitude is not None]
    return {code: n for code in catalog.columns.layers.codes if (n := placed.count(code))}


def _alt(catalog: Catalog, words: Words, gmina: Gmina, sheet: Sheet, counts: Mapping[str, int], rough: int) -> str:
    """The map in words, for those who do not see it."""
    layers = ", ".join(f"{words.layer(code)} ({n})" for code, n in counts.items()) or "0"
    beside = ", ".join(catalog.dataset.gminas[code].name for code in sheet.areas if code != gmina.teryt)
    return words.own(words.t("brief.map.alt", name=gmina.name, layers=layers, n=rough, neighbours=beside)).text
