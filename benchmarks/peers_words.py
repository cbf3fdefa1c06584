"""Engines of words with a flat index of vectors beside them: Whoosh and bm25s, with FAISS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import faiss
import numpy as np
from peers_engines import DEPTH, LIMIT, VECTORS, WORDS, Engine, fused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from peers_corpus import Corpus, Question

_FLAT = "flat.faiss"
_AT_ONCE = 20_000


def build_flat(corpus: Corpus, folder: Path) -> None:
    """Write all vectors as a flat index of FAISS."""
    index = faiss.IndexFlatIP(corpus.vectors.shape[1])
    for start in range(0, corpus.count, _AT_ONCE):
        index.add(np.ascontiguousarray(corpus.vectors[start : start + _AT_ONCE]))
    faiss.write_index(index, str(folder / _FLAT))


class _WithFlat(Engine):
    """An engine of words beside a flat index, joined by reciprocal ranks."""

    def __init__(self, folder: Path) -> None:
        path = folder / VECTORS / _FLAT
        self._flat = faiss.read_index(str(path)) if path.exists() else None

    def ranked(self, question: Question, limit: int) -> list[int]:
        raise NotImplementedError

    def _nearest(self, vector: NDArray[np.float32], limit: int) -> list[int]:
        _, found = self._flat.search(vector[np.newaxis], limit)
        return found[0].tolist()

    def keyword(self, question: Question) -> Sequence[int]:
        return self.ranked(question, LIMIT)

    def vector(self, question: Question, vector: NDArray[np.float32]) -> Sequence[int]:
        return self._nearest(vector, LIMIT)

    def hybrid(self, question: Question, vector: NDArray[np.float32]) -> Sequence[int]:
        return fused(self.ranked(question, DEPTH), self._nearest(vector, DEPTH))


class WhooshFlat:
    """What the original design asks for: Whoosh and a flat index."""

    def __init__(self) -> None:
        self.parts = {WORDS: _build_whoosh, VECTORS: build_flat}

    def open(self, corpus: Corpus, folder: Path) -> _Whoosh:
        return _Whoosh(folder)

    def places(self, corpus: Corpus, folder: Path) -> Sequence[Path]:
        return [folder]


def _build_whoosh(corpus: Corpus, folder: Path) -> None:
    from whoosh.analysis import SpaceSeparatedTokenizer
    from whoosh.fields import STORED, TEXT, Schema
    from whoosh.index import create_in

    schema = Schema(words=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False), number=STORED)
    writer = create_in(str(folder), schema).writer(limitmb=512)
    for number, words in enumerate(corpus.words()):
        writer.add_document(words=" ".join(words), number=number)
    writer.commit()


class _Whoosh(_WithFlat):
    def __init__(self, folder: Path) -> None:
        from whoosh.index import open_dir

        super().__init__(folder)
        self._searcher = open_dir(str(folder / WORDS)).searcher()

    def ranked(self, question: Question, limit: int) -> list[int]:
        from whoosh.query import Or, Term

        wanted = Or([Term("words", term) for term in question.terms])
        return [hit["number"] for hit in self._searcher.search(wanted, limit=limit)]


class Bm25sFlat:
    """bm25s, scores worked out in advance, and a flat index."""

    def __init__(self) -> None:
        self.parts = {WORDS: _build_bm25s, VECTORS: build_flat}

    def open(self, corpus: Corpus, folder: Path) -> _Bm25s:
        return _Bm25s(folder)

    def places(self, corpus: Corpus, folder: Path) -> Sequence[Path]:
        return [folder]


def _build_bm25s(corpus: Corpus, folder: Path) -> None:
    import bm25s
    from bm25s.tokenization import Tokenized

    vocabulary: dict[str, int] = {}
    numbers = [
        np.array([vocabulary.setdefault(word, len(vocabulary)) for word in words], np.int32) for words in corpus.words()
    ]
    made = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    made.index(Tokenized(ids=numbers, vocab=vocabulary), show_progress=False)
    made.save(str(folder), show_progress=False)


class _Bm25s(_WithFlat):
    def __init__(self, folder: Path) -> None:
        import bm25s

        super().__init__(folder)
        self._words = bm25s.BM25.load(str(folder / WORDS), mmap=True)

    def ranked(self, question: Question, limit: int) -> list[int]:
        known = [term for term in question.terms if term in self._words.vocab_dict]
        if not known:
            return []
        found, scores = self._words.retrieve([known], k=limit, show_progress=False)
        return found[0, scores[0] > 0].tolist()
