"""Which records a brief tells, in which order and for which reasons: worked out by hand in five made-up villages seven kilometres apart."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from lib.analysis.network import authority
from lib.catalog.catalog import Catalog
from lib.geo.travel import DETOUR
from lib.i18n import Translator
from lib.reports.brief import Gap, brief
from lib.reports.brief_gaps import gaps_of
from lib.reports.document import Bullets, Fields, Figures, Paragraph, Question, Table
from lib.reports.facts import SIZES, Meeting, Rows, collect, count_bodies, groups
from lib.reports.partners import centre, chosen, partners, share
from lib.reports.programmes import programmes
from tests import worlds
from tests.reports.briefs import CITY, THIN, assessments, catalog, cell_texts, made_up, paragraphs, plain, runs, said, world

ALFOWO, BETOWO = worlds.TERYTS[0], worlds.TERYTS[1]
APART_KM = 7.05
"""0.1 degree of longitude at latitude 50.85, by the formula for a sphere: 111.32 km * cos(50.85°) / 10."""


def names(found: object) -> list[str]:
    return [one.item.name for _, group in found.groups for one in group]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("counts", "rows", "expected"),
    [
        ([5, 1, 2], 8, [5, 1, 2]),
        ([5, 1, 2], 6, [3, 1, 2]),
        ([5, 1, 2], 4, [2, 1, 1]),
        ([5, 1, 2], 2, [1, 1, 1]),
        ([], 3, []),
        ([260, 3], 10, [7, 3]),
    ],
)
def test_rows_go_round_as_equally_as_the_counts_allow(counts: list[int], rows: int, expected: list[int]) -> None:
    assert share(counts, rows) == expected


def test_records_with_a_contact_come_first_then_active_then_newer_ones(tmp_path: Path) -> None:
    rows = [
        worlds.resource(0, id="r-a", name="Stare", as_of="2015", status="active"),
        worlds.resource(0, id="r-b", name="Nieznane", as_of="2026", status="unknown"),
        worlds.resource(0, id="r-c", name="Nowe", as_of="2025", status="active"),
        worlds.resource(0, id="r-d", name="Z kontaktem", as_of="2011", status="unknown", phone="34 300 00 00"),
    ]
    found = world(tmp_path, resources=rows)
    (group,) = groups([i for i in found.dataset.items if i.kind == "resources"], ("kgw",), 3)
    assert [item.name for item in group.shown] == ["Z kontaktem", "Nowe", "Stare"]
    assert group.total == 4


def test_distances_start_at_the_place_of_the_gminas_name_else_the_largest_else_the_label(tmp_path: Path) -> None:
    hamlet = worlds.locality(0, id="x-hamlet", locality="Wielkie", population="9999")
    found = world(tmp_path, localities=[hamlet, worlds.locality(0), worlds.locality(1, locality="Inne")])
    gminas = found.dataset.gminas
    assert [centre(found, gminas[teryt]).name for teryt in worlds.TERYTS[:3]] == ["Alfowo", "Inne", "Gammowo"]


def test_partners_are_those_of_the_gmina_and_those_within_reach_by_road(tmp_path: Path) -> None:
    """Betowo is 7.05 km away in a straight line, 8.8 by road; Gammowo 17.6: beyond 15."""
    found = world(tmp_path)
    gmina = found.dataset.gminas[ALFOWO]
    near = partners(found, gmina, (), centre(found, gmina))
    assert names(near) == ["Koło zmyślone 0", "Koło zmyślone 1"]
    assert [one.km for one in near.groups[0][1]] == pytest.approx([0.0, APART_KM * DETOUR], abs=0.1)
    assert names(partners(found, gmina, (), centre(found, gmina), km=18)) == ["Koło zmyślone 0", "Koło zmyślone 1", "Koło zmyślone 2"]
    assert names(partners(found, gmina, (), centre(found, gmina), km=8)) == ["Koło zmyślone 0"]


def test_who_is_known_by_a_gmina_only_is_listed_at_home_and_counted_elsewhere(tmp_path: Path) -> None:
    rough = {"precision": "gmina", "locality": ""}
    rows = [worlds.resource(0, **rough), worlds.resource(1, **rough)]
    found = world(tmp_path, resources=rows, initiatives=[])
    gmina = found.dataset.gminas[ALFOWO]
    near = partners(found, gmina, (), centre(found, gmina))
    assert names(near) == ["Koło zmyślone 0"]
    assert math.isnan(near.groups[0][1][0].km)
    assert near.unplaced == 1


def test_reasons_are_initiatives_and_themes_of_stated_needs(tmp_path: Path) -> None:
    """Circle 0 ran the festival, circle 1 joined it and shares the theme of the need: two kinds of reasons come before one.

    The gmina's own come first all the same, even circle 9, for which no record gives a reason.
    """
    festival = worlds.initiative(1, partner_ids="r-1", partners="Koło zmyślone 1", organisers="Koło zmyślone 8", organiser_ids="r-8")
    circles = [worlds.resource(1, themes="health|culture"), worlds.resource(1, id="r-8"), worlds.resource(0, id="r-9")]
    found = world(tmp_path, resources=circles, initiatives=[festival], needs=[worlds.need(0)])
    facts = collect(found, ALFOWO)
    (own, first, second) = facts.partners.groups[0][1]
    assert (own.item.id, own.here, own.reasons) == ("r-9", True, 0)
    assert (first.item.id, first.reasons, first.themes, len(first.joined)) == ("r-1", 2, ("health",), 1)
    assert (second.item.id, second.reasons, len(second.ran)) == ("r-8", 1, 1)


def guests(found: Catalog, **options: object) -> tuple[list[list[str]], str]:
    """The rows of the list of guests of Alfowo with their first cell, and the sentences above it."""
    document = made_up(found, 0, **options)
    section = next(part for part in document.sections if part.key == "partners")
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    return [cell_texts(row) for row in table.rows], paragraphs(document, "partners")[0]


def test_organisations_of_the_gmina_are_never_cut_for_others(tmp_path: Path) -> None:
    """Two rows are asked for; the gmina has four circles, and the neighbour with a reason stands behind them."""
    mine = [worlds.resource(0, id=f"r-own-{n}", name=f"Nasze {n}") for n in range(4)]
    theirs = [worlds.resource(1), worlds.resource(1, id="r-choir", name="Chór", category="ensemble")]
    rows, told = guests(world(tmp_path, resources=[*mine, *theirs], initiatives=[worlds.initiative(1)]), rows=Rows(partners=2))
    assert [row[0].split(" · ")[0] for row in rows] == ["KGW: 5", *(f"Nasze {n}" for n in range(4)), "Koło zmyślone 1", *EDGE]
    assert rows[0] == ["KGW: 5 · z tej gminy: 4"]
    assert "wszystkie 4" in told


EDGE = ("Zespoły i orkiestry: 1", "Chór")


@pytest.mark.parametrize("key", ["partners.own_all", "partners.own_all_in_reach", "resources.contacts_none", "resources.contacts_all"])
def test_twenty_one_which_ukrainian_counts_like_one_is_never_called_the_only_one(key: str) -> None:
    assert "21" in Translator("uk")(f"brief.{key}", n=21, known=21, shown=21, total=21, more=0)


def test_more_own_organisations_than_a_list_holds_are_shared_out_and_the_rest_is_counted(tmp_path: Path) -> None:
    mine = [worlds.resource(0, id=f"r-own-{n}", name=f"Nasze {n}") for n in range(4)]
    rows, told = guests(world(tmp_path, resources=mine, initiatives=[]), rows=Rows(partners=2, own=3))
    assert rows[0] == ["KGW: 2 z 4 · z tej gminy: 2 z 4"]
    assert "2 z 4" in told and "Pozostałe (2)" in told


def test_the_third_question_names_the_gminas_own_before_others(tmp_path: Path) -> None:
    document = made_up(world(tmp_path, initiatives=[worlds.initiative(1)]), 0)
    question = [b for s in document.sections for b in s.blocks if isinstance(b, Question)][2]
    assert [plain(said(fact)) for fact in question.facts] == [
        "Z tej gminy: Koło zmyślone 0",
        "Z okolicy, z powodami w danych: Koło zmyślone 1 (prowadzone inicjatywy: 1, ostatnio 2024)",
    ]


def test_a_meeting_measures_from_its_venue_and_restricts_partners_to_its_reach(tmp_path: Path) -> None:
    found = world(tmp_path)
    meeting = Meeting("Remiza zmyślona", worlds.LATITUDE, worlds.longitude(1), "2027-03-04", km=5)
    facts = collect(found, ALFOWO, meeting=meeting)
    assert names(facts.partners) == ["Koło zmyślone 1"]
    document = made_up(found, meeting=meeting)
    assert plain(document.occasion) == "Spotkanie: Remiza zmyślona, czwartek, 4 marca 2027 · zasięg: 5 km drogą (szacunek)"
    assert "Remiza zmyślona" in paragraphs(document, "partners")[0]


def test_programmes_are_recent_old_or_undated_by_the_datas_own_year(tmp_path: Path) -> None:
    """Pages were read in 2026: 2024 is recent, 2023 is history."""
    rows = [
        worlds.programme(1, as_of="2024", area_codes="PL"),
        worlds.programme(2, as_of="2026", area_codes="99", themes="health"),
        worlds.programme(3, as_of="2023"),
        worlds.programme(4, as_of=""),
        worlds.programme(5, as_of="2025", area_codes=BETOWO),
    ]
    found = world(tmp_path, funding=rows, needs=[worlds.need(0)])
    result = programmes(found.dataset.items, found.dataset.gminas, ALFOWO)
    assert [one.item.id for one in result.recent] == ["f-2", "f-1"]
    assert [one.item.id for one in result.older] == ["f-3"]
    assert [one.item.id for one in result.undated] == ["f-4"]
    assert result.present == 2026
    assert result.recent[0].themes == ("health",)


def test_lessons_are_counts_with_what_they_rest_on(tmp_path: Path) -> None:
    rows = [
        worlds.initiative(0, amount_pln="500", funding="LEADER", partners="Szkoła", participants="40"),
        worlds.initiative(0, id="i-9", date_start="2019", date_end="", amount_pln="1500", funding="LEADER"),
        worlds.initiative(0, id="i-8", date_start="", date_end="", organisers="Inni", organiser_ids="", kind="miniforum"),
    ]
    found = collect(world(tmp_path, initiatives=rows), ALFOWO).lessons
    assert (found.total, found.first_year, found.last_year, found.undated) == (3, 2019, 2024, 1)
    assert dict(found.organisers) == {"Koło zmyślone 0": 2, "Inni": 1}
    assert (found.joint, dict(found.partners)) == (1, {"Szkoła": 1})
    assert (found.funded, dict(found.funds)) == (2, {"LEADER": 2})
    assert (found.amounts.known.count, found.amounts.least, found.amounts.most) == (2, 500.0, 1500.0)
    assert found.participants.count == 1
    assert [item.id for item in found.meetings] == ["i-8"]


def test_a_gmina_of_which_nothing_is_known_says_so_in_every_section(tmp_path: Path) -> None:
    document = made_up(world(tmp_path), 4, rows=Rows())
    empty = made_up(world(tmp_path / "none", resources=[], initiatives=[], needs=[], funding=[], demography=[]), 0)
    t = Translator("pl")
    assert paragraphs(document, "needs")[0] == plain(t("gmina.needs.none"))
    for section, key in (
        ("people", "gmina.people.unknown"),
        ("resources", "gmina.resources.none"),
        ("initiatives", "gmina.timeline.none"),
        ("partners", "brief.partners.none"),
        ("programmes", "brief.programmes.none"),
    ):
        assert paragraphs(empty, section)[0] == plain(t(key))
    questions = [b for s in empty.sections for b in s.blocks if isinstance(b, Question)]
    assert len(questions) == 5
    assert all(question.facts and question.lines >= 3 for question in questions)


def test_without_an_assessment_the_section_about_gaps_says_that_missing_records_are_holes(tmp_path: Path) -> None:
    found = paragraphs(made_up(world(tmp_path)), "gaps")
    assert found[0] == plain(Translator("pl")("brief.gaps.unassessed"))


def test_every_assessed_service_stands_in_the_table_beside_what_would_be_usual(tmp_path: Path) -> None:
    told = Gap("Kluby seniora", "0", "1,5", "mniej niż średnio", "opiera się na 1 stronie")
    undecided = Gap("Biblioteki", "1", "0,4", "niepewne", open=True)
    meeting = Gap("Ostatnie Miniforum", "", "", "nie wiadomo", known=False)
    document = made_up(world(tmp_path), gaps=[told, undecided, meeting])
    section = next(part for part in document.sections if part.key == "gaps")
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    assert [cell_texts(row) for row in table.rows] == [
        ["Kluby seniora", "0", "1,5", "mniej niż średnio · opiera się na 1 stronie"],
        ["Biblioteki", "1", "0,4", "niepewne"],
        ["Ostatnie Miniforum", "–", "–", "nie wiadomo"],
    ]
    explained = paragraphs(document, "gaps")[1]
    assert "Niepewne" in explained and "Nie wiadomo" in explained and "wygładzonego" in explained
    question = next(b for s in document.sections for b in s.blocks if isinstance(b, Question))
    assert "Kluby seniora – mniej niż średnio" in " ".join(plain(said(fact)) for fact in question.facts)


def test_the_agenda_says_each_verdict_once_and_apart_of_which_services_the_data_cannot_tell(tmp_path: Path) -> None:
    told = [
        Gap("Biblioteki", "0", "1", "nie wiadomo", known=False),
        Gap("Kluby seniora", "0", "2", "mniej niż średnio"),
        Gap("Domy kultury", "0", "1", "nie wiadomo", known=False),
        Gap("KGW", "1", "6", "mniej niż średnio"),
    ]
    question = next(b for s in made_up(world(tmp_path), gaps=told).sections for b in s.blocks if isinstance(b, Question))
    text = " ".join(plain(said(fact)) for fact in question.facts)
    assert "Ocena usług: Kluby seniora, KGW – mniej niż średnio." in text
    assert "Biblioteki, Domy kultury." in text
    assert "nie wiadomo" not in text


def test_an_old_call_is_called_history_with_its_year(tmp_path: Path) -> None:
    document = made_up(world(tmp_path, funding=[worlds.programme(1, as_of="2021")]))
    section = next(part for part in document.sections if part.key == "programmes")
    assert not any(isinstance(block, Table) for block in section.blocks)
    (listed,) = (block for block in section.blocks if isinstance(block, Bullets))
    assert plain(said(listed.items[0])) == "2021: Program zmyślony 1"
    assert any("historia" in text for text in paragraphs(document, "programmes"))


def test_key_figures_are_those_of_the_records(tmp_path: Path) -> None:
    document = made_up(world(tmp_path), 0)
    (figures,) = (block for block in document.summary if isinstance(block, Figures))
    assert [plain(number) for number, _ in figures.pairs] == ["1 000", "1", "1", "0", "1"]


def test_the_figure_of_programmes_counts_those_described_lately_and_says_so(tmp_path: Path) -> None:
    rows = [worlds.programme(1), worlds.programme(2, as_of="2019"), worlds.programme(3, as_of="")]
    document = made_up(world(tmp_path, funding=rows), 0)
    (figures,) = (block for block in document.summary if isinstance(block, Figures))
    assert tuple(map(plain, figures.pairs[-1])) == ("1", "programy opisane od 2024 r.")


def test_the_first_page_says_how_much_the_brief_rests_on(tmp_path: Path) -> None:
    """Two records of Alfowo, both from the one made-up page; every village has two, so the median is two."""
    document = made_up(world(tmp_path, resources=[worlds.resource(n, as_of="") for n in range(5)]), 0)
    told = plain(said(document.summary[-1].text))  # type: ignore[union-attr]
    assert told == "Podstawą są 2 wpisy z tej gminy (mediana gmin subregionu: 2) z 1 strony; 1 nie ma daty."


def programme_rows(found: Catalog, language: str = "pl") -> tuple[list[list[str]], list[str]]:
    section = next(part for part in made_up(found, 0, language).sections if part.key == "programmes")
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    return [cell_texts(row) for row in table.rows], [plain(said(b.text)) for b in section.blocks if isinstance(b, Paragraph)]


def test_a_programme_whose_last_known_call_is_over_says_so_and_comes_last(tmp_path: Path) -> None:
    rows = [worlds.programme(1, call_pattern_pl="do 31 maja 2025", area_codes=ALFOWO), worlds.programme(2)]
    found = world(tmp_path, funding=rows)
    told, notes = programme_rows(found)
    assert ["minął (2025)" in row[0] for row in told] == [False, True]
    assert any("zapytaj operatora" in note for note in notes)
    question = [b for s in made_up(found, 0).sections for b in s.blocks if isinstance(b, Question)][4]
    text = plain(said(question.facts[-1]))
    assert text.index("Program zmyślony 2") < text.index("Program zmyślony 1") < text.index("minął (2025)")


def test_a_description_from_somebody_elses_page_names_the_programmes_own_site(tmp_path: Path) -> None:
    rows = [worlds.programme(1, url="https://www.fundacja.example.net/granty"), worlds.programme(2, url="https://www.example.org")]
    told, notes = programme_rows(world(tmp_path, funding=rows))
    assert ["strona programu: fundacja.example.net" in row[0] for row in told] == [True, False]
    assert any("1 z 2 programów" in note for note in notes)


@pytest.mark.parametrize(("language", "amount"), [("pl", "1 000–5 000 zł"), ("en", "PLN 1,000–5,000"), ("uk", "1 000–5 000 злотих")])
def test_a_range_of_money_has_its_currency_once_where_the_language_puts_it(tmp_path: Path, language: str, amount: str) -> None:
    told, _ = programme_rows(world(tmp_path, funding=[worlds.programme(1)]), language)
    assert told[0][2].startswith(f"{amount};")


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        (("", ""), "Żaden z 2 wpisów nie ma kontaktu"),
        (("34 300 00 00", ""), "Kontakt do instytucji ma 1 z 2 wpisów"),
        (("34 300 00 00", "34 300 00 01"), "Wszystkie 2 wpisy mają kontakt"),
    ],
)
def test_how_many_records_have_a_contact_is_said_for_none_some_and_all(tmp_path: Path, contacts: tuple[str, str], expected: str) -> None:
    rows = [worlds.resource(0, id=f"r-{n}", phone=phone) for n, phone in enumerate(contacts)]
    assert expected in paragraphs(made_up(world(tmp_path, resources=rows, initiatives=[])), "resources")[0]


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_neighbours_are_said_to_be_those_of_the_subregion(tmp_path: Path, language: str) -> None:
    question = [b for s in made_up(world(tmp_path), 0, language).sections for b in s.blocks if isinstance(b, Question)][3]
    word = {"pl": "w subregionie", "en": "in the subregion", "uk": "в субрегіоні"}[language]
    assert any(word in plain(said(fact)) and "Betowo" in said(fact) for fact in question.facts)


@pytest.mark.parametrize("language", ["en", "uk"])
def test_polish_names_calls_and_needs_are_marked_as_polish_and_said_to_be(tmp_path: Path, language: str) -> None:
    joint = worlds.initiative(0, partners="Szkoła zmyślona", funding="Budżet zmyślony")
    document = made_up(world(tmp_path, initiatives=[joint], needs=[worlds.need(0)], funding=[worlds.programme(1)]), 0, language)
    polish = {run.text for run in runs(document) if run.lang == "pl"}
    assert {"Szkoła zmyślona", "Budżet zmyślony", "co roku", "Koło zmyślone 0", "Zmyślona potrzeba 0"} <= {plain(text) for text in polish}
    word = {"en": "in Polish", "uk": "польською"}[language]
    assert word in said(document.summary[1].text)  # type: ignore[union-attr]
    columns = [column.label for s in document.sections for b in s.blocks if isinstance(b, Table) for column in b.columns]
    assert any(word in label for label in columns)


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_the_brief_is_called_as_on_the_screens(tmp_path: Path, language: str) -> None:
    t, found = Translator(language), world(tmp_path)
    meeting = Meeting("Remiza zmyślona", worlds.LATITUDE, worlds.longitude(0))
    assert t("brief.screen.button", form="PDF") == f"{made_up(found, 0, language).kind} (PDF)"
    assert t("plan.take.brief_lead").startswith(f"{made_up(found, 0, language, meeting=meeting).kind}: ")
    assert made_up(found, 0, language).kind != made_up(found, 0, language, meeting=meeting).kind


def test_an_unknown_gmina_is_a_key_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        brief(world(tmp_path), "0000000", Translator("pl"))


def test_estimated_people_carry_the_warning_and_official_ones_do_not(tmp_path: Path) -> None:
    shared = worlds.people(1, basis="powiat_2025_by_electors", gus_total="1250", gus_total_year="2024")
    found = world(tmp_path, demography=[worlds.people(0), shared])
    notice = {
        village: [
            block for s in made_up(found, village).sections if s.key == "people" for block in s.blocks if isinstance(block, Paragraph)
        ]
        for village in (0, 1)
    }
    texts = {village: [said(block.text) for block in blocks if block.role == "notice"] for village, blocks in notice.items()}
    assert "urzędowe" in texts[0][0].lower()
    assert "−20,0%" in texts[1][0]


def test_who_has_been_active_in_the_gmina_is_invited_from_any_distance_with_the_initiative_as_source(tmp_path: Path) -> None:
    """Epsilonowo is 35 km off by road; its circle paid for the festival of Alfowo. Betowo's circle is near and nothing is known of it."""
    festival = worlds.initiative(0, partner_ids="r-4", partners="Koło zmyślone 4")
    circles = [worlds.resource(0), worlds.resource(1), worlds.resource(4)]
    found = world(tmp_path, resources=circles, initiatives=[festival])
    far = collect(found, ALFOWO).partners.groups[0][1]
    assert [(one.item.id, len(one.past)) for one in far] == [("r-0", 0), ("r-4", 1), ("r-1", 0)]
    assert far[1].km > 15
    rows, _ = guests(found)
    assert rows[2][2].startswith("inicjatywy w tej gminie: 1")


