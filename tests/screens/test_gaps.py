"""Claims about the screen on gaps: each part in three languages, all in the address, no hole shown as a gap; without a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache as kept
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.analysis import gaps
from lib.analysis.priority import WEIGHTS
from lib.analysis.what_if import MOST
from lib.domain.measure import RATE, UNLOOKED
from lib.i18n import Translator
from lib.settings import PROJECT_DIR
from pages.parts import cache
from pages.parts.gap_view import SORTS, TABS
from tests import worlds
from tests.hostile import PAYLOADS
from tests.parts.test_html import tags
from tests.regions import named, project, project_region
from tests.screens.outline import outline
from tests.screens.screen import opened

LANGUAGES = ("pl", "en", "uk")
POPOW, PRZYSTAJN, CITY = "2406072", "2406082", "2464011"
MEASURES = sorted(path.stem for path in (PROJECT_DIR / "data" / "measures").glob("*.toml"))
HOME = "2406072-popow"
CLUB = f"senior_clubs@{HOME}"
LEFTOVERS = r"[{}]|\bNone\b|\bnan\b|\binf\b"
"""A placeholder that nobody filled, or a number that is none."""


def run(language: str = "pl", **params: str) -> AppTest:
    return opened("gaps", {"lang": language, **params}, seconds=60)


def html(at: AppTest) -> str:
    """All markup of the screen but the style sheets."""
    return re.sub(r"<style.*?</style>", "", "\n".join(e.proto.body for e in at.get("html")), flags=re.DOTALL)


@kept
def drawn(language: str, tab: str, gmina: str = "", measure: str = "") -> str:
    """The markup of a part that runs without an error; each combination runs once."""
    asked = {"tab": tab, "gmina": gmina, "m": measure, "add": CLUB if tab == "whatif" else ""}
    at = run(language, **{name: value for name, value in asked.items() if value})
    assert not at.exception, at.exception
    return html(at)


def words(markup: str) -> str:
    """What is read of some markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def chooser(at: AppTest, key: str) -> Any:
    return next(found for found in at.get("button_group") if found.key == key)


def picture(at: AppTest) -> dict[str, Any]:
    """What the map of a run draws."""
    layers = [json.loads(e.proto.json_args) for e in at.get("component_instance") if "st_folium" in e.proto.component_name]
    return dict(json.JSONDecoder().raw_decode(layers[0]["feature_group"].split("Mapa.layer(", 1)[1])[0])


def rows(markup: str, caption: str) -> list[dict[str, str]]:
    """The rows of the table with a caption as they are read: {head: cell}."""
    tables = [one.split("</caption>") for one in re.findall(r"<table.*?</table>", markup, flags=re.DOTALL) if "</caption>" in one]
    head, *body = next(rest for title, rest in tables if caption in words(title)).split("<tr")[1:]
    names = [words(cell) for cell in re.findall(r"<th[^>]*>(.*?)</th>", head, re.DOTALL)]
    cells = [[words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in body]
    return [dict(zip(names, row, strict=True)) for row in cells]


def column(name: str) -> str:
    return Translator("pl")(f"gaps.column.{name}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gmina", ["", POPOW, PRZYSTAJN], ids=["all", "popow", "przystajn"])
@pytest.mark.parametrize("tab", TABS)
def test_every_part_is_whole_in_every_language(tab: str, gmina: str, language: str) -> None:
    markup = drawn(language, tab, gmina)
    assert not re.search(LEFTOVERS, words(markup)), re.findall(rf".{{40}}(?:{LEFTOVERS}).{{20}}", words(markup))
    cyrillic = len(re.findall("[а-яіїєґ]", markup))
    assert cyrillic > 100 if language == "uk" else cyrillic == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gmina", ["", POPOW, PRZYSTAJN], ids=["all", "popow", "przystajn"])
@pytest.mark.parametrize("tab", TABS)
def test_headings_are_in_order_and_tables_can_be_read_aloud(tab: str, gmina: str, language: str) -> None:
    found = outline(drawn(language, tab, gmina))
    assert found.levels[0] == 1 and found.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(found.levels, found.levels[1:], strict=False)), found.levels
    assert found.nameless_tables == 0 and found.bare_heads == 0
    assert len(found.ids) == len(set(found.ids)), "an anchor leads to one place"


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("tab", TABS)
def test_links_keep_the_language(tab: str, language: str) -> None:
    links = re.findall(r'href="(\./[^"]*)"', drawn(language, tab, "" if tab == "needs" else POPOW))
    assert links and [link for link in links if f"lang={language}" not in link] == []


