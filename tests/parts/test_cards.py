"""Claims about cards: they tell what, where, how exactly, from when, and never say more than is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lib.analysis.initiatives import involvement
from lib.catalog.load import Dataset, load_dataset
from lib.domain.records import Item, Source
from lib.i18n import Translator
from lib.settings import DATA_DIR
from pages.parts.cards import Cards, card, facts
from tests.hostile import PAYLOADS
from tests.parts.test_html import tags

ITEM = Item(
    id="r-x",
    kind="resources",
    name="Klub w Garnku",
    category="senior_club",
    subkind="",
    teryt="2404052",
    locality="Garnek",
    address="",
    postal_code="",
    latitude=50.88,
    longitude=19.46,
    precision="locality",
    themes=("seniors",),
    groups=("seniors",),
    summary="",
    as_of="2019",
    sources=(Source("https://example.org/a", "2019", "2026-11"),),
    details={"phone": "34 123 45 67"},
)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(Path(DATA_DIR), DATA_DIR)


def cards(dataset: Dataset, language: str = "pl") -> Cards:
    return Cards(dataset, Translator(language), False, ("senior_club", "ngo"), {})


def test_a_card_names_place_precision_source_and_date(dataset: Dataset) -> None:
    text = card(cards(dataset), ITEM)
    told = ("Klub w Garnku", "Garnek, gmina Kłomnice", "położenie: miejscowość", "example.org", "stan na: 2019 (sprzed 7 lat)")
    for part in (*told, "tel:+48341234567"):
        assert part in text


def test_an_undated_page_says_when_it_was_read_instead_of_inventing_a_date(dataset: Dataset) -> None:
    undated = replace(ITEM, as_of="", sources=(Source("https://example.org/a", "", "2026-11"),))
    assert "strona bez daty, odczytana: listopad 2026" in card(cards(dataset), undated)


def test_a_distance_to_an_approximate_position_is_about(dataset: Dataset) -> None:
    rough = replace(ITEM, precision="gmina")
    found = dict(facts(cards(dataset), rough, 12.34))
    assert found["distance"] == "ok. 12,3 km" and "położenie przybliżone" in found["precision"]


def test_empty_facts_are_left_out(dataset: Dataset) -> None:
    keys = [key for key, _ in facts(cards(dataset), ITEM)]
    assert "organisers" not in keys and "krs" not in keys and "sources" in keys


@pytest.mark.parametrize("text", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_text_in_any_field_adds_no_element_and_no_script(dataset: Dataset, text: str) -> None:
    names = (
        "phone",
        "email",
        "website",
        "organisers",
        "partners",
        "funding",
        "amount_pln",
        "participants",
        "votes",
        "date_start",
        "status",
        "krs",
    )
    hostile = replace(
        ITEM,
        name=text,
        subkind=text,
        category=text,
        locality=text,
        address=text,
        summary=text,
        themes=(text,),
        groups=(text,),
        id=text,
        precision=text,
        sources=(Source(text, text, text),),
        details=dict.fromkeys(names, text),
    )
    found = tags(card(cards(dataset), hostile, distance_km=1.0))
    assert {tag for tag, _ in found} <= {"details", "summary", "span", "p", "dl", "dt", "dd", "a", "ul", "li"}
    for tag, attributes in found:
        assert not [name for name in attributes if name.startswith("on")]
        if tag == "a":
            assert (attributes["href"] or "").startswith(("http://", "https://", "mailto:", "tel:", "./?", "./inicjatywy?id="))


def test_an_organisation_names_the_initiatives_it_ran_or_joined_newest_first(dataset: Dataset) -> None:
    old = replace(ITEM, id="i-old", kind="initiatives", name="Dawny festyn", details={"organiser_ids": "r-x", "date_start": "2015"})
    new = replace(ITEM, id="i-new", kind="initiatives", name="Nowy festyn", details={"partner_ids": "r-y|r-x", "date_start": "2024-05"})
    known = replace(cards(dataset), involved=involvement([old, new]))
    markup = card(known, ITEM)
    assert markup.index("Nowy festyn") < markup.index("Dawny festyn")
    assert "./inicjatywy?id=i-new" in markup
