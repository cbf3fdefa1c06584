"""The commands print what they found, say on stderr what went wrong, and exit with codes for scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
from typer.testing import CliRunner

from indexer.cli import main_guard, register
from indexer.codec import transcript_from_json
from indexer.settings import EMBED_WORKERS, SETTINGS
from indexer.transcript_markdown import transcript_markdown, transcript_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer.testing import Result

    Run = Callable[..., Result]

CALL = """\
Fenwick Harbor (FWHB) Q2 2024 Earnings Call Transcript

Jane Doe -- Chief Executive Officer

Our models \x1b[31mpaid off this quarter. Revenue grew 4%.

Ronald Keung -- Goldman Sachs -- Analyst

How do you think about AI [bold]monetization[/bold]?

Jane Doe -- Chief Executive Officer

We start with the cloud.
"""


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """Return a folder with two calls and a README."""
    folder = tmp_path / "calls"
    folder.mkdir()
    (folder / "english.txt").write_text(CALL, encoding="utf-8")
    (folder / "chinese.txt").write_text("张勇：\n\n菜鸟 EBITA 为 8.77 亿元。\n", encoding="utf-8")
    (folder / "README.md").write_text("# Calls\n", encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("YUANHUA_INDEX", raising=False)
    app = typer.Typer(pretty_exceptions_enable=False)
    register(app)

    def running(*arguments: object, code: int = 0) -> Result:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        assert result.exit_code == code, (result.output, result.stderr, result.exception)
        return result

    return running


def printed(result: Result) -> Any:
    """Return the JSON on stdout, which holds nothing else."""
    assert result.stderr == ""
    return json.loads(result.stdout)


def test_index_then_ask_about_it(run: Run, calls: Path, tmp_path: Path) -> None:
    result = run("index", calls, "--embedder", "none")
    assert f"skipped  {calls / 'README.md'}: a README is no transcript" in result.stdout
    assert "2 transcripts" in result.stdout
    assert "2 added, 0 updated, 0 removed, 0 moved, 0 unchanged, 0 failed, 1 skipped" in result.stdout
    assert (tmp_path / ".yuanhua" / "CURRENT").exists()
    listed = printed(run("list", "--json"))
    assert [Path(info["source"]["path"]).name for info in listed] == ["chinese.txt", "english.txt"]
    assert all(info["id"] in run("list").stdout for info in listed)
    assert "is sound" in run("check").stdout
    assert printed(run("check", "--json")) == []


def test_index_reports_as_json(run: Run, calls: Path) -> None:
    report = printed(run("index", calls, "--embedder", "none", "--json"))
    assert len(report["added"]) == 2
    assert report["skipped"] == [{"path": str(calls / "README.md"), "message": "a README is no transcript"}]
    again = printed(run("index", calls, "--json"))
    assert (again["added"], again["generation"]) == ([], report["generation"])
    assert len(again["unchanged"]) == 2


def test_the_index_is_where_option_or_environment_say(
    run: Run, calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", calls, "--embedder", "none", "--index", tmp_path / "one")
    monkeypatch.setenv("YUANHUA_INDEX", str(tmp_path / "one"))
    assert len(printed(run("list", "--json"))) == 2
    assert "no index in" in run("list", "--index", tmp_path / "two", code=2).stderr


def test_index_exit_codes_tell_some_from_all(run: Run, calls: Path, tmp_path: Path) -> None:
    (calls / "empty.txt").write_bytes(b"")
    result = run("index", calls, "--embedder", "none", code=1)
    assert f"failed   {calls / 'empty.txt'}: " in result.stderr
    assert "2 added" in result.stdout
    result = run("index", calls / "empty.txt", "--index", tmp_path / "other", code=2)
    assert "empty.txt" in result.stderr
    (tmp_path / "nothing").mkdir()
    result = run("index", tmp_path / "nothing", "--index", tmp_path / "other", code=2)
    assert "there is no transcript under" in result.stderr
    result = run("index", tmp_path / "missing", code=2)
    assert result.stderr.strip().endswith("no such file or folder")


def test_index_takes_engine_segmenter_and_words(run: Run, calls: Path, tmp_path: Path) -> None:
    pytest.importorskip("whoosh")
    (tmp_path / "words.txt").write_text("原话搜索\n# 注释\n远汀集团 # 一家公司\n", encoding="utf-8-sig")
    options = ("--keyword-engine", "whoosh", "--segmenter", "jieba", "--user-words", tmp_path / "words.txt")
    run("index", calls, "--embedder", "none", *options)
    described = printed(run("info", "--json"))
    assert described["keyword_engine"] == "whoosh"
    assert described["segmenter"] == "jieba"
    assert described["user_words"] == ["原话搜索", "远汀集团"]
    assert "远汀集团" in run("info").stdout
    assert "no_such.txt" in run("index", calls, "--user-words", tmp_path / "no_such.txt", code=2).stderr
    (tmp_path / "words.txt").write_text("原话搜索\n", encoding="gb18030")
    assert "Save the file as UTF-8" in run("index", calls, "--user-words", tmp_path / "words.txt", code=2).stderr


def test_unknown_names_are_one_clear_line(run: Run, calls: Path) -> None:
    for option, name in (("--embedder", "wrong"), ("--keyword-engine", "wrong"), ("--segmenter", "wrong")):
        result = run("index", calls, option, name, "--embedder", "none", code=2)
        assert "wrong" in result.stderr
        assert len(result.stderr.strip().splitlines()) == 1
        assert result.stdout == ""


def test_embed_adds_a_space(run: Run, calls: Path) -> None:
    run("index", calls, "--embedder", "none")
    report = printed(run("embed", "--embedder", "bundled", "--json"))
    described = printed(run("info", "--json"))
    assert described["generation"] == report["generation"]
    (space,) = described["spaces"]
    assert (space["embedder"], space["dimension"], space["passages"]) == ("bundled", 512, report["passages"])
    assert "bundled" in run("info").stdout
    assert "0 added" in run("embed", "--embedder", "bundled").stdout
    assert "is sound" in run("check").stdout


def test_check_finds_what_is_wrong(run: Run, calls: Path, tmp_path: Path) -> None:
    run("index", calls, "--embedder", "none")
    (store,) = (tmp_path / ".yuanhua").rglob("passages.sqlite")
    store.write_bytes(store.read_bytes()[:-1] + b"?")
    (problem,) = printed(run("check", "--json", code=1))
    assert problem["where"].endswith("passages.sqlite")
    assert "--rebuild" in problem["mend"]
    assert "passages.sqlite: the file is not what was written" in run("check", code=1).stdout
    run("index", calls, "--rebuild")
    assert "is sound" in run("check").stdout


def test_check_finds_a_model_that_has_changed(run: Run, calls: Path, tmp_path: Path) -> None:
    run("index", calls, "--embedder", "bundled")
    (manifest,) = (tmp_path / ".yuanhua").rglob("manifest.json")
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content["spaces"][0]["digest"] = "another"
    del content["seal"]
    manifest.write_text(json.dumps(content), encoding="utf-8")
    assert "yuanhua embed --embedder bundled" in run("check", code=1).stdout


def test_parse_shows_what_was_understood(run: Run, calls: Path) -> None:
    shown = run("parse", calls / "english.txt").stdout
    for words in ("Jane Doe", "Chief Executive Officer", "Goldman Sachs", "analyst", "Speakers", "Exchanges"):
        assert words in shown
    result = run("parse", calls / "english.txt", "--json")
    transcript = transcript_from_json(result.stdout)
    assert [passage.speaker.name for passage in transcript.passages][-1] == "Jane Doe"
    assert "missing.txt" in run("parse", calls / "missing.txt", code=2).stderr
    assert "Traceback" not in run("parse", calls / "missing.txt", code=2).output


def test_show_prints_a_transcript_or_a_passage(run: Run, calls: Path) -> None:
    run("index", calls, "--embedder", "none")
    english = printed(run("list", "--json"))[1]["id"]
    transcript = transcript_from_json(run("show", english, "--json").stdout)
    assert transcript.id == english
    shown = run("show", english).stdout
    assert "AI [bold]monetization[/bold]?" in shown
    assert "We start with the cloud." in shown
    assert "\x1b" not in shown
    assert run("show", english, "--format", "md").stdout == transcript_markdown(transcript)
    assert run("show", english, "--format", "txt").stdout == transcript_text(transcript)
    question = next(passage for passage in transcript.passages if "monetization" in passage.text)
    assert "is a passage" in run("show", question.id, "--format", "md", code=2).stderr
    hit = printed(run("show", question.id, "--json"))
    assert hit["text"] == question.text
    assert hit["transcript"]["id"] == english
    assert [len(hit["context"][side]) for side in ("before", "after")] == [1, 1]
    alone = printed(run("show", question.id, "--context", "0", "--json"))
    assert alone["context"] == {"before": [], "after": []}
    shown = run("show", question.id).stdout
    assert shown.index("paid off") < shown.index("monetization") < shown.index("start with the cloud")
    assert "no passage or transcript has this id" in run("show", "nonsense", code=2).stderr


def test_errors_of_the_system_are_one_line(tmp_path: Path) -> None:
    app = typer.Typer()

    @app.command()
    @main_guard()
    def fill() -> None:
        """Write to a disk that is full."""
        raise OSError(28, "No space left on device", str(tmp_path / "x"))

    result = CliRunner().invoke(app)
    assert result.exit_code == 2
    assert result.stderr == f"{tmp_path / 'x'}: No space left on device\n"


def test_a_reader_that_has_gone_ends_the_command_quietly() -> None:
    app = typer.Typer()

    @app.command()
    @main_guard()
    def write() -> None:
        """Write to a pipe that is closed."""
        raise BrokenPipeError(32, "Broken pipe")

    result = CliRunner().invoke(app)
    assert (result.exit_code, result.stderr) == (1, "")


def test_the_help_of_index_has_its_settings_with_what_they_do(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    shown = " ".join(run("index", "--help").stdout.replace("│", " ").split())
    for setting in SETTINGS[: SETTINGS.index(EMBED_WORKERS)]:
        assert setting.option in shown
        assert " ".join(setting.help.split()[:6]) in shown
    assert ".yuanhua" in shown
    assert "YUANHUA_INDEX" in shown


def test_many_notes_are_grouped_for_people_and_complete_in_json(run: Run, calls: Path) -> None:
    for number in range(30):
        (calls / f"empty-{number:02}.txt").write_text(" " * number, encoding="utf-8")
        (calls / f"tool-{number:02}.exe").write_bytes(b"x")
    result = run("index", calls, "--embedder", "none", code=1)
    assert (result.stderr.count("empty-"), result.stdout.count("tool-")) == (20, 19)  # README is one of 20.
    assert "failed   and 10 more (10 × EmptySourceError); --json has them all" in result.stderr
    assert '11 × no reader takes files that end in ".exe"' in result.stdout
    report = json.loads(run("index", calls, "--json", code=1).stdout)
    assert len(report["failed"]) == 30
    assert {failure["error"] for failure in report["failed"]} == {"EmptySourceError"}
    assert set(report) == {
        "added", "updated", "removed", "moved", "unchanged", "failed", "skipped", "warnings", "duplicates",
        "transcripts", "passages", "seconds", "generation",
    }  # fmt: skip


def test_moves_are_shown(run: Run, calls: Path) -> None:
    run("index", calls, "--embedder", "none")
    (calls / "english.txt").rename(calls / "moved.txt")
    result = run("index", calls)
    assert f"moved    {calls / 'moved.txt'}: it was {calls / 'english.txt'}" in result.stdout
    assert "0 removed, 1 moved, 1 unchanged" in result.stdout


def test_list_tells_duplicates(run: Run, calls: Path) -> None:
    text = (calls / "english.txt").read_text(encoding="utf-8").replace("\x1b[31m", "")
    said = " ".join(
        f"In quarter {number} we shipped {number * 7} pallets to port {number * 3}." for number in range(40)
    )
    for name in ("a.txt", "b.md"):
        (calls / name).write_text(text.replace("Revenue grew 4%.", said) + name, encoding="utf-8")
    run("index", calls, "--embedder", "none")
    listed = {Path(info["source"]["path"]).name: info for info in printed(run("list", "--json"))}
    assert listed["b.md"]["duplicate_of"] == listed["a.txt"]["id"]
    assert listed["a.txt"]["duplicate_of"] is None
