"""Judged sets cut down to what a test can measure, and one search a query."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from indexer.build import BuildSettings, index_paths, index_transcripts
from indexer.stores.index import IndexReader
from search_web.evaluation.corpus import read_corpus
from search_web.evaluation.judgements import judge, read_judged_file, read_qrels, read_queries
from search_web.evaluation.metrics import score_rankings
from search_web.search.request import MAX_QUERY_LENGTH, Mode, SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from search_web.evaluation.judgements import Query

DEPTH = 10
ONE_MODEL = BuildSettings(embedders=("bundled",))


@dataclass(frozen=True, slots=True)
class Measured:
    """nDCG@10 by mode, and of the queries of each language in the hybrid mode."""

    by_mode: Mapping[Mode, float]
    by_lang: Mapping[str, float]


def measure_folder(folder: Path, place: Path, *, queries: int, passages: int) -> Measured:
    """Measure the first queries of a set over the passages that answer them and the first others.

    Everything is taken in the order of the files, so that the same set gives the same figures.
    """
    qrels = read_qrels(folder / "qrels.tsv")
    asked = [query for query in read_queries(folder / "queries.jsonl") if query.id in qrels][:queries]
    qrels = {query.id: qrels[query.id] for query in asked}
    wanted = {passage for grades in qrels.values() for passage in grades}
    kept = []
    others = passages - len(wanted)
    for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines():
        is_wanted = json.loads(line)["id"] in wanted
        others -= not is_wanted
        if is_wanted or others >= 0:
            kept.append(line)
    corpus = place / "corpus.jsonl"
    corpus.write_text("\n".join(kept), encoding="utf-8")
    index_transcripts(place / "index", read_corpus(corpus), ONE_MODEL)
    return _measured(place / "index", asked, qrels)


def measure_file(judged: Path, sources: Sequence[Path], place: Path) -> Measured:
    """Measure all queries of a judged file over these transcripts."""
    index_paths(place / "index", list(sources), ONE_MODEL)
    asked, targets = read_judged_file(judged)
    with closing(IndexReader(place / "index")) as reader:
        store = reader.current().passages
        qrels = judge(targets, [(one.passage.id, one.passage.text) for one in store.get(range(store.count))])
    assert all(qrels.values()), f"no passage holds a target of {[query for query, found in qrels.items() if not found]}"
    return _measured(place / "index", asked, qrels)


def _measured(index: Path, asked: Sequence[Query], qrels: Mapping[str, Mapping[str, int]]) -> Measured:
    with closing(IndexReader(index)) as reader:
        searcher = Searcher(reader)
        scores = {mode: score_rankings(qrels, _rankings(searcher, asked, mode)) for mode in Mode}
    hybrid = scores[Mode.HYBRID]
    languages = {query.lang for query in asked if query.lang}
    return Measured(
        {mode: fmean(score.ndcg_10 for score in found.values()) for mode, found in scores.items()},
        {lang: fmean(hybrid[query.id].ndcg_10 for query in asked if query.lang == lang) for lang in languages},
    )


def _rankings(searcher: Searcher, asked: Sequence[Query], mode: Mode) -> dict[str, tuple[str, ...]]:
    return {
        query.id: tuple(
            hit.id
            for hit in searcher.search(
                SearchRequest(query.text[:MAX_QUERY_LENGTH], mode=mode, limit=DEPTH, context=0, plain=True)
            ).hits
        )
        for query in asked
    }