def test_neighbours_with_reasons_are_listed_before_those_that_are_only_near(tmp_path: Path) -> None:
    """One row is left for others: the choir alone would get it by its category, the circle that ran a festival gets it by its reason."""
    rows = [worlds.resource(1, id="r-choir", name="Chór", category="ngo"), worlds.resource(1, id="r-1", name="Koło")]
    found = world(tmp_path, resources=rows, initiatives=[worlds.initiative(1)])
    (shown,) = [code for code, shown, _ in chosen(collect(found, ALFOWO).partners, rows=1, own=40, others=1) if shown]
    assert shown == "kgw"


def test_a_local_authority_is_one_body_however_sources_call_it(tmp_path: Path) -> None:
    named = ("Gmina Alfowo", "Urząd Gminy Alfowo", "Gmina Alfowo", "Gmina Alfowo|Urząd Gminy Alfowo", "Gminny Ośrodek Kultury")
    held = [worlds.initiative(0, id=f"i-{n}", organisers=name, organiser_ids="") for n, name in enumerate(named)]
    dataset = world(tmp_path, initiatives=held).dataset
    items = [item for item in dataset.items if item.kind == "initiatives"]
    assert count_bodies(dataset, items, "organisers") == {"Gmina Alfowo": 4, "Gminny Ośrodek Kultury": 1}


