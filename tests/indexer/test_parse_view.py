"""What `yuanhua parse` shows of a file: whoever looks at it sees whether the file was read right."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from typer.testing import CliRunner

from indexer.build import read_transcript
from indexer.cli import register
from indexer.cli.output import printable
from indexer.cli.parse_view import transcript_view
from indexer.model import Kind, Transcript
from indexer.overview import first_words, overview

CORPUS = Path(__file__).parents[2] / "corpus"
CALL = """\
Fenwick Harbor Ltd (NYSE: FWHB) Q2 2024 Earnings Call Transcript

Aug 7, 2024, 8:30 a.m. ET

Prepared Remarks:

Jane Doe -- Chief Executive Officer

Our \x1b[31mharbours \u202epaid off this quarter. Revenue grew 4% from a year ago, as the new cranes came into use.

Questions and Answers:

Ronald Keung -- Goldman Sachs -- Analyst

How do you think about the [bold]berths[/bold] that you have not let so far, and will they be let next year?

Jane Doe -- Chief Executive Officer

We start with the north pier. It will be let before the summer of next year, and the south pier follows it.

Max Roe -- Chief Financial Officer

And the rents there are 3% higher than what we get at the moment on the old piers of the harbour.

Ronald Keung -- Goldman Sachs -- Analyst

Thank you.
"""


@pytest.fixture
def call(tmp_path: Path) -> Path:
    """Return a file with a call."""
    file = tmp_path / "call.txt"
    file.write_text(CALL, encoding="utf-8")
    return file


def parse(*arguments: object, code: int = 0) -> str:
    """Return what the command prints."""
    app = typer.Typer(pretty_exceptions_enable=False)
    register(app)
    result = CliRunner().invoke(app, ["parse", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result.stderr if code else result.stdout


def drawn(transcript: Transcript, width: int, *, everything: bool = False, turns: bool = False) -> str:
    """Return the view as a terminal of so many columns shows it."""
    screen = Console(width=width, file=io.StringIO(), markup=False, highlight=False)
    screen.print(transcript_view(transcript, everything=everything, turns=turns))
    return screen.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def row(shown: str, first: str) -> str:
    """Return the line that begins with a word."""
    return next(line for line in shown.splitlines() if line.startswith(first))


def test_metadata_comes_with_where_it_was_found(call: Path) -> None:
    shown = parse(call)
    assert re.search(r"title +Fenwick Harbor Ltd \(NYSE: FWHB\) Q2 2024 Earnings Call Transcript +title, line 1", shown)
    assert re.search(r"company +Fenwick Harbor Ltd +title, line 1", shown)
    assert re.search(r"date +2024-08-07 +title, line 3: Aug 7, 2024, 8:30 a\.m\. ET", shown)
    assert re.search(r"period +2024Q2 ", shown)
    assert re.search(r"language +en +the words of the text", shown)
    assert "spoken · txt · English · 3 speakers" in shown
    assert "No warnings" in shown


def test_what_disagrees_is_a_warning_above_the_facts_and_stands_beside_what_is_believed(tmp_path: Path) -> None:
    file = tmp_path / "fenwick_2024-08-09.txt"
    file.write_text(CALL, encoding="utf-8")
    shown = parse(file)
    assert shown.index("1 warning") < shown.index("2024-08-09 by the file name") < shown.index("Metadata")
    assert re.search(r"or 2024-08-09 +file name", shown)
    assert "No warnings" not in shown


def test_what_was_not_found_is_said_above_the_facts(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_text("Jane: The piers are let.\n\nMax: All of them?\n\nJane: All but one.\n", encoding="utf-8")
    shown = parse(file)
    assert shown.index("not found: company, ticker, period, date") < shown.index("Metadata")
    assert "Exchanges: none" in shown


def test_speakers_sections_and_exchanges_are_rows(call: Path) -> None:
    shown = parse(call)
    assert re.search(r"Jane Doe +Chief Executive Officer +management +2 +9", shown)
    assert re.search(r"Ronald Keung .*Goldman Sachs.* analyst +2 +15", shown)
    assert re.search(r"qa +Questions and Answers +4 +15 +How do you think", shown)
    assert re.search(r"1 +Ronald Keung +How do you think about the \[bold\]berths.* 15 +Jane Doe \(1\)", shown)
    assert "Max Roe (1)" in shown


def test_what_was_left_out_is_counted_and_shown_on_request(call: Path) -> None:
    shown = parse(call)
    assert re.search(r"speaker line +5 +\d+", shown)
    assert "Short turns, in the record and no hits: 1" in shown
    assert "Thank you. (1)" in shown
    assert "7: Jane Doe -- Chief" not in shown
    assert "7: Jane Doe -- Chief Executive Officer" in parse(call, "--all")


def test_turns_are_listed_on_request(call: Path) -> None:
    assert "Turns" not in parse(call)
    turns = parse(call, "--turns").split("Turns\n")[1]
    assert [line.split()[0] for line in turns.splitlines()[1:]] == ["9", "15", "19", "23", "27"]
    assert "We start with the north pier." in turns


def test_a_document_has_no_speakers(call: Path) -> None:
    document = replace(read_transcript(call), kind=Kind.DOCUMENT, exchanges=())
    shown = drawn(document, 100)
    assert "a document: nobody speaks in it" in shown
    assert "Speakers" not in shown
    assert "Exchanges" not in shown
    assert overview(document).speakers == ()


def test_nothing_in_a_file_steers_the_terminal(call: Path) -> None:
    shown = parse(call, "--all", "--turns")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert "\u241b[31mharbours \ufffdpaid" in shown


@given(st.text(st.characters(min_codepoint=1, max_codepoint=0x2100)))
def test_printable_keeps_places_and_takes_control_away(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


@given(st.text(st.sampled_from("a 好\n")), st.integers(2, 30))
def test_first_words_fit_and_begin_the_text(text: str, columns: int) -> None:
    shown = first_words(text, columns)
    assert cell_len(shown) <= columns
    line = " ".join(text.split())
    assert shown == line if cell_len(line) <= columns else line.startswith(shown.removesuffix("…"))


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_narrow_terminal_shows_every_column(path: Path) -> None:
    transcript = read_transcript(path)
    shown = drawn(transcript, 80, everything=True, turns=True)
    assert all(cell_len(line) <= 80 for line in shown.splitlines())
    for speaker in transcript.speakers:
        assert speaker.name in shown
    is_document = transcript.kind is Kind.DOCUMENT
    sections = shown.split("Headings\n" if is_document else "Sections\n")[1].split("\n\n")[0].splitlines()
    columns = ["heading", "passages", "from", "line", "begins"]
    assert sections[0].split() == (columns if is_document else ["section", *columns])
    if is_document:
        return
    turns = shown.split("Turns\n")[1].splitlines()
    assert len(turns) == len(transcript.turns) + 1
    assert all(len(line.split()) >= 4 for line in turns)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("broken.docx", b"PK\x03\x04 no archive"),
        ("strange\x1b[2J\nname.xyz", b"words"),
        ("noise.txt", bytes(range(256)) * 40),
        ("table.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_line(tmp_path: Path, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    said = parse(file, code=2)
    assert said.count("\n") == 1
    assert "\x1b" not in said
    assert Path(name).suffix in said
    assert "Traceback" not in said


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert parse(tmp_path, code=2).count("\n") == 1
