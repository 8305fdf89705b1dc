"""Which typeface do documents use, and how wide is a text in it? Widths in points; the font files come from their own package."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

FAMILY = "Source Sans 3"
"""The typeface of the screens (OFL 1.1): it has every Polish and Ukrainian letter, which the fonts inside the compiler's wheel have
only as serifs."""
REGULAR, BOLD = 400, 700
MEASURED_AT = 100
"""Size at which widths are measured; they grow in proportion."""
REMEMBERED = 4096
_ROMAN = "SourceSans3[wght].ttf"


def folder() -> Path:
    """Where the font files lie."""
    import fontpkg_source_sans_3

    return Path(fontpkg_source_sans_3.ROOT) / "files"


@cache
def _font(weight: int) -> Any:
    from PIL import ImageFont

    font = ImageFont.truetype(str(folder() / _ROMAN), MEASURED_AT)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=REMEMBERED)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line of text in points."""
    return float(_font(BOLD if bold else REGULAR).getlength(text)) * size / MEASURED_AT