def test_a_declined_authority_is_recognised_in_records_of_its_own_gmina_only() -> None:
    gminas = catalog().dataset.gminas
    assert authority("Urząd Miasta Częstochowy", CITY, gminas) == CITY
    assert authority("Urząd Miasta Częstochowy", THIN, gminas) == ""
    assert authority("Gminny Ośrodek Kultury w Popowie", THIN, gminas) == ""


@pytest.mark.parametrize("teryt", [THIN, CITY])
def test_all_assessed_services_are_told_in_whole_services_beside_the_subregions_rate(teryt: str) -> None:
    t = Translator("pl")
    told = {gap.title: gap for gap in gaps_of(assessments(), teryt, t)}
    for assessment in assessments().values():
        area, title = assessment.area(teryt), assessment.measure.text("short", "pl")
        assert area is not None
        assert (title in told) == (area.reason != "no_people")
        if title in told and assessment.reference is not None and assessment.measure.formula != "years_since":
            usual = assessment.reference * (area.people or 0) / assessment.measure.per
            assert (told[title].here, told[title].usual) == (t.number(area.count), t.number(round(usual, 1)))


def test_a_programme_nobody_here_can_apply_for_comes_after_those_somebody_can(tmp_path: Path) -> None:
    """The theme of the need is on the programme for schools; Alfowo's data has a circle and no school."""
    rows = [worlds.programme(1, who_can_apply="school", themes="health"), worlds.programme(2, who_can_apply="kgw", themes="ecology")]
    found = world(tmp_path, funding=rows, needs=[worlds.need(0)])
    recent = programmes(found.dataset.items, found.dataset.gminas, ALFOWO).recent
    assert [one.item.id for one in recent] == ["f-2", "f-1"]


