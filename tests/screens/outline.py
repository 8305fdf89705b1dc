"""What does a reader without eyes get of a screen: levels of headings, ids to jump to, tables with captions and heads that say of what?"""

from __future__ import annotations

import re
from html.parser import HTMLParser


class Outline(HTMLParser):
    """Levels of headings, and tables with the parts that a screen reader needs."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.found: dict[str, int] = {}
        self.bare_heads = 0
        self.nameless_tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found[tag] = self.found.get(tag, 0) + 1
        self.ids += [given["id"] or ""] if "id" in given else []
        self.bare_heads += tag == "th" and "scope" not in given
        self.nameless_tables += (tag == "table" and "aria-label" not in given) - (tag == "caption")
        if re.fullmatch(r"h[1-6]", tag) and "printonly" not in (given.get("class") or ""):
            self.levels.append(int(tag[1]))


def outline(markup: str) -> Outline:
    """The outline of some markup."""
    parser = Outline()
    parser.feed(markup)
    return parser
