"""Is this text an address that may become a link? Standard library only."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

WEB_SCHEMES = ("http", "https")
MAX_LINK_CHARS = 2048
"""Longer addresses are cut by mail programs and proxies; none of the region's sources comes near."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PLAIN_WEB = re.compile(
    r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}(?:[/?#][!#$%&'()*+,./0-9:;=?@A-Z_a-z~\[\]-]*)?"
)
_HOST_LABEL = re.compile(r"[\w](?:[\w-]*[\w])?")
_FORBIDDEN = frozenset('\\<>"`{}|^')
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})
_MAIL = re.compile(r"[\w.!#$%&'*+/=?~-]+@(?:[\w-]+\.)+[\w-]{2,}", re.ASCII)
POLAND = "+48"
_DOMESTIC_DIGITS = 9
"""Digits of a Polish number without its country code."""
_EXTENSION = re.compile(r"\bwew(?:n|nętrzny)?\.?\s*(\d{1,8})\s*$", re.IGNORECASE)
_PHONE_SIGNS = re.compile(r"[\s()./-]")
_TEL = re.compile(r"\+?[0-9][0-9().-]{2,30}(?:;ext=[0-9]{1,8})?")


def safe_url(text: str) -> str | None:
    """The address if it is http, https, mailto or tel and hides nothing; None for everything else.

    Refused: other schemes (javascript:, data:, file:), invisible or control characters, blanks, backslashes, markup
    signs, credentials in the host and hosts without a dot.
    """
    url = text.strip(" ")
    if len(url) <= MAX_LINK_CHARS and _PLAIN_WEB.fullmatch(url):
        return url
    found = _SCHEME.match(url)
    if found is None or len(url) > MAX_LINK_CHARS or not _visible(url):
        return None
    scheme = found[1].lower()
    if scheme in WEB_SCHEMES:
        return url if _web_host(url) else None
    rest = url[found.end() :]
    if scheme == "mailto":
        return url if _MAIL.fullmatch(rest) else None
    return url if scheme == "tel" and _TEL.fullmatch(rest) else None


def safe_web_url(text: str) -> str | None:
    """As `safe_url`, for pages only: http or https."""
    url = safe_url(text)
    return url if url is not None and url[:4].lower() == "http" else None


def dial_url(text: str) -> str | None:
    """A number to dial: country code added to nine digits, extension kept; None when it is no single number."""
    extension = _EXTENSION.search(text)
    digits = _PHONE_SIGNS.sub("", text[: extension.start()] if extension else text)
    if digits.startswith("0048"):
        digits = "+" + digits[2:]
    plain = digits.removeprefix("+")
    if not (plain.isascii() and plain.isdigit()):
        return None
    number = digits if digits.startswith("+") or len(plain) != _DOMESTIC_DIGITS else POLAND + digits
    return safe_url(f"tel:{number}" + (f";ext={extension[1]}" if extension else ""))


def _visible(url: str) -> bool:
    return not any(c in _FORBIDDEN or unicodedata.category(c) in _INVISIBLE for c in url)


def _web_host(url: str) -> bool:
    """Whether the address names a host a browser would go to, and nothing before an `@`."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not url[len(parts.scheme) + 1 :].startswith("//") or "@" in parts.netloc or "." not in host:
        return False
    return all(_HOST_LABEL.fullmatch(label) for label in host.rstrip(".").split("."))
