"""`python -m lib measures`: which measures are there, what do they count, and when are they reviewed next? Also the page about them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from lib.cli.opening import opened, warn
from lib.cli.output import one_line, say, say_json
from lib.domain.measure import Measure, Selection
from lib.i18n import Translator

PARAGRAPHS = ("what", "why", "limits", "author")


def run(arguments: argparse.Namespace, directory: Path, t: Translator) -> None:
    """List the measures of a data set."""
    dataset = opened(directory)
    warn(dataset, t)
    if arguments.json:
        say_json({"measures": [_as_json(measure, t) for measure in dataset.measures.values()]})
    elif arguments.markdown:
        say(markdown(dataset.measures.values(), t))
    else:
        for measure in dataset.measures.values():
            say(f"{measure.id}: {one_line(measure.text('title', t.language))} ({t('cli.measures.review')}: {t.date(measure.next_review)})")


def _as_json(measure: Measure, t: Translator) -> dict[str, object]:
    return {
        "id": measure.id,
        "title": measure.text("title", t.language),
        "formula": measure.formula,
        "people": list(measure.people),
        "per": measure.per,
        "counts": [_words(selection) for selection in measure.selections],
        "next_review": measure.next_review,
    }


def markdown(measures: Iterable[Measure], t: Translator) -> str:
    """The page about all measures; `docs/measures.md` is this in English."""
    parts = [f"# {t('cli.measures.page_title')}", t("cli.measures.page_lead")]
    for measure in measures:
        parts.append(f"## `{measure.id}`: {measure.text('title', t.language)}")
        parts.append(
            "\n".join(
                (
                    f"- {t('cli.measures.formula')}: `{measure.formula}`",
                    f"- {t('cli.measures.people')}: {', '.join(f'`{name}`' for name in measure.people)}",
                    f"- {t('cli.measures.counts')}: {'; '.join(_words(selection) for selection in measure.selections)}",
                    f"- {t('cli.measures.review')}: {measure.next_review}",
                )
            )
        )
        parts.extend(measure.text(name, t.language) for name in PARAGRAPHS)
    return "\n\n".join(parts)


def _words(selection: Selection) -> str:
    """A selection in one line: table, category, subkinds, years."""
    words = [selection.table, selection.category, " | ".join(selection.subkinds)]
    words += [f"without {' | '.join(selection.without)}"] if selection.without else []
    words += [f"{selection.years} years"] if selection.years else []
    words += ["meetings"] if selection.meetings else []
    return " / ".join(word for word in words if word)
