"""Claims about the near-me screen in every language, without a browser."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from lib.settings import PROJECT_DIR
from tests.screens.screen import html

SCRIPT = "import runpy; runpy.run_path({!r})"
LANGUAGES = ("pl", "en", "uk")


def run(**params: str) -> AppTest:
    at = AppTest.from_string(SCRIPT.format(str(PROJECT_DIR / "pages" / "screens" / "near.py")), default_timeout=60)
    for name, value in params.items():
        at.query_params[name] = value
    return at.run()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("near", ["", "2404052-garnek"])
def test_the_screen_runs_without_an_error(language: str, near: str) -> None:
    at = run(lang=language, **({"near": near} if near else {}))
    assert not at.exception
    assert "<h1>" in html(at)


def test_without_a_place_it_says_what_to_do() -> None:
    assert "Wpisz nazwę miejscowości" in html(run())


def test_ten_kilometres_hold_until_another_radius_is_chosen() -> None:
    assert "Garnek (Kłomnice): do 10 km" in html(run(near="2404052-garnek"))
    assert "Garnek (Kłomnice): do 5 km" in html(run(near="2404052-garnek", km="5"))


def test_the_list_begins_with_the_nearest() -> None:
    km = [float(m.replace(",", ".")) for m in re.findall(r'class="where">(?:ok\. )?([\d,]+) km', html(run(near="2404052-garnek")))]
    assert len(km) == 20 and km == sorted(km)


def test_the_nearest_locality_of_a_position_is_found() -> None:
    import runpy

    from pages.parts import cache

    screen = runpy.run_path(str(PROJECT_DIR / "pages" / "screens" / "near.py"), run_name="near")
    code, km = screen["nearest_locality"](cache.catalog(), 50.8797, 19.4611)
    assert code == "2404052-garnek" and km < 0.5
    assert screen["nearest_locality"](cache.catalog(), 52.23, 21.01)[1] > 100
