"""Which settings can a deployment make? Read once at the edge, passed down as values (see docs/deployment.md)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = PROJECT_DIR / "data"
LANGUAGES = ("pl", "en", "uk")
CONTACT_SCHEMES = ("mailto:", "tel:", "https://", "http://")


@dataclass(frozen=True)
class Settings:
    """What the deployment chose; every field has a safe default that sends nothing to third parties."""

    data_dir: Path = DATA_DIR
    tiles_url: str = ""
    tiles_attribution: str = ""
    contact: str = ""


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from environment variables MAPA_DATA_DIR, MAPA_TILES_URL, MAPA_TILES_ATTRIBUTION and MAPA_CONTACT.

    Tiles need both an https address and an attribution: without the credit a provider's terms would be broken, so the
    map then stays without a background. The contact is where visitors send corrections: an e-mail address or a link.
    """
    tiles_url = environ.get("MAPA_TILES_URL", "").strip()
    attribution = environ.get("MAPA_TILES_ATTRIBUTION", "").strip()
    usable = tiles_url.startswith(("https://", "http://")) and bool(attribution)
    return Settings(
        data_dir=Path(environ.get("MAPA_DATA_DIR", "") or DATA_DIR),
        tiles_url=tiles_url if usable else "",
        tiles_attribution=attribution if usable else "",
        contact=contact_link(environ.get("MAPA_CONTACT", "")),
    )


def contact_link(text: str) -> str:
    """The operator's contact as an address: `mailto:` before a bare e-mail, pages and phones as they are, "" for anything else."""
    text = text.strip()
    if text.startswith(CONTACT_SCHEMES):
        return text
    return f"mailto:{text}" if "@" in text and ":" not in text and " " not in text else ""
