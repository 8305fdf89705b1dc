"""How does the library say what went wrong, where, why, and what to do about it?

Texts are not written here: an error carries a message key and parameters, and the edge (a screen or the command line)
puts it into the user's language with `lib.i18n`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class MapaError(Exception):
    """An error a user can act on; `key` names a message in `data/locales/errors.toml`, `params` fill it."""

    def __init__(self, key: str, **params: Any) -> None:
        super().__init__(f"{key} {params}" if params else key)
        self.key = key
        self.params = params


@dataclass(frozen=True)
class Problem:
    """One defect of a data file: where it is and which message explains it.

    `code` names a table in `data/locales/problems.toml` with the texts `reason` and `cure`; `row` is the line a
    spreadsheet shows (the header is row 1), None when the whole file is meant; `column` is the header's name.
    """

    file: str
    code: str
    row: int | None = None
    column: str | None = None
    params: dict[str, Any] = field(default_factory=dict)
