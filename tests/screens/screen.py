"""What do tests of single screens do alike? Open one with an address, read what it put into the page and into the address."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from lib.settings import PROJECT_DIR


def opened(name: str, params: dict[str, str], *, seconds: float) -> AppTest:
    """The screen `pages/screens/{name}.py` after its first run with these parameters of the address."""
    at = AppTest.from_file(str(PROJECT_DIR / "pages" / "screens" / f"{name}.py"), default_timeout=seconds)
    for key, value in params.items():
        at.query_params[key] = value
    return at.run()


def param(at: AppTest, name: str) -> str:
    """A parameter of the address; the test harness keeps one as a text or as a list of one."""
    value = at.query_params[name]
    return value if isinstance(value, str) else value[0]


def html(at: AppTest) -> str:
    """All HTML of the page, in its order."""
    return "\n".join(e.proto.body for e in at.get("html"))