@pytest.mark.parametrize("tab", TABS)
def test_links_within_the_page_lead_to_something_on_it(tab: str) -> None:
    markup = drawn("pl", tab, POPOW)
    assert set(re.findall(r'href="#([^"]+)"', markup)) <= set(outline(markup).ids)


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_can_be_looked_at_and_its_file_is_one_click_away(name: str) -> None:
    for tab in ("measure", "area", "reach", "method"):
        assert not re.search(LEFTOVERS, words(drawn("pl", tab, POPOW, name)))
    one = project().measures[name]
    assert one.text("title", "pl") in words(drawn("pl", "measure", POPOW, name))
    method = words(drawn("pl", "method", POPOW, name))
    assert all(one.text(field, "pl") in method for field in ("what", "why", "limits", "author"))
    assert f"data/measures/{name}.toml" in method


def test_the_town_hall_of_popow_reads_that_the_difference_may_be_chance() -> None:
    text = words(drawn("pl", "area", POPOW, "senior_clubs"))
    assert "może być przypadkiem" in text and "Popów" in text and Translator("pl")("gaps.verdict.uncertain") in text


def test_przystajn_is_shown_as_a_hole_in_the_data_and_not_as_a_gap() -> None:
    text = words(drawn("pl", "area", PRZYSTAJN, "senior_clubs"))
    assert "dziura w danych, nie luka" in text and Translator("pl")("gaps.verdict.unknown") in text


@pytest.mark.parametrize("tab", ["measure", "area"])
def test_the_city_is_not_low_on_kgw(tab: str) -> None:
    shown = rows(drawn("pl", tab, "", "kgw"), project().measures["kgw"].text("title", "pl"))
    city = next(row for row in shown if row[column("gmina")] == "Częstochowa")
    assert city[column("verdict")] == Translator("pl")("gaps.verdict.no_people")


@pytest.mark.parametrize("name", ["senior_clubs", "fire_brigades", "years_since_meeting"])
def test_the_table_says_line_by_line_what_the_engine_found(name: str) -> None:
    t, found = Translator("pl"), gaps.assess(project_region(), project_region().measures[name])
    shown = {row[column("gmina")]: row for row in rows(drawn("pl", "measure", "", name), found.measure.text("title", "pl"))}
    assert len(shown) == 31
    for area in found.areas:
        row = shown[project().gminas[area.teryt].name]
        assert row[column("count")] == t.number(area.count)
        assert row[column("people")].removeprefix("ok. ") == t.number(round(area.people or 0)).replace("\xa0", " ")
        if found.measure.formula == RATE:
            assert row[column("rate")] == ("–" if area.rate is None or area.coverage == UNLOOKED else t.number(area.rate, 2))
            between = "–" if area.low is None else f"{t.number(area.low, 2)} do {t.number(area.high or 0, 2)}"
            assert row[column("interval")] == between
            assert row[column("verdict")] == t(f"gaps.verdict.{'no_people' if area.reason == 'no_people' else area.verdict}")


def test_every_count_leads_to_the_records_it_is_made_of() -> None:
    found = gaps.assess(project_region(), project_region().measures["kgw"])
    assert "g-records" in outline(drawn("pl", "area", "2409053", "kgw")).ids
    assert drawn("pl", "measure", "", "kgw").count("#g-records") == 31
    cards = drawn("pl", "area", "2409053", "kgw")
    assert [item.name for item in found.records["2409053"] if item.name not in unescape(cards)] == []
    assert cards.count('class="card"') == len(found.records["2409053"]) == 9


