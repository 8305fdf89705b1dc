"""Free text understands Polish: case, diacritics, inflection, places, short names both ways, a typo, and unfinished words."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.catalog.catalog import Catalog
from lib.catalog.place_forms import adjective_forms, noun_forms
from lib.catalog.query import Query
from lib.catalog.text import TextIndex
from lib.catalog.words import Words, fold, load_rules, restored, tokenise
from lib.domain.vocabulary import Term
from tests.catalog.finding_world import ITEMS, WORLD, World, item

CATALOG = Catalog(WORLD)
WORDS = Words(["Kłobuck", "Częstochowa", "Żarki", "Garnek", "Konopiska", "Poczesna", "Wręczyca Wielka", "Nowa Wieś"])


def ids(text: str, catalog: Catalog = CATALOG, **filters: object) -> list[str]:
    return [catalog.item(row).id for row in catalog.search(Query(text=text, **filters)).rows]  # type: ignore[arg-type]


def shelf(*names: str) -> Catalog:
    """A catalog of resources with these names and nothing else; the id is the name."""
    return Catalog(World(tuple(item(name, name) for name in names)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Koło Gospodyń", ["koło", "gospodyń"]),
        ("K.G.W. w Borze", ["kgw", "borze"]),
        ("„Złota Jesień”, 42-290", ["złota", "jesień", "42-290"]),
        ("Senior+ 3", ["senior", "3"]),
        ("Przystań sp. z o.o.", ["przystań"]),
        ("miejsko-gminny", ["miejsko", "gminny"]),
        ("?!…", []),
    ],
)
def test_words_are_found_in_a_text(text: str, words: list[str]) -> None:
    assert tokenise(text) == words


def test_folding_drops_every_diacritic_and_keeps_other_alphabets() -> None:
    assert fold("zażółćgęśląjaźń") == "zazolcgeslajazn"
    assert fold("бібліотека") == "бібліотека"


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("kołom", "kolo"), ("kół", "kolo"), ("gospodyń", "gospodyni"), ("seniorów", "senior"), ("seniora", "senior"), ("kluby", "klub"),
        ("świetlicy", "swietlica"), ("strażacy", "strazak"), ("niepełnosprawnych", "niepelnosprawny"), ("stowarzyszeń", "stowarzyszenie"),
        ("szkoleń", "szkolenie"), ("działanie", "dzialanie"), ("działań", "dzialanie"), ("2024", "2024"),
    ],
)  # fmt: skip
def test_an_inflected_word_is_traced_to_its_lemma(form: str, lemma: str) -> None:
    assert WORDS.lemma(form) == lemma


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("kłobucku", "klobuck"), ("kłobuckiem", "klobuck"), ("kłobucka", "klobuck"), ("częstochowie", "czestochowa"),
        ("częstochowę", "czestochowa"), ("żarkach", "zarki"), ("żarek", "zarki"), ("garnku", "garnek"), ("garnka", "garnek"),
        ("konopisk", "konopiska"), ("konopiskach", "konopiska"), ("wręczycy", "wreczyca"),
    ],
)  # fmt: skip
def test_an_inflected_name_is_traced_to_its_place(form: str, place: str) -> None:
    assert place in WORDS.terms(form)


def test_a_town_in_a_case_is_not_the_adjective_that_the_dictionary_sees_in_it() -> None:
    assert WORDS.terms("kłobucku") == ("klobuck",)
    assert WORDS.terms("kłobucki") == WORDS.terms("kłobuckiego") == ("klobucki",)


def test_a_name_that_is_an_adjective_is_declined_by_the_dictionary() -> None:
    assert set(WORDS.terms("wielkiej")) <= set(WORDS.terms("wielka"))
    assert set(WORDS.terms("poczesnej")) <= set(WORDS.terms("poczesna"))


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("lubojna", {"lubojny", "lubojnie"}), ("rudnik", {"rudnika", "rudniku", "rudnikiem"}), ("myszkow", {"myszkowie", "myszkowa"}),
        ("klomnice", {"klomnic", "klomnicach", "klomnicom"}), ("lipie", {"lipia", "lipiu"}), ("miedzno", {"miedzna", "miedznie"}),
        ("lgota", {"lgocie", "lgoty"}), ("kaleja", {"kalei", "kaleje"}), ("kamieniec", {"kamienca", "kamiencu"}),
        ("wies", {"wsi"}), ("koziegłowy".replace("ł", "l"), {"kozieglow", "kozieglowach"}), ("opatow", {"opatowem"}),
    ],
)  # fmt: skip
def test_the_cases_of_a_place_name_are_made_by_rule(name: str, forms: set[str]) -> None:
    assert forms <= noun_forms(name)


@pytest.mark.parametrize(
    ("name", "adjective"),
    [("klobuck", "klobucki"), ("czestochowa", "czestochowski"), ("zarki", "zarecki"), ("klomnice", "klomnicki"), ("poraj", "porajski"),
     ("myszkow", "myszkowski"), ("olsztyn", "olsztynski"), ("wreczyca", "wreczycki")],
)  # fmt: skip
def test_the_adjective_of_a_place_is_made_by_rule(name: str, adjective: str) -> None:
    assert adjective_forms(name)[adjective] == adjective
    assert adjective_forms(name)[adjective + "ego"] == adjective


def test_a_word_without_diacritics_is_restored() -> None:
    assert restored("strazacy") == ["strażacy"]
    assert "koła" in restored("kola")
    assert restored("zzzzzzzzzzzzzzzzzzzz") == []


@pytest.mark.parametrize("text", ["klub seniora w Łąkach", "KLUBY SENIORÓW ŁĄKI", "klub seniora laki", "klubem seniora, w Lakach!"])
def test_a_club_is_found_however_it_is_written(text: str) -> None:
    assert ids(text)[0] == "r-klub"


@pytest.mark.parametrize("text", ["KGW", "kgw", "koło gospodyń wiejskich", "kołom gospodyń", "kolo gospodyn", "K.G.W."])
def test_a_short_name_and_its_full_name_are_one(text: str) -> None:
    catalog = Catalog(World((item("short", "KGW Bór"), item("full", "Koło Gospodyń Wiejskich w Łąkach"), item("other", "Koło wędkarskie"))))
    result = catalog.search(Query(text=text))
    assert {catalog.item(row).id for row in result.rows} == {"short", "full"}
    assert result.scores is not None
    assert (result.scores > 0).all()


@pytest.mark.parametrize(("short", "phrases"), load_rules().abbreviations.items())
def test_every_short_name_works_both_ways(short: str, phrases: tuple[str, ...]) -> None:
    catalog = shelf(f"{short.upper()} Alfa", f"{phrases[0]} Beta", "Zupełnie kto inny")
    expected = {f"{short.upper()} Alfa", f"{phrases[0]} Beta"}
    assert set(ids(short, catalog)) == expected
    assert set(ids(phrases[0], catalog)) == expected


def test_an_unfinished_full_name_finds_the_short_one() -> None:
    assert ids("gospodynie", shelf("KGW Bór", "OSP Bór")) == ["KGW Bór"]


@pytest.mark.parametrize("text", ["bibloteka", "biblioteak", "biblotek", "bibliotekka"])
def test_a_typing_error_or_two_are_forgiven(text: str) -> None:
    assert ids(text)[0] == "r-bib"


def test_a_short_word_is_not_guessed() -> None:
    assert ids("ksp", shelf("OSP Bór")) == []


def test_a_rightly_spelt_word_is_never_taken_for_another() -> None:
    assert ids("kasza", shelf("Kasza", "Kasa")) == ["Kasza"]


def test_the_last_word_may_be_unfinished() -> None:
    assert ids("bib")[0] == "r-bib"
    assert ids("klub sen")[0] == "r-klub"


def test_a_place_is_found_in_any_case_form_and_by_its_adjective() -> None:
    assert set(ids("w Łąkach")) >= {"r-klub", "r-bib", "i-mini"}
    assert ids("stowarzyszenia powiatu źródlanego")[0] == "r-ngo"


def test_a_word_in_the_name_beats_the_same_word_elsewhere() -> None:
    world = World((item("body", "Alfa", summary="chór"), item("name", "Chór Beta"), item("head", "Gamma i chór")))
    assert ids("chór", Catalog(world)) == ["name", "head", "body"]


def test_all_words_are_wanted_and_the_closest_is_shown_when_none_has_all() -> None:
    assert ids("klub seniora", shelf("Klub seniora", "Klub sportowy", "Rada seniorów")) == ["Klub seniora"]
    assert set(ids("klub seniora", shelf("Klub sportowy", "Rada seniorów", "OSP"))) == {"Klub sportowy", "Rada seniorów"}


def test_what_is_looked_for_counts_more_than_where_when_no_record_has_both() -> None:
    assert ids("biblioteka w Borze")[0] == "r-bib"


def test_a_word_that_leads_nowhere_is_left_aside_and_alone_finds_nothing() -> None:
    assert ids("klub seniora qwertyuiop") == ids("klub seniora")
    assert ids("qwertyuiop") == []


@pytest.mark.parametrize("text", ["", "   ", "?!", "w", "w z na"])
def test_a_text_without_a_word_to_look_for_hides_nothing(text: str) -> None:
    assert len(ids(text)) == len(ITEMS)


def test_equal_matches_stand_by_distance_when_a_place_is_set_and_else_by_name() -> None:
    world = World((item("a", "KGW Zorza", "kgw", at="9901012-debowa"), item("b", "KGW Alfa", "kgw", at="9902011-zrodla")))
    assert ids("kgw", Catalog(world)) == ["b", "a"]
    assert ids("kgw", Catalog(world), near="9901012-bor") == ["a", "b"]


def test_scores_lie_between_zero_and_one_and_fall() -> None:
    result = CATALOG.search(Query(text="seniorzy w Łąkach"))
    assert result.scores is not None
    assert result.scores[0] == 1
    assert (np.diff(result.scores) <= 0).all()
    assert (result.scores > 0).all()


def test_text_and_filters_hold_together() -> None:
    assert ids("łąki", kinds=("initiatives",)) == ["i-mini"]
    assert CATALOG.facets(Query(text="łąki"))["kinds"] == {"resources": 2, "initiatives": 1}


def test_labels_are_found_in_the_other_languages_of_the_screens() -> None:
    singular = {"pl": "biblioteka", "en": "library", "uk": "бібліотека"}
    label = Term("library", singular, {"pl": "biblioteki", "en": "libraries", "uk": "бібліотеки"})
    world = World((item("x", "Filia nr 3", "library"),), vocabularies={"category": {"library": label}})
    assert [ids(text, Catalog(world)) for text in ("library", "libraries", "бібліотека", "biblioteki")] == [["x"]] * 4


def test_everyday_words_lead_to_the_category() -> None:
    assert "r-osp" in ids("strażacy")


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=60))
def test_any_text_is_answered_without_an_error(text: str) -> None:
    result = CATALOG.search(Query(text=text))
    assert 0 <= result.total <= len(ITEMS)


def test_the_same_question_has_the_same_answer_in_a_new_index() -> None:
    again = Catalog(WORLD)
    for text in ("klub seniora", "w Łąkach", "kgw", "bib", "zrodlo"):
        assert ids(text) == ids(text, again)


def test_only_the_last_answers_are_remembered() -> None:
    catalog = shelf("Alfa", "Beta")
    for number in range(40):
        catalog.text_scores(f"alfa {number}")
    assert len(catalog._text_answers) <= 16


def test_many_threads_build_one_index(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[TextIndex] = []
    original = TextIndex.__init__
    monkeypatch.setattr(TextIndex, "__init__", lambda self, dataset: (built.append(self), original(self, dataset))[1])  # type: ignore[func-returns-value]
    catalog = shelf("Klub seniora", "OSP")
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(ids("klub", catalog))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["Klub seniora"]] * 8
    assert len(built) == 1


def test_the_index_can_be_prepared_before_the_first_question() -> None:
    catalog = shelf("Klub seniora", "OSP")
    catalog.prepare_text()
    assert ids("klub", catalog) == ["Klub seniora"]
