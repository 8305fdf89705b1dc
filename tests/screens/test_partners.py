"""Claims about the network of partners in three languages, without a browser: the drawing and the tables that say the same."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.analysis.network import network
from lib.i18n import Translator
from pages.parts import cache, network_map
from tests import worlds
from tests.hostile import PAYLOADS
from tests.screens.screen import html, opened, param

LANGUAGES = ("pl", "en", "uk")


def run(**params: str) -> AppTest:
    return opened("partners", params, seconds=90)


def drawing(at: AppTest) -> str:
    return b64decode(re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', html(at))[1]).decode()  # type: ignore[index]


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Names that are markup, and one initiative across two gminas."""
    bad = "<script>alert(1)</script>"
    joint = worlds.initiative(0, title=bad, organiser_ids="r-0", partner_ids="r-1", partners=bad)
    features = [worlds.feature(i, name=bad if i == 0 else worlds.VILLAGES[i]) for i in range(5)]
    worlds.write_world(tmp_path, features=features, resources=[worlds.resource(i, name=bad) for i in range(5)], initiatives=[joint])
    monkeypatch.setenv("MAPA_DATA_DIR", str(tmp_path))
    cache.settings.clear()
    yield tmp_path
    cache.settings.clear()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("params", [{}, {"gmina": "2404052"}, {"gmina": "2404142"}, {"gmina": "nowhere"}])
def test_the_network_is_drawn_in_every_language(language: str, params: dict[str, str]) -> None:
    at = run(lang=language, **params)
    assert not at.exception
    shown = html(at)
    assert shown.count("<h1>") == 1 and len(re.findall(r'id="p-\w+"', shown)) == 5


def test_the_drawing_has_a_description_and_a_line_for_every_pair_of_gminas() -> None:
    at = run()
    dataset = cache.catalog().dataset
    found = network(dataset.items, dataset.gminas)
    assert re.search(r'<img class="net" alt="[^"]{40,}"', html(at))
    assert drawing(at).count('class="tie') == len(found.gmina_ties)
    assert drawing(at).count('class="area') == 31


def test_a_chosen_gmina_makes_the_other_ties_faint_and_narrows_the_tables() -> None:
    at = run(gmina="2404052")
    dataset = cache.catalog().dataset
    found = network(dataset.items, dataset.gminas)
    own = [tie for tie in found.gmina_ties if "2404052" in (tie.one, tie.other)]
    assert drawing(at).count('class="tie"') == len(own)
    assert drawing(at).count('class="tie faint"') == len(found.gmina_ties) - len(own)
    ties = html(at).split('id="p-ties"')[1].split('id="p-circles"')[0]
    assert all("Kłomnice" in row for row in re.findall(r'<th scope="row">(.*?)</th>', ties))


def test_every_gmina_with_joint_work_has_a_circle_and_one_of_its_authority_alone_is_empty() -> None:
    drawn, dataset = drawing(run()), cache.catalog().dataset
    found = network(dataset.items, dataset.gminas)
    own = {node.item.teryt for node in found.nodes.values()}
    assert drawn.count('class="hub') == len(own) and drawn.count('class="authority') == len(set(found.authorities) - own)
    assert "2406072" in found.authorities and "Popów" in drawn


def test_the_first_pairs_who_never_met_come_from_many_gminas() -> None:
    unmet = html(run()).split('id="p-unmet"')[1].split('id="p-connect"')[0]
    gminas = re.findall(r'<br><span class="quiet">([^<]+)</span>', unmet)
    assert len(gminas) == 12 and gminas.count("Częstochowa") <= 4


def test_what_a_connector_does_is_said_in_pairs_and_the_researchers_measure_is_folded_away() -> None:
    connect = html(run()).split('id="p-connect"')[1].split('id="p-ties"')[0]
    table, folded = connect.split("<details")
    assert "%" not in table and Translator("pl")("partners.connect.only") in table
    assert "Freeman 1977" in folded and "%" in folded


def test_on_a_phone_every_cell_names_its_column() -> None:
    shown = html(run())
    assert shown.count('class="tbl cards"') == 4 and "przesuń" not in shown.split('id="p-alone"')[0].lower()
    assert f'<span class="label">{Translator("pl")("partners.connect.only")}: </span>' in shown


def test_choosing_a_gmina_goes_into_the_address() -> None:
    at = run()
    at.selectbox(key="partners_gmina").set_value("2404142").run()
    assert param(at, "gmina") == "2404142"


def test_names_that_are_markup_are_text_on_the_page_and_in_the_drawing(made_up: Path) -> None:
    at = run()
    assert not at.exception
    assert "&lt;script&gt;" in html(at) and "<script" not in html(at)
    assert "<script" not in drawing(at) and "&lt;script&gt;" in drawing(at)


@pytest.mark.parametrize("name", PAYLOADS[::9])
def test_the_drawing_is_sound_xml_whatever_a_gmina_is_called(name: str, tmp_path: Path) -> None:
    from xml.etree import ElementTree

    from lib.catalog.load import load_dataset

    features = [worlds.feature(i, name=name) for i in range(5)]
    joint = worlds.initiative(0, organiser_ids="r-0", partner_ids="r-1")
    dataset = load_dataset(worlds.write_world(tmp_path, features=features, initiatives=[joint]))
    drawn = network_map.svg(network(dataset.items), dataset.boundaries, dataset.gminas, dark=True)
    ElementTree.fromstring(drawn)


def test_a_gmina_whose_authority_alone_worked_with_another_is_not_said_to_have_no_cooperation() -> None:
    t = Translator("pl")
    shown = html(run(gmina="2406072"))
    assert "Kłobuck – Popów" in shown and t("partners.ties.none") not in shown
    assert t("partners.circles.none") in shown


@pytest.mark.parametrize(("language", "said"), [("pl", "1 grupa współpracy"), ("en", "1 cooperation group,"), ("uk", "1 група співпраці")])
def test_one_group_is_said_in_the_singular(language: str, said: str) -> None:
    t = Translator(language)
    assert said in t("partners.counts", n=2, circles=t("partners.counts_circles", n=1), alone=0)
