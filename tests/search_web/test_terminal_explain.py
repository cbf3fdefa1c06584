"""What `yuanhua search --explain` prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indexer.build import BuildSettings, index_paths
from search_web.cli import app

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def words_only(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("words") / "index"
    index_paths(folder, [CORPUS], BuildSettings(embedders=()))
    return folder


def printed(index: Path, *arguments: str) -> str:
    result = CliRunner().invoke(app, ["search", *arguments, "--index", str(index)], env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    return result.output


def test_each_hit_has_a_line_for_each_term_and_their_sum(words_only: Path) -> None:
    shown = printed(words_only, "AI monetization", "--limit", "5", "--explain")
    assert "Only words were searched" in shown
    assert re.search(r"\d\.\d{3} ai · word · idf \d\.\d\d, in \d+ passages · ", shown)
    assert re.search(r"变现 · glossary, for monetization · weighs 0\.8", shown)
    assert re.search(r"words \d+\.\d{3} \(#1\) = \d+\.\d{3}", shown)


def test_without_explain_nothing_of_this_is_printed(words_only: Path) -> None:
    assert "idf" not in printed(words_only, "AI monetization")
