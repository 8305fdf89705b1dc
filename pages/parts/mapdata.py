"""What does the browser need to draw the current answer? One compact, language-ready payload, free of Streamlit and folium.

A site travels as [lat*1e5, lon*1e5, symbol, count, row, name] and, when it stands for a whole gmina, its TERYT; what draws it
is `pages/static/mapa.js`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.catalog.catalog import Catalog
from lib.domain.records import APPROXIMATE
from lib.geo.points import MAX_FEATURES, MIXED, Sites, View, clusters, sites
from lib.i18n import Translator
from pages.parts import symbols
from pages.parts.html import shown

NAME_LIMIT = 60
"""Characters of a name in a tooltip; the card has the whole of it. Keeps a point under 100 bytes."""
FALLBACK_WIDTH_PX = 800
"""Width assumed for the first view, before the browser has told its own."""


@dataclass(frozen=True)
class Focus:
    """The place a search is about: a pin, and a ring of `km` when set; `move` lets the camera go there once.

    Without `mark` neither is drawn: the camera only shows an area of `km` round a point that is no place by itself.
    """

    latitude: float
    longitude: float
    km: float | None = None
    move: bool = False
    mark: bool = True


@dataclass(frozen=True)
class Ring:
    """A numbered place with a ring of `km` round it (straight line); several may be drawn, the camera stays where it is."""

    latitude: float
    longitude: float
    km: float
    number: int


@dataclass(frozen=True)
class Picture:
    """Everything beside the records that a map shows."""

    selected: tuple[str, ...] = ()
    focus: Focus | None = None
    area_class: Mapping[str, int] | None = None
    area_text: Mapping[str, str] = field(default_factory=dict)
    dark: bool = False
    by_area: bool = False
    """Whether a far-out view always shows one circle a gmina, so that no circle joins records of two."""
    ramp: tuple[str, ...] = ()
    """Colours of the classes, for areas that are not coloured by a ramp of rates."""
    rings: tuple[Ring, ...] = ()


def approximate(catalog: Catalog) -> NDArray[np.bool_]:
    """Which rows are known by their gmina only."""
    return catalog.columns.precision.among((APPROXIMATE,))


def region_bounds(areas: Mapping[str, Any]) -> list[list[float]]:
    """[[south, west], [north, east]] of all boundaries, in degrees."""
    from shapely.geometry import shape

    boxes = np.array([shape(f["geometry"]).bounds for f in areas["features"]])
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    return [[float(south), float(west)], [float(north), float(east)]]


def whole_view(bounds: list[list[float]], width_px: int = FALLBACK_WIDTH_PX) -> View:
    """The view that holds the whole region on a map of a usual width."""
    (south, west), (north, east) = bounds
    zoom = int(np.floor(np.log2(width_px / 256 * 360 / max(east - west, 1e-6))))
    return View(zoom, south, west, north, east)


def payload(catalog: Catalog, rows: NDArray[np.int64], picture: Picture, t: Translator, view: View) -> dict[str, Any]:
    """The drawing of the records `rows`; beyond MAX_FEATURES places the server sends clusters of `view`."""
    columns = catalog.columns
    found = sites(columns.latitude, columns.longitude, columns.layers.values.astype(np.int64), approximate(catalog), rows)
    by_server = len(found) > MAX_FEATURES
    drawn = clusters(found, view) if by_server else found
    layers = columns.layers.codes
    table = symbols.table(layers)
    body = {
        "lang": t.language,
        "dark": picture.dark,
        "server": by_server,
        "byArea": picture.by_area,
        "sites": _rows(catalog, drawn),
        "symbols": [[table[code][1 if picture.dark else 0], table[code][2]] for code in layers],
        "selected": list(picture.selected),
        "focus": _focus(picture.focus),
        "rings": [[ring.latitude, ring.longitude, ring.km, ring.number] for ring in picture.rings],
        "fills": dict(picture.area_class) if picture.area_class is not None else None,
        "ramp": list(picture.ramp or (symbols.RAMP_DARK if picture.dark else symbols.RAMP_LIGHT)),
        "values": dict(picture.area_text),
        "texts": {name: t(f"map.{name}") for name in ("map", "home", "in", "out", "approximate", "cluster")},
    }
    body["version"] = hashlib.sha256(encode(body).encode()).hexdigest()[:12]
    return body


def _focus(focus: Focus | None) -> dict[str, Any] | None:
    if focus is None:
        return None
    return {"lat": focus.latitude, "lon": focus.longitude, "km": focus.km, "move": focus.move, "mark": focus.mark}


def _rows(catalog: Catalog, drawn: Sites) -> list[list[Any]]:
    columns = zip(*(getattr(drawn, name).tolist() for name in ("lat5", "lon5", "layer", "count", "row", "approximate")), strict=True)
    return [
        [lat, lon, layer, count, row, _name(catalog, row, count, rough), *([catalog.item(row).teryt] if rough else [])]
        for lat, lon, layer, count, row, rough in columns
    ]


def _name(catalog: Catalog, row: int, count: int, approximate: bool) -> str:
    """What a mark is called: its record, its place when it holds several, its gmina when the place is not known."""
    if row == MIXED:
        return ""
    item = catalog.item(row)
    gmina = catalog.dataset.gminas.get(item.teryt)
    if approximate and gmina:
        return gmina.name
    return shown(item.name if count == 1 else item.locality or item.postal_code or item.name, NAME_LIMIT)


_UNSAFE = str.maketrans({c: f"\\u{ord(c):04x}" for c in "_<>&'`$\u2028\u2029"})


def encode(body: Mapping[str, Any]) -> str:
    """JSON that is also a harmless JavaScript literal inside folium's and streamlit-folium's templates.

    Quotes, backticks, `$`, `<`, `&` and `_` never stand in JSON outside a string, so they can be written as \\u escapes
    everywhere: no template, no markup and no rewriting of folium's `name_id` patterns can touch a record's text.
    """
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
