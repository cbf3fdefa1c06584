"""A flag goes before the environment, that before the file of settings, and that before the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from indexer.build import BuildSettings, index_paths
from search_web.cli import app

if TYPE_CHECKING:
    from pathlib import Path


def run(tmp_path: Path, content: str, *arguments: str, env: dict[str, str] | None = None) -> tuple[int, str]:
    file = tmp_path / "yuanhua.toml"
    file.write_text(content, encoding="utf-8")
    done = CliRunner().invoke(app, ["--config", str(file), *arguments], env=env)
    return done.exit_code, done.output


def test_flag_environment_file_and_default_go_before_each_other(tmp_path: Path) -> None:
    """Each names another index that is missing, and the error tells which one was looked for."""
    environment = {"YUANHUA_INDEX": "of-the-environment"}
    _, said = run(tmp_path, 'index = "of-the-file"', "info", "--index", "of-the-flag", env=environment)
    assert "no index in of-the-flag" in said
    _, said = run(tmp_path, 'index = "of-the-file"', "info", env=environment)
    assert "no index in of-the-environment" in said
    _, said = run(tmp_path, 'index = "of-the-file"', "info")
    assert "no index in of-the-file" in said
    _, said = run(tmp_path, "", "info", env={"YUANHUA_INDEX": ""})
    assert "no index in .yuanhua" in said


def test_the_file_counts_for_commands_below_others_too(tmp_path: Path) -> None:
    notebook = tmp_path / "kept.sqlite"
    code, _ = run(tmp_path, f'notebook = "{notebook.as_posix()}"', "quotes", "create", "Margins")
    assert code == 0
    assert notebook.exists()


@pytest.mark.parametrize("content", ["glossary = 'mine.tsv'", "glossary = ['mine.tsv']"])
def test_what_may_be_given_more_than_once_is_a_text_or_a_list(tmp_path: Path, content: str) -> None:
    index = tmp_path / "index"
    file = tmp_path / "call.txt"
    file.write_text("Jane Roe: Our zebra margin rose.\n", encoding="utf-8")
    index_paths(index, [file], BuildSettings(embedders=()))
    code, said = run(tmp_path, content, "search", "zebra", "--index", str(index))
    assert code == 2
    assert "mine.tsv" in said


def test_the_environment_may_name_the_file(tmp_path: Path) -> None:
    file = tmp_path / "yuanhua.toml"
    file.write_text('index = "of-the-file"', encoding="utf-8")
    done = CliRunner().invoke(app, ["info"], env={"YUANHUA_CONFIG": str(file)})
    assert "no index in of-the-file" in done.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("prot = 80", "no setting is called 'prot'. Did you mean port?"),
        ("colour = 1", "There are: address_rate_limit, "),
        ("config = 'x'", "no setting is called 'config'"),
        ("port = ", "this is no TOML"),
        ("[port]\nnumber = 1", "port has no such value"),
        ("port = 1.5", "port has no such value"),
        ("index = ['x', 'y']", "index takes one value"),
    ],
)
def test_what_is_wrong_with_the_file_is_named(tmp_path: Path, content: str, said: str) -> None:
    code, output = run(tmp_path, content, "info")
    assert code == 2
    assert "--config: " in output or str(tmp_path / "yuanhua.toml") in output
    assert said in output


def test_a_value_is_checked_as_that_of_the_option_is(tmp_path: Path) -> None:
    code, output = run(tmp_path, "port = 99999\nindex = 'x'", "serve")
    assert code == 2
    assert "--port" in output


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["--config", str(tmp_path / "none.toml"), "info"])
    assert done.exit_code == 2
    assert "none.toml" in done.output
