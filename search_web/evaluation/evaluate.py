"""Runs judged queries through the search and reports how they fared."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from indexer.build import BuildSettings, quiet
from indexer.build.vectors import default_embedders
from indexer.errors import JudgementsError
from indexer.stores.index import IndexReader
from search_web.evaluation.cache import corpus_index
from search_web.evaluation.judgements import judge, read_judged_file, read_qrels, read_queries
from search_web.evaluation.records import lines
from search_web.evaluation.report import Ranked, make_report
from search_web.search.request import MAX_LIMIT, MAX_QUERY_LENGTH, Fusion, Mode, SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from indexer.build import Progress
    from indexer.stores.index import Generation
    from search_web.evaluation.judgements import Query
    from search_web.evaluation.report import Report

_AS_USUAL = BuildSettings()


def evaluate_file(
    path: Path,
    searcher: Searcher,
    *,
    mode: Mode = Mode.HYBRID,
    embedders: Sequence[str] | None = None,
    fusion: Fusion = Fusion.ADAPTIVE,
    limit_queries: int | None = None,
    progress: Progress = quiet,
) -> Report:
    """Measure a searcher on a judged file whose targets are words in the passages of its index.

    `embedders` None means every vector space of the index; `limit_queries` takes only the first so many
    queries. A query whose targets no passage holds scores 0.

    Raises JudgementsError when the file is malformed or no passage holds any target, and what a search does.
    """
    queries, targets = read_judged_file(path)
    generation = searcher.reader.current()
    qrels = judge(targets, _passages(generation))
    if not any(qrels.values()):
        raise JudgementsError(
            "no passage of the index holds any of the targets",
            where=str(path),
            mend="Name the index of the transcripts that the queries were judged on: --index FOLDER",
        )
    names = _used(mode, tuple(generation.spaces) if embedders is None else embedders)
    ranked = _run(searcher, queries[:limit_queries], _request(mode, fusion, names), progress)
    return make_report(path.stem, ranked, qrels, mode=mode, embedders=names)


def evaluate_folder(
    path: Path,
    *,
    settings: BuildSettings = _AS_USUAL,
    mode: Mode = Mode.HYBRID,
    embedders: Sequence[str] | None = None,
    fusion: Fusion = Fusion.ADAPTIVE,
    limit_queries: int | None = None,
    cache: Path | None = None,
    progress: Progress = quiet,
) -> Report:
    """Measure the search on a folder of corpus.jsonl, queries.jsonl and qrels.tsv.

    The corpus is indexed with `settings` into `cache` (by default the user's), once. `embedders` None means those of
    settings, or else those that a new index of this size gets. Queries without a judgement are left out;
    `limit_queries` takes only the first so many of the others. Queries are cut at the length that a search
    takes.

    Raises JudgementsError when a file is missing or malformed, IndexStoreError and ModelError as a build.
    """
    qrels = read_qrels(path / "qrels.tsv")
    queries = [query for query in read_queries(path / "queries.jsonl") if query.id in qrels]
    if not queries:
        raise JudgementsError("no query of the folder is judged", where=str(path / "qrels.tsv"))
    corpus = path / "corpus.jsonl"
    if embedders is None:
        embedders = settings.embedders
    if embedders is None:
        embedders = [embedder.name for embedder in default_embedders(sum(1 for _ in lines(corpus)))]
    names = _used(mode, embedders)
    folder = corpus_index(corpus, names, settings, cache, progress)
    with closing(IndexReader(folder)) as reader:
        ranked = _run(Searcher(reader), queries[:limit_queries], _request(mode, fusion, names), progress)
    return make_report(path.name, ranked, qrels, mode=mode, embedders=names)


def _used(mode: Mode, embedders: Sequence[str]) -> tuple[str, ...]:
    return () if mode is Mode.KEYWORD else tuple(embedders)


def _request(mode: Mode, fusion: Fusion, embedders: tuple[str, ...]) -> SearchRequest:
    return SearchRequest(
        "", mode=mode, fusion=fusion, limit=MAX_LIMIT, context=0, embedders=embedders, plain=True, collapse=False
    )


def _passages(generation: Generation) -> list[tuple[str, str]]:
    stored = generation.passages.get(range(generation.passages.count))
    return [(one.passage.id, one.passage.text) for one in stored]


def _run(searcher: Searcher, queries: Sequence[Query], request: SearchRequest, progress: Progress) -> list[Ranked]:
    """Search for each query, after one search that is not timed because it loads the models.

    What is timed is a search for a first page of hits with its context, as users make it; the deeper ranking
    that the metrics need is fetched afterwards.
    """
    searcher.search(replace(request, query=queries[0].text[:MAX_QUERY_LENGTH]))
    page = SearchRequest("")
    ranked: list[Ranked] = []
    for number, query in enumerate(queries, start=1):
        asked = replace(request, query=query.text[:MAX_QUERY_LENGTH])
        started = perf_counter()
        searcher.search(replace(asked, limit=page.limit, context=page.context, collapse=page.collapse))
        milliseconds = 1000.0 * (perf_counter() - started)
        response = searcher.search(asked)
        ranked.append(Ranked(query, tuple(hit.id for hit in response.hits), milliseconds))
        progress("queries", number, len(queries))
    return ranked
