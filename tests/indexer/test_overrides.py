"""What the user states of files, on the command line or in a sidecar, and how long it holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
from typer.testing import CliRunner

from indexer.build import BuildSettings, check_overrides, index_paths
from indexer.cli import register
from indexer.codec import transcript_from_json
from indexer.errors import InvalidRequestError
from indexer.stores.index import IndexReader
from indexer.stores.passages import TranscriptInfo

if TYPE_CHECKING:
    from indexer.build import BuildReport
    from indexer.model import Transcript

CALL = """\
Larkspur Foods (LKSP) Q1 2024 Earnings Call
May 2, 2024

Tom Reed -- Chief Executive Officer
We grew by a tenth, and we are glad of it.

T. Reed -- Chief Executive Officer
They look fine.
"""


class Folder:
    """A folder of files and the index of it."""

    def __init__(self, path: Path) -> None:
        self.files = path / "calls"
        self.index = path / "index"
        self.files.mkdir()
        self.write("call.txt", CALL)

    def write(self, name: str, text: str) -> None:
        (self.files / name).write_text(text, encoding="utf-8")

    def build(self, *, rebuild: bool = False, **overrides: str) -> BuildReport:
        settings = BuildSettings(embedders=(), rebuild=rebuild, overrides=check_overrides(overrides))
        return index_paths(self.index, [self.files], settings)

    def transcripts(self) -> list[Transcript]:
        reader = IndexReader(self.index)
        try:
            passages = reader.current().passages
            return [passages.transcript(info.id) for info in passages.transcripts()]
        finally:
            reader.close()

    def only(self) -> Transcript:
        (transcript,) = self.transcripts()
        return transcript


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_what_the_command_states_is_kept(folder: Folder) -> None:
    folder.build()
    assert len(folder.build(ticker="OAK", date="2024-05-03").updated) == 1
    assert (folder.only().ticker, folder.only().date, folder.only().company) == ("OAK", "2024-05-03", "Larkspur Foods")
    again = folder.build()
    assert (len(again.unchanged), again.updated) == (1, ())
    assert folder.build(ticker="OAK").updated == ()
    folder.write("call.txt", CALL.replace("a tenth", "a fifth"))
    assert len(folder.build().updated) == 1
    assert (folder.only().ticker, folder.only().date) == ("OAK", "2024-05-03")


def test_one_field_is_stated_again_or_taken_back_without_the_others(folder: Folder) -> None:
    folder.build(ticker="OAK", date="2024-05-03")
    folder.build(ticker="ELM")
    assert (folder.only().ticker, folder.only().date) == ("ELM", "2024-05-03")
    folder.build(ticker="")
    assert (folder.only().ticker, folder.only().date) == ("LKSP", "2024-05-03")
    folder.build(date="")
    assert folder.only().date == "2024-05-02"
    assert len(folder.build().unchanged) == 1
    folder.build(ticker="NYSE:OAK")
    assert folder.only().ticker == "NYSE:OAK"
    assert len(folder.build().unchanged) == 1
    folder.build(rebuild=True)
    assert folder.only().ticker == "LKSP"


def test_it_is_stated_of_all_files_given_and_of_no_other(folder: Folder) -> None:
    folder.write("other.txt", CALL.replace("a tenth", "a half"))
    folder.build()
    settings = BuildSettings(embedders=(), overrides=check_overrides({"company": "Oak"}))
    index_paths(folder.index, [folder.files / "other.txt"], settings)
    assert [call.company for call in folder.transcripts()] == ["Larkspur Foods", "Oak"]
    folder.build(company="Elm")
    assert {call.company for call in folder.transcripts()} == {"Elm"}


def test_a_sidecar_that_comes_changes_or_goes_makes_its_file_read_again(folder: Folder) -> None:
    folder.write("other.txt", CALL.replace("a tenth", "a half"))
    first = folder.build()
    digest = folder.transcripts()[0].source.sha256
    for company in ("Oak", "Elm"):
        folder.write("call.toml", f'company = "{company}"\n')
        report = folder.build()
        assert (len(report.updated), len(report.unchanged)) == (1, 1)
        assert [call.company for call in folder.transcripts()] == [company, "Larkspur Foods"]
        assert folder.build().updated == ()
    assert folder.transcripts()[0].source.sha256 == digest
    folder.build(company="Ash")
    assert [call.company for call in folder.transcripts()] == ["Ash", "Ash"]
    folder.build(company="")
    (folder.files / "call.toml").unlink()
    assert len(folder.build().updated) == 1
    assert [call.company for call in folder.transcripts()] == ["Larkspur Foods", "Larkspur Foods"]
    assert first.skipped == ()


def test_a_sidecar_mends_a_speaker(folder: Folder) -> None:
    folder.write("call.txt.toml", '[[speakers]]\nname = "Tom Reed"\nother_names = ["T. Reed"]\naffiliation = "Oak"\n')
    folder.build()
    (speaker,) = folder.only().speakers
    assert (speaker.name, speaker.other_names, speaker.affiliation) == ("Tom Reed", ("T. Reed",), "Oak")
    assert speaker.title == "Chief Executive Officer"


def test_a_sidecar_without_a_file_is_skipped_and_a_wrong_one_fails_its_file(folder: Folder) -> None:
    folder.write("lost.toml", 'company = "Oak"\n')
    (report,) = [folder.build()]
    assert [(Path(note.path).name, note.message) for note in report.skipped] == [
        ("lost.toml", "a sidecar that belongs to no file")
    ]
    folder.write("call.toml", 'period = "Q9"\n')
    report = folder.build()
    (failed,) = report.failed
    assert Path(failed.path).name == "call.txt"
    assert 'the sidecar call.toml, line 1: period is "Q9"' in failed.message
    assert folder.only().period == "2024Q1"


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("date", "2023-13-01", "2024-05-02"),
        ("date", "20240502", "2024-05-02"),
        ("period", "Q9", "2024Q1"),
        ("language", "fr", '"zh" or "en"'),
        ("company", "a\nb", "one line"),
        ("title", "x" * 301, "300 characters"),
    ],
)
def test_values_that_are_none_are_refused(field: str, value: str, allowed: str) -> None:
    with pytest.raises(InvalidRequestError) as error:
        check_overrides({field: value})
    assert str(error.value).startswith(f"--{field}: ")
    assert allowed in str(error.value)


@pytest.mark.usefixtures("folder")
def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("YUANHUA_INDEX", raising=False)
    app = typer.Typer(pretty_exceptions_enable=False)
    register(app)

    def run(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == code, result.output
        return result.stdout if code == 0 else result.stderr

    given = [
        "--title",
        "T",
        "--company",
        "C",
        "--ticker",
        "X",
        "--period",
        "2024",
        "--date",
        "2024-05-03",
        "--language",
        "zh",
    ]
    parsed = transcript_from_json(run("parse", "calls/call.txt", "--json", *given))
    run("index", "calls", "--embedder", "none", *given)
    run("index", "calls")
    (listed,) = json.loads(run("list", "--json"))
    for call in (parsed, TranscriptInfo(**listed)):
        shown = (call.title, call.company, call.ticker, call.period, call.date, call.language)
        assert shown == ("T", "C", "X", "2024", "2024-05-03", "zh")
    for command in (("parse", "missing.txt"), ("index", "missing")):
        assert run(*command, "--date", "2023-13-01", code=2).startswith('--date: "2023-13-01" is no date.')


def test_what_was_stated_moves_with_the_file(folder: Folder) -> None:
    """As quotes do: the file is known by its bytes."""
    folder.build(company="Larkspur Holdings")
    (folder.files / "call.txt").rename(folder.files / "renamed.txt")
    report = folder.build()
    assert [Path(file.path).name for file in report.moved] == ["renamed.txt"]
    assert folder.only().company == "Larkspur Holdings"
    assert folder.build().generation == report.generation
