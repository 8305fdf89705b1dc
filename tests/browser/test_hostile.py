"""Claims about attacks: 60 payloads and more in every text field of every table run nowhere, break nothing, leave files inert."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests import worlds
from tests.browser import harness, hostile_world
from tests.hostile import MARKER, PAYLOADS

pytestmark = pytest.mark.browser
SCREENS = {
    "map": "/",
    "coloured": "/?color=all&layer=kgw",
    "near": f"/blisko?near={worlds.TERYTS[1]}-betowo&km=30",
    "gmina": f"/gmina?gmina={worlds.TERYTS[1]}",
    "gminas": "/gmina",
    "initiatives": "/inicjatywy",
    "initiative": "/inicjatywy?id=i-hostile-3",
    "plan": "/planer?meetings=2&fix=r-hostile-1.r-hostile-2&first=2027-03-01&last=2027-03-31",
    "idea": f"/pomysl?gmina={worlds.TERYTS[1]}&idea=zdrowie%20senior%C3%B3w%20kultura",
    "needs": "/potrzeby",
    "partners": "/partnerzy",
    "gaps": "/luki?m=kgw",
    "gaps_area": f"/luki?m=kgw&tab=area&gmina={worlds.TERYTS[1]}",
    "data": "/dane",
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def hostile_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[harness.Server]:
    folder = hostile_world.write(tmp_path_factory.mktemp("hostile"))
    with harness.server(environ={"MAPA_DATA_DIR": str(folder)}) as running:
        yield running


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    """Opens pages and remembers dialogs, failed scripts and requests to other hosts."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.dialogs = []
    page.on("dialog", lambda d: (page.dialogs.append(d.message), d.dismiss()))
    page.outside, page.errors = harness.watch(page)
    yield page
    context.close()


def open_everything(page: Any) -> None:
    """Opens all cards, moves over the whole map and clicks its marks: what a curious visitor would do."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    element = page.query_selector(harness.MAP_FRAME)
    if not element:
        return
    frame = harness.map_frame(page)
    box = element.bounding_box()
    for mark in frame.evaluate("Mapa.marks()")[:12]:
        page.mouse.move(box["x"] + mark["x"], box["y"] + mark["y"])
    for mark in frame.evaluate("Mapa.marks()")[:2]:
        page.mouse.click(box["x"] + mark["x"], box["y"] + mark["y"])
        page.wait_for_timeout(700)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def nothing_ran(page: Any) -> None:
    for frame in page.frames:
        assert frame.evaluate(f"typeof window.{MARKER}") == "undefined", frame.url
    assert (page.dialogs, page.outside, page.errors) == ([], [], [])


def test_there_are_at_least_60_payloads() -> None:
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize(("screen", "language"), [(screen, ("pl", "en", "uk")[i % 3]) for i, screen in enumerate(SCREENS)])
def test_no_payload_runs_or_breaks_a_screen(visit: Any, hostile_app: harness.Server, screen: str, language: str) -> None:
    path = SCREENS[screen]
    visit.goto(f"{hostile_app.url}{path}{'&' if '?' in path else '?'}lang={language}")
    visit.wait_for_selector("h1")
    harness.settle(visit)
    open_everything(visit)
    visit.wait_for_timeout(500)
    assert visit.locator('[data-testid="stException"]').count() == 0
    assert visit.locator(".brand").is_visible()
    nothing_ran(visit)


def test_every_record_page_of_the_list_is_inert(visit: Any, hostile_app: harness.Server) -> None:
    visit.goto(hostile_app.url)
    harness.map_frame(visit)
    for number in range(1, 20):
        visit.goto(f"{hostile_app.url}/?p={number}")
        visit.wait_for_selector(".cards")
        harness.settle(visit)
        visit.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    nothing_ran(visit)


def test_a_hostile_query_is_shown_as_text_and_kept_out_of_scripts(visit: Any, hostile_app: harness.Server) -> None:
    from urllib.parse import quote

    for text in PAYLOADS[::9]:
        visit.goto(
            f"{hostile_app.url}/?q={quote(text[:200].encode('utf-8', 'replace'))}&theme={quote(text[:60].encode('utf-8', 'replace'))}"
        )
        visit.wait_for_selector("h1")
        harness.settle(visit)
        assert visit.locator('[data-testid="stException"]').count() == 0
    nothing_ran(visit)


@pytest.fixture(scope="module")
def files(browser: Any, hostile_app: harness.Server) -> dict[str, bytes]:
    """The three downloads of everything, taken in the browser."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.goto(hostile_app.url)
    harness.map_frame(page)
    harness.settle(page)
    found = {}
    for form in ("CSV", "XLSX", "GEOJSON"):
        with page.expect_download() as started:
            page.get_by_role("button", name=form, exact=True).click()
        found[form] = Path(started.value.path()).read_bytes()
    context.close()
    return found


def test_the_csv_has_every_record_and_no_cell_that_a_spreadsheet_would_run(files: dict[str, bytes]) -> None:
    table = list(csv.reader(io.StringIO(files["CSV"].decode("utf-8-sig"), newline="")))
    assert len(table) > 3 * 60
    cells = [cell for row in table for cell in row]
    running = [cell for cell in cells if cell.lstrip(" ").startswith(FORMULA_STARTS) and not _is_number(cell)]
    assert running == []


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_the_workbook_has_no_formula_and_no_link(files: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["XLSX"]))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" and cell.hyperlink is None


def test_the_geojson_reads_back_as_plain_text(files: dict[str, bytes]) -> None:
    features = json.loads(files["GEOJSON"])["features"]
    names = {f["properties"]["name"] for f in features}
    assert "{{7*7}}" in names
