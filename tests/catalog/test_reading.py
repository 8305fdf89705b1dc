"""Claims about reading: any bytes become rows and problems, and the row numbers are those of a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.catalog.reading import MAX_BROKEN_QUOTES, Rows, nearest, read_bytes, read_json, read_rows, shorten

COLUMNS = ("id", "name", "place")
TABLE = "id,name,place\n1,Żółw,Łąka\n2,Gęś,Źródło\n"


def read(raw: bytes) -> tuple[list[tuple[str, ...]], list[tuple[str, int | None]]]:
    rows, problems = read_rows("t.csv", raw, COLUMNS)
    return [tuple(row.get(c, "") for c in COLUMNS) for row in rows], [(p.code, p.row) for p in problems]


SOUND = [("1", "Żółw", "Łąka"), ("2", "Gęś", "Źródło")]


def test_a_sound_table_has_no_problem_and_rows_from_two() -> None:
    rows, problems = read_rows("t.csv", TABLE.encode(), COLUMNS)
    assert problems == () and rows.numbers == [2, 3] and len(rows) == 2 and rows.row(1)["name"] == "Gęś"


@pytest.mark.parametrize(
    ("raw", "code", "params"),
    [
        (b"\xef\xbb\xbf" + TABLE.encode(), "encoding_bom", {}),
        (TABLE.encode("cp1250"), "encoding_wrong", {"encoding": "Windows-1250"}),
        (TABLE.encode("iso8859_2"), "encoding_wrong", {"encoding": "ISO-8859-2"}),
        (TABLE.encode("utf-16"), "encoding_wrong", {"encoding": "UTF-16"}),
        (TABLE.encode("utf-16-le"), "encoding_wrong", {"encoding": "UTF-16"}),
        (TABLE.encode("utf-16-be"), "encoding_wrong", {"encoding": "UTF-16"}),
    ],
)
def test_other_encodings_are_named_and_still_read(raw: bytes, code: str, params: dict[str, str]) -> None:
    rows, problems = read_rows("t.csv", raw, COLUMNS)
    assert [(p.code, p.params) for p in problems] == [(code, params)]
    assert [tuple(row.values()) for row in rows] == SOUND


@pytest.mark.parametrize(("delimiter", "name"), [(";", ";"), ("\t", "TAB"), ("|", "|")])
def test_other_delimiters_are_named_and_still_read(delimiter: str, name: str) -> None:
    rows, problems = read_rows("t.csv", TABLE.replace(",", delimiter).encode(), COLUMNS)
    assert [(p.code, p.row, p.params) for p in problems] == [("delimiter_wrong", 1, {"delimiter": name})]
    assert [tuple(row.values()) for row in rows] == SOUND


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(ending: str) -> None:
    assert read(TABLE.replace("\n", ending).encode()) == (SOUND, [])


def test_ragged_rows_are_reported_by_row_and_left_out() -> None:
    rows, problems = read(b"id,name,place\n1,a\n2,b,c\n3,d,e,f\n")
    assert rows == [("2", "b", "c")] and problems == [("row_short", 2), ("row_long", 4)]


def test_a_quoted_cell_with_line_breaks_is_one_row() -> None:
    rows, problems = read(b'id,name,place\n1,"a\nb\nc",d\n2,e\n')
    assert rows == [("1", "a\nb\nc", "d")] and problems == [("row_short", 3)]


def test_empty_lines_count_as_rows_but_are_no_defect() -> None:
    assert read(b"id,name,place\n\n1,a\n") == ([], [("row_short", 3)])


def test_a_row_of_commas_is_an_empty_row() -> None:
    assert read(b"id,name,place\n,,\n1,a,b\n") == ([("1", "a", "b")], [("row_empty", 2)])


def test_a_stray_quotation_mark_costs_one_row_not_the_rest_of_the_file() -> None:
    raw = b'id,name,place\n1,"open,b\n2,c,d\n3,e,"f"\n4,g,h\n'
    assert read(raw) == ([("2", "c", "d"), ("3", "e", "f"), ("4", "g", "h")], [("quote_broken", 2)])


def test_text_after_a_closing_quotation_mark_is_reported() -> None:
    assert read(b'id,name,place\n1,"Kolo" Roza,b\n2,c,d\n') == ([("2", "c", "d")], [("quote_broken", 2)])


def test_a_file_of_broken_quotes_is_given_up_after_a_while() -> None:
    _, problems = read(b"id,name,place\n" + b'1,"a"b,c\n' * (MAX_BROKEN_QUOTES + 50))
    assert len(problems) == MAX_BROKEN_QUOTES + 1 and problems[-1][0] == "reading_stopped"


@pytest.mark.parametrize(
    ("raw", "problems"),
    [
        (b"id,name,place\n1,a,b\n2,c", [("file_cut", 3)]),
        (b'id,name,place\n1,a,b\n2,c,"d', [("file_cut", 3)]),
        (b'id,name,place\n1,a,b\n2,c,"d\n', [("file_cut", 3)]),
        ("id,name,place\n1,a,b\n2,c,ż".encode()[:-1], [("file_cut", None)]),
        (b"id,name,place\n1,a,b\n2,c,d", [("file_unended", 3)]),
    ],
)
def test_a_file_cut_anywhere_is_noticed(raw: bytes, problems: list[tuple[str, int | None]]) -> None:
    rows, found = read(raw)
    assert found == problems and rows[0] == ("1", "a", "b")


def test_cutting_a_table_at_any_byte_inside_a_row_is_noticed() -> None:
    raw = TABLE.encode()
    whole_rows = {i + 1 for i, byte in enumerate(raw) if byte == ord("\n")}
    assert [size for size in range(1, len(raw)) if size not in whole_rows and not read(raw[:size])[1]] == []


def test_nul_bytes_are_reported_and_removed() -> None:
    assert read(b"id,name,place\n1,a\x00b,c\n") == ([("1", "ab", "c")], [("nul_bytes", 2)])


def test_a_few_damaged_characters_do_not_change_the_encoding_of_the_whole() -> None:
    rows, problems = read(TABLE.encode() + b"3,G\xea\x9c,x\n")
    assert problems == [("encoding_broken", 4), ("characters_lost", 4)] and rows[0] == SOUND[0] and len(rows) == 3


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"   ", b"\xef\xbb\xbf"])
def test_an_empty_file_is_called_empty(raw: bytes) -> None:
    rows, problems = read(raw)
    assert rows == [] and ("file_empty", None) in problems


def test_missing_unknown_double_and_unnamed_columns_are_named() -> None:
    rows, problems = read_rows("t.csv", b"id,nmae,id,\n1,a,2,x\n", COLUMNS)
    found = [(p.code, p.column) for p in problems]
    assert found == [
        ("column_unknown", "nmae"),
        ("column_double", "id"),
        ("column_unnamed", None),
        ("column_missing", "name"),
        ("column_missing", "place"),
    ]
    assert problems[0].params["nearest"] == "name" and rows.column("id") == ["1"] and rows.column("name") == [""]


def test_a_table_without_its_header_is_one_problem_not_hundreds() -> None:
    assert read(b"1,a,b\n2,c,d\n") == ([], [("header_missing", 1)])


def test_blanks_around_cells_are_no_part_of_them() -> None:
    assert read("id, name ,place\n 1 ,\u00a0a b, c\n".encode()) == ([("1", "a b", "c")], [])


def test_a_very_long_cell_is_read_whole() -> None:
    rows, problems = read(b"id,name,place\n1," + b"x" * 300_000 + b",c\n")
    assert len(rows[0][1]) == 300_000 and problems == []


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_reading_never_raises_on_arbitrary_bytes(raw: bytes) -> None:
    for data in (raw, b"id,name,place\n" + raw, TABLE.encode() + raw):
        rows, _ = read_rows("t.csv", data, COLUMNS)
        assert isinstance(rows, Rows) and all(len(cells) == len(rows) for cells in rows.columns.values())
    read_json("t.json", raw)


@given(st.text(alphabet='",;\n\r\t ab|\x00', max_size=80))
@settings(max_examples=200, deadline=None)
def test_reading_never_raises_on_arbitrary_quotes(text: str) -> None:
    read_rows("t.csv", ("id,name,place\n" + text).encode(), COLUMNS)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "file_empty"),
        (b'{"a": [1, 2', "file_cut"),
        (b'{"a": "b', "file_cut"),
        (b"{'a': 1}", "json_broken"),
        (b"[" * 100_000, "json_broken"),
        (b"1" * 5000, "json_broken"),
    ],
)
def test_a_broken_json_file_is_told_from_a_cut_one(raw: bytes, code: str) -> None:
    value, problems = read_json("t.json", raw)
    assert value is None and [p.code for p in problems] == [code]


def test_json_in_another_encoding_is_read_with_a_problem() -> None:
    value, problems = read_json("t.json", '{"a": "żółw źle"}'.encode("cp1250"))
    assert value == {"a": "żółw źle"} and [p.code for p in problems] == ["encoding_wrong"]


def test_lone_surrogates_in_json_are_replaced() -> None:
    assert read_json("t.json", b'{"a": ["\\ud800x", 1]}')[0] == {"a": ["\ufffdx", 1]}


def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    (tmp_path / "d.csv").mkdir()
    assert read_bytes(tmp_path, "none.csv")[1][0].code == "file_missing"
    assert read_bytes(tmp_path, "d.csv")[1][0].code == "file_unreadable"
    assert read_bytes(tmp_path, "a\0b")[1][0].code == "file_unreadable"


def test_values_in_messages_are_short_and_visible() -> None:
    assert shorten("a\n\u202eb") == "a b" and len(shorten("x" * 500)) == 60


def test_the_nearest_code_is_offered() -> None:
    assert nearest("cultur", ("sport", "culture")) == "culture" and nearest("x", ()) == ""
