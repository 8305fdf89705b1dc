"""Claims about background tiles: none unless the deployment names a provider and its credit, and then as providers require."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from tests.browser import harness

pytestmark = pytest.mark.browser
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")


class Tiles(BaseHTTPRequestHandler):
    """A tile provider on this machine that remembers who asked and from where."""

    asked: ClassVar[list[tuple[str, str | None]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers.get("Referer")))
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(PIXEL)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: the test looks at `asked`."""


@pytest.fixture
def provider() -> Iterator[str]:
    Tiles.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Tiles) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/{{z}}/{{x}}/{{y}}.png"
        running.shutdown()


def test_tiles_of_a_named_provider_are_asked_for_with_a_referer_and_shown_with_its_credit(page: Any, provider: str) -> None:
    with harness.server(environ={"MAPA_TILES_URL": provider, "MAPA_TILES_ATTRIBUTION": "Dostawca testowy"}) as app:
        page.goto(app.url)
        frame = harness.map_frame(page)
        page.wait_for_timeout(1500)
        assert Tiles.asked and all((referer or "").startswith(app.url) for _, referer in Tiles.asked)
        assert "Dostawca testowy" in frame.locator(".leaflet-control-attribution").inner_text()


def test_without_a_credit_no_tile_is_asked_for(page: Any, provider: str) -> None:
    with harness.server(environ={"MAPA_TILES_URL": provider}) as app:
        page.goto(app.url)
        harness.map_frame(page)
        page.wait_for_timeout(1000)
        assert Tiles.asked == []
