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


def search(index: Path, query: str, *options: str) -> str:
    """Return what the command prints."""
    result = CliRunner().invoke(app, ["search", query, "--index", str(index), *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_nothing_that_was_said_steers_the_terminal(index: Path) -> None:
    shown = search(index, "berths")
    assert "\u241b[2J **berths** paid off." in shown
    assert "\u241b]0; **berths** \u2407 indeed." in shown
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


def test_a_hit_in_a_document_has_no_speaker(index: Path) -> None:
    shown = search(index, "菜鸟 EBITA")
    assert re.search(r"^1\. Document$", shown, re.MULTILINE)
    assert "· other" not in shown
    assert "prepared" not in shown


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of two calls that are among the samples."""
    folder = tmp_path_factory.mktemp("samples") / "index"
    calls = [CORPUS / "fenwick-harbor-q2-2024-call-en.txt", CORPUS / "yuanting-december-quarter-2024-call-zh.txt"]
    index_paths(folder, calls, BuildSettings(embedders=("bundled",)))
    return folder


def test_what_was_found_is_marked_where_there_is_no_colour(samples: Path) -> None:
    shown = search(samples, "monetization", "--limit", "5")
    assert "AI **monetization**." in shown
    assert re.search(r"\*\*变现\*\*", shown)
    assert not re.search(" +$", shown, re.MULTILINE)


def test_a_hit_tells_where_it_stands(samples: Path) -> None:
    shown = search(samples, "汀云 收入", "--limit", "1")
    assert re.search(r"^   .*远汀集团.* · 2025-02-13 · (prepared|qa) · .* · page \d+$", shown, re.MULTILINE)
    assert re.search(r"· yuanting-december-quarter-2024-call-zh-\w+\.\w+$", shown, re.MULTILINE)


def test_neighbours_are_printed_when_asked_for(samples: Path) -> None:
    assert "before, " not in search(samples, "Reno", "--limit", "1")
    shown = search(samples, "Reno", "--limit", "1", "--context", "2")
    before, after = shown.split("**Reno**")
    assert before.count("\n   before, Marcus Oyelaran: ") == 2
    assert after.count("\n   after, Lucy Tremaine: ") == 2


def test_added_terms_and_recognised_names_tell_how_they_are_switched_off(samples: Path) -> None:
    shown = search(samples, "Marcus Oyelaran monetization")
    assert (
        "Recognised: speaker:Marcus Oyelaran  (one off: --without 'speaker:Marcus Oyelaran', all: --recognised off)"
        in shown
    )
    assert re.search(r"Also searched: .*变现.*  \(one off: --without \S+, all: --no-expand\)", shown)
    assert "变现 (off)" in search(samples, "monetization", "--without", "变现")
    assert "Also searched" not in search(samples, "monetization", "--no-expand")


def test_the_numbers_say_which_of_them_is_exact(samples: Path) -> None:
    by_words = search(samples, "monetization", "--mode", "keyword", "--no-expand")
    exact = int(re.search(r"^(\d+) passages? · ", by_words, re.MULTILINE)[1])  # type: ignore[index]
    line = search(samples, "monetization", "--no-expand").splitlines()[-2]
    assert re.search(rf"^about \d+ passages; exactly {exact} ha(s|ve) words of the query", line)


def test_a_trend_is_a_table_that_explains_itself(samples: Path) -> None:
    result = CliRunner().invoke(app, ["trend", "monetization", "--index", str(samples)])
    rows = [line for line in result.stdout.splitlines() if line.startswith(("│", "┃"))]
    assert len({len(row) for row in rows}) == 1
    assert "per 1,000: of a thousand passages" in result.stdout


def test_an_answer_stands_on_one_line_with_its_sentences_marked(samples: Path) -> None:
    result = CliRunner().invoke(app, ["ask", "汀云的外部收入增速是多少", "--index", str(samples)])
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert all(line == line.rstrip() for line in lines)
    answers = [line for line in lines if line.startswith("   ") and "**" in line]
    assert answers
    assert any("9% 加快到 14%" in line for line in answers)


def test_sentences_that_follow_each_other_are_one_mark(index: Path) -> None:
    told = CliRunner().invoke(app, ["ask", "菜鸟为什么扭亏？", "--index", str(index)], catch_exceptions=False).stdout
    assert "1.85亿元。收入" in told
    assert "****" not in told