def test_a_programme_for_some_people_does_not_answer_the_need_of_others(tmp_path: Path) -> None:
    """Culture for people with disabilities shares no theme with a stage; it does once a need names these people."""
    paid = [worlds.programme(1, themes="disability|culture"), worlds.programme(2, themes="culture")]
    for themes, expected in (("culture", [(), ("culture",)]), ("culture|disability", [("culture",), ("disability", "culture")])):
        found = world(tmp_path / themes[-4:], funding=paid, needs=[worlds.need(0, themes=themes)])
        recent = programmes(found.dataset.items, found.dataset.gminas, ALFOWO).recent
        assert sorted(one.themes for one in recent) == sorted(expected)


@pytest.mark.parametrize(("theme", "shared"), [("", False), ("ecology", False), ("culture", True)])
def test_the_fifth_question_says_what_its_programmes_rest_on(tmp_path: Path, theme: str, shared: bool) -> None:
    stated = [worlds.need(0, themes=theme)] if theme else []
    found = world(tmp_path, funding=[worlds.programme(1, who_can_apply="kgw", themes="culture")], needs=stated)
    question = [b for s in made_up(found, 0).sections for b in s.blocks if isinstance(b, Question)][4]
    text = plain(said(question.facts[-1]))
    assert ("w temacie zapisanych" in text) == shared
    assert "może się ubiegać ktoś z danych tej gminy" in text


