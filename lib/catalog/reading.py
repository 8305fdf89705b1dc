"""Which rows does a file hold, whatever its bytes? Finds wrong encodings, delimiters, ragged rows and cut files; never raises.

Row numbers are those of a spreadsheet: the header is row 1, a quoted cell with line breaks stays one row, and empty
lines count.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from lib.errors import Problem

CELL_LIMIT = 2**31 - 1
"""The csv module's limit of 131,072 characters would refuse a long description; this is the largest limit every platform takes."""
DELIMITERS = {",": ",", ";": ";", "\t": "TAB", "|": "|"}
MAX_BROKEN_QUOTES = 200
"""After so many rows with broken quotes the file is no table any more; reading on would only cost time."""
MAX_SHOWN = 60
"""Characters of a value repeated in a message."""
SAMPLE_BYTES = 4096
NUL_SHARE_UTF16 = 0.3
"""Polish text in UTF-16 has a zero byte in about half of its bytes; 30 % of one parity leaves room for other alphabets."""

_CP1250_ONLY = re.compile(rb"[\x8c\x8f\x9c\x9f\xa5\xb9]")
_LATIN2_ONLY = re.compile(rb"[\xa1\xa6\xac\xb1\xb6\xbc]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SHOWN_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]+")

csv.field_size_limit(CELL_LIMIT)


@dataclass(frozen=True)
class Rows:
    """The sound rows of a file by column, with the row number each has in a spreadsheet. `len()` counts the rows.

    Blanks around a cell's text are not part of it.
    """

    columns: dict[str, list[str]] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.numbers)

    def column(self, name: str) -> list[str]:
        """The cells of a column; empty texts when the file has no such column."""
        found = self.columns.get(name)
        return found if found is not None else [""] * len(self)

    def row(self, index: int) -> dict[str, str]:
        return {name: cells[index] for name, cells in self.columns.items()}

    def __iter__(self) -> Iterator[dict[str, str]]:
        return (self.row(i) for i in range(len(self)))


def shorten(value: str) -> str:
    """A value as a message may repeat it: one line, visible, short."""
    clean = _SHOWN_BREAKS.sub(" ", value).strip()
    return clean if len(clean) <= MAX_SHOWN else clean[: MAX_SHOWN - 1] + "…"


def read_bytes(directory: Path, path: str) -> tuple[bytes | None, tuple[Problem, ...]]:
    """The bytes of a file of the data directory, or None and the reason."""
    try:
        return (directory / path).read_bytes(), ()
    except FileNotFoundError:
        return None, (Problem(path, "file_missing"),)
    except (OSError, ValueError) as error:
        return None, (Problem(path, "file_unreadable", None, None, {"error": shorten(getattr(error, "strerror", None) or str(error))}),)


def decode(file: str, raw: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file in any encoding met in Polish offices, with what is wrong about it."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace").lstrip("\ufeff"), (_encoding(file, "UTF-16"),)
    if raw.startswith(b"\xef\xbb\xbf"):
        text, problems = _decode_utf8(file, raw[3:])
        return text, (Problem(file, "encoding_bom"), *problems)
    order = _utf16_order(raw)
    if order:
        return raw.decode(order, "replace"), (_encoding(file, "UTF-16"),)
    return _decode_utf8(file, raw)


def _encoding(file: str, name: str) -> Problem:
    return Problem(file, "encoding_wrong", None, None, {"encoding": name})


def _utf16_order(raw: bytes) -> str:
    """The byte order of UTF-16 without a mark, told by where its zero bytes lie ("" when it is not UTF-16)."""
    sample = raw[:SAMPLE_BYTES]
    half = len(sample) // 2
    if half < 2:
        return ""
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > NUL_SHARE_UTF16 and even < odd / 4:
        return "utf-16-le"
    return "utf-16-be" if even > NUL_SHARE_UTF16 and odd < even / 4 else ""


