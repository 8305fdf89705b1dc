"""Which records a brief tells, in which order and for which reasons: worked out by hand in five made-up villages seven kilometres apart."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from lib.geo.travel import DETOUR
from lib.i18n import Translator
from lib.reports.brief import Gap, brief
from lib.reports.document import Bullets, Figures, Paragraph, Question, Table
from lib.reports.facts import Meeting, Rows, collect, groups, share
from lib.reports.partners import centre, partners
from lib.reports.programmes import programmes
from tests import worlds
from tests.reports.briefs import cell_texts, made_up, paragraphs, plain, said, world

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
    """Circle 0 ran the festival, circle 1 joined it and shares the theme of the need: two kinds of reasons come before one."""
    festival = worlds.initiative(0, partner_ids="r-1", partners="Koło zmyślone 1")
    circle = worlds.resource(1, themes="health|culture")
    found = world(tmp_path, resources=[worlds.resource(0), circle], initiatives=[festival], needs=[worlds.need(0)])
    facts = collect(found, ALFOWO)
    (first, second) = facts.partners.groups[0][1]
    assert (first.item.id, first.reasons, first.themes, len(first.joined)) == ("r-1", 2, ("health",), 1)
    assert (second.item.id, second.reasons, len(second.ran)) == ("r-0", 1, 1)


def test_a_meeting_measures_from_its_venue_and_restricts_partners_to_its_reach(tmp_path: Path) -> None:
    found = world(tmp_path)
    meeting = Meeting("Remiza zmyślona", worlds.LATITUDE, worlds.longitude(1), "2027-03-04", km=5)
    facts = collect(found, ALFOWO, meeting=meeting)
    assert names(facts.partners) == ["Koło zmyślone 1"]
    document = made_up(found, meeting=meeting)
    assert plain(document.occasion) == "Spotkanie: Remiza zmyślona, 4 marca 2027 · zasięg: 5 km drogą (szacunek)"
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


def test_gaps_are_told_in_full_and_undecided_ones_in_one_sentence(tmp_path: Path) -> None:
    told = Gap("Kluby seniora", "Jest ich mniej.", "mniej niż średnio")
    undecided = Gap("Biblioteki", "Nie wiadomo.", "niepewne", "Biblioteki (1; od 0 do 2; 1)")
    document = made_up(world(tmp_path), gaps=[told, undecided])
    section = next(part for part in document.sections if part.key == "gaps")
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    assert [cell_texts(row) for row in table.rows] == [["Kluby seniora", "Jest ich mniej.", "mniej niż średnio"]]
    assert "Biblioteki (1; od 0 do 2; 1)" in paragraphs(document, "gaps")[1]
    question = next(b for s in document.sections for b in s.blocks if isinstance(b, Question))
    assert "Kluby seniora: mniej niż średnio" in " ".join(said(fact) for fact in question.facts)


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
