"""Which scripts, styles, fonts and boundaries does the browser need, and how does the app serve them itself?

Leaflet comes from its wheel and the typeface from Streamlit's own files; both are copied below `pages/static/vendor/`, which
Streamlit serves, so that no visit is told to a third party and the map works behind a closed firewall.
"""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from lib.catalog.load import Dataset
from lib.settings import PROJECT_DIR

STATIC_DIR = PROJECT_DIR / "pages" / "static"
VENDOR_DIR = STATIC_DIR / "vendor"


def static_url(name: str) -> str:
    """Address of a file of `pages/static/`, with the time of its last change so that a browser never keeps an old one."""
    import streamlit as st

    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    stamp = int((STATIC_DIR / name).stat().st_mtime)
    return f"{'/' + base if base else ''}/app/static/{name}?v={stamp}"


def _place(source: Path, target: Path) -> None:
    """Copies a file unless an equal one stands there; written aside first, so that a reader never sees half a file."""
    if target.exists() and target.stat().st_size == source.stat().st_size:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = _aside(target)
    shutil.copyfile(source, aside)
    aside.replace(target)


def _aside(target: Path) -> Path:
    """A name beside a file that no other visit writes to: the first visits of a fresh server run at the same time."""
    return target.with_suffix(f"{target.suffix}.{uuid4().hex}")


@cache
def ensure_assets() -> None:
    """Puts Leaflet and the typeface below `pages/static/vendor/`; quick when they are there already."""
    import streamlit
    from xstatic.pkg import leaflet

    base = Path(leaflet.BASE_DIR)
    _place(base / "leaflet.js", VENDOR_DIR / "leaflet.js")
    _place(base / "leaflet.css", VENDOR_DIR / "leaflet.css")
    fonts = Path(streamlit.__file__).parent / "static" / "static" / "media"
    _place(next(fonts.glob("SourceSansVF-Upright*.woff2")), VENDOR_DIR / "source-sans.woff2")


def ground_url(dataset: Dataset) -> str:
    """Address of the boundaries and localities of a data version, written once below `pages/static/vendor/`."""
    name = f"vendor/ground-{dataset.version}.json"
    path = STATIC_DIR / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = _aside(path)
        aside.write_text(json.dumps(ground(dataset), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        aside.replace(path)
    return static_url(name)


def ground(dataset: Dataset) -> dict[str, Any]:
    """What lies under the records: `areas` as GeoJSON, `places` as [lat*1e5, lon*1e5, name], the most populous first."""
    places = sorted(dataset.localities.values(), key=lambda place: (-(place.population or 0), place.id))
    return {"areas": dataset.boundaries, "places": [[round(p.latitude * 1e5), round(p.longitude * 1e5), p.name] for p in places]}
