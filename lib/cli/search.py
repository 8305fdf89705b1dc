"""`python -m lib search`: the same finding as on the screens, as text or JSON. Distances in kilometres, straight line."""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from lib.catalog.catalog import Catalog, Result
from lib.cli.choices import limit_of, query_of
from lib.cli.opening import opened, warn
from lib.cli.output import one_line, say, say_json
from lib.domain.records import Item
from lib.i18n import Translator

LINES_SHOWN = 20
"""Answers printed for people unless --limit says otherwise: a screenful. JSON gives all, because programs do not scroll."""
KM_DIGITS, SCORE_DIGITS = 2, 2
CATEGORY_VOCABULARY = {"resources": "category", "initiatives": "initiative_kind", "needs": "need_kind"}


def run(arguments: argparse.Namespace, directory: Path, t: Translator) -> None:
    """Answer one search; raises MapaError when the call names what the data does not have."""
    dataset = opened(directory)
    query, limit = query_of(arguments, dataset), limit_of(arguments.limit_)
    warn(dataset, t)
    catalog = Catalog(dataset)
    if arguments.json:
        result = catalog.search(query, sort=arguments.sort, limit=limit)
        say_json({"total": result.total, "results": [_as_json(catalog, result, place) for place in range(len(result.rows))]})
    else:
        _print(catalog, catalog.search(query, sort=arguments.sort, limit=LINES_SHOWN if limit is None else limit), t)


def _as_json(catalog: Catalog, result: Result, place: int) -> dict[str, object]:
    item = catalog.item(int(result.rows[place]))
    return {
        "id": item.id,
        "name": item.name,
        "category": item.category,
        "teryt": item.teryt,
        "gmina": _gmina(catalog, item),
        "locality": item.locality,
        "distance_km": _distance(result, place),
        "precision": item.precision,
        "score": None if result.scores is None else round(float(result.scores[place]), SCORE_DIGITS),
        "source_url": item.sources[0].url if item.sources else "",
        "as_of": item.as_of,
        "kind": item.kind,
    }


def _gmina(catalog: Catalog, item: Item) -> str:
    gmina = catalog.dataset.gminas.get(item.teryt)
    return gmina.name if gmina else ""


def _distance(result: Result, place: int) -> float | None:
    """Kilometres to the place asked for; None when none was, or the record has no position."""
    if result.distance_km is None or math.isnan(result.distance_km[place]):
        return None
    return round(float(result.distance_km[place]), KM_DIGITS)


def _print(catalog: Catalog, result: Result, t: Translator) -> None:
    say(_headline(result, t))
    for place in range(len(result.rows)):
        item = catalog.item(int(result.rows[place]))
        say()
        say(f"{place + 1:3}. {one_line(item.name)}")
        say(f"     {' · '.join(filter(None, _facts(catalog, item, _distance(result, place), t)))}")
        say(f"     {one_line(item.sources[0].url)}" if item.sources else "")
    if hidden := result.total - len(result.rows):
        say()
        say(t("cli.search.more", n=hidden))


def _headline(result: Result, t: Translator) -> str:
    parts = [t("cli.search.total", n=result.total, of=result.of)]
    if result.approximate:
        parts.append(t("cli.search.approximate_count", n=result.approximate))
    return " · ".join(parts)


def _facts(catalog: Catalog, item: Item, km: float | None, t: Translator) -> list[str]:
    """What it is (its kind and, where it has one, its category), where, how far and of when."""
    kind = t(f"cli.kinds.{item.kind}")
    term = catalog.dataset.vocabularies.get(CATEGORY_VOCABULARY.get(item.kind, ""), {}).get(item.category)
    gmina = _gmina(catalog, item)
    where = ", ".join(filter(None, [item.locality, t("cli.search.in_gmina", name=gmina) if gmina and gmina != item.locality else ""]))
    return [
        f"{kind}: {term.label(t.language)}" if term else kind,
        one_line(where),
        f"{t.number(km)} km" if km is not None else "",
        t("cli.search.approximate_place") if item.approximate else "",
        t.date(item.as_of),
        item.id,
    ]
