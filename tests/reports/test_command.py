"""`python -m lib brief` writes the file that its name promises, in the language asked for, and explains every mistake."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from lib.cli.main import main
from tests import worlds

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path) -> str:
    return str(worlds.write_world(tmp_path / "data"))


def test_it_writes_a_pdf_and_says_so(capsys: Capture, data: str, tmp_path: Path) -> None:
    out = tmp_path / "karta.pdf"
    assert main(["brief", worlds.TERYTS[0], "--out", str(out), "--data", data]) == 0
    assert "Alfowo" in capsys.readouterr().out
    assert "Alfowo" in PdfReader(io.BytesIO(out.read_bytes())).pages[0].extract_text()


@pytest.mark.parametrize(("language", "word"), [("en", "Whom to invite"), ("uk", "Кого запросити")])
def test_it_writes_a_docx_in_the_language_asked_for(capsys: Capture, data: str, tmp_path: Path, language: str, word: str) -> None:
    out = tmp_path / "KARTA.DOCX"
    assert main(["brief", worlds.TERYTS[1], "--out", str(out), "--data", data, "--lang", language, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"file": str(out), "teryt": worlds.TERYTS[1], "language": language, "bytes": out.stat().st_size}
    assert any(word in paragraph.text for paragraph in docx.Document(str(out)).paragraphs)


@pytest.mark.parametrize(
    ("teryt", "name", "said"),
    [
        ("9901013", "karta.pdf", "9901012"),
        (worlds.TERYTS[0], "karta.odt", ".docx"),
        (worlds.TERYTS[0], "karta", ".pdf"),
        (worlds.TERYTS[0], "nowhere/karta.pdf", "nowhere"),
    ],
)
def test_a_mistake_is_explained_and_nothing_is_written(
    capsys: Capture, data: str, tmp_path: Path, teryt: str, name: str, said: str
) -> None:
    assert main(["brief", teryt, "--out", str(tmp_path / name), "--data", data]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert "Traceback" not in shown.err
    assert list(tmp_path.rglob("karta*")) == []


def test_a_missing_data_directory_is_explained(capsys: Capture, tmp_path: Path) -> None:
    assert main(["brief", worlds.TERYTS[0], "--out", str(tmp_path / "x.pdf"), "--data", str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err


def test_the_brief_of_a_meeting_names_its_venue_and_day_and_reach(capsys: Capture, data: str, tmp_path: Path) -> None:
    out = tmp_path / "spotkanie.docx"
    asked = ["--meeting", "r-0", "--date", "2027-03-18", "--km", "12"]
    assert main(["brief", worlds.TERYTS[0], "--out", str(out), "--data", data, *asked]) == 0
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(out)).paragraphs)
    assert "Koło zmyślone 0" in text.replace("\u00a0", " ") and "18 marca 2027" in text.replace("\u00a0", " ") and "12" in text
    assert "Karta spotkania" in text
    assert "kartę spotkania" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--meeting", "r-nowhere"], "r-0"),
        (["--meeting", "r-0", "--date", "18.03.2027"], "2027-03-18"),
        (["--meeting", "r-0", "--km", "far"], "far"),
        (["--meeting", "r-0", "--km", "0"], "więcej niż 0 km"),
        (["--meeting", "r-0", "--date", "2020-01-02"], "już minął"),
        (["--meeting", "r-0", "--date", "2027-02-30"], "nie jest dniem"),
        (["--meeting", "r-1"], "Betowo"),
        (["--date", "2026-02-30"], "--meeting"),
        (["--km", "abc"], "--meeting"),
    ],
)
def test_a_meeting_that_cannot_be_is_explained(capsys: Capture, data: str, tmp_path: Path, asked: list[str], said: str) -> None:
    assert main(["brief", worlds.TERYTS[0], "--out", str(tmp_path / "x.pdf"), "--data", data, *asked]) == 2
    shown = capsys.readouterr()
    assert said in shown.err and "Traceback" not in shown.err
    assert not (tmp_path / "x.pdf").exists()


def test_a_mistake_is_explained_in_the_language_asked_for(capsys: Capture, data: str, tmp_path: Path) -> None:
    assert main(["brief", worlds.TERYTS[0], "--out", str(tmp_path / "x.pdf"), "--data", data, "--km", "9", "--lang", "en"]) == 2
    assert "Add --meeting" in capsys.readouterr().err


@pytest.mark.parametrize(("day", "said"), [("2027-05-03", "Święto"), ("2027-03-21", "niedziela")])
def test_a_meeting_on_a_day_off_is_written_with_a_notice(capsys: Capture, data: str, tmp_path: Path, day: str, said: str) -> None:
    asked = ["--meeting", "r-0", "--date", day]
    assert main(["brief", worlds.TERYTS[0], "--out", str(tmp_path / "x.docx"), "--data", data, *asked]) == 0
    assert said in capsys.readouterr().err
