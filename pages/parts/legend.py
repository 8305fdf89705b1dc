"""What do the marks and colours of the map mean? The legend as text beside it, also for print and screen readers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lib.analysis.rates import Rates
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
    entries.append(f'<li><span class="dot">3</span>{esc(t("map.legend_cluster"))}</li>')
    entries.append(f'<li><span class="dot rough">9</span>{esc(t("map.legend_rough"))}</li>')
    return f'<ul class="legend" aria-label="{esc(t("map.legend"))}">{"".join(entries)}</ul>'


def layer_label(catalog: Catalog, code: str, t: Translator) -> str:
    """What a layer is called in the legend and in filters."""
    term = catalog.dataset.vocabularies.get("category", {}).get(code)
    return term.plural(t.language) if term else t(f"layer.{code}") if t.has(f"layer.{code}") else code


def classes_html(rates: Rates, t: Translator, group: str, *, dark: bool) -> str:
    """The classes of the coloured areas with their bounds; hatched says that nothing is recorded, not that nothing exists."""
    ramp = symbols.RAMP_DARK if dark else symbols.RAMP_LIGHT
    entries, low = [], 0.0
    for i, high in enumerate(rates.breaks):
        text = t("map.class", low=t.number(low, 2), high=t.number(high, 2))
        entries.append(f'<li><span class="swatch" style="background:{ramp[i]}"></span>{esc(text)}</li>')
        low = high
    entries.append(f'<li><span class="swatch hatch"></span>{esc(t("map.no_record"))}</li>')
    name, sample = esc(t("map.color." + group)), esc(t("map.sample"))
    return f'<p class="quiet">{name}</p><ul class="legend" aria-label="{name}">{"".join(entries)}</ul><p class="quiet">{sample}</p>'