@pytest.mark.parametrize("name", ["senior_clubs", "years_since_meeting"])
def test_the_map_colours_what_is_known_and_hatches_what_is_not(name: str) -> None:
    drawing, found = picture(run(m=name)), gaps.assess(project_region(), project_region().measures[name])
    assert {teryt for teryt, cls in drawing["fills"].items() if cls < 0} == {area.teryt for area in found.with_verdict("unknown")}
    assert all(cls < len(drawing["ramp"]) for cls in drawing["fills"].values()) and len(drawing["fills"]) == 31
    assert sum(site[3] for site in drawing["sites"]) == sum(len(items) for items in found.records.values())
    assert drawing["values"][PRZYSTAJN].startswith("nie wiadomo")


def test_an_old_meeting_and_few_services_have_the_same_colour() -> None:
    """What is worse off is drawn alike: fewer services, and more years."""
    drawing = picture(run(m="years_since_meeting"))
    recent = {area.teryt for area in gaps.assess(project_region(), project_region().measures["years_since_meeting"]).with_verdict("below")}
    assert {teryt for teryt, cls in drawing["fills"].items() if cls == 2} == recent


def test_the_measure_goes_into_the_address_and_comes_from_it() -> None:
    at = run()
    assert at.selectbox(key="gap_measure").value == "senior_clubs"
    at.selectbox(key="gap_measure").select("kgw").run()
    assert not at.exception and at.query_params["m"] == "kgw"
    assert project().measures["kgw"].text("title", "pl") in words(html(at))
    assert run(m="libraries").selectbox(key="gap_measure").value == "libraries"


def test_the_gmina_goes_into_the_address_and_can_be_left_again() -> None:
    at = run(tab="area")
    at.selectbox(key="gap_gmina").select(POPOW).run()
    assert at.query_params["gmina"] == POPOW and "może być przypadkiem" in words(html(at))
    at.selectbox(key="gap_gmina").set_value(None).run()
    assert not at.exception and "gmina" not in at.query_params


def test_the_part_goes_into_the_address_and_the_rest_stays() -> None:
    at = run(m="kgw", gmina=POPOW)
    for tab in TABS[1:]:
        chooser(at, "gap_tab").set_value(tab).run()
        assert not at.exception
        assert {name: at.query_params[name] for name in ("tab", "m", "gmina")} == {"tab": tab, "m": "kgw", "gmina": POPOW}


@pytest.mark.parametrize("sort", SORTS)
def test_the_order_of_the_table_goes_into_the_address(sort: str) -> None:
    at = run()
    chooser(at, "gap_sort").set_value(sort).run()
    assert not at.exception and dict(at.query_params).get("sort", SORTS[0]) == sort
    names = [row[column("gmina")] for row in rows(html(at), project().measures["senior_clubs"].text("title", "pl"))]
    first = {"value": None, "name": "Blachownia", "people": "Częstochowa"}[sort]
    assert len(names) == 31 and first in (None, names[0])
    assert sort != "value" or set(names[-3:]) == {"Miedźno", "Przystajń", "Niegowa"}, "what is unknown comes last and is not low"


@pytest.mark.parametrize("tab", ["reach", "needs"])
def test_the_radius_goes_into_the_address(tab: str) -> None:
    at = run(tab=tab)
    assert chooser(at, "gap_km").value in (10.0, [10.0])
    chooser(at, "gap_km").set_value(15.0).run()
    assert not at.exception and at.query_params["km"] == "15"
    assert chooser(run(tab=tab, km="5"), "gap_km").value in (5.0, [5.0])


def test_all_needs_can_be_shown_or_only_those_of_the_measure() -> None:
    at = run(tab="needs")
    own = words(html(at))
    at.toggle(key="gap_every").set_value(True).run()
    total = sum(item.kind == "needs" for item in project().items)
    assert not at.exception and words(html(at)) != own and f"{total}" in words(html(at))


def test_a_slider_writes_the_weights_and_usual_forgets_them() -> None:
    at = run(tab="priority")
    usual = words(html(at))
    assert [at.slider(key=f"gap_w_{name}").value for name in WEIGHTS] == [50, 15, 15, 10, 10]
    at.slider(key="gap_w_lack").set_value(0).run()
    at.slider(key="gap_w_people").set_value(100).run()
    assert not at.exception and at.query_params["w"] == "0.100.15.10.10"
    assert words(html(at)) != usual
    at.button(key="gap_usual").click().run()
    assert not at.exception and "w" not in at.query_params
    assert [at.slider(key=f"gap_w_{name}").value for name in WEIGHTS] == [50, 15, 15, 10, 10] and words(html(at)) == usual


