"""Claims about the planner in a real browser: the animator's way from a wish to a list, a calendar and a file that opens again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from lib.analysis.plan_file import from_json
from lib.exchange.ics import read_ics
from tests.browser import harness

pytestmark = pytest.mark.browser
MSTOW = "r-mstow-gminny-osrodek-kultury-w-mstowie"
PLANNER = "/planer"
SLOW_MS = 60_000


def open_planner(page: Any, app: harness.Server, query: str = "") -> Any:
    """The planner with its plan and its drawn map; returns the frame of the map."""
    page.goto(app.url + PLANNER + query)
    frame = harness.map_frame(page, SLOW_MS)
    page.wait_for_selector(".st-key-plan_share", timeout=SLOW_MS)
    harness.settle(page)
    return frame


def parameters(page: Any) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def wait_for_parameter(page: Any, text: str) -> None:
    page.wait_for_function("text => decodeURIComponent(location.search).includes(text)", arg=text, timeout=SLOW_MS)
    harness.settle(page)


def test_an_animator_plans_three_meetings_of_a_spring(page: Any, app: harness.Server, tmp_path: Path) -> None:
    open_planner(page, app)
    fixed = page.locator(".st-key-plan_fixed input")
    fixed.fill("Mstów: Gminny")
    page.get_by_role("option", name="Mstów: Gminny Ośrodek Kultury w Mstowie").click()
    wait_for_parameter(page, f"fix={MSTOW}")
    page.locator("h1").click()  # closes the list of venues, which stays open for a second choice
    page.get_by_role("button", name="wiosna").click(timeout=SLOW_MS)
    wait_for_parameter(page, "first=")
    page.wait_for_selector("text=To miejsce jest ustalone przez Ciebie.", timeout=SLOW_MS)
    assert page.locator(".planned").count() == 3
    assert page.get_by_text("żaden inny dozwolony plan nie jest lepszy").count() == 1
    with page.expect_download(timeout=SLOW_MS) as calendar:
        page.get_by_role("button", name="Kalendarz (ICS)").click()
    assert len(read_ics(Path(calendar.value.path()).read_bytes())) == 3
    with page.expect_download(timeout=SLOW_MS) as saved:
        page.get_by_role("button", name="Zapisz plan (JSON)").click()
    file = tmp_path / "plan.json"
    file.write_bytes(Path(saved.value.path()).read_bytes())
    plan = from_json(file.read_bytes())
    assert plan.wishes.fixed == (MSTOW,) and plan.first is not None and MSTOW in plan.venues
    page.goto(app.url + PLANNER)
    page.wait_for_selector(".st-key-plan_share", timeout=SLOW_MS)
    harness.settle(page)
    page.get_by_text("Zapisany plan").click()
    page.locator(".st-key-plan_open input[type=file]").set_input_files(str(file))
    wait_for_parameter(page, f"fix={MSTOW}")
    page.wait_for_selector("text=Otwarto zapisany plan.", timeout=SLOW_MS)
    assert parameters(page)["first"] == plan.first.isoformat()


def test_mstow_and_enter_fix_one_meeting_there(page: Any, app: harness.Server) -> None:
    """A village is offered once: the first match is taken, not "Select 2 matches" with a meeting for each hall."""
    open_planner(page, app)
    fixed = page.locator(".st-key-plan_fixed input")
    fixed.fill("Mstów")
    assert page.get_by_role("option").first.inner_text().startswith("Mstów: Gminny Ośrodek Kultury w Mstowie")
    fixed.press("Enter")
    wait_for_parameter(page, "fix=")
    assert parameters(page)["fix"] == MSTOW


def test_a_choice_while_the_screen_is_still_working_leaves_the_ticks_alone(page: Any, app: harness.Server) -> None:
    open_planner(page, app)
    fixed = page.locator(".st-key-plan_fixed input")
    fixed.fill("Mstów")
    fixed.press("Enter")
    page.wait_for_function("location.search.includes('fix=')", timeout=SLOW_MS)
    page.locator("h1").click()
    page.get_by_role("button", name="wiosna").click(timeout=SLOW_MS)
    wait_for_parameter(page, "first=")
    page.wait_for_selector("text=czwartek, 18 marca 2027", timeout=SLOW_MS)
    harness.settle(page)
    assert "ticks" not in parameters(page) and "moved" not in parameters(page)


@pytest.mark.parametrize("language", ["pl", "uk"])
def test_unseen_parts_of_widgets_are_named_in_the_language_of_the_page(page: Any, app: harness.Server, language: str) -> None:
    open_planner(page, app, f"?fix={MSTOW}&first=2027-03-01&last=2027-05-31&lang={language}")
    said = page.evaluate("[...document.querySelectorAll('[data-testid=stApp] [aria-label]')].map((e) => e.getAttribute('aria-label'))")
    english = (
        "Open",
        "Clear all",
        "Choose",
        "Increment",
        "Decrement",
        "Selected",
        "Help",
        "day, ",
        "month, ",
        "year, ",
        "hour, ",
        "minute, ",
    )
    assert len(said) > 30 and [name for name in said if name.startswith(english)] == []


def test_a_file_that_is_no_plan_is_refused_in_words(page: Any, app: harness.Server, tmp_path: Path) -> None:
    open_planner(page, app, "?lang=en")
    file = tmp_path / "other.json"
    file.write_text(json.dumps({"format": "<img src=x onerror=window.hacked=1>"}), encoding="utf-8")
    page.get_by_text("A saved plan").click()
    page.locator(".st-key-plan_open input[type=file]").set_input_files(str(file))
    page.wait_for_selector("text=no plan of this planner", timeout=SLOW_MS)
    assert page.evaluate("window.hacked") is None


def test_the_map_draws_a_numbered_ring_for_each_venue_without_being_mounted_anew(page: Any, app: harness.Server) -> None:
    frame = open_planner(page, app, f"?fix={MSTOW}")
    frame.evaluate("() => { window.same = 1; }")
    version = harness.map_fact(frame, "version")
    page.get_by_role("button", name="Weź plan 1", exact=True).click()
    frame.wait_for_function("v => document.documentElement.dataset.version !== v", arg=version, timeout=SLOW_MS)
    assert frame.evaluate("window.same") == 1 and harness.map_fact(frame, "marks") == "3"


def test_a_hostile_venue_name_stays_text(page: Any, app: harness.Server) -> None:
    name = "%3Cimg src=x onerror=window.hacked=1%3E **x** [a](javascript:window.hacked=1)"
    open_planner(page, app, f"?meetings=1&own={name}@2404052-garnek&fix=own-1&first=2027-03-01&last=2027-03-31")
    assert page.evaluate("window.hacked") is None
    assert page.locator(".planned h3").inner_text().startswith("1. <img src=x")


def test_on_a_phone_nothing_is_wider_than_the_screen(phone: Any, app: harness.Server) -> None:
    open_planner(phone, app, f"?fix={MSTOW}&first=2027-03-01&last=2027-05-31")
    assert phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
