"""How does the project sheet become a PDF of one A4 page? Its texts travel as JSON, so that none of them can be markup."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from lib.reports.fiszka import Sheet

TEMPLATE = Path(__file__).with_name("fiszka.typ")


def to_pdf(sheet: Sheet) -> bytes:
    """The bytes of the PDF; the sheet's dates are on it, the file itself carries none, so that equal sheets are equal files."""
    import typst

    data = json.dumps(asdict(sheet), ensure_ascii=True)
    return bytes(typst.compile(str(TEMPLATE), sys_inputs={"data": data}, timestamp=0))
