"""How fast does the explorer answer in a real browser, against the default arrangement measured in the same run?

Times are milliseconds, medians of several rounds; sizes are bytes; synthetic points lie over 2,477 square areas.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from benchmarks import synthetic, timing
from tests.browser import harness

AREAS = 2_477
SIZES = (1_000, 5_000, 150_000)
BASELINE_SIZES = (1_000, 5_000)
ROUNDS = 7
BASELINE_ROUNDS = 3
FIRST_MAP_ROUNDS = 7
IMPORT_ROUNDS = 7
WAIT_MS = 120_000
HOME_PARTS = ("mapview", "cache", "frame", "filters", "results", "downloads", "legend", "client")
HOME_IMPORTS = "import lib.analysis.rates, " + ", ".join(f"pages.parts.{name}" for name in HOME_PARTS)
BARE_IMPORTS = "import streamlit, streamlit_folium, geopandas, folium"


def run() -> dict[str, Any]:
    """All figures of the explorer as {name: value}; names are the contract of `results.json`."""
    figures: dict[str, Any] = {}
    _place_assets()
    with tempfile.TemporaryDirectory() as folder:
        regions = {n: synthetic.write(Path(folder) / str(n), n, AREAS) for n in SIZES}
        with harness.chromium() as browser:
            for n in SIZES:
                figures |= _ours(browser, regions[n], n)
            for n in BASELINE_SIZES:
                figures[f"explorer.baseline_filter_to_map_ms.{n}"] = _baseline(browser, regions[n])
            figures |= _real(browser)
    figures |= _imports()
    figures |= _ratios(figures)
    return figures


def _place_assets() -> None:
    """The same local Leaflet and map code for the apps that the explorer is compared with."""
    from pages.parts import assets

    assets.ensure_assets()
    target = Path(__file__).parent / "static"
    target.mkdir(exist_ok=True)
    for name in ("vendor/leaflet.js", "vendor/leaflet.css", "mapa.js", "mapa.css"):
        shutil.copy(assets.STATIC_DIR / name, target)


def _ours(browser: Any, region: Path, n: int) -> dict[str, Any]:
    with harness.server(environ={"MAPA_DATA_DIR": str(region)}) as app:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(app.url)
        frame = harness.map_frame(page, WAIT_MS)
        harness.settle(page)
        page.locator('[data-testid="stButtonGroup"] button', has_text=re.compile("KGW")).first.wait_for()
        times = [_switch(page, frame) for _ in range(ROUNDS + 1)][1:]
        rss = psutil.Process(app.pid).memory_info().rss / 1e6
        page.close()
    return {
        f"explorer.filter_to_map_ms.{n}": round(median(times)),
        f"explorer.synthetic_rss_mb.{n}": round(rss),
        **{f"explorer.{name}.{n}": value for name, value in _on_the_server(region).items()},
    }


def _switch(page: Any, frame: Any) -> float:
    """Milliseconds from the click on a pill to the frame in which the map shows the new answer."""
    before = harness.map_fact(frame, "version")
    frame.evaluate(
        """before => { window.__shown = new Promise(resolve => {
             const look = () => document.documentElement.dataset.version !== before
               ? requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())) : requestAnimationFrame(look);
             look(); }); }""",
        before,
    )
    clicked = page.evaluate(_CLICK)
    shown = frame.evaluate("() => window.__shown")
    harness.settle(page)
    return float(shown - clicked)


_CLICK = """() => {
  const pill = [...document.querySelectorAll('[data-testid="stButtonGroup"] button')].find(b => /KGW|kgw/.test(b.innerText));
  const at = performance.timeOrigin + performance.now();
  pill.click();
  return at; }"""


def _baseline(browser: Any, region: Path) -> int:
    """The same measure for the default arrangement: from the click to the new frame with all its markers."""
    with harness.server("benchmarks/baseline_app.py", {"MAPA_DATA_DIR": str(region)}) as app:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(app.url)
        _baseline_drawn(page, None)
        times = []
        for _ in range(BASELINE_ROUNDS):
            before = page.query_selector(harness.MAP_FRAME).get_attribute("src") + str(_markers(page))
            clicked = page.evaluate(_CLICK)
            times.append(_baseline_drawn(page, before) - clicked)
            page.wait_for_timeout(1_500)
        page.close()
    return round(median(times))


def _markers(page: Any) -> int:
    element = page.query_selector(harness.MAP_FRAME)
    frame = element.content_frame() if element else None
    try:
        return int(frame.evaluate("() => window.map ? Object.values(window.map._layers).filter(l => l._radius).length : 0")) if frame else 0
    except Exception:  # the frame is being replaced: that is what is waited for
        return 0


def _baseline_drawn(page: Any, before: str | None) -> float:
    deadline = time.perf_counter() + WAIT_MS / 1000
    while time.perf_counter() < deadline:
        n, element = _markers(page), page.query_selector(harness.MAP_FRAME)
        if n and element and element.get_attribute("src") + str(n) != before:
            return float(page.evaluate("() => performance.timeOrigin + performance.now()"))
        page.wait_for_timeout(10)
    raise RuntimeError("the baseline never drew its markers")


def _on_the_server(region: Path) -> dict[str, int]:
    """Milliseconds of Python for one filter change (search, counts, drawing, all widgets) and the bytes of its map layer."""
    code = f"""
