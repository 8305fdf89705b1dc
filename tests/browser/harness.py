"""How do tests and benchmarks meet the app as a visitor does? A real server, a real Chromium, no way out to the network."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
START_TIMEOUT_S = 60
MAP_FRAME = 'iframe[title="streamlit_folium.st_folium"]'
NO_NETWORK = "MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1"


def browser_path() -> str | None:
    """The Chromium to drive: CHROMIUM_PATH, else one that is installed; None lets Playwright look for its own."""
    chosen = os.environ.get("CHROMIUM_PATH")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return chosen or next((path for name in names if (path := shutil.which(name))), None)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def server(script: str | Path = "app.py", environ: Mapping[str, str] | None = None, options: tuple[str, ...] = ()) -> Iterator[Server]:
    """A fresh Streamlit process on a free port; its log is on the returned object."""
    running = Server(script, environ or {}, options)
    try:
        running.wait()
        yield running
    finally:
        running.stop()


class Server:
    """One running app: `url`, `pid`, `log()`."""

    def __init__(self, script: str | Path, environ: Mapping[str, str], options: tuple[str, ...]) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self._log = Path(tempfile.gettempdir()) / f"mapa-server-{self.port}.log"
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(script),
            "--server.headless",
            "true",
            "--server.port",
            str(self.port),
            *options,
        ]
        self.started = time.perf_counter()
        with self._log.open("w") as out:
            self._process = subprocess.Popen(command, cwd=PROJECT, env={**os.environ, **environ}, stdout=out, stderr=subprocess.STDOUT)

    @property
    def pid(self) -> int:
        return self._process.pid

    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def wait(self) -> None:
        """Until the server answers; its log is the error when it does not."""
        while time.perf_counter() - self.started < START_TIMEOUT_S:
            if self._process.poll() is not None:
                raise RuntimeError(f"the app ended at its start:\n{self.log()}")
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"the app did not answer in {START_TIMEOUT_S} s:\n{self.log()}")

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._log.unlink(missing_ok=True)


@contextmanager
def chromium() -> Iterator[Any]:
    """A Chromium that can reach nothing but this machine."""
    from playwright.sync_api import sync_playwright

    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-sync",
        f"--host-resolver-rules={NO_NETWORK}",
    ]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path(), args=arguments)
        try:
            yield browser
        finally:
            browser.close()


def watch(page: Any) -> tuple[list[str], list[str]]:
    """(requests to other hosts, script errors) of a page, filled as they happen."""
    outside: list[str] = []
    errors: list[str] = []
    page.on("request", lambda r: outside.append(r.url) if not _local(r.url) else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    return outside, errors


def _local(url: str) -> bool:
    return url.startswith(("data:", "blob:", "about:", "http://localhost:", "ws://localhost:", "http://127.0.0.1:", "ws://127.0.0.1:"))


def map_frame(page: Any, timeout_ms: int = 30_000) -> Any:
    """The frame of the map once boundaries and records are drawn."""
    page.wait_for_selector(MAP_FRAME, timeout=timeout_ms)
    frame = page.query_selector(MAP_FRAME).content_frame()
    frame.wait_for_function("document.documentElement.dataset.version && document.documentElement.dataset.areas", timeout=timeout_ms)
    return frame


def map_fact(frame: Any, name: str) -> str:
    """A fact the drawing code writes on its document: version, shown, marks, names, areas."""
    return str(frame.evaluate("name => document.documentElement.dataset[name]", name))


def settle(page: Any) -> None:
    """Waits until the app has drawn its last part (the header) and stopped running a script."""
    page.wait_for_selector(".brand", timeout=30_000)
    page.wait_for_function("!document.querySelector('[data-testid=\"stStatusWidget\"]')", timeout=30_000)
    page.wait_for_timeout(250)
