"""Is the last call for applications of a programme over? Read from the words of its description, and only where they prove it.

Descriptions are Polish sentences ("Raz w roku, wiosną (w 2026: 9–31 marca)"). What they do not say is never guessed: no year, no answer.
Days are compared with the data's own date (the month in which its newest page was read), never with a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lib.domain.records import Item

MONTHS = (
    *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
    *("lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
)
"""As a day of them is written: "31 marca"."""
_YEAR = r"(?:19|20)\d\d"
_NOT_A_CALL = re.compile(
    rf"\b(?:na|lata|latach)\s+(?:rok\s+|lata\s+)?{_YEAR}(?:\s*[–-]\s*{_YEAR})?|\b(?:zarządzeni|uchwał|ustaw)\w*\s+(?:nr\s+\S+\s+)?z\s+{_YEAR}"
)
"""Years for which money is given, years a programme lasts and years of a legal act say nothing of a call."""
_ALWAYS = re.compile(r"\bciągł|\bcały rok", re.IGNORECASE)
"""One may apply at any time."""
_EDITION = re.compile(rf"\bedycja\s+({_YEAR})")
_DAY = re.compile(rf"\b\d{{1,2}}\s+({'|'.join(MONTHS)})|\b\d{{1,2}}\.(\d{{1,2}})\.{_YEAR}")


def today_of(items: Iterable[Item]) -> str:
    """The data's own date: when its newest page was read ("" when no record says)."""
    return max((source.gathered for item in items for source in item.sources[:1] if source.gathered[:4].isdecimal()), default="")


def ended(calls: str, name: str, today: str) -> int | None:
    """The year of the last known call when that is over on `today` (an ISO date or month); None when it is open or cannot be told.

    `calls` is the description of the calls; where it names no year, the edition that the programme's name states counts.
    """
    if _ALWAYS.search(calls) or not today[:4].isdecimal():
        return None
    years = [int(year) for year in re.findall(rf"\b{_YEAR}\b", _NOT_A_CALL.sub("", calls))]
    if not years and not re.search(_YEAR, calls):
        years = [int(year) for year in _EDITION.findall(name)]
    newest, present = max(years, default=0), int(today[:4])
    if not newest or newest > present:
        return None
    return newest if newest < present or _over(calls, today) else None


def _over(calls: str, today: str) -> bool:
    """Whether every day that a call of the present year names lies in a month before that of `today`; not when it names none."""
    months = [MONTHS.index(word) + 1 if word else int(number) for word, number in _DAY.findall(calls)]
    return bool(months) and today[5:7].isdecimal() and max(months) < int(today[5:7])
