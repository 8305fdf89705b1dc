"""`python -m lib idea`: the five answers of the screen "Mam pomysł", as text or JSON. Distances in kilometres, straight line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from lib.analysis.ideas.alike import Alike
from lib.analysis.ideas.funding import Paid
from lib.analysis.ideas.hands import Hand
from lib.analysis.ideas.needs import Met
from lib.analysis.ideas.partners import Partner
from lib.analysis.ideas.reason import Reason
from lib.catalog.catalog import Catalog
from lib.cli.choices import gmina_of
from lib.cli.opening import opened, warn
from lib.cli.output import one_line, say, say_json
from lib.domain.records import Item
from lib.i18n import Translator
from lib.reports.idea_words import Wording
from lib.reports.ideas import Answers, Question, answer, open_desk

TEXT_SHOWN = 80
"""Characters of a text that was not understood which are shown back."""
LINES_SHOWN = 5
"""Entries of each answer printed for people: five answers of five lines are two screenfuls. JSON gives all."""


def run(arguments: argparse.Namespace, directory: Path, t: Translator) -> None:
    """Answer one idea; raises MapaError when the call names what the data does not have."""
    from lib.geo.neighbours import neighbours

    dataset = opened(directory)
    teryt = gmina_of(arguments.gmina, dataset)
    warn(dataset, t)
    borders = {code: [border.teryt for border in found] for code, found in neighbours(dataset.boundaries).items()}
    desk = open_desk(Catalog(dataset), borders)
    found = answer(desk, Question(arguments.text, teryt, who=arguments.who))
    if not found.understood:
        say(t("cli.idea.not_understood", text=one_line(arguments.text)[:TEXT_SHOWN]), stream=sys.stderr)
    words = Wording(dataset, desk.reader.concepts_by_id, t)
    if arguments.json:
        say_json(as_json(found, words))
    else:
        _print(found, words, t)


def as_json(found: Answers, words: Wording) -> dict[str, Any]:
    """The answers as plain values; reasons are sentences in the language asked for, `adds` are codes."""
    return {
        "themes": list(found.idea.themes),
        "groups": list(found.idea.groups),
        "needs": [_need(one, words) for one in found.needs],
        "existing": [_alike(one, words) for one in found.existing],
        "examples": [_example(one, words) for one in found.examples],
        "partners": [_partner(one, words) for one in found.partners],
        "hands": [_hand(one, words) for one in found.hands],
        "funding": [_paid(one, words) for one in found.funding],
    }


def _said(reasons: tuple[Reason, ...], words: Wording) -> list[str]:
    return [one_line(words.reason(reason)) for reason in reasons]


def _record(item: Item, km: float | None) -> dict[str, Any]:
    return {"id": item.id, "name": item.name, "teryt": item.teryt, "distance_km": km}


def _source(item: Item) -> dict[str, Any]:
    return {"as_of": item.as_of, "source_url": item.sources[0].url if item.sources else ""}


def _need(one: Met, words: Wording) -> dict[str, Any]:
    return {**_record(one.item, one.km), "match": one.tier, "reasons": _said(one.reasons, words), **_source(one.item)}


def _alike(one: Alike, words: Wording) -> dict[str, Any]:
    own = {"kind": one.item.kind, "tier": one.tier, "known": one.known}
    return {**_record(one.item, one.km), **own, "reasons": _said(one.reasons, words), **_source(one.item)}


def _example(one: Alike, words: Wording) -> dict[str, Any]:
    stated = {name: one.item.details.get(name, "") for name in ("date_start", "organisers", "amount_pln", "participants", "funding")}
    return {**_record(one.item, one.km), **stated, "sound": one.sound, "reasons": _said(one.reasons, words), **_source(one.item)}


def _partner(one: Partner, words: Wording) -> dict[str, Any]:
    return {**_record(one.item, one.km), "score": one.score, "reasons": _said(one.reasons, words), "adds": list(one.adds)}


def _hand(one: Hand, words: Wording) -> dict[str, Any]:
    """A group or a centre; a gmina with the same need has no id of a record, its name is the gmina's."""
    own = _record(one.item, one.km) if one.item else {"id": "", "name": words.gmina(one.teryt), "teryt": one.teryt, "distance_km": None}
    return {**own, "kind": one.kind, "reasons": _said(one.reasons, words)}


def _paid(one: Paid, words: Wording) -> dict[str, Any]:
    return {
        "id": one.item.id,
        "name": one.item.name,
        "way": one.way,
        "eligible": one.eligible,
        "through": one.through or None,
        "history": one.history,
        "reasons": _said(one.reasons, words),
        "as_of": one.item.as_of,
        "url": one.item.details.get("url", ""),
    }


def _print(found: Answers, words: Wording, t: Translator) -> None:
    themes, groups = words.terms("theme", found.idea.themes), words.terms("target_group", found.idea.groups)
    say(t("cli.idea.read", themes=themes or "–", groups=groups or "–"))
    entries: dict[str, list[tuple[str, tuple[Reason, ...]]]] = {
        "needs": [(one.item.name, one.reasons) for one in found.needs],
        "existing": [(one.item.name, one.reasons) for one in found.existing],
        "examples": [(one.item.name, one.reasons) for one in found.examples],
        "partners": [(one.item.name, one.reasons) for one in found.partners],
        "hands": [(one.item.name if one.item else words.gmina(one.teryt), one.reasons) for one in found.hands],
        "funding": [(one.item.name, one.reasons) for one in found.funding],
    }
    for name, lines in entries.items():
        say()
        say(t(f"cli.idea.{name}", n=len(lines)))
        for number, (label, reasons) in enumerate(lines[:LINES_SHOWN], 1):
            say(f"{number:3}. {one_line(label)}")
            say(f"     {'; '.join(_said(reasons, words))}")
