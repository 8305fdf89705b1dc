"""Which response headers keep a visitor safe? Streamlit sends none of its own; a proxy in front may add stricter ones.

The policy allows what Streamlit and the map's frame need (inline scripts and styles, `eval` for streamlit-folium) and
nothing from other hosts, except the tile provider that a deployment named.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from lib.settings import read_settings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


def policy(tiles_url: str = "") -> str:
    """The Content-Security-Policy; tiles add their provider's host (with subdomains where the address has `{s}`) to images."""
    tiles = ""
    if tiles_url:
        parts = urlsplit(tiles_url.replace("{s}", "*"))
        tiles = f" {parts.scheme}://{parts.netloc}"
    return (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:{tiles}; font-src 'self' data:; connect-src 'self' ws: wss: blob: data:; worker-src 'self' blob:; "
        "frame-src 'self' blob: data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )


class SecurityHeaders:
    """Adds the headers to every HTTP answer (pure ASGI, so that streaming and websockets are not touched)."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self.app = app
        self.headers = [
            (b"content-security-policy", policy(read_settings().tiles_url).encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"strict-origin-when-cross-origin"),
            (b"permissions-policy", b"geolocation=(self), camera=(), microphone=()"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name.lower() for name, _ in message.get("headers", [])}
                message["headers"] = [*message.get("headers", []), *(h for h in self.headers if h[0] not in known)]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
