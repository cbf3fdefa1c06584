"""Compare ways to stem English by the nDCG@10 of plain BM25 on a folder of judged questions.

python benchmarks/stemmers.py FOLDER      (corpus.jsonl, queries.jsonl, qrels.tsv)
"""

from __future__ import annotations

import json
import sys
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

import Stemmer

from indexer.stores.filters import Filters
from indexer.stores.keyword import AnyOf, Field, KeywordDocument, Term
from indexer.stores.tantivy import TantivyEngine
from indexer.text.analyser import Analyser
from indexer.text.piece_terms import word_terms
from indexer.text.stemmer import stem
from indexer.text.stopwords import is_stopword

if TYPE_CHECKING:
    from collections.abc import Callable

STEMMERS: dict[str, Callable[[str], str]] = {
    "none": str,
    "S-stemmer": stem,
    "porter2": Stemmer.Stemmer("english").stemWord,
    "porter": Stemmer.Stemmer("porter").stemWord,
}


def records(path: Path) -> list[dict[str, str]]:
    """Return the objects of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def ndcg(folder: Path, analyser: Analyser) -> float:
    """Return the mean nDCG@10 over all judged queries."""
    corpus = records(folder / "corpus.jsonl")
    judged: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, document, grade = line.split("\t")
        judged.setdefault(query, {})[document] = int(grade)
    with TemporaryDirectory() as place:
        writer = TantivyEngine().create(Path(place))
        for row, record in enumerate(corpus):
            terms = [token.term for token in analyser.analyse(record["text"])]
            writer.add(KeywordDocument(row, {Field.TEXT: terms}, (), (), None))
        writer.finish()
        store = TantivyEngine().open(Path(place))
        gains = []
        for question in records(folder / "queries.jsonl"):
            wanted = judged.get(question["id"], {})
            terms = sorted({token.term for token in analyser.analyse(question["text"])})
            parts = tuple(Term(term) for term in terms if not is_stopword(term))
            ranking = store.search(AnyOf(parts), limit=10, filters=Filters())
            got = [wanted.get(corpus[row]["id"], 0) for row in ranking.rows]
            best = sorted(wanted.values(), reverse=True)[:10]
            gains.append(_gain(got) / _gain(best) if best else 0.0)
    return sum(gains) / len(gains)


def _gain(grades: list[int]) -> float:
    return sum(grade / log2(place + 2) for place, grade in enumerate(grades))


def main(folder: Path) -> None:
    """Print one line for each stemmer."""
    for name, stemmer in STEMMERS.items():
        word_terms.cache_clear()  # The stemmer changes beneath it.
        with patch("indexer.text.piece_terms.stem", stemmer):
            print(f"{name:10} nDCG@10 {ndcg(folder, Analyser()):.4f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
