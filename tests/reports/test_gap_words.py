"""Claims about the sentences on gaps: whole ones in three languages, with the figures in them, and no hole in the data called a lack."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from lib.analysis import bayes, gaps
from lib.analysis.gaps import ABOVE, BELOW, REASONS, UNCERTAIN, UNKNOWN, VERDICTS, Area, Assessment
from lib.domain.measure import LEVELS, REGISTER, SAMPLE, UNLOOKED
from lib.i18n import Translator
from lib.reports import gap_words
from tests.regions import clubs, named, project, project_region, region
from tests.worlds import TERYTS, VILLAGES

LANGUAGES = ("pl", "en", "uk")
COUNTS = (0, 1, 2, 5, 22)
"""One of each plural form of the three languages, and none."""
POSSIBLE = (
    (BELOW, "interval"), (ABOVE, "interval"), (UNCERTAIN, "interval"), (UNCERTAIN, "nothing_counted"),
    (UNKNOWN, "not_looked_for"), (UNKNOWN, "must_exist"),
    (UNKNOWN, "no_people"), (UNKNOWN, "unseen"), (UNKNOWN, "uneven"), (UNKNOWN, "clustered"),
)  # fmt: skip
"""What `lib.analysis.gaps` says of a rate."""
YEARS = ((BELOW, "interval"), (UNCERTAIN, "interval"), (UNKNOWN, "no_date"), (UNKNOWN, "not_looked_for"))
CLAIMS = {
    "pl": r"brakuj\w*|brak\b|zabrak\w*|niedob\w*|luk[aię]\w*|za mało|mniej niż",
    "en": r"lack\w*|missing|gaps?\b|too few|shortage|less than|below",
    "uk": r"брак\w*|бракує|нестач\w*|замало|менше|нижче",
}
"""Words that claim that something is not there."""
HARMLESS = {
    "pl": (
        r"nie luk[ai]\b|czy to luka, czy dziura w danych|brakuje w danych|zabraknąć w danych|za mało stron"
        r"|nie byłaby poniżej|mniej niż średnio \("
    ),
    "en": (
        r"not (?:a )?gaps?\b|whether this is a gap or a hole in the data|missing from the data|the data may lack|too few pages"
        r"|would not be below average|less than the average \("
    ),
    "uk": (
        r"а не брак\b|чи це брак послуг, чи діра в даних|бракує в даних|замало сторінок"
        r"|не була б нижче середнього|менше за середнє \("
    ),
}
"""What may be said of a hole: it denies the lack, asks about it, speaks of records or pages, or compares the records themselves."""


def number(value: float, digits: int = 2) -> str:
    return Translator("pl").number(value, digits)


def assessment(name: str = "clubs") -> Assessment:
    found = region(clubs((30, 30, 30, 30, 2)), levels=[REGISTER] * 5)
    return gaps.assess(found, found.measures[name])


def area(verdict: str, reason: str, *, count: int = 3, years: float | None = None) -> Area:
    known = reason in ("interval", "unseen", "uneven", "clustered", "nothing_counted")
    low, smoothed, high = (0.1, 0.4, 0.9) if known else (None, None, None)
    people = None if reason == "no_people" else 1_234.0
    level = UNLOOKED if reason == "not_looked_for" else SAMPLE
    return Area(
        TERYTS[0],
        count,
        people,
        None if people is None else 2.431,
        smoothed,
        low,
        high if years is None else years,
        verdict,
        reason,
        level,
        None,
        0.4,
    )


def said(one: Area, found: Assessment, language: str) -> str:
    t = Translator(language)
    return gap_words.sentence(one, found, t, t.number, language)


def is_whole(text: str) -> bool:
    return bool(
        text.strip() == text
        and text[:1].isupper() | text[:1].isdigit()
        and text.endswith(".")
        and not re.search(r"[{}]|  |\bNone\b|\bnan\b", text)
    )


def claims(text: str, language: str) -> list[str]:
    """Words of a text that claim a lack, once what is harmless is taken out."""
    return re.findall(CLAIMS[language], re.sub(HARMLESS[language], "", text.casefold()))


def resting_on(pages: int, *, dated: bool, count: int = 5) -> Assessment:
    """The made-up assessment with so many records in the first gmina, read on so many pages."""
    found = assessment()
    first = found.records[TERYTS[0]][0]
    read = [replace(first.sources[0], url=f"https://example.org/{n % pages}") for n in range(count)]
    records = tuple(replace(first, id=str(n), as_of="2024" if dated else "", sources=(source,)) for n, source in enumerate(read))
    return replace(found, records={**found.records, TERYTS[0]: records})


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("pl", "Opiera się to na 5 wpisach z 2 stron, bez daty."),
        ("en", "This rests on 5 records from 2 pages, undated."),
        ("uk", "Це спирається на 5 записів з 2 сторінок, без дати."),
    ],
)
@pytest.mark.parametrize("verdict", [ABOVE, BELOW])
def test_a_verdict_that_rests_on_two_undated_pages_says_so(verdict: str, language: str, expected: str) -> None:
    assert said(area(verdict, "interval", count=5), resting_on(2, dated=False), language).endswith(f" {expected}")


def test_how_little_a_verdict_rests_on_is_said_of_few_or_undated_pages_only() -> None:
    one = area(ABOVE, "interval", count=5)
    assert said(one, resting_on(2, dated=True), "en").endswith("This rests on 5 records from 2 pages.")
    assert said(one, resting_on(3, dated=False), "en").endswith("This rests on 5 records from 3 pages, undated.")
    assert "rests on" not in said(one, resting_on(3, dated=True), "en")
    assert "rests on" not in said(area(UNCERTAIN, "interval", count=5), resting_on(1, dated=False), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("verdict", "reason"), POSSIBLE)
def test_every_verdict_and_reason_is_a_whole_sentence(verdict: str, reason: str, language: str) -> None:
    for count in COUNTS:
        text = said(area(verdict, reason, count=count), assessment(), language)
        assert is_whole(text), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("verdict", "reason"), YEARS)
def test_every_verdict_in_years_is_a_whole_sentence(verdict: str, reason: str, language: str) -> None:
    for years in (0.0, 1.0, 3.0, 7.0, 22.0):
        text = said(area(verdict, reason, years=years if reason == "interval" else None), assessment("meetings"), language)
        assert is_whole(text), text
        assert reason != "interval" or str(int(years)) in text


def test_the_tests_know_all_verdicts_and_reasons() -> None:
    assert {verdict for verdict, _ in (*POSSIBLE, *YEARS)} == set(VERDICTS)
    assert {reason for _, reason in (*POSSIBLE, *YEARS)} == set(REASONS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "pairs"), [("clubs", POSSIBLE), ("meetings", YEARS)])
def test_no_sentence_on_an_unknown_gmina_claims_a_lack(name: str, pairs: tuple[tuple[str, str], ...], language: str) -> None:
    for verdict, reason in pairs:
        for count in COUNTS:
            assert verdict != UNKNOWN or claims(said(area(verdict, reason, count=count), assessment(name), language), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_check_for_claims_finds_one(language: str) -> None:
    assert claims(said(area(BELOW, "interval"), assessment(), language), language)
    assert claims({"pl": "Tu brakuje klubów.", "en": "Clubs are lacking here.", "uk": "Тут бракує клубів."}[language], language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_names_count_people_rate_interval_and_reference(language: str) -> None:
    t = Translator(language)
    text = said(area(UNCERTAIN, "interval", count=22), assessment(), language)
    for value in (22, 1_234, 2.431, 0.1, 0.9, 24.4):
        assert t.number(value, 2) in text, value
    assert f"unit {language}" in text and f"service {language}" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [("pl", "może być przypadkiem"), ("en", "may be chance"), ("uk", "може бути випадков")],
)
def test_popow_is_told_that_the_difference_may_be_chance(language: str, words: str) -> None:
    found = gaps.assess(project_region(), project_region().measures["senior_clubs"])
    one = found.area(named("Popów"))
    assert one is not None
    text = said(one, found, language)
    assert words in text and found.measure.text("unit", language) in text


@pytest.mark.parametrize(
    ("language", "words"), [("pl", "dziura w danych, nie luka"), ("en", "hole in the data, not a gap"), ("uk", "діра в даних, а не")]
)
def test_przystajn_is_told_that_this_is_a_hole_in_the_data_and_not_a_gap(language: str, words: str) -> None:
    found = gaps.assess(project_region(), project_region().measures["senior_clubs"])
    one = found.area(named("Przystajń"))
    assert one is not None
    text = said(one, found, language)
    assert words in text and claims(text, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_real_sentence_is_whole_and_claims_no_lack_where_nothing_is_known(language: str) -> None:
    for found in gaps.assess_all(project_region()).values():
        for one in found.areas:
            text = said(one, found, language)
            assert is_whole(text), text
            assert one.verdict != UNKNOWN or claims(text, language) == [], text


def told(found: Assessment, language: str, *, real: bool = False) -> list[str]:
    return gap_words.summary(found, project().gminas if real else region().gminas, Translator(language))


def mixed() -> Assessment:
    """One gmina of each kind: below, above, uncertain, a hole, and one to which the measure does not apply."""
    pairs = ((BELOW, "interval"), (ABOVE, "interval"), (UNCERTAIN, "interval"), (UNKNOWN, "unseen"), (UNKNOWN, "no_people"))
    return replace(assessment(), areas=tuple(replace(area(*pair), teryt=teryt) for pair, teryt in zip(pairs, TERYTS, strict=True)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_names_each_gmina_once_but_for_those_it_counts(language: str) -> None:
    text = " ".join(told(mixed(), language))
    assert [text.count(name) for name in VILLAGES] == [1, 1, 0, 1, 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_a_summary_is_a_whole_sentence(language: str) -> None:
    nothing = region()
    worlds = [mixed(), assessment(), assessment("meetings"), gaps.assess(nothing, nothing.measures["clubs"])]
    for found in (*worlds, *gaps.assess_all(project_region()).values()):
        assert all(is_whole(line) for line in told(found, language, real=len(found.areas) > 5))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_real_gmina_is_timesor_counted_exactly_once(language: str) -> None:
    t, gminas = Translator(language), project().gminas
    for found in gaps.assess_all(project_region()).values():
        lines = told(found, language, real=True)
        years = "years_" if found.measure.formula == gaps.YEARS_SINCE else ""
        counted = t(f"gaps.summary.{years}uncertain", n=len(found.with_verdict(UNCERTAIN)))
        assert lines.count(counted) == 1
        text = " ".join(line for line in lines if line != counted)
        times = [len(re.findall(rf"(?<!\w){gmina.name}(?!\w)", text)) for gmina in gminas.values()]
        assert max(times) <= 1 and sum(times) == 31 - len(found.with_verdict(UNCERTAIN)), (found.measure.id, lines)


@pytest.mark.parametrize(("language", "words"), [("pl", "ani jednej|żadnej gminie"), ("en", "no gmina"), ("uk", "жодну ґміну")])
def test_where_nobody_stands_out_the_summary_says_so_once(language: str, words: str) -> None:
    found = gaps.assess(region(clubs((3, 3, 3, 3, 3))), region().measures["clubs"])
    assert len([line for line in told(found, language) if re.search(words, line)]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_gminas_that_differ_no_more_than_chance_are_said_to_be_alike(language: str) -> None:
    alike, varied = gaps.assess(region(clubs((10,) * 5)), region().measures["clubs"]), assessment()
    line = Translator(language)("gaps.summary.alike")
    assert alike.prior is not None and alike.prior.a == pytest.approx(1 / bayes.MIN_SPREAD**2)
    assert line in told(alike, language) and line not in told(varied, language)


def test_a_gmina_that_is_no_longer_in_the_table_is_left_out_of_the_summary() -> None:
    assert VILLAGES[0] not in " ".join(gap_words.summary(mixed(), {}, Translator("pl")))


def test_a_rate_has_two_decimals_and_an_unknown_one_is_a_dash() -> None:
    assert [gap_words.rate(value, number) for value in (0.2688, 1.0, None, float("nan"), float("inf"))] == ["0,27", "1", "–", "–", "–"]


def test_every_level_of_completeness_has_a_word() -> None:
    for language in LANGUAGES:
        labels = [project().vocabularies["coverage_level"][level].label(language) for level in LEVELS]
        assert len(set(labels)) == 4


@pytest.mark.parametrize("reason", [reason for reason in gaps.REASONS if reason != "interval"])
def test_every_reason_of_a_verdict_has_its_words_on_the_screen_and_in_the_brief(reason: str) -> None:
    t = Translator("pl")
    assert t.has(f"gaps.why.{reason}") and t.has(f"brief.gaps.why.{reason}")
