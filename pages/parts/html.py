"""How does hostile text become harmless markup? The one place where record text is escaped for a page."""

from __future__ import annotations

import html
import re

from lib.exchange.links import safe_url

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters and direction overrides: invisible, and able to make a text read as something else."""
_MARKDOWN = re.compile(r"[\\`*_{}\[\]|<>~$:^&@]|(?<=www)\.|-(?=-)|(?<=\])\(|^[-+#=]", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d+)([.)])")
"""Signs of Markdown: of emphasis, code, links, mathematics, shortcodes and addresses anywhere, of headings and lists at the beginning."""
MAX_SHOWN = 600
"""Characters of one field on a card; the whole text is in the download."""

MAX_TITLE = 80
"""Characters of a name in the browser's title: more are cut by every browser anyway."""


def shown(text: str, limit: int = MAX_SHOWN) -> str:
    """Plain text fit to be read: without invisible controls, shortened with an ellipsis."""
    clean = _CONTROL.sub("", text)
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"


def esc(text: object, limit: int = MAX_SHOWN) -> str:
    """Text as HTML content or a quoted attribute value; never as markup."""
    return html.escape(shown(str(text), limit), quote=True)


def tab_title(name: str, *rest: str) -> str:
    """The browser's title of a page about one record: its name first, so that tabs and history tell pages apart."""
    return " · ".join((shown(name, MAX_TITLE), *rest))


def link(url: str, label: str) -> str:
    """A link that opens in a new tab, or the bare label when the address is not one of the safe kinds."""
    safe = safe_url(url)
    if safe is None:
        return esc(label)
    return f'<a href="{html.escape(safe, quote=True)}" target="_blank" rel="noopener noreferrer">{esc(label)}</a>'


def markdown_text(text: str, limit: int = MAX_SHOWN) -> str:
    """Record text for the few widgets that read Markdown (labels of buttons and options): every sign of it is escaped.

    Signs that mean something only at the beginning, or only beside one that is escaped, stay as they are elsewhere: Streamlit hands the
    same text unread to screen readers, which would hear each backslash.
    """
    escaped = _MARKDOWN.sub(r"\\\g<0>", shown(text, limit).replace("\n", " ").strip())
    return _NUMBERED.sub(r"\1\\\2", escaped)
