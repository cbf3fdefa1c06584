"""Index and query the same passages with both keyword engines and print how they compare.

    python benchmarks/keyword_engines.py PASSAGES.jsonl.gz [--passages 20000] [--queries 50]

A line of the file is an object with "text" and, if known, "date".
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from indexer.stores.engines import KEYWORD_ENGINES, keyword_engine
from indexer.stores.filters import Filters
from indexer.stores.keyword import AnyOf, Field, KeywordDocument, Phrase, Query, Term
from indexer.text.analyser import Analyser
from indexer.text.stopwords import is_stopword


def read(path: Path, count: int) -> list[KeywordDocument]:
    """Return the first passages of the file, analysed."""
    analyser = Analyser()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in islice(lines, count)]
    return [
        KeywordDocument(
            row=row,
            fields={Field.TEXT: [token.term for token in analyser.analyse(one["text"])]},
            exact=[token.term for token in analyser.exact(one["text"])],
            facets=("role=other",),
            date=one.get("date") or None,
        )
        for row, one in enumerate(found)
    ]


def make_queries(documents: list[KeywordDocument], count: int) -> list[Query]:
    """Return queries of three terms of one passage each, every fourth with a phrase of it."""
    chance = random.Random(7)  # noqa: S311  The same queries in every run.
    queries: list[Query] = []
    while len(queries) < count:
        document = chance.choice(documents)
        terms = sorted({term for term in document.fields[Field.TEXT] if len(term) > 1 and not is_stopword(term)})
        if len(terms) < 3 or len(document.exact) < 4:
            continue
        parts: list[Query] = [Term(term) for term in chance.sample(terms, 3)]
        if len(queries) % 4 == 0:
            place = chance.randrange(len(document.exact) - 3)
            parts.append(Phrase(tuple(document.exact[place : place + 3])))
        queries.append(AnyOf(tuple(parts)))
    return queries


def main() -> None:
    """Print the figures of each engine and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=50)
    settings = parser.parse_args()
    documents = read(settings.path, settings.passages)
    queries = make_queries(documents, settings.queries)
    figures = {}
    totals: dict[str, list[int]] = {}
    for name in KEYWORD_ENGINES:
        engine = keyword_engine(name)
        with TemporaryDirectory() as folder:
            start = perf_counter()
            writer = engine.create(Path(folder))
            for document in documents:
                writer.add(document)
            writer.finish()
            indexed = perf_counter() - start
            store = engine.open(Path(folder))
            times = []
            totals[name] = []
            for query in queries:
                start = perf_counter()
                totals[name].append(store.search(query, limit=100, filters=Filters()).total)
                times.append(perf_counter() - start)
            store.close()
        figures[name] = (len(documents) / indexed, median(times) * 1000, max(times) * 1000)
        rate, middle, worst = figures[name]
        print(f"{name:8} {rate:8.0f} passages/s, query p50 {middle:.2f} ms, slowest {worst:.1f} ms")
    first, second = (figures[name] for name in KEYWORD_ENGINES)
    same = totals[KEYWORD_ENGINES[0]] == totals[KEYWORD_ENGINES[1]]
    print(f"{len(documents)} passages, {len(queries)} queries, the same number of matches in each: {same}")
    print(f"tantivy indexes {first[0] / second[0]:.0f} times as fast", end=" ")
    print(f"and answers {second[1] / first[1]:.0f} times as fast (p50)")


if __name__ == "__main__":
    main()
