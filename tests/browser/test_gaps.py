"""Claims about the screen on gaps in a real browser: its map, its controls and its address, for a desk, a phone and a keyboard."""

from __future__ import annotations

import re
import time
from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import expect

from lib.analysis import gaps
from lib.i18n import Translator
from pages.parts.gap_charts import ramp
from pages.parts.gap_view import TABS
from tests.browser import harness
from tests.browser.test_accessibility import focused, tab_to
from tests.browser.test_explorer import click_on_map, params
from tests.regions import project_region

pytestmark = pytest.mark.browser
POPOW = "2406072"
HATCH = "url(#mapa-hatch)"
FIRST_VIEW_S = 15
"""How long the first visitor of a fresh server may wait for the map and all that stands round it."""
BUSY_RATIO = 3
"""The first view computes all measures and loads what that needs: seen are twice the seconds of the map screen's first view."""
T = Translator("pl")


def open_gaps(page: Any, app: harness.Server, query: str = "") -> None:
    page.goto(f"{app.url}/luki{query}")
    page.wait_for_selector("h1")
    harness.settle(page)


def wait_for_address(page: Any, name: str, value: str | None) -> None:
    """Until a parameter of the address has a value (None: is gone) and the screen has followed."""
    page.wait_for_function("([n, v]) => new URL(location).searchParams.get(n) === v", arg=[name, value], timeout=30_000)
    harness.settle(page)


def fills(frame: Any) -> Counter[str]:
    """The fills of the gminas on the map as the browser has them."""
    return Counter(frame.evaluate("[...document.querySelectorAll('path.leaflet-interactive')].map(p => p.getAttribute('fill'))"))


def shown(page: Any) -> str:
    return str(page.locator('[data-testid="stMain"]').inner_text())


def expected(measure: str) -> Counter[str]:
    """The fills that the engine's verdicts call for."""
    colours = dict(zip(("below", "uncertain", "above"), ramp(dark=False), strict=True))
    found = gaps.assess(project_region(), project_region().measures[measure])
    return Counter(colours.get(area.verdict, HATCH) for area in found.areas)


def first_view_s(page: Any, path: str) -> float:
    """Seconds until the map and all round it stand when a path is the very first request of a fresh server."""
    with harness.server() as fresh:
        began = time.perf_counter()
        page.goto(fresh.url + path)
        harness.map_frame(page, 60_000)
        harness.settle(page)
        return time.perf_counter() - began


def test_the_screen_opens_by_a_deep_link_on_a_fresh_server(page: Any) -> None:
    took = first_view_s(page, "/luki?m=fire_brigades&lang=uk")
    assert page.evaluate("document.documentElement.lang") == "uk"
    assert project_region().measures["fire_brigades"].text("title", "uk") in shown(page)
    if took > FIRST_VIEW_S:  # the machine may be busy with other things: then the screen of the map is slow as well
        assert took < BUSY_RATIO * first_view_s(page, "/"), f"{took:.1f} s"


@pytest.mark.parametrize("measure", ["senior_clubs", "fire_brigades"])
def test_the_map_hatches_what_is_unknown_and_colours_the_rest(page: Any, app: harness.Server, measure: str) -> None:
    open_gaps(page, app, f"?m={measure}")
    frame = harness.map_frame(page)
    assert fills(frame) == expected(measure)
    assert fills(frame)[HATCH] >= 3 and frame.locator("#mapa-hatch").count() == 1


def test_another_measure_recolours_the_same_map(page: Any, app: harness.Server) -> None:
    open_gaps(page, app, "?m=senior_clubs")
    frame = harness.map_frame(page)
    frame.evaluate("window.__mark = 'same'")
    version = harness.map_fact(frame, "version")
    page.get_by_role("combobox", name=T("gaps.choose_measure")).click()
    page.get_by_role("option", name=project_region().measures["fire_brigades"].text("title", "pl")).click()
    frame.wait_for_function("v => document.documentElement.dataset.version !== v", arg=version)
    wait_for_address(page, "m", "fire_brigades")
    assert frame.evaluate("window.__mark") == "same"
    assert fills(frame) == expected("fire_brigades")