def test_all_weights_at_nothing_are_the_usual_ones_and_no_error() -> None:
    zero, usual = (rows(html(run(tab="priority", **given)), Translator("pl")("gaps.order.caption")) for given in ({"w": "0.0.0.0.0"}, {}))
    assert zero == usual


def test_ranks_come_with_their_interval_and_say_when_they_cannot_be_told_apart() -> None:
    found = rows(drawn("pl", "priority"), Translator("pl")("gaps.order.caption"))
    assert len(found) == 31
    for place, row in enumerate(found, 1):
        *rank, low, high = (int(number) for number in re.findall(r"\d+", row[column("rank")]))
        assert rank in ([place], []) and low <= place <= high, "a gmina of which most is unknown has a range only"
    assert "nie da się" in words(drawn("pl", "priority")) or "nie można" in words(drawn("pl", "priority"))


def test_measures_are_left_out_of_the_order_one_by_one() -> None:
    at = run(tab="priority")
    every = words(html(at))
    chooser(at, "gap_boxes").set_value(["kgw"]).run()
    assert not at.exception and words(html(at)) != every and at.query_params["s"] == "kgw"
    linked = run(tab="priority", s="kgw")
    assert words(html(linked)) == words(html(at)), "the choice is in the link"
    chooser(at, "gap_boxes").set_value([]).run()
    assert not at.exception and Translator("pl")("gaps.order.no_measures") in words(html(at))


def test_a_new_service_is_added_and_taken_back() -> None:
    at = run(tab="whatif", gmina=POPOW)
    assert Translator("pl")("gaps.change.empty") in words(html(at))
    at.selectbox(key="gap_new_measure").select("senior_clubs")
    at.selectbox(key="gap_new_place").select(HOME)
    at.button(key="gap_add").click().run()
    assert not at.exception and at.query_params["add"] == CLUB
    (shown,) = rows(html(at), "na 1000 osób w wieku 65+")
    t = Translator("pl")
    assert (shown[column("gmina")], shown[t("gaps.change.before_rate")], shown[t("gaps.change.after_rate")]) == ("Popów", "0", "0,81")
    at.button(key="gap_drop_0").click().run()
    assert not at.exception and "add" not in at.query_params


def test_several_services_are_linked_and_all_taken_back_at_once() -> None:
    at = run(tab="whatif", add=f"{CLUB}.{CLUB}.day_rooms@2406082-przystajn")
    assert [button.key for button in at.button if button.key.startswith("gap_drop_")] == ["gap_drop_0", "gap_drop_1", "gap_drop_2"]
    at.button(key="gap_drop_1").click().run()
    assert at.query_params["add"] == f"{CLUB}.day_rooms@2406082-przystajn"
    at.button(key="gap_clear").click().run()
    assert not at.exception and "add" not in at.query_params


def test_as_many_services_as_may_be_supposed_fit_into_the_address() -> None:
    longest = sorted(project().localities, key=len)[-MOST:]
    asked = ".".join(f"social_enterprises@{place}" for place in longest)
    at = run(tab="whatif", add=asked)
    assert not at.exception
    assert len([button.key for button in at.button if button.key.startswith("gap_drop_")]) == MOST
    assert at.button(key="gap_add").disabled
    at.button(key="gap_drop_0").click().run()
    assert at.query_params["add"] == asked.partition(".")[2]


def test_a_measure_of_years_has_no_reach_and_cannot_be_supposed_on_the_screen() -> None:
    assert Translator("pl")("gaps.reach.not_for_years") in words(drawn("pl", "reach", "", "years_since_meeting"))
    at = run(tab="whatif", m="years_since_meeting")
    assert not at.exception and len(at.selectbox(key="gap_new_measure").options) == len(MEASURES) - 1


ATTACKS = [*((tab, place * 13) for place, tab in enumerate(TABS)), *(("measure", number) for number in range(5, len(PAYLOADS), 11))]


