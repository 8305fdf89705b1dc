"""How do the marks and shades of the map look as markup? The table of colours and shapes is `lib.domain.symbols`."""

from __future__ import annotations

from lib.domain.symbols import Symbol, symbol, table

__all__ = ["RAMP_DARK", "RAMP_LIGHT", "mark", "symbol", "table"]

RAMP_LIGHT = ("#e8eedf", "#cfdfca", "#aecdb3", "#88b49b", "#5f9580")
RAMP_DARK = ("#1d2f29", "#24433a", "#2d5a4c", "#38735f", "#468d75")

VERDICTS = {
    "below": ("#eebfae", "#7a3526"),
    "uncertain": ("#ecebe2", "#2b3632"),
    "above": ("#bcd4e6", "#274a63"),
}
"""How an area is coloured (light, dark) that is surely worse off than the reference, not to be told apart, or surely better off."""


def mark(layer_symbol: Symbol, *, dark: bool) -> str:
    """A small drawing of a symbol as markup (constant pieces only), hidden from screen readers; shapes are cut in `app.css`."""
    light, night, shape = layer_symbol
    return f'<span class="sym {shape}" style="background:{night if dark else light}" aria-hidden="true"></span>'
