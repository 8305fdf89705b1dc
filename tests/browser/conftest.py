"""One app and one Chromium for all browser tests; a page of its own for each test, with no way to the outside network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import harness

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def app() -> Iterator[harness.Server]:
    with harness.server() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with harness.chromium() as running:
        yield running


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A visitor at a desk; the test fails when the page asked another host for anything or a script failed."""
    context = browser.new_context(viewport=DESK, locale="pl-PL", accept_downloads=True)
    opened = context.new_page()
    outside, errors = harness.watch(opened)
    yield opened
    context.close()
    assert outside == [], "the page asked other hosts"
    assert errors == [], "a script of the page failed"


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    """A visitor with a phone, 390 px wide."""
    context = browser.new_context(viewport=PHONE, locale="pl-PL", has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()
