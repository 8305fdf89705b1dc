"""Claims about the explorer in a real browser, with the outside network cut."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest

from tests.browser import harness

pytestmark = pytest.mark.browser
GARNEK = "2404052-garnek"
KLOMNICE = "2404052"


def open_map(page: Any, app: harness.Server, query: str = "") -> Any:
    page.goto(app.url + "/" + query)
    frame = harness.map_frame(page)
    harness.settle(page)
    return frame


def total(page: Any) -> int:
    return int(re.sub(r"\D", "", page.locator(".count b").first.inner_text()))


def params(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def wait_total(page: Any, frame: Any, before: str) -> None:
    frame.wait_for_function("v => document.documentElement.dataset.version !== v", arg=before)
    harness.settle(page)


def click_on_map(page: Any, point: dict[str, float]) -> None:
    box = page.locator(harness.MAP_FRAME).bounding_box()
    page.mouse.click(box["x"] + point["x"], box["y"] + point["y"])


def pill(page: Any, start: str) -> Any:
    return page.locator(".st-key-layers button", has_text=re.compile("^" + start)).first


def test_a_deep_link_is_served_as_the_very_first_request_of_a_fresh_server(page: Any) -> None:
    with harness.server() as fresh:
        page.goto(f"{fresh.url}/inicjatywy?lang=uk")
        page.wait_for_selector("h1")
        harness.settle(page)
        assert page.locator(".brand").inner_text() == "Мапа активності"
        assert page.evaluate("document.documentElement.lang") == "uk"


def test_31_boundaries_are_drawn_and_every_shown_record_is_on_the_map(page: Any, app: harness.Server) -> None:
    frame = open_map(page, app)
    assert harness.map_fact(frame, "areas") == "31"
    assert int(harness.map_fact(frame, "shown")) == total(page)
    assert int(harness.map_fact(frame, "names")) >= 20


def test_a_filter_changes_map_list_and_address_without_mounting_the_map_again(page: Any, app: harness.Server) -> None:
    frame = open_map(page, app)
    frame.evaluate("window.__mark = 'same'; map_div.setView([50.9, 19.2], 11, {animate: false})")
    page.wait_for_timeout(400)
    before = harness.map_fact(frame, "version")
    pill(page, "KGW").click()
    wait_total(page, frame, before)
    assert params(page)["layer"] == ["kgw"]
    assert frame.evaluate("window.__mark") == "same"
    assert frame.evaluate("[map_div.getZoom(), Math.round(map_div.getCenter().lat * 10)]") == [11, 509]
    assert page.locator(".cards .name").first.inner_text()
    assert total(page) < 200


def test_back_and_forward_bring_the_earlier_views_with_their_widgets(page: Any, app: harness.Server) -> None:
    frame = open_map(page, app)
    everything, before = total(page), harness.map_fact(frame, "version")
    pill(page, "KGW").click()
    wait_total(page, frame, before)
    filtered, version = total(page), harness.map_fact(frame, "version")
    page.go_back()
    wait_total(page, frame, version)
    assert total(page) == everything
    assert pill(page, "KGW").get_attribute("aria-pressed") == "false"
    version = harness.map_fact(frame, "version")
    page.go_forward()
    wait_total(page, frame, version)
    assert total(page) == filtered
    assert pill(page, "KGW").get_attribute("aria-pressed") == "true"


def test_a_copied_link_opens_the_same_view_in_a_private_window(page: Any, app: harness.Server, browser: Any) -> None:
    frame = open_map(page, app, f"?q=klub&near={GARNEK}&km=15&layer=senior_club.kgw")
    frame.evaluate("map_div.fire('dragstart'); map_div.setView([50.88, 19.4], 11, {animate: false})")
    page.wait_for_timeout(600)
    assert "#map=11/50.88" in page.url
    first = [total(page), page.locator(".cards .name").all_inner_texts()]
    private = browser.new_context(viewport={"width": 1440, "height": 900})
    other = private.new_page()
    other.goto(page.url)
    again = harness.map_frame(other)
    harness.settle(other)
    assert [total(other), other.locator(".cards .name").all_inner_texts()] == first
    assert again.evaluate("[map_div.getZoom(), map_div.getCenter().lat.toFixed(2)]") == [11, "50.88"]
    private.close()


def test_a_change_of_language_keeps_the_query_and_the_map(page: Any, app: harness.Server) -> None:
    frame = open_map(page, app, "?layer=kgw")
    frame.evaluate("window.__mark = 'same'")
    before, version = total(page), harness.map_fact(frame, "version")
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    wait_total(page, frame, version)
    assert params(page) == {"layer": ["kgw"], "lang": ["en"]}
    assert total(page) == before
    assert page.evaluate("document.documentElement.lang") == "en"
    assert frame.evaluate("window.__mark") == "same"
    assert page.locator("h1").inner_text() == "What goes on in the northern subregion"


def test_every_language_can_be_left_for_every_other(page: Any, app: harness.Server) -> None:
    page.goto(app.url + "/potrzeby?lang=en&tab=voted")
    harness.settle(page)
    for name, code in (
        ("Українська", "uk"),
        ("Polski", "pl"),
        ("English", "en"),
        ("Polski", "pl"),
        ("Українська", "uk"),
        ("English", "en"),
    ):
        page.get_by_role("radio", name=name).or_(page.get_by_role("button", name=name)).first.click()
        page.wait_for_function("code => document.documentElement.lang === code", arg=code)
        harness.settle(page)
        assert params(page) == {"tab": ["voted"]} | ({"lang": [code]} if code != "pl" else {})


def test_a_click_on_a_gmina_selects_it(page: Any, app: harness.Server) -> None:
    frame = open_map(page, app, "?layer=kgw")
    version = harness.map_fact(frame, "version")
    click_on_map(page, frame.evaluate(f"Mapa.areaPoint('{KLOMNICE}')"))
    wait_total(page, frame, version)
    assert params(page)["gmina"] == [KLOMNICE]
    assert "Kłomnice" in page.locator(".st-key-gminas").inner_text()


def test_a_click_on_a_point_opens_its_card_with_place_and_dated_source(page: Any, app: harness.Server) -> None:
    frame = open_map(page, app, f"?layer=kgw&gmina={KLOMNICE}")
    mark = next(m for m in frame.evaluate("Mapa.marks()") if m["count"] == 1 and not m["approximate"])
    click_on_map(page, mark)
    page.wait_for_selector(".opened")
    card = page.locator(".opened")
    assert mark["names"][0] in card.inner_text()
    assert card.locator("details[open]").count() == 1
    text = card.inner_text()
    assert "położenie: miejscowość" in text and ("stan na" in text or "strona bez daty" in text)
    assert card.locator("a[href^=http]").count() >= 1


def test_what_is_known_only_by_its_gmina_is_one_labelled_mark_and_the_list_says_so(page: Any, app: harness.Server) -> None:
    frame = open_map(page, app, "?layer=ngo&gmina=2464011")
    rough = [m for m in frame.evaluate("Mapa.marks()") if m["approximate"]]
    assert [m["names"] for m in rough] == [["Częstochowa"]]
    assert "położenie przybliżone" in page.locator(".cards").first.inner_text()


def test_near_me_lists_by_distance_from_a_typed_locality(page: Any, app: harness.Server) -> None:
    page.goto(app.url + "/blisko")
    page.get_by_role("combobox").first.click()
    page.keyboard.type("Garn")
    page.get_by_role("option", name=re.compile("Garnek")).click()
    harness.map_frame(page)
    harness.settle(page)
    assert params(page)["near"] == [GARNEK]
    texts = page.locator(".cards .where").all_inner_texts()
    km = [float(m[1].replace(",", ".")) for text in texts if (m := re.match(r"(?:ok\. )?([\d,]+) km", text))]
    assert len(km) >= 10 and km == sorted(km)


def test_near_me_uses_the_browsers_position_only_after_a_click_and_keeps_it_out_of_the_link(browser: Any, app: harness.Server) -> None:
    context = browser.new_context(geolocation={"latitude": 50.8797, "longitude": 19.4611}, permissions=["geolocation"])
    page = context.new_page()
    page.goto(app.url + "/blisko")
    page.get_by_role("button", name="Użyj mojego położenia").click()
    page.wait_for_url(re.compile("near=" + GARNEK))
    assert "50.8797" not in page.url
    context.close()


@pytest.mark.parametrize("form", ["CSV", "XLSX", "GEOJSON"])
def test_a_download_holds_exactly_what_is_filtered(page: Any, app: harness.Server, form: str) -> None:
    open_map(page, app, f"?layer=kgw&near={GARNEK}&km=15")
    shown = total(page)
    with page.expect_download() as started:
        page.get_by_role("button", name=form, exact=True).click()
    data = started.value.path().read_bytes()
    assert shown > 5
    assert _rows(data, form) == shown


def _rows(data: bytes, form: str) -> int:
    if form == "CSV":
        return len(list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")))))
    if form == "GEOJSON":
        return len(json.loads(data)["features"])
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].max_row - 1


def test_everything_fits_a_phone_without_sideways_scrolling(phone: Any, app: harness.Server) -> None:
    for path in ("/", "/blisko?near=" + GARNEK, f"/gmina?gmina={KLOMNICE}", "/inicjatywy", "/dane"):
        phone.goto(app.url + path)
        phone.wait_for_selector("h1")
        harness.settle(phone)
        assert phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390, path


def test_the_map_is_within_the_first_two_screens_of_a_phone(phone: Any, app: harness.Server) -> None:
    phone.goto(app.url)
    harness.map_frame(phone)
    harness.settle(phone)
    assert phone.locator(harness.MAP_FRAME).bounding_box()["y"] < 844


def test_an_unknown_record_in_a_link_is_said_in_words(page: Any, app: harness.Server) -> None:
    open_map(page, app, "?id=r-nie-ma-mnie")
    assert "nie ma już w danych" in page.locator(".notice").first.inner_text()


def test_nonsense_in_the_address_breaks_nothing(page: Any, app: harness.Server) -> None:
    open_map(page, app, "?km=abc&from=x&gmina=9999999&layer=%3Cscript%3E&p=-3&at=zzz&color=none&near=x&lang=xx&id=%00")
    assert total(page) > 0
    assert page.locator('[data-testid="stException"]').count() == 0


def test_far_out_each_gmina_is_one_circle_with_its_name_and_a_click_goes_into_it(page: Any, app: harness.Server) -> None:
    frame = open_map(page, app)
    marks = frame.evaluate("Mapa.marks()")
    assert harness.map_fact(frame, "overview") == "1"
    assert len(marks) == 31 and sum(m["count"] for m in marks) == total(page)
    zoom = frame.evaluate("map_div.getZoom()")
    click_on_map(page, frame.evaluate(f"Mapa.areaPoint('{KLOMNICE}')"))
    frame.wait_for_function("z => map_div.getZoom() > z && document.documentElement.dataset.overview === ''", arg=zoom)
    assert any(m["approximate"] for m in frame.evaluate("Mapa.marks()"))


def test_a_map_whose_frame_has_no_size_yet_draws_itself_when_it_gets_one(page: Any, app: harness.Server) -> None:
    page.add_init_script(
        """document.addEventListener('DOMContentLoaded', () => { const s = document.createElement('style'); s.id = 'late';
           s.textContent = 'iframe { height: 0 !important; min-height: 0 !important; width: 0 !important; }'; document.head.append(s); })"""
    )
    page.goto(app.url + "/?layer=kgw")
    page.wait_for_selector(".cards")
    page.wait_for_timeout(1500)
    page.evaluate("document.getElementById('late').remove()")
    frame = harness.map_frame(page)
    frame.wait_for_function("Number(document.documentElement.dataset.shown) > 0")
    assert frame.evaluate("Number.isFinite(map_div.getZoom())")


def test_the_wheel_scrolls_the_page_until_the_map_is_touched(page: Any, app: harness.Server) -> None:
    """Whoever scrolls past the map must not be thrown to another place and scale; a click says that the map is meant."""
    frame = open_map(page, app, "")
    page.set_viewport_size({"width": 1200, "height": 500})
    box = page.query_selector(harness.MAP_FRAME).bounding_box()
    zoom = frame.evaluate("Mapa.view().zoom")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 200)
    page.mouse.wheel(0, 200)
    page.wait_for_function("document.querySelector('[data-testid=\"stMain\"]').scrollTop > 50")
    assert frame.evaluate("Mapa.view().zoom") == zoom
    page.mouse.down()
    page.mouse.up()
    page.mouse.wheel(0, -200)
    frame.wait_for_function("zoom => Mapa.view().zoom > zoom", arg=zoom)
