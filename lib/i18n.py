"""How is a text, a count, a number or a date said in Polish, English or Ukrainian?

Texts live in `data/locales/<namespace>.toml`, one table a key with the three languages side by side, so that a missing
translation is seen where it is written. Plural rules, number and date formats come from Babel's copy of the CLDR.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lib.settings import DATA_DIR, LANGUAGES

LOCALES_DIR = DATA_DIR / "locales"
DEFAULT_LANGUAGE = "pl"
MONTH_FORMAT = "LLLL y"


def is_message(node: Any) -> bool:
    """A message table names its languages; any other table is a namespace."""
    return isinstance(node, dict) and DEFAULT_LANGUAGE in node


def walk_messages(node: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every (dotted key, {language: text or plural forms}) below a parsed locale table."""
    for name, child in node.items():
        key = f"{prefix}.{name}"
        if is_message(child):
            yield key, child
        elif isinstance(child, dict):
            yield from walk_messages(child, key)


@cache
def load_messages(folder: Path = LOCALES_DIR) -> dict[str, dict[str, Any]]:
    """All messages of a folder of locale files: {key: {language: text or {plural form: text}}}."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found.update(walk_messages(table, path.stem))
    return found


@cache
def _babel(language: str) -> Any:
    from babel import Locale

    return Locale.parse(language)


class Translator:
    """Says things in one language; an unknown language falls back to Polish, an unknown key is a KeyError in every language."""

    def __init__(self, language: str = DEFAULT_LANGUAGE, folder: Path = LOCALES_DIR) -> None:
        self.language = language if language in LANGUAGES else DEFAULT_LANGUAGE
        self._messages = load_messages(folder)

    def __call__(self, key: str, **params: Any) -> str:
        """The text of a key; `n` chooses the plural form and every number is written in the language's way."""
        message = self._messages[key][self.language]
        if isinstance(message, dict):
            message = self._plural(message, params.get("n", 0))
        shown = {name: self.number(v) if isinstance(v, (int, float)) and not isinstance(v, bool) else v for name, v in params.items()}
        return str(message).format(**shown) if shown else str(message)

    def has(self, key: str) -> bool:
        return key in self._messages

    def keys(self, prefix: str) -> list[str]:
        """All keys that begin with a prefix."""
        return [key for key in self._messages if key.startswith(prefix)]

    def _plural(self, forms: Mapping[str, str], count: float) -> str:
        form = _babel(self.language).plural_form(count)
        return forms.get(form, forms["other"])

    def number(self, value: float, digits: int = 1) -> str:
        """A number with the language's separators; whole numbers without decimals, others with at most `digits`."""
        from babel.numbers import format_decimal

        pattern = "#,##0" if float(value).is_integer() else "#,##0." + "0" * digits
        return format_decimal(value, format=pattern, locale=self.language)

    def date(self, text: str) -> str:
        """A partial date (YYYY, YYYY-MM or YYYY-MM-DD) in words; anything else is returned as it came."""
        return self._dated(text, "long")

    def weekday_and_date(self, text: str) -> str:
        """A day (YYYY-MM-DD) in words with its weekday; anything less is said as `date` says it."""
        return self._dated(text, "full")

    def _dated(self, text: str, day_format: str) -> str:
        from datetime import date

        from babel.dates import format_date

        parts = text.split("-")
        try:
            if len(parts) == 1:
                return str(int(parts[0])) if text else ""
            day = date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) > 2 else 1)
        except ValueError:
            return text
        return format_date(day, format=day_format if len(parts) > 2 else MONTH_FORMAT, locale=self.language)