import os, time, json, statistics
os.environ["MAPA_DATA_DIR"] = {str(region)!r}
from streamlit.testing.v1 import AppTest
at = AppTest.from_file("pages/main.py", default_timeout=120).run()
times = []
for i in range(9):
    at.session_state["_"] = i
    at.query_params["layer"] = ("kgw", "")[i % 2]
    start = time.perf_counter(); at.run(); times.append(1000 * (time.perf_counter() - start))
found = [json.loads(b.proto.json_args) for b in at.get("component_instance") if "st_folium" in b.proto.component_name]
print(json.dumps({{"server_ms": round(statistics.median(times[2:])), "payload_bytes": len(found[0]["feature_group"].encode())}}))
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=harness.PROJECT).stdout
    return dict(json.loads(out.strip().splitlines()[-1]))


def _real(browser: Any) -> dict[str, Any]:
    """First map on a warm server beside an empty map's, cold start, memory and requests to others, on the embedded data."""
    with harness.server() as app, harness.server("benchmarks/empty_app.py") as empty:
        outside: list[str] = []
        cold = _first_map(browser, app.url, _ours_ready, outside)
        started = 1000 * (time.perf_counter() - app.started)
        ours, bare = [], []
        _first_map(browser, empty.url, _empty_ready)
        for _ in range(FIRST_MAP_ROUNDS):
            ours.append(_first_map(browser, app.url, _ours_ready, outside))
            bare.append(_first_map(browser, empty.url, _empty_ready))
        rss = psutil.Process(app.pid).memory_info().rss / 1e6
    return {
        "explorer.cold_start_ms": round(started),
        "explorer.cold_first_map_ms": round(cold),
        "explorer.first_map_ms": round(median(ours)),
        "explorer.empty_first_map_ms": round(median(bare)),
        "explorer.first_map_ratio": round(median(a / b for a, b in zip(ours, bare, strict=True)), 3),
        "explorer.rss_mb": round(rss),
        "explorer.external_requests": len(outside),
    }


def _first_map(browser: Any, url: str, ready: Callable[[Any], None], outside: list[str] | None = None) -> float:
    """Milliseconds from the request to the drawn map, in a browser that has been nowhere before."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    seen, _ = harness.watch(page)
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    ready(page)
    took = 1000 * (time.perf_counter() - start)
    if outside is not None:
        outside.extend(seen)
    context.close()
    return took


def _ours_ready(page: Any) -> None:
    harness.map_frame(page, WAIT_MS)


def _empty_ready(page: Any) -> None:
    page.wait_for_selector(harness.MAP_FRAME, timeout=WAIT_MS)
    frame = page.query_selector(harness.MAP_FRAME).content_frame()
    frame.wait_for_function("window.map && window.map._loaded", timeout=WAIT_MS)


def _imports() -> dict[str, Any]:
    """What importing the home screen's modules costs beside the four libraries it cannot do without."""
    pairs = [(_import_ms(f"{BARE_IMPORTS}; {HOME_IMPORTS}"), _import_ms(BARE_IMPORTS)) for _ in range(IMPORT_ROUNDS)]
    return {
        "explorer.import_ms": round(median(a for a, _ in pairs)),
        "explorer.bare_import_ms": round(median(b for _, b in pairs)),
        "explorer.import_ratio": round(median(a for a, _ in pairs) / median(b for _, b in pairs), 3),
    }


def _import_ms(code: str) -> float:
    return timing.ms(lambda: subprocess.run([sys.executable, "-c", code], check=True, cwd=harness.PROJECT))


def _ratios(f: dict[str, Any]) -> dict[str, float]:
    """The budgets as ratios: what `tests` and readers compare."""
    ours, most = f["explorer.filter_to_map_ms.5000"], f["explorer.filter_to_map_ms.150000"]
    return {
        "explorer.speedup_at_5000": round(f["explorer.baseline_filter_to_map_ms.5000"] / ours, 1),
        "explorer.growth_150000_over_5000": round(most / ours, 2),
        "explorer.payload_growth_150000_over_5000": round(f["explorer.payload_bytes.150000"] / f["explorer.payload_bytes.5000"], 2),
    }