def test_a_click_on_a_gmina_opens_it_in_depth(page: Any, app: harness.Server) -> None:
    open_gaps(page, app)
    frame = harness.map_frame(page)
    page.locator(harness.MAP_FRAME).scroll_into_view_if_needed()
    click_on_map(page, frame.evaluate(f"Mapa.areaPoint('{POPOW}')"))
    wait_for_address(page, "gmina", POPOW)
    wait_for_address(page, "tab", "area")
    page.wait_for_selector("#g-records")
    assert "może być przypadkiem" in shown(page) and T("gaps.area.title", name="Popów") in shown(page)


def test_a_moved_slider_changes_the_address_and_the_order(page: Any, app: harness.Server) -> None:
    open_gaps(page, app, "?tab=priority")
    before = shown(page)
    slider = page.get_by_role("slider", name=T("gaps.order.lack"))
    slider.focus()
    page.keyboard.press("ArrowRight")
    wait_for_address(page, "w", "55.15.15.10.10")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    wait_for_address(page, "w", "70.15.15.10.10")
    assert shown(page) != before
    page.get_by_role("button", name=T("gaps.order.usual")).click()
    wait_for_address(page, "w", None)
    expect(slider).to_have_value("50", timeout=30_000)


def test_a_supposed_service_shows_before_and_after_and_survives_a_reload(page: Any, app: harness.Server) -> None:
    open_gaps(page, app, f"?tab=whatif&gmina={POPOW}")
    page.get_by_role("combobox", name=T("gaps.change.place")).click()
    page.keyboard.type("Popów")
    page.get_by_role("option", name=re.compile(r"^Popów \(")).first.click()
    page.get_by_role("button", name=T("gaps.change.add"), exact=True).click()
    wait_for_address(page, "add", "senior_clubs@2406072-popow")
    table = page.get_by_role("table", name=re.compile("65"))
    table.first.wait_for()
    told = table.first.inner_text()
    assert "Popów" in told and "0,81" in told and T("gaps.change.before_rate") in told
    page.reload()
    harness.settle(page)
    page.get_by_role("table", name=re.compile("65")).first.wait_for()
    assert page.get_by_role("table", name=re.compile("65")).first.inner_text() == told
    page.get_by_role("button", name=re.compile("Popów")).first.click()
    wait_for_address(page, "add", None)
    expect(page.get_by_text(T("gaps.change.empty"))).to_be_visible(timeout=30_000)
    assert "0,81" not in shown(page)


def test_back_brings_the_earlier_part_with_its_widgets(page: Any, app: harness.Server) -> None:
    open_gaps(page, app, "?m=kgw")
    page.get_by_role("radio", name=T("gaps.tab.method")).or_(page.get_by_role("button", name=T("gaps.tab.method"))).first.click()
    wait_for_address(page, "tab", "method")
    assert params(page)["m"] == ["kgw"]
    page.go_back()
    wait_for_address(page, "tab", None)
    assert harness.map_fact(harness.map_frame(page), "areas") == "31"


@pytest.mark.parametrize("tab", TABS)
def test_a_phone_needs_no_sideways_scrolling(phone: Any, app: harness.Server, tab: str) -> None:
    open_gaps(phone, app, f"?tab={tab}&gmina={POPOW}&add=senior_clubs@2406072-popow")
    phone.wait_for_timeout(500)
    assert phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


def test_parts_and_lines_of_the_table_are_reached_by_keyboard_alone(page: Any, app: harness.Server) -> None:
    open_gaps(page, app, "?sort=name")
    harness.map_frame(page)
    tab_to(page, T("gaps.tab.measure"), 60)
    for _ in range(len(TABS)):
        if focused(page).startswith(T("gaps.tab.method")):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    wait_for_address(page, "tab", "method")
    page.go_back()
    wait_for_address(page, "tab", None)
    page.locator("#tabela").focus()
    tab_to(page, "Blachownia", 30)
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.keyboard.press("Enter")
    wait_for_address(page, "gmina", "2404013")
    assert params(page)["tab"] == ["area"]


def test_every_number_opens_to_its_records(page: Any, app: harness.Server) -> None:
    open_gaps(page, app, "?m=kgw&sort=name")
    page.locator("table a[href*='gmina=2409053'][href$='#g-records']").first.click()
    wait_for_address(page, "gmina", "2409053")
    page.wait_for_selector(".cards .card")
    assert page.locator(".cards .card").count() == 9
    page.locator(".cards .card summary").first.click()
    assert page.locator(".cards details[open] a[href^=http]").count() >= 1