def test_the_brief_of_a_meeting_has_its_day_hour_and_venue_filled_in(tmp_path: Path) -> None:
    meeting = Meeting("Remiza zmyślona", worlds.LATITUDE, worlds.longitude(0), "2027-03-18", time="17:00")
    document = made_up(world(tmp_path), meeting=meeting)
    (blank,) = (b for s in document.sections for b in s.blocks if isinstance(b, Fields))
    assert plain(blank.pairs[0][1]) == "czwartek, 18 marca 2027, godz. 17:00, Remiza zmyślona"
    assert "czwartek, 18 marca 2027, godz. 17:00" in plain(document.occasion)
    (empty,) = (b for s in made_up(world(tmp_path / "none")).sections for b in s.blocks if isinstance(b, Fields))
    assert {known for _, known in empty.pairs} == {""}


def test_houses_to_ask_for_a_room_say_what_nobody_knows_of_them(tmp_path: Path) -> None:
    found = world(tmp_path, resources=[worlds.resource(0, name="OSP Zmyślona", category="fire_brigade", status="unknown")])
    document = made_up(found, 0)
    question = [b for s in document.sections for b in s.blocks if isinstance(b, Question)][1]
    text = plain(said(question.facts[-1]))
    assert "OSP Zmyślona (stan nieznany)" in text and "Zapytajcie, czy mają salę" in text
    assert any("stan nieznany" in row[0] for row in guests(found)[0])


