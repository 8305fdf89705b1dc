"""Claims about the screens of ideas in a real browser: typing, weights, links, the map, files, a phone, the dark, and hostile text."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser import harness
from tests.browser.test_accessibility import findings
from tests.hostile import BREAKOUTS, MARKER, SCRIPTS, TEMPLATES

pytestmark = pytest.mark.browser
IDEA = "zajęcia komputerowe dla seniorów w remizie"
PAGE = f"/pomysl?idea={quote(IDEA)}&gmina=2404142"
SCREENS = {"idea": PAGE, "empty": "/pomysl", "needs": "/potrzeby", "partners": "/partnerzy"}


def opened(page: Any, url: str) -> Any:
    page.goto(url)
    page.wait_for_selector("h1")
    harness.settle(page)
    return page


def test_an_idea_is_typed_and_answered_and_its_link_can_be_sent(page: Any, app: harness.Server, browser: Any) -> None:
    opened(page, app.url + "/pomysl?gmina=2404142")
    page.locator("textarea").first.fill(IDEA)
    page.get_by_role("button", name="Pokaż odpowiedzi").click()
    page.wait_for_selector("#m-take")
    harness.settle(page)
    assert "idea=" in page.url and "gmina=2404142" in page.url
    partners = page.locator("#m-whom").locator("xpath=ancestor::*[@data-testid='stColumn'][1]").locator(".rows .name")
    names = partners.all_inner_texts()
    assert "OSP Przyrów" in names
    other = browser.new_page()
    opened(other, page.url)
    again = other.locator("#m-whom").locator("xpath=ancestor::*[@data-testid='stColumn'][1]").locator(".rows .name")
    assert again.all_inner_texts() == names
    expect(other.locator("textarea").first).to_have_value(IDEA)
    other.close()


def test_the_partners_are_shown_on_the_map_and_the_way_back_to_everything_is_there(page: Any, app: harness.Server) -> None:
    opened(page, app.url + PAGE)
    page.get_by_role("link", name="Pokaż tych partnerów na mapie").click()
    frame = harness.map_frame(page)
    harness.settle(page)
    assert "ids=" in page.url
    assert page.locator(".count b").first.inner_text() == "20"
    version = harness.map_fact(frame, "version")
    page.get_by_role("button", name="Pokaż wszystko").click()
    frame.wait_for_function("v => document.documentElement.dataset.version !== v", arg=version)
    harness.settle(page)
    assert "ids=" not in page.url


def test_the_sheet_is_one_page_as_a_file(page: Any, app: harness.Server) -> None:
    from pypdf import PdfReader

    opened(page, app.url + PAGE)
    with page.expect_download() as download:
        page.get_by_role("button", name="Zapisz fiszkę (PDF)").click()
    assert len(PdfReader(download.value.path()).pages) == 1
    with page.expect_download() as download:
        page.get_by_role("button", name="Zapisz fiszkę (DOCX)").click()
    assert download.value.suggested_filename.endswith(".docx")


def test_back_leads_to_the_idea_before(page: Any, app: harness.Server) -> None:
    opened(page, app.url + PAGE)
    page.locator("textarea").first.fill("sprzątanie lasu")
    page.get_by_role("button", name="Pokaż odpowiedzi").click()
    page.wait_for_function("location.search.includes('sprz')")
    harness.settle(page)
    page.go_back()
    page.wait_for_function("location.search.includes('komputerowe')")
    harness.settle(page)
    expect(page.locator("textarea").first).to_have_value(IDEA)


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_wider_than_a_phone(phone: Any, app: harness.Server, screen: str) -> None:
    opened(phone, app.url + SCREENS[screen])
    wide = phone.evaluate("[document.documentElement.scrollWidth, document.querySelector('[data-testid=\"stMain\"]').scrollWidth]")
    assert max(wide) <= 390


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_serious_in_the_dark(browser: Any, app: harness.Server, screen: str) -> None:
    context = browser.new_context(color_scheme="dark", viewport={"width": 1440, "height": 900})
    page = opened(context.new_page(), app.url + SCREENS[screen])
    page.wait_for_timeout(500)
    assert findings(page.main_frame) == []
    context.close()


def test_axe_finds_nothing_serious_with_everything_unfolded(page: Any, app: harness.Server) -> None:
    opened(page, app.url + PAGE)
    page.get_by_role("button", name="Kopiuj link").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.wait_for_timeout(500)
    assert findings(page.main_frame) == []


def test_hostile_ideas_run_nothing(page: Any, app: harness.Server) -> None:
    """Typed one after another in one visit; the last one comes by its link as well."""
    opened(page, app.url + "/pomysl?gmina=2404142")
    for text in (*SCRIPTS[:6], *BREAKOUTS[:4], *TEMPLATES[:3]):
        page.locator("textarea").first.fill("seniorzy " + text)
        page.get_by_role("button", name="Pokaż odpowiedzi").click()
        page.wait_for_function("t => new URLSearchParams(location.search).get('idea') === t", arg="seniorzy " + text)
        harness.settle(page)
        page.wait_for_selector("#m-take")
        assert page.evaluate(f"window.{MARKER}") is None, text
    opened(page, page.url)
    page.wait_for_selector("#m-take")
    page.wait_for_timeout(300)
    assert page.evaluate(f"window.{MARKER}") is None


def test_the_drawing_of_the_network_is_there_and_says_what_it_shows(page: Any, app: harness.Server) -> None:
    opened(page, app.url + "/partnerzy")
    width, described = page.evaluate("(() => { const i = document.querySelector('img.net'); return [i.naturalWidth, i.alt.length]; })()")
    assert width > 0 and described > 40


def test_the_register_can_be_filtered_by_keyboard_alone(page: Any, app: harness.Server) -> None:
    opened(page, app.url + "/potrzeby")
    page.get_by_label("Tylko z głosami").focus()
    page.keyboard.press("Space")
    page.wait_for_function("location.search.includes('voted')")
    harness.settle(page)
    assert page.locator(".count b").first.inner_text() == "36"
