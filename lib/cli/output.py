"""How does the command line write? UTF-8 whatever the terminal's locale, one line a line, and no complaint about a closed pipe."""

from __future__ import annotations

import io
import json
import os
import sys
import unicodedata
from typing import Any, TextIO


def use_utf8() -> None:
    """Write Polish letters also where the locale is C; what cannot be encoded at all is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def one_line(text: object) -> str:
    """Text without line breaks and control characters, so that a record's name cannot steer the terminal."""
    shown = (ch if unicodedata.category(ch)[0] != "C" else " " for ch in str(text))
    return " ".join("".join(shown).split())


def say(text: str = "", *, stream: TextIO | None = None) -> None:
    print(text, file=stream or sys.stdout)


def say_json(value: Any) -> None:
    """JSON with its letters readable; characters that no encoding knows are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    say(text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8"))


def abandon_output() -> None:
    """The reader of our output is gone (`| head`): let what is still buffered go nowhere, quietly."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = io.StringIO()