@pytest.mark.parametrize(("tab", "number"), ATTACKS)
def test_nothing_in_the_address_breaks_the_screen_or_becomes_markup(tab: str, number: int) -> None:
    text = PAYLOADS[number][:3_000]
    at = run(tab=tab, m=text, w=text, add=f"{text}.senior_clubs@{text}.@.x@.{CLUB}", km=text, gmina=text, sort=text)
    assert not at.exception
    for tag, attributes in tags(html(at)):
        assert tag not in ("script", "img", "iframe", "object", "form", "base", "meta")
        assert not [name for name in attributes if name.startswith("on")]
        assert re.match(r"(https?://|mailto:|tel:|#|\./)", attributes.get("href") or "#")
    assert at.selectbox(key="gap_measure").value == "senior_clubs"


@pytest.mark.parametrize(
    "params",
    [
        {"tab": "nonsense"}, {"m": "no_such"}, {"gmina": "0000000"}, {"gmina": f"{POPOW}.{CITY}"}, {"km": "7"}, {"km": "-5"},
        {"tab": "priority", "w": "1.2.3"}, {"tab": "priority", "w": "999.0.0.0.0"}, {"tab": "priority", "w": "٣.0.0.0.0"},
        {"tab": "priority", "w": "33.33.34.0.0"}, {"tab": "reach", "km": "999999"}, {"tab": "whatif", "add": "kgw@2404052-garnek.kgw@"},
        {"tab": "whatif", "add": "." * 500}, {"tab": "whatif", "add": "senior_clubs@no-such-place"}, {"sort": "beauty"},
    ],
    ids=str,
)  # fmt: skip
def test_a_malformed_parameter_is_left_out(params: dict[str, str]) -> None:
    at = run(**params)
    assert not at.exception and "<h1>" in html(at)


def test_an_unknown_gmina_is_named() -> None:
    assert "0000000" in words(html(run(gmina="0000000")))


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("MAPA_DATA_DIR", str(tmp_path))
    cache.settings.clear()
    yield tmp_path
    cache.settings.clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_data_set_whose_measures_are_all_broken_says_so(world: Path, language: str) -> None:
    worlds.write_world(world)
    (world / "measures").mkdir()
    (world / "measures" / "broken.toml").write_text("formula = ", encoding="utf-8")
    at = run(language)
    assert not at.exception
    assert Translator(language)("gaps.no_measures") in words(html(at))


@pytest.mark.parametrize("tab", TABS)
def test_a_data_set_without_records_people_or_places_is_drawn_without_an_error(world: Path, tab: str) -> None:
    empty: dict[str, list[Any]] = {
        name: [] for name in ("resources", "initiatives", "needs", "funding", "demography", "coverage", "localities")
    }
    worlds.write_world(world, **empty)
    for gmina in ("", worlds.TERYTS[0]):
        at = run(tab=tab, **({"gmina": gmina} if gmina else {}))
        assert not at.exception and not re.search(LEFTOVERS, words(html(at)))


@pytest.mark.parametrize("tab", TABS)
def test_no_text_of_a_record_becomes_markup(world: Path, tab: str) -> None:
    """A club, a festival, a need and a village whose names are markup, in every part of the screen."""
    bad = "<img src=x onerror=alert(1)>"
    worlds.write_world(
        world,
        resources=[worlds.resource(i, name=bad, category="senior_club", themes="seniors", target_groups="seniors") for i in range(5)],
        initiatives=[worlds.initiative(0, title=bad, kind="miniforum")],
        needs=[worlds.need(i, statement_pl=bad, themes="seniors") for i in range(3)],
        localities=[worlds.locality(i, locality=bad) for i in range(5)],
        features=[worlds.feature(i, name=bad) for i in range(5)],
        coverage=[worlds.coverage(i, "senior_club") for i in range(5)],
    )
    place = f"{worlds.TERYTS[0]}-{worlds.VILLAGES[0].lower()}"
    at = run(tab=tab, gmina=worlds.TERYTS[0], add=f"senior_clubs@{place}")
    assert not at.exception
    assert "<img" not in html(at) and "&lt;img" in html(at)


def test_the_names_used_here_are_the_ones_in_the_data() -> None:
    assert [named(name) for name in ("Popów", "Przystajń", "Częstochowa", "Żarki")] == [POPOW, PRZYSTAJN, CITY, "2409053"]
