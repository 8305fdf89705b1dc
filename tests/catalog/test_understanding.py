"""Claims about reading an idea: words of three languages lead to the same meanings, and nothing that is typed can break it."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.catalog.query import MAX_IDEA
from lib.catalog.understanding import KINDS, LANGUAGES, MAX_THEMES, Reader, Reading, amount_of, clean_idea, load_table
from lib.catalog.words import Words
from tests.catalog.understanding_cases import CASES
from tests.hostile import PAYLOADS
from tests.worlds import PROJECT_DATA

PLACES = ("Kłobuck", "Zawodzie", "Dankowice Pierwsze", "Przyrów")


@cache
def reader() -> Reader:
    return Reader(Words(PLACES))


@pytest.mark.parametrize(("text", "themes", "groups", "places"), CASES, ids=lambda value: str(value)[:40])
def test_a_text_is_read_as_a_person_would(text: str, themes: str, groups: str, places: str) -> None:
    found = reader().read(text)
    assert (set(found.themes), set(found.groups), set(found.categories)) == (set(themes.split()), set(groups.split()), set(places.split()))


def test_each_word_says_what_it_was_taken_for() -> None:
    found = reader().read("Zajęcia komputerowe dla seniorów z bździągwą")
    assert [(read.text, read.concept) for read in found.words] == [
        ("Zajęcia", "classes"),
        ("komputerowe", "computers"),
        ("seniorów", "seniors"),
    ]
    assert found.unknown == ("bździągwą",)


def test_the_name_of_a_place_is_neither_a_topic_nor_missed() -> None:
    found = reader().read("zawody na Zawodziu w Przyrowie")
    assert [read.text for read in found.words] == ["zawody"]
    assert found.unknown == ()


def test_a_phrase_wins_over_its_words() -> None:
    assert reader().read("budżet obywatelski").concepts == ("vote",)
    assert "civic" in reader().read("inicjatywa obywatelska").concepts


def test_an_ordinal_in_a_phrase_is_no_village() -> None:
    assert reader().read("kurs pierwszej pomocy").concepts == ("classes", "first_aid")


def test_what_an_idea_only_touches_does_not_lead() -> None:
    found = reader().read("plac zabaw")
    assert found.themes == ("family", "sport") and found.leading == ("family",)


def test_themes_named_by_more_words_come_first_and_at_most_four_are_guessed() -> None:
    found = reader().read("seniorzy, emeryci i renciści: komputery, chór, boisko, prawo, las, praca")
    assert found.themes[0] == "seniors" and len(found.themes) == MAX_THEMES


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("za 8 tys. zł", 8_000),
        ("12 000 zł", 12_000),
        ("12.500 zł", 12_500),
        ("5000 PLN", 5_000),
        ("50 thousand PLN", 50_000),
        ("50 тис. злотих", 50_000),
        ("1 mln zł", 1_000_000),
        ("99,50 zł", 99.5),
        ("0 zł", None),
        ("999999999 mln zł", None),
        ("30 seniorów", None),
        ("dla 12 osób w 2025", None),
        ("", None),
    ],
)
def test_an_amount_of_money_is_read_with_its_unit(text: str, amount: float | None) -> None:
    assert amount_of(text) == amount


def test_a_long_text_is_read_to_its_limit_and_says_so() -> None:
    text, cut = clean_idea("seniorzy " * 5_000)
    assert len(text) <= MAX_IDEA and cut
    assert clean_idea("krótki pomysł") == ("krótki pomysł", False)


def test_words_of_no_weight_are_not_looked_for() -> None:
    assert reader().strong(("chcemy", "mieszkańców", "bździągwa")) == ("bździągwa",)


@pytest.mark.parametrize("text", PAYLOADS)
def test_hostile_text_is_only_text(text: str) -> None:
    assert isinstance(reader().read(text), Reading)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_the_same_twice_and_never_fails(text: str) -> None:
    assert reader().read(text) == reader().read(text)


def test_the_table_uses_codes_that_exist_and_says_every_meaning_in_three_languages() -> None:
    codes = {
        name: {line.split(",")[0] for line in (PROJECT_DATA / "vocabularies" / f"{name}.csv").read_text(encoding="utf-8").splitlines()}
        for name in ("theme", "target_group", "category")
    }
    for concept in load_table().concepts.values():
        assert concept.kind in KINDS
        assert all(concept.labels[language].strip() for language in LANGUAGES)
        assert set(concept.themes) <= codes["theme"] and set(concept.groups) <= codes["target_group"]
        assert set(concept.categories) <= codes["category"]
        assert (concept.kind != "topic") or concept.themes, concept.id


def test_no_word_of_the_table_stands_twice_in_one_meaning() -> None:
    entries = load_table().entries
    doubles = {entry for entry in entries if entries.count(entry) > 1}
    assert doubles == set()


def test_every_meaning_has_words_in_every_language() -> None:
    told = {(concept, language) for concept, language, _ in load_table().entries}
    assert {(concept, language) for concept in load_table().concepts for language in LANGUAGES} == told
