"""Yuanhua itself, three times: the search as users get it, its legs and fusion, and its engines alone.

The first has hits with marks, context and facets. The second returns rows and scores, as peers do, but still works on
the query as Yuanhua does: with its glossary, what it recognises, sentences, and the fusion that weighs the legs. The
third is given what peers are given and does what is done for peers that have no fusion of their own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from peers_corpus import EMBEDDER, Corpus
from peers_engines import DEPTH, LIMIT, VECTORS, WORDS, Engine, fused

from indexer.stores.engines import keyword_engine
from indexer.stores.filters import Filters
from indexer.stores.generations import KEYWORD, PREPARED, generation_folder
from indexer.stores.index import IndexReader
from indexer.stores.keyword import AnyOf, Field, KeywordDocument, Term
from indexer.stores.space_writer import write_space
from search_web.search.ranking import keyword_ranking
from search_web.search.request import Mode, SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from peers_corpus import Question
    from peers_engines import Build


def _index(corpus: Corpus) -> Path:
    return Path(str(corpus.about["index"]))


def _folder(corpus: Corpus) -> Path:
    reader = IndexReader(_index(corpus))
    return generation_folder(reader.folder, reader.published())


def _build_words(corpus: Corpus, folder: Path) -> None:
    """Write the keyword index, with the positions that phrases need, as a build of an index does."""
    writer = keyword_engine("tantivy").create(folder)
    for number, (words, exact) in enumerate(zip(corpus.words(), corpus.exact(), strict=True)):
        writer.add(KeywordDocument(number, {Field.TEXT: words}, exact, (), None))
    writer.finish()


def _build_vectors(corpus: Corpus, folder: Path) -> None:
    """Write the space of the passages' vectors, with the recall of its codes measured, as a build of an index does."""
    compared = write_space(folder, np.ascontiguousarray(corpus.vectors), None)
    (folder / "compared.json").write_text(json.dumps(str(compared)), encoding="utf-8")


class OursLegs:
    """Words, vectors and the fusion of both: rows and scores, as peers return them.

    What is built is what peers build, from the same words and vectors; what is searched is the index that the passages
    come from, with its sentences.
    """

    def __init__(self) -> None:
        self.parts: dict[str, Build] = {WORDS: _build_words, VECTORS: _build_vectors}

    def open(self, corpus: Corpus, folder: Path) -> _Legs:
        return _Legs(corpus)

    def places(self, corpus: Corpus, folder: Path) -> Sequence[Path]:
        return [_folder(corpus) / KEYWORD, folder / VECTORS]


class Ours(OursLegs):
    """The search with everything that it does: hits with their context and marks, facets, suggestions."""

    def __init__(self) -> None:
        self.parts = {}

    def open(self, corpus: Corpus, folder: Path) -> _Whole:
        return _Whole(corpus)

    def places(self, corpus: Corpus, folder: Path) -> Sequence[Path]:
        return [path for path in _folder(corpus).iterdir() if path.name != PREPARED]


class OursEngines(OursLegs):
    """The keyword index and the vectors of passages alone, asked for the words of the query and its vector."""

    def __init__(self) -> None:
        self.parts = {}

    def open(self, corpus: Corpus, folder: Path) -> _Engines:
        return _Engines(corpus)

    def places(self, corpus: Corpus, folder: Path) -> Sequence[Path]:
        folder = folder.with_name("ours-legs")
        return super().places(corpus, folder)


class _Whole(Engine):
    embeds = ("vector", "hybrid")

    def __init__(self, corpus: Corpus) -> None:
        self._searcher = Searcher(IndexReader(_index(corpus)))
        self._searcher.warm()
        self._corpus = corpus
        self._generation = self._searcher.reader.current()

    def _numbers(self, rows: Sequence[int]) -> list[int]:
        """Return the passages of rows; one that no search shows, and so no peer has, counts as none."""
        places = np.minimum(np.searchsorted(self._corpus.rows, rows), self._corpus.count - 1)
        return np.where(self._corpus.rows[places] == rows, places, -1).tolist()

    def _asked(self, question: Question, mode: Mode) -> SearchRequest:
        return SearchRequest(question.text, mode=mode, limit=LIMIT, plain=True, facets=True)

    def _hits(self, question: Question, mode: Mode) -> Sequence[str]:
        return [hit.id for hit in self._searcher.search(self._asked(question, mode)).hits]

    def numbers(self, answer: Sequence[str]) -> list[int]:
        """Return the passages of ids, which is no part of a search."""
        return self._numbers([self._generation.passages.row_of(name) for name in answer])

    def keyword(self, question: Question) -> Sequence[str]:
        return self._hits(question, Mode.KEYWORD)

    def vector(self, question: Question, vector: None) -> Sequence[str]:
        return self._hits(question, Mode.VECTOR)

    def hybrid(self, question: Question, vector: None) -> Sequence[str]:
        return self._hits(question, Mode.HYBRID)


class _Legs(_Whole):
    def numbers(self, answer: Sequence[int]) -> list[int]:
        return self._numbers(list(answer))

    def keyword(self, question: Question) -> Sequence[int]:
        request = self._asked(question, Mode.KEYWORD)
        plan = self._searcher.planner.plan(request, request.query, self._generation)
        ranking = keyword_ranking(self._generation, request, plan, alone=True)
        return ranking.rows[:LIMIT] if ranking else []

    def vector(self, question: Question, vector: None) -> Sequence[int]:
        return self._found(question, Mode.VECTOR)

    def hybrid(self, question: Question, vector: None) -> Sequence[int]:
        return self._found(question, Mode.HYBRID)

    def _found(self, question: Question, mode: Mode) -> Sequence[int]:
        found = self._searcher.candidates(self._asked(question, mode))
        return [finding.row for finding in found.ordered[:LIMIT]]


class _Engines(_Legs):
    embeds = ()

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._generation = IndexReader(_index(corpus)).current()

    def _ranked(self, question: Question, limit: int) -> Sequence[int]:
        words = AnyOf(tuple(Term(term, spoken=True) for term in question.terms))
        return self._generation.keyword.search(words, limit=limit, filters=Filters()).rows

    def _nearest(self, vector: NDArray[np.float32], limit: int) -> Sequence[int]:
        return self._generation.spaces[EMBEDDER].search(vector, limit, None)[0].tolist()

    def keyword(self, question: Question) -> Sequence[int]:
        return self._ranked(question, LIMIT)

    def vector(self, question: Question, vector: NDArray[np.float32]) -> Sequence[int]:
        return self._nearest(vector, LIMIT)

    def hybrid(self, question: Question, vector: NDArray[np.float32]) -> Sequence[int]:
        return fused(self._ranked(question, DEPTH), self._nearest(vector, DEPTH))
