"""`yuanhua similar`, `yuanhua trend`, and what `yuanhua search` can do with its results."""

from __future__ import annotations

import json
import os
import shlex
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indexer.build import BuildSettings, index_paths
from search_web.cli import app

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands") / "index"
    index_paths(folder, [CORPUS], BuildSettings(embedders=()))
    return folder


def run(index: Path, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*arguments, "--index", str(index)])
    assert result.exit_code == code, result.output
    return result.output


def test_search_goes_on_with_its_cursor(index: Path) -> None:
    first = json.loads(run(index, "search", "cash", "--limit", "2", "--json"))
    second = json.loads(run(index, "search", "cash", "--limit", "2", "--cursor", first["next_cursor"], "--json"))
    ids = [hit["id"] for page in (first, second) for hit in page["hits"]]
    assert len(set(ids)) == 4
    assert "search again" in run(index, "search", "云", "--cursor", first["next_cursor"], code=2)


def test_search_prints_groups_and_counts(index: Path) -> None:
    printed = run(index, "search", "cash", "--group", "transcript", "--facets", "--sort", "date")
    assert "company: " in printed
    assert "role: " in printed
    assert json.loads(run(index, "search", "cash", "--group", "exchange", "--json"))["groups"]


def test_similar_prints_other_passages(index: Path) -> None:
    hit = json.loads(run(index, "search", "cash", "--json"))["hits"][0]
    found = json.loads(run(index, "similar", hit["id"], "--json", "--lang", "en"))
    assert found["hits"]
    assert hit["id"] not in {other["id"] for other in found["hits"]}
    assert found["hits"][0]["speaker"]["name"] in run(index, "similar", hit["id"], "--lang", "en")
    run(index, "similar", "nowhere", code=2)


def test_trend_counts_by_period_and_role(index: Path) -> None:
    found = json.loads(run(index, "trend", "cash", "--by", "role", "--json"))
    assert found["total"]["passages"] == sum(group["passages"] for group in found["groups"])
    printed = run(index, "trend", "cash", "--by", "role")
    assert "management" in printed
    assert "all" in printed


def test_compare_prints_what_is_new_against_the_call_before(index: Path) -> None:
    listed = json.loads(run(index, "list", "--json"))
    newer, older = (next(one["id"] for one in listed if f"-{quarter}-2024" in one["id"]) for quarter in ("q3", "q2"))
    found = json.loads(run(index, "compare", newer, "--json"))
    assert found["older"]["id"] == older
    printed = run(index, "compare", newer, older)
    assert f"Only in the newer call: {len(found['new'])} of {found['compared']['newer']} passages" in printed
    assert "Speak in the newer call only: Sofia Lindqvist" in printed
    run(index, "compare", older, code=2)


def test_the_version_is_told_without_an_index() -> None:
    told = CliRunner().invoke(app, ["--version"])
    assert (told.exit_code, told.stdout) == (0, f"yuanhua {version('yuanhua')}\n")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["search", "margin", "--mode", "semantic"], "'--mode': 'semantic' is not one of"),
        (["users", "add", "Ada", "--role", "boss"], "'--role': 'boss' is not one of"),
    ],
    ids=["search", "users"],
)
def test_a_value_that_there_is_not_is_named_with_those_that_there_are(command: list[str], said: str) -> None:
    told = CliRunner().invoke(app, command)
    assert told.exit_code == 2
    assert f"Invalid value for {said}" in told.stderr


def test_a_server_without_accounts_names_the_command_that_makes_one_for_its_own_index(tmp_path: Path) -> None:
    """An account made for another index would not let anybody in here."""
    index = tmp_path / "an index"
    told = CliRunner().invoke(app, ["serve", "--index", str(index), "--host", "0.0.0.0"])  # noqa: S104
    assert told.exit_code == 2
    command = shlex.split(told.stderr.rsplit("yuanhua ", 1)[1].replace("NAME", "Ada"))
    made = CliRunner().invoke(app, [*command, "--password-stdin"], input="a long enough password\n")
    assert made.exit_code == 0, made.stderr
    listed = CliRunner().invoke(app, ["users", "list", "--index", str(index), "--json"])
    assert [one["name"] for one in json.loads(listed.stdout)["accounts"]] == ["Ada"]


def test_ctrl_c_while_indexing_says_that_what_was_published_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "a.txt").write_text("Ann Lee: We had a good quarter.\n", encoding="utf-8")
    command = ["index", str(tmp_path / "calls"), "--index", str(tmp_path / "index"), "--embedder", "none"]
    assert CliRunner().invoke(app, command).exit_code == 0
    before = (tmp_path / "index" / "CURRENT").read_text(encoding="utf-8")

    def pressed(_: str) -> object:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", pressed)
        told = CliRunner().invoke(app, [*command, "--rebuild"])
    assert told.exit_code == 130
    assert told.stderr.startswith("Stopped: what was published stays")
    assert (tmp_path / "index" / "CURRENT").read_text(encoding="utf-8") == before
