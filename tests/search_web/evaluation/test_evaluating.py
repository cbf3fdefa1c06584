"""Judged sets are measured through the real search."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_transcripts
from indexer.errors import JudgementsError
from indexer.settings import cache_folder
from indexer.stores.index import IndexReader
from search_web.evaluation import evaluate_file, evaluate_folder
from search_web.evaluation.corpus import read_corpus
from search_web.search.request import Fusion, Mode
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def searcher(judged_folder: Path, tmp_path: Path) -> Iterator[Searcher]:
    """Return a searcher over the small corpus, words only."""
    settings = BuildSettings(embedders=())
    index_transcripts(tmp_path / "index", read_corpus(judged_folder / "corpus.jsonl"), settings)
    with closing(IndexReader(tmp_path / "index")) as reader:
        yield Searcher(reader)


def test_a_folder_is_measured_on_its_judged_queries(judged_folder: Path) -> None:
    report = evaluate_folder(judged_folder, mode=Mode.KEYWORD)
    assert (report.set, report.mode, report.embedders) == ("calls", Mode.KEYWORD, ())
    assert report.overall.queries == 2, "q3 is not judged"
    assert (report.overall.ndcg_10, report.overall.mrr_10, report.overall.recall_100) == (1.0, 1.0, 1.0)
    assert {lang: figures.queries for lang, figures in report.by_lang.items()} == {"en": 1, "zh": 1}
    assert report.median_ms > 0


def test_a_corpus_is_indexed_once_and_gains_vectors_when_they_are_wanted(judged_folder: Path, cache: Path) -> None:
    stages: list[str] = []

    def progress(stage: str, _done: int, _total: int) -> None:
        stages.append(stage)

    def evaluate(mode: Mode) -> set[str]:
        stages.clear()
        evaluate_folder(judged_folder, mode=mode, embedders=["bundled"], progress=progress)
        return set(stages)

    assert evaluate(Mode.KEYWORD) > {"queries"}
    assert evaluate(Mode.KEYWORD) == {"queries"}
    assert evaluate(Mode.HYBRID) > {"queries"}
    assert evaluate(Mode.VECTOR) == {"queries"}
    assert len(list((cache / "evaluation").iterdir())) == 1
    with (judged_folder / "corpus.jsonl").open("a") as file:
        file.write(json.dumps({"id": "new", "text": "more"}))
    assert evaluate(Mode.KEYWORD) > {"queries"}
    assert len(list((cache / "evaluation").iterdir())) == 2


def test_a_damaged_cache_is_made_anew(judged_folder: Path, cache: Path) -> None:
    before = evaluate_folder(judged_folder, mode=Mode.KEYWORD)
    (index,) = (cache / "evaluation").iterdir()
    for manifest in index.rglob("manifest.json"):
        manifest.write_text("{")
    assert evaluate_folder(judged_folder, mode=Mode.KEYWORD).overall == before.overall


def test_meaning_finds_what_the_words_do_not(judged_folder: Path) -> None:
    query = {"id": "q1", "text": "股份回购 in English", "lang": "mix"}
    (judged_folder / "queries.jsonl").write_text(json.dumps(query))
    (judged_folder / "qrels.tsv").write_text("q1\tb2\t1\n")
    report = evaluate_folder(judged_folder, mode=Mode.VECTOR, embedders=["bundled"], fusion=Fusion.RRF)
    assert report.embedders == ("bundled",)
    assert report.overall.recall_100 == 1.0
    default = evaluate_folder(judged_folder, settings=BuildSettings(embedders=("bundled",)))
    assert (default.mode, default.embedders) == (Mode.HYBRID, ("bundled",))


def test_only_the_first_queries_are_taken_when_asked(judged_folder: Path) -> None:
    assert evaluate_folder(judged_folder, mode=Mode.KEYWORD, limit_queries=1).overall.queries == 1


def test_a_query_longer_than_a_search_takes_is_cut(judged_folder: Path) -> None:
    query = {"id": "q1", "text": "现金流 " * 5000}
    (judged_folder / "queries.jsonl").write_text(json.dumps(query))
    assert evaluate_folder(judged_folder, mode=Mode.KEYWORD).overall.recall_100 == 1.0


def test_a_folder_without_judged_queries_is_an_error(judged_folder: Path) -> None:
    (judged_folder / "qrels.tsv").write_text("other\ta2\t1\n")
    with pytest.raises(JudgementsError, match="no query of the folder is judged"):
        evaluate_folder(judged_folder)


def test_a_judged_file_is_measured_against_the_passages_of_the_index(searcher: Searcher, tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl"
    lines = [
        {
            "id": "q1",
            "query": "现金流",
            "kind": "keyword",
            "targets": [{"grade": 2, "text": "自由 现金流达到"}],
        },
        {"id": "q2", "query": "现金流", "kind": "question", "targets": [{"grade": 1, "text": "在此没有"}]},
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines))
    report = evaluate_file(path, searcher)
    assert (report.set, report.embedders, report.overall.queries) == ("dev", (), 2)
    assert report.by_kind["keyword"].ndcg_10 == 1.0
    assert report.by_kind["question"].ndcg_10 == 0.0, "nothing in the index answers it"
    assert evaluate_file(path, searcher, mode=Mode.KEYWORD, limit_queries=1).overall.ndcg_10 == 1.0


def test_a_judged_file_of_another_index_is_an_error(searcher: Searcher, tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_text(json.dumps({"id": "q", "query": "x", "targets": [{"grade": 1, "text": "在此没有"}]}))
    with pytest.raises(JudgementsError, match="--index FOLDER"):
        evaluate_file(path, searcher)


def test_the_cache_stands_in_the_users_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache_folder() == tmp_path / "cache"
    monkeypatch.delenv("YUANHUA_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == tmp_path / "xdg" / "yuanhua"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "yuanhua"