def _decode_utf8(file: str, raw: bytes) -> tuple[str, tuple[Problem, ...]]:
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if error.end == len(raw) and error.reason == "unexpected end of data":
            return raw[: error.start].decode("utf-8"), (Problem(file, "file_cut"),)
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(len(run) for run in re.findall("[^\x00-\x7f\ufffd]+", text))
    if whole >= broken:
        return text, (Problem(file, "encoding_broken", text.count("\n", 0, text.index("\ufffd")) + 1, None, {"count": broken}),)
    latin2 = len(_LATIN2_ONLY.findall(raw)) > len(_CP1250_ONLY.findall(raw))
    codec, name = ("iso8859_2", "ISO-8859-2") if latin2 else ("cp1250", "Windows-1250")
    return raw.decode(codec, "replace"), (_encoding(file, name),)


def read_json(file: str, raw: bytes) -> tuple[Any | None, tuple[Problem, ...]]:
    """The value of a JSON file (None when it is no JSON), with what is wrong about it."""
    if not raw.strip():
        return None, (Problem(file, "file_empty"),)
    text, problems = decode(file, raw)
    try:
        value = json.loads(text)
        value = _clean(value) if "\\u" in text else value
    except json.JSONDecodeError as error:
        cut = not text[error.pos :].strip() or error.msg.startswith("Unterminated")
        row = min(error.lineno, text.count("\n") + 1)
        code = "file_cut" if cut else "json_broken"
        kept = tuple(p for p in problems if p.code != "file_cut")
        return None, (*kept, Problem(file, code, row, None, {} if cut else {"position": error.colno}))
    except (ValueError, RecursionError):
        value = None
    if value is None:  # a file that says just `null` is no more use than one that cannot be parsed
        return None, (*problems, Problem(file, "json_broken", None, None, {"position": 1}))
    return value, problems


def _clean(value: Any) -> Any:
    """The value without lone surrogates, which JSON can spell but no file or page can hold."""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_clean(k): _clean(v) for k, v in value.items()}
    return [_clean(v) for v in value] if isinstance(value, list) else value


def read_rows(file: str, raw: bytes, expected: Sequence[str]) -> tuple[Rows, tuple[Problem, ...]]:
    """The sound rows of a CSV file with the expected columns, and every defect of its form."""
    if not raw.strip():
        return Rows(), (Problem(file, "file_empty"),)
    text, found = decode(file, raw)
    problems = list(found)
    if "\0" in text:
        problems.append(Problem(file, "nul_bytes", text.count("\n", 0, text.index("\0")) + 1, None, {"count": text.count("\0")}))
        text = text.replace("\0", "")
    delimiter = _delimiter(text, expected)
    if delimiter != ",":
        problems.append(Problem(file, "delimiter_wrong", 1, None, {"delimiter": DELIMITERS[delimiter]}))
    records, broken = _records(file, text, delimiter)
    problems.extend(broken)
    if not records:
        return Rows(), (*problems, Problem(file, "file_empty"))
    header, faults = _header(file, records[0][1], expected)
    problems.extend(faults)
    if not any(name in header for name in expected):
        return Rows(), tuple(problems)
    rows, faults = _body(file, header, records[1:], ended=text.endswith(("\n", "\r")))
    cut_already = any(p.code == "file_cut" for p in problems)
    problems.extend(p for p in faults if not (cut_already and p.code in {"file_cut", "file_unended"}))
    if "\ufffd" in text:
        problems.extend(_replaced(file, rows))
    return rows, tuple(problems)


def _delimiter(text: str, expected: Sequence[str]) -> str:
    """The delimiter that makes the most expected columns out of the header."""
    line = re.search(r"[^\r\n]+", text)
    known, first = set(expected), line[0] if line else ""

    def hits(delimiter: str) -> int:
        return sum(name.strip().strip('"').strip() in known for name in first.split(delimiter))

    return max(DELIMITERS, key=lambda d: (hits(d), d == ","))


