"""txtai: its BM25 and FAISS, joined by its own sum of weighted scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from peers_engines import BOTH, LIMIT, Engine
from txtai import Embeddings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from peers_corpus import Corpus, Question

_WHOLE = {"whitespace": True, "lowercase": False, "emoji": False, "alphanum": False, "stopwords": False}


class Txtai:
    """A hybrid index with the settings that txtai gives it, but for words that are cut at blanks alone."""

    def __init__(self) -> None:
        self.parts = {BOTH: _build}

    def open(self, corpus: Corpus, folder: Path) -> _Txtai:
        return _Txtai(folder / BOTH)

    def places(self, corpus: Corpus, folder: Path) -> Sequence[Path]:
        return [folder]


def _build(corpus: Corpus, folder: Path) -> None:
    given = iter(corpus.vectors)

    def transform(texts: list[str]) -> NDArray[np.float32]:
        return np.stack([next(given) for _ in texts])

    made = Embeddings(
        method="external",
        transform=transform,
        hybrid=True,
        scoring={"method": "bm25", "terms": True, "normalize": True, "tokenizer": _WHOLE},
        content=False,
    )
    made.index((number, " ".join(words)) for number, words in enumerate(corpus.words()))
    made.config["transform"] = None
    made.save(str(folder))


class _Txtai(Engine):
    def __init__(self, folder: Path) -> None:
        self._index = Embeddings()
        self._index.load(str(folder))
        self._vector: NDArray[np.float32] | None = None
        self._index.model.transform = lambda texts: np.stack([self._vector] * len(texts))

    def _numbers(self, found: Sequence[tuple[int, float]]) -> list[int]:
        return [int(self._index.ids[place]) for place, score in found if score > 0]

    def keyword(self, question: Question) -> Sequence[int]:
        return self._numbers(self._index.scoring.search(" ".join(question.terms), LIMIT))

    def vector(self, question: Question, vector: NDArray[np.float32]) -> Sequence[int]:
        return self._numbers(self._index.ann.search(vector[np.newaxis], LIMIT)[0])

    def hybrid(self, question: Question, vector: NDArray[np.float32]) -> Sequence[int]:
        self._vector = vector
        return [int(number) for number, _ in self._index.search(" ".join(question.terms), LIMIT)]
