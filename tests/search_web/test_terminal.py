"""What `yuanhua search` prints for people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indexer.build import BuildSettings, index_paths
from search_web.cli import app

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Return an index of a call that tries to steer the terminal, and of notes that nobody spoke."""
    call = tmp_path / "call.txt"
    call.write_text(
        "Jane \u202eDoe: Our \x1b[2J berths paid off.\n\nMax: \x1b]0; berths \x07 indeed.\n", encoding="utf-8"
    )
    notes = CORPUS / "alibaba-june-quarter-2023-notes-zh.txt"
    index_paths(tmp_path / "index", [call, notes], BuildSettings(embedders=()))
    return tmp_path / "index"


def search(index: Path, query: str) -> str:
    """Return what the command prints."""
    result = CliRunner().invoke(app, ["search", query, "--index", str(index)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_nothing_that_was_said_steers_the_terminal(index: Path) -> None:
    shown = search(index, "berths")
    assert "\u241b[2J berths paid off." in shown
    assert "\u241b]0; berths \u2407 indeed." in shown
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


def test_a_hit_in_a_document_has_no_speaker(index: Path) -> None:
    shown = search(index, "菜鸟 EBITA")
    assert re.search(r"^1\. Document$", shown, re.MULTILINE)
    assert "· other" not in shown
    assert "prepared" not in shown
