"""How complete is the data of each gmina and subject believed to be? Writes `data/coverage.csv` anew from the tables.

Run with `.venv/bin/python -m scripts.believed_coverage` after records were added. The rule is in docs/methods.md ("Completeness"):
a list kept by the gmina or institution itself (named below, each read by hand) makes `list`; otherwise a record of the subject, or
at least MIN_PAGES pages about the gmina, make `sample`; everything else was not looked for enough to say anything, and neither was what
the law asks of every gmina where the data holds none.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from lib.analysis.profile import is_meeting
from lib.catalog.load import Dataset, load_dataset
from lib.domain.measure import COVERED_BESIDES, INITIATIVES, LIST, MINIFORUM, MUST_EXIST, SAMPLE, UNLOOKED
from lib.domain.records import Item
from lib.settings import DATA_DIR

MIN_PAGES = 6
"""Distinct pages about a gmina from which a kind of place that none of them names counts as looked for. Below it lie the gminas whose
pages could hardly be found at all (Przystajń, Niegowa, Miedźno). A judgement, not a measurement; the screen shows the pages."""
OWN_LISTS = {
    ("2464011", "library"): "https://wczestochowie.pl/w-wakacje-biblioteka-publiczna-i-jej-filie-beda-pracowac-inaczej",
    ("2406062", "fire_brigade"): "http://panki.pl/",
    ("2406042", "day_room"): "https://www.miedzno.pl/mieszkaniec/kultura/",
}
"""Pages on which the gmina or the institution itself names all of a kind."""
BY_LAW = ("library",)
"""What every gmina must have: one public library at least (art. 19 of the act on libraries of 27 June 1997). None in the data is a
hole in the data."""
HEADER = ("teryt", "category", "level", "reason", "pages", "source_url", "as_of")
Row = dict[str, str]


def pages_of(items: Iterable[Item]) -> int:
    """Distinct pages that some records were read from."""
    return len({source.url for item in items for source in item.sources})


def rows(dataset: Dataset) -> list[Row]:
    """One row for every gmina and subject, in the order of the files."""
    subjects = (*dataset.vocabularies["category"], *COVERED_BESIDES)
    return [row_of(dataset, teryt, subject) for teryt in dataset.gminas for subject in subjects]


def row_of(dataset: Dataset, teryt: str, subject: str) -> Row:
    """What is believed of one gmina and subject."""
    table = INITIATIVES if subject in COVERED_BESIDES else "resources"
    read = [item for item in dataset.items if item.kind == table and item.teryt == teryt]
    pages, url = pages_of(read), OWN_LISTS.get((teryt, subject), "")
    if url:
        dates = [item.as_of for item in read if any(s.url == url for s in item.sources) and item.as_of]
        level, reason, as_of = LIST, "own_list", max(dates, default="")
    elif subject in BY_LAW and not any(item.category == subject for item in read):
        level, reason, as_of = UNLOOKED, MUST_EXIST, gathered(read)
    elif looked_for(subject, read, pages):
        level, reason, as_of = SAMPLE, "pages_read", gathered(read)
    else:
        level, reason, as_of = UNLOOKED, "few_pages", gathered(read)
    return dict(zip(HEADER, (teryt, subject, level, reason, str(pages), url, as_of), strict=True))


def looked_for(subject: str, read: Iterable[Item], pages: int) -> bool:
    """Whether the pages of a gmina say something about a subject: by a record of it or, except for the rare meetings, by their number."""
    if subject == MINIFORUM:
        return any(is_meeting(item) for item in read)
    return pages >= MIN_PAGES or (subject != INITIATIVES and any(item.category == subject for item in read))


def gathered(items: Iterable[Item]) -> str:
    """When the latest of the pages was read."""
    return max((source.gathered for item in items for source in item.sources), default="")


def write(path: Path, found: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, HEADER, lineterminator="\n")
        out.writeheader()
        out.writerows(found)


if __name__ == "__main__":
    write(DATA_DIR / "coverage.csv", rows(load_dataset(DATA_DIR)))
