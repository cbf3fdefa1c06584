"""`yuanhua similar`, `yuanhua trend`, and what `yuanhua search` can do with its results."""

from __future__ import annotations

import json
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