def _records(file: str, text: str, delimiter: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Numbered records. A record with broken quotes is reported and left out; reading goes on with the next line."""
    try:
        whole = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
        return [(n, cells) for n, cells in enumerate(whole, 1) if cells], []
    except csv.Error:
        lines = list(StringIO(text, newline=""))
    records: list[tuple[int, list[str]]] = []
    problems: list[Problem] = []
    start, number = 0, 0
    while start < len(lines):
        reader = csv.reader(iter(lines[start:]), delimiter=delimiter, strict=True)
        done = 0
        try:
            for cells in reader:
                number, done = number + 1, reader.line_num
                if cells:
                    records.append((number, cells))
            break
        except csv.Error as error:
            number, start = number + 1, start + done + 1
            last = not any(line.strip() for line in lines[start:])
            problems.append(Problem(file, "file_cut" if last and "unexpected end" in str(error) else "quote_broken", number))
            if len(problems) >= MAX_BROKEN_QUOTES:
                problems.append(Problem(file, "reading_stopped", number))
                break
    return records, problems


def _header(file: str, cells: Sequence[str], expected: Sequence[str]) -> tuple[list[str], list[Problem]]:
    """The column names ("" for a second column of the same name) and what is wrong about them."""
    names = [name.strip() for name in cells]
    problems: list[Problem] = []
    header: list[str] = []
    for place, name in enumerate(names):
        if not name or name in header:
            code, params = "column_double" if name else "column_unnamed", {"place": place + 1, "column": shorten(name)}
            problems.append(Problem(file, code, 1, shorten(name) or None, params))
            name = ""
        elif name not in expected:
            params = {"column": shorten(name), "nearest": nearest(name, expected)}
            problems.append(Problem(file, "column_unknown", 1, shorten(name), params))
        header.append(name)
    missing = [name for name in expected if name not in header]
    if expected and len(missing) == len(expected):
        return header, [Problem(file, "header_missing", 1, None, {"expected": ", ".join(expected)})]
    problems.extend(Problem(file, "column_missing", 1, name, {"column": name}) for name in missing)
    return header, problems


def nearest(value: str, known: Sequence[str]) -> str:
    """The known code most like the value ("" when there is none to offer)."""
    from rapidfuzz import process, utils

    found = process.extractOne(value[:MAX_SHOWN], known, processor=utils.default_process)
    return found[0] if found and found[1] > 0 else (known[0] if known else "")


def _body(file: str, header: Sequence[str], records: Sequence[tuple[int, list[str]]], *, ended: bool) -> tuple[Rows, list[Problem]]:
    """The records that have all cells, by column; the others as problems."""
    width = len(header)
    problems: list[Problem] = []
    kept: list[list[str]] = []
    numbers: list[int] = []
    last = records[-1][0] if records else 0
    for number, cells in records:
        if len(cells) == width:
            if any(cells):
                kept.append([cell.strip() for cell in cells])
                numbers.append(number)
            else:
                problems.append(Problem(file, "row_empty", number))
        elif number == last and not ended and len(cells) < width:
            problems.append(Problem(file, "file_cut", number))
        else:
            code = "row_short" if len(cells) < width else "row_long"
            problems.append(Problem(file, code, number, None, {"found": len(cells), "expected": width}))
    if not ended and not any(p.code == "file_cut" for p in problems):
        problems.append(Problem(file, "file_unended", last or 1))
    cells_of = [list(column) for column in zip(*kept, strict=True)] or [[] for _ in header]
    return Rows({name: cells for name, cells in zip(header, cells_of, strict=True) if name}, numbers), problems


def _replaced(file: str, rows: Rows) -> list[Problem]:
    """Cells in which characters were lost."""
    return [
        Problem(file, "characters_lost", rows.numbers[i], name, {"value": shorten(cell)})
        for name, cells in rows.columns.items()
        if any("\ufffd" in cell for cell in cells)
        for i, cell in enumerate(cells)
        if "\ufffd" in cell
    ]