def test_the_limits_name_the_categories_without_any_record_and_no_percentage_of_a_few(tmp_path: Path) -> None:
    section = next(part for part in made_up(world(tmp_path)).sections if part.key == "limits")
    (listed,) = (block for block in section.blocks if isinstance(block, Bullets))
    text = " ".join(plain(said(item)) for item in listed.items)
    assert "bez żadnego wpisu" in text and "Biblioteki" in text
    assert "%" not in text


def test_of_one_or_two_initiatives_nobody_is_called_the_most_frequent(tmp_path: Path) -> None:
    held = [worlds.initiative(0, amount_pln="500", funding="")]
    section = next(part for part in made_up(world(tmp_path, initiatives=held)).sections if part.key == "initiatives")
    (listed,) = (block for block in section.blocks if isinstance(block, Bullets))
    text = " ".join(plain(said(item)) for item in listed.items)
    assert "najczęściej" not in text and "Najczęstsze" not in text and "(1)" not in text
    assert "Kwotę podaje 1 z 1 wpisów (Festyn zmyślony 0: 500 zł)." in text


def test_a_table_without_any_money_has_no_column_for_it(tmp_path: Path) -> None:
    for paid, columns in (({"amount_pln": "", "funding": ""}, 4), ({"amount_pln": "500"}, 5)):
        found = world(tmp_path / str(columns), initiatives=[worlds.initiative(0, **paid)])
        section = next(part for part in made_up(found).sections if part.key == "initiatives")
        (table,) = (block for block in section.blocks if isinstance(block, Table))
        assert len(table.columns) == columns == len(table.rows[0].cells)


def test_a_gmina_whose_places_are_not_all_invited_says_how_many_are_not(tmp_path: Path) -> None:
    found = world(tmp_path, resources=[worlds.resource(0), worlds.resource(0, id="r-hall", category="day_room")])
    assert "Z 2 organizacji i miejsc tej gminy 1 to świetlica" in guests(found)[1]


@pytest.mark.parametrize("first", range(len(SIZES)))
def test_the_search_of_a_size_finds_the_first_that_fits(first: int) -> None:
    from lib.reports.make import _first

    assert _first(lambda size: size >= first) == first
    assert _first(lambda size: False) == len(SIZES) - 1
