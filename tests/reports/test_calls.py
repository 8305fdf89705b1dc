"""When a description proves that the last known call is over, and that nothing is guessed where it does not."""

from __future__ import annotations

import pytest

from lib.reports.calls import ended

TODAY = "2026-11"


@pytest.mark.parametrize(
    ("calls", "year"),
    [
        ("W 2025 r.: 16 maja – 9 czerwca.", 2025),
        ("Raz w roku, jesienią (do 12 września 2025 na rok 2026).", 2025),
        ("Nabór raz w roku na przełomie roku (30.12.2024 – 24.01.2025).", 2025),
        ("Program na lata 2022–2033; pierwszy nabór 18 sierpnia – 12 września 2022.", 2022),
        ("Edycje roczne 2023–2025.", 2025),
        ("Raz w roku (2021: 8–29 marca; edycja 2025: do 10 grudnia poprzedniego roku).", 2025),
        ("Raz w roku, wiosną (w 2026: 9–31 marca).", 2026),
        ("Do 15.03.2026.", 2026),
    ],
)
def test_a_year_before_this_one_or_days_before_this_month_are_over(calls: str, year: int) -> None:
    assert ended(calls, "", TODAY) == year


@pytest.mark.parametrize(
    "calls",
    [
        "",
        "Raz w roku, do 31 lipca.",
        "Nabór ciągły.",
        "Ciągłe wsparcie od 2024 r.",
        "Cały rok; regulamin z 2020 r.",
        "Edycja roczna (ogłoszona na 2026 r.).",
        "Raz w roku (w 2026: do 30 listopada).",
        "Raz w roku (w 2026: jesienią).",
        "Do 31 stycznia 2027.",
        "Wnioski według regulaminu (zarządzenie z 2018 r.).",
    ],
)
def test_what_is_open_or_cannot_be_told_is_not_called_over(calls: str) -> None:
    assert ended(calls, "", TODAY) is None


def test_the_edition_in_the_name_counts_only_where_the_description_names_no_year() -> None:
    assert ended("Raz w roku, jesienią.", "Opieka (edycja 2025)", TODAY) == 2025
    assert ended("Raz w roku, jesienią (na 2027 r.).", "Opieka (edycja 2025)", TODAY) is None
    assert ended("Raz w roku, jesienią.", "Opieka na lata 2021–2025", TODAY) is None


def test_without_a_date_of_the_data_nothing_is_over() -> None:
    assert ended("W 2025 r.: 16 maja – 9 czerwca.", "", "") is None
