"""How long does something take? Wall-clock milliseconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def ms(action: Callable[[], Any]) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)
