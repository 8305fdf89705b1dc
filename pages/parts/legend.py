"""What do the marks and colours of the map mean? The legend as text beside it, also for print and screen readers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from lib.analysis.rates import NO_PEOPLE, Rates, people
from lib.catalog.catalog import Catalog
from lib.i18n import Translator
from pages.parts import symbols
from pages.parts.html import esc


def legend_html(catalog: Catalog, rows: NDArray[np.intp], t: Translator, *, dark: bool) -> str:
    """The layers that the answer holds, each with its symbol; then what circles with a number mean."""
    layers = catalog.columns.layers
    present = np.unique(layers.values[rows])
    table = symbols.table(layers.codes)
    entries = [
        f"<li>{symbols.mark(table[layers.codes[i]], dark=dark)}{esc(layer_label(catalog, layers.codes[i], t))}</li>"
        for i in present
        if i >= 0
    ]
    entries.append(f'<li><span class="dot">n</span>{esc(t("map.legend_cluster"))}</li>')
    entries.append(f'<li><span class="dot rough">n</span>{esc(t("map.legend_rough"))}</li>')
    return f'<ul class="legend" aria-label="{esc(t("map.legend"))}">{"".join(entries)}</ul>'


def layer_label(catalog: Catalog, code: str, t: Translator) -> str:
    """What a layer is called in the legend and in filters."""
    term = catalog.dataset.vocabularies.get("category", {}).get(code)
    return term.plural(t.language) if term else t(f"layer.{code}") if t.has(f"layer.{code}") else code


def classes_html(rates: Rates, t: Translator, group: str, *, dark: bool) -> str:
    """The classes of the coloured areas with their bounds; hatched says that nothing is recorded, not that nothing exists."""
    ramp = symbols.RAMP_DARK if dark else symbols.RAMP_LIGHT
    entries, low = [], rates.lowest
    for i, high in enumerate(rates.breaks):
        text = t("map.class", low=t.number(low, 2), high=t.number(high, 2)) if low < high else t.number(high, 2)
        entries.append(f'<li><span class="swatch" style="background:{ramp[i]}"></span>{esc(text)}</li>')
        low = high
    entries.append(f'<li><span class="swatch hatch"></span>{esc(t("map.no_record"))}</li>')
    if NO_PEOPLE in rates.area_class.values():
        entries.append(f'<li><span class="swatch nopeople"></span>{esc(t("map.no_people"))}</li>')
    name = esc(t("map.color." + group))
    notes = "".join(f'<p class="quiet">{esc(t(key))}</p>' for key in ("map.estimate", "map.sample"))
    return f'<p class="quiet">{name}</p><ul class="legend" aria-label="{name}">{"".join(entries)}</ul>{notes}'


def area_texts(catalog: Catalog, counts: Mapping[str, int], rates: Rates | None, group: str, t: Translator) -> dict[str, str]:
    """What the map says of each gmina under the pointer: how many results, and when coloured what the colour stands on."""
    if rates is None:
        return {code: t("map.results", n=n) for code, n in counts.items()}
    table = catalog.dataset.demography
    population, basis = people(table, group).to_dict(), table["basis"].astype(str).to_dict()
    key = {code: "map.rate_official" if basis.get(code, "").startswith("official") else "map.rate" for code in counts}
    return {code: _rate_text(n, population.get(code), rates.rate.get(code), group, t, key[code]) for code, n in counts.items()}


def _rate_text(count: int, number: float | None, rate: float | None, group: str, t: Translator, key: str) -> str:
    if not count:
        return t("map.no_record")
    if rate is None or number is None:
        return f"{t('map.results', n=count)} · {t('map.no_people')}"
    return t(key, results=t("map.results", n=count), people=t("map.people." + group, n=round(number)), rate=t.number(rate, 2))
