"""What does a stated need ask for, without the words that many needs share?"""

from __future__ import annotations

import re

_VOTED = re.compile(r"^Mieszkańcy zgłosili do Budżetu Obywatelskiego \d{4} potrzebę: (.+?) \(\d+ głos\w*, zadanie (\w+)\)\.?$")
"""A need from a participatory budget: all begin alike and end with votes that stand elsewhere too; what was asked for is between."""
_NOT_CHOSEN = "niewybrane"


def need_title(statement: str) -> str:
    """What was asked for in a participatory budget; other statements as they are."""
    found = _VOTED.match(statement)
    return found[1] if found else statement


def lost_the_vote(statement: str) -> bool:
    """Whether the statement says that the voters did not choose it."""
    found = _VOTED.match(statement)
    return found is not None and found[2] == _NOT_CHOSEN
