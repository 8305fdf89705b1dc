"""Which colour and shape stand for a layer of the map? One table for map, legend, lists and printed briefs, never colour alone."""

from __future__ import annotations

Symbol = tuple[str, str, str]
"""The colour on light ground, the colour on dark ground, and the shape."""

SYMBOLS: dict[str, Symbol] = {
    "ngo": ("#1f5f8b", "#6db3e6", "circle"),
    "kgw": ("#b4472e", "#f08a6c", "diamond"),
    "senior_club": ("#7a4f9a", "#c39be6", "square"),
    "culture_centre": ("#8f6200", "#f0b429", "triangle"),
    "library": ("#5c6b2f", "#b3c76a", "circle"),
    "fire_brigade": ("#8f1d2c", "#f07a86", "square"),
    "day_room": ("#0f766e", "#58cbbf", "triangle"),
    "ensemble": ("#33517a", "#9db9e6", "pentagon"),
    "community_centre": ("#7b4a12", "#dcae74", "hexagon"),
    "school": ("#4c4c4c", "#c2c2c2", "triangle-down"),
    "sports_club": ("#5d3a8e", "#b79ae6", "star"),
    "sports_facility": ("#2f6b3c", "#8fd3a0", "hexagon"),
    "social_enterprise": ("#1f5f8b", "#6db3e6", "diamond"),
    "support_centre": ("#8f1d2c", "#f07a86", "cross"),
    "parish_group": ("#7b4a12", "#dcae74", "pentagon"),
    "lag": ("#0f766e", "#58cbbf", "star"),
    "council": ("#4c4c4c", "#c2c2c2", "hexagon"),
    "other": ("#6b6b6b", "#b0b0b0", "circle"),
    "miniforum": ("#b27a00", "#ffcf5c", "star"),
    "initiatives": ("#2f6b3c", "#8fd3a0", "triangle-down"),
    "funding": ("#33517a", "#9db9e6", "circle"),
    "needs": ("#8a2f6b", "#eb9ccf", "cross"),
}
OTHER_SHAPES = ("pentagon", "hexagon", "triangle-down", "star", "cross", "circle", "square", "diamond", "triangle")
OTHER_COLOURS = (("#33517a", "#9db9e6"), ("#7b4a12", "#dcae74"), ("#4c4c4c", "#c2c2c2"), ("#8a2f6b", "#eb9ccf"), ("#2f6b3c", "#8fd3a0"))
"""For categories that a later vocabulary adds."""


def symbol(layer: str, others: tuple[str, ...] = ()) -> Symbol:
    """(light colour, dark colour, shape) of a layer; `others` are the layers without a symbol of their own, in vocabulary order."""
    known = SYMBOLS.get(layer)
    if known:
        return known
    place = others.index(layer) if layer in others else len(others)
    light, dark = OTHER_COLOURS[place % len(OTHER_COLOURS)]
    return light, dark, OTHER_SHAPES[place % len(OTHER_SHAPES)]


def table(layers: tuple[str, ...]) -> dict[str, Symbol]:
    """The symbol of every layer of a vocabulary."""
    others = tuple(code for code in layers if code not in SYMBOLS)
    return {code: symbol(code, others) for code in layers}
