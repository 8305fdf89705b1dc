"""Claims about people who use a keyboard or a screen reader: axe finds nothing serious, and no mouse is needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import harness

pytestmark = pytest.mark.browser
LANGUAGES = ("pl", "en", "uk")
SCREENS = {
    "map": "/?layer=kgw&lang={}",
    "record": "/?id={id}&lang={}",
    "near": "/blisko?near=2404052-garnek&lang={}",
    "near_empty": "/blisko?lang={}",
    "gmina": "/gmina?gmina=2404052&lang={}",
    "gmina_choice": "/gmina?lang={}",
    "initiatives": "/inicjatywy?lang={}",
    "plan": "/planer?fix=r-mstow-gminny-osrodek-kultury-w-mstowie&first=2027-03-01&last=2027-05-31&lang={}",
    "plan_clash": "/planer?meetings=2&quota=kłobucki:3-&lang={}",
    "idea": "/pomysl?idea=klub%20seniora%20w%20remizie&gmina=2404142&lang={}",
    "idea_empty": "/pomysl?lang={}",
    "needs": "/potrzeby?lang={}",
    "partners": "/partnerzy?gmina=2404052&lang={}",
    "data": "/dane?lang={}",
    "gaps_measure": "/luki?gmina=2406072&lang={}",
    "gaps_overview": "/luki?tab=overview&lang={}",
    "gaps_area": "/luki?tab=area&gmina=2406072&lang={}",
    "gaps_priority": "/luki?tab=priority&lang={}",
    "gaps_reach": "/luki?tab=reach&lang={}",
    "gaps_needs": "/luki?tab=needs&lang={}",
    "gaps_whatif": "/luki?tab=whatif&add=senior_clubs@2406072-popow&lang={}",
    "gaps_method": "/luki?tab=method&lang={}",
}
POLISH_ONLY = ("plan_clash", "idea_empty", "gaps_overview", "gaps_priority", "gaps_reach", "gaps_needs", "gaps_whatif", "gaps_method")
"""Parts of a screen that are built from the same pieces as its others: checked in one language."""
TRANSLATED = [screen for screen in SCREENS if screen not in POLISH_ONLY]
RUNS = [(screen, "pl") for screen in SCREENS] + [(screen, LANGUAGES[1 + i % 2]) for i, screen in enumerate(TRANSLATED)]
"""Every screen in Polish, and in one of the other two by turns: what axe sees changes with the texts only by their length and `lang`."""


def axe_source() -> str:
    import axe_playwright_python

    return next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


def findings(frame: Any) -> list[str]:
    """Serious and critical findings of axe as short lines."""
    frame.evaluate(axe_source())
    result = frame.evaluate(
        "async () => JSON.stringify((await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})).violations)"
    )
    return [
        f"{v['id']} ({v['impact']}): {v['help']} {[n['html'][:160] for n in v['nodes']][:3]}"
        for v in json.loads(result)
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("screen", "language"), RUNS)
def test_axe_finds_nothing_serious(page: Any, app: harness.Server, screen: str, language: str) -> None:
    record = "r-blachownia-miejski-dom-kultury-w-blachowni"
    page.goto(app.url + SCREENS[screen].replace("{id}", record).format(language))
    page.wait_for_selector("h1")
    harness.settle(page)
    for own in page.locator(".st-key-copy, .st-key-print").all():  # our own buttons come last and get their words a moment later
        expect(own.locator("button")).not_to_be_empty(timeout=30_000)
    page.wait_for_timeout(500)
    assert findings(page.main_frame) == []
    if page.locator(harness.MAP_FRAME).count():
        assert findings(harness.map_frame(page)) == []


@pytest.mark.parametrize("scheme", ["dark"])
def test_axe_finds_nothing_serious_in_the_dark(browser: Any, app: harness.Server, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(app.url + "/?layer=kgw")
    frame = harness.map_frame(page)
    harness.settle(page)
    page.wait_for_timeout(500)
    assert findings(page.main_frame) == []
    assert findings(frame) == []
    context.close()


def focused(page: Any) -> str:
    return str(page.evaluate("(document.activeElement.innerText || document.activeElement.getAttribute('aria-label') || '').trim()"))


def tab_to(page: Any, wanted: str, limit: int = 90) -> None:
    """Presses Tab until the focused thing's text begins with `wanted`."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if focused(page).startswith(wanted):
            return
    raise AssertionError(f"no way to {wanted!r} by keyboard")


def test_search_filter_card_and_source_are_reached_by_keyboard_alone(page: Any, app: harness.Server) -> None:
    page.goto(app.url)
    frame = harness.map_frame(page)
    harness.settle(page)
    page.get_by_label("Szukaj", exact=True).first.wait_for()  # a widget's script comes after the page on a first visit
    tab_to(page, "Przejdź do treści", 3)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName === 'INPUT' && document.activeElement.type !== 'radio'"):
            break
    frame = harness.map_frame(page)
    version = harness.map_fact(frame, "version")
    page.keyboard.type("biblioteka klomnice")
    page.keyboard.press("Enter")
    frame.wait_for_function("v => document.documentElement.dataset.version !== v", arg=version)
    harness.settle(page)
    first = page.locator(".cards .card summary .name").first.inner_text()
    assert "Bibliotek" in first
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName === 'SUMMARY' && !!document.activeElement.closest('.cards')"):
            break
    page.keyboard.press("Enter")
    assert page.locator(".cards details[open]").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "A"
    assert page.evaluate("document.activeElement.href").startswith("http")


def test_the_focus_is_always_visible(page: Any, app: harness.Server) -> None:
    page.goto(app.url)
    harness.map_frame(page)
    harness.settle(page)
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        tag, outline, shadow = page.evaluate(
            """() => { let e = document.activeElement; while (e.shadowRoot && e.shadowRoot.activeElement) e = e.shadowRoot.activeElement;
              const s = getComputedStyle(e); return [e.tagName, s.outlineStyle, s.boxShadow]; }"""
        )
        if tag != "IFRAME" and outline == "none" and shadow == "none":
            unseen.append(tag)
    assert unseen == []
