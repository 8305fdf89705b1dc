"""Claims about the map and near-me screens in every language, without a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.settings import PROJECT_DIR
from tests.screens.screen import html

LANGUAGES = ("pl", "en", "uk")


def run(language: str = "pl", **params: str) -> AppTest:
    at = AppTest.from_file(str(PROJECT_DIR / "pages" / "main.py"), default_timeout=60)
    at.query_params["lang"] = language
    for name, value in params.items():
        at.query_params[name] = value
    return at.run()


def map_layer(at: AppTest) -> dict[str, Any]:
    found = [json.loads(e.proto.json_args) for e in at.get("component_instance") if "st_folium" in e.proto.component_name]
    return dict(found[0])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "params", [{}, {"layer": "kgw", "color": "seniors"}, {"q": "klub seniora", "near": "2404052-garnek", "km": "10"}, {"q": "zzzzqqqq"}]
)
def test_the_map_screen_runs_without_an_error(language: str, params: dict[str, str]) -> None:
    at = run(language, **params)
    assert not at.exception
    assert "h1" in html(at)


def test_the_base_map_is_the_same_for_every_query_and_language_so_that_it_is_never_mounted_again() -> None:
    scripts = {
        json.dumps([map_layer(at)["script"], map_layer(at)["js_links"]])
        for at in (run("pl"), run("uk", layer="kgw"), run("en", color="all"))
    }
    assert len(scripts) == 1


def test_scripts_and_styles_come_from_the_app_itself() -> None:
    layer = map_layer(run())
    assert all(link.startswith("/app/static/") for link in [*layer["js_links"], *layer["css_links"]])
    assert "http" not in layer["script"]


def test_the_count_says_n_of_all_and_how_many_lack_an_exact_position() -> None:
    text = html(run(layer="ngo", gmina="2464011"))
    assert "bez dokładnego położenia" in text and "z 1" in text


def test_a_chosen_filter_goes_into_the_address() -> None:
    at = run()
    next(p for p in at.get("button_group") if p.key == "layers").set_value(["kgw"]).run()
    assert at.query_params["layer"] == "kgw"


def test_the_address_fills_the_widgets() -> None:
    at = run(q="klub", gmina="2404052", near="2404052-garnek", km="10", contact="1")
    assert at.text_input(key="q").value == "klub"
    assert at.multiselect(key="gminas").value == ["2404052"]
    assert (at.selectbox(key="near").value, at.selectbox(key="km").value) == ("2404052-garnek", 10.0)
    assert at.checkbox(key="contact").value is True


def test_clear_forgets_the_query_but_not_the_language() -> None:
    at = run("en", q="klub", layer="kgw")
    at.button(key="clear").click().run()
    assert dict(at.query_params) == {"lang": "en"}
    assert at.text_input(key="q").value == ""


def test_an_empty_answer_says_what_to_do_and_that_it_proves_nothing() -> None:
    assert "dane są próbą" in html(run(q="zzzzqqqq"))


def test_a_value_nobody_knows_is_named_and_left_out() -> None:
    assert "nie-ma-takiego" in html(run(theme="nie-ma-takiego"))


def test_the_list_goes_page_by_page() -> None:
    at = run(layer="ngo")
    first = html(at)
    at.button(key="list_next").click().run()
    assert at.query_params["p"] == "2"
    assert html(at) != first
    at.button(key="list_previous").click().run()
    assert "p" not in at.query_params


def drawing(at: AppTest) -> dict[str, Any]:
    """What the map layer of a run draws."""
    literal = map_layer(at)["feature_group"].split("Mapa.layer(", 1)[1]
    return dict(json.JSONDecoder().raw_decode(literal)[0])


def test_choosing_a_gmina_does_not_turn_its_neighbours_into_zeros() -> None:
    before, after = drawing(run(layer="senior_club", color="seniors")), drawing(run(layer="senior_club", color="seniors", gmina="2406072"))
    assert before["fills"] == after["fills"] and before["values"] == after["values"]
    assert after["selected"] == ["2406072"]


def test_a_gmina_without_a_record_is_said_to_have_none_in_the_data_and_never_zero_per_1000() -> None:
    values = drawing(run(layer="senior_club", color="seniors"))["values"]
    assert values["2406072"] == "brak w danych (to nie znaczy, że nie ma)"
    assert "65+ (szacunek) =" in values["2406013"]
    assert "65+ =" in values["2464011"], "the city's own figure is official"


def test_a_question_that_no_record_answers_fully_says_so() -> None:
    assert "Żaden wpis nie zawiera wszystkich słów" in html(run(q="klub seniora w Popowie"))
    assert "Żaden wpis nie zawiera" not in html(run(q="klub seniora w Kłobucku"))


def test_a_link_to_a_record_opens_its_card_first_and_shows_it_on_the_map() -> None:
    at = run(id="r-blachownia-miejski-dom-kultury-w-blachowni")
    bodies = [e.proto.body for e in at.get("html")]
    opened = next(i for i, body in enumerate(bodies) if 'class="opened"' in body)
    assert opened < next(i for i, body in enumerate(bodies) if 'class="count"' in body)
    assert drawing(at)["focus"]["move"] is True


def test_programmes_join_the_list_only_when_they_are_asked_for() -> None:
    assert "bez miejsca na mapie" not in html(run())
    assert "bez miejsca na mapie" in html(run(layer="funding"))
