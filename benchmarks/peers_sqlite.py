"""SQLite with FTS5 for words and sqlite-vec for vectors, in one file each.

It is the SQLite that comes with apsw: that of Python may be built without extensions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import apsw
import sqlite_vec
from peers_engines import DEPTH, LIMIT, VECTORS, WORDS, Engine, fused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from peers_corpus import Corpus, Question


def _spelt(term: str) -> str:
    """Return a term in letters and digits alone, which unicode61 leaves whole."""
    return term if term.isalnum() else "".join(one if one.isalnum() else f"zq{ord(one):x}zq" for one in term)


def _joined(terms: Iterable[str]) -> str:
    return " ".join(map(_spelt, terms))


class Sqlite:
    """FTS5 and sqlite-vec, joined by reciprocal ranks."""

    def __init__(self) -> None:
        self.parts = {WORDS: _build_words, VECTORS: _build_vectors}

    def open(self, corpus: Corpus, folder: Path) -> _Sqlite:
        return _Sqlite(folder)

    def places(self, corpus: Corpus, folder: Path) -> Sequence[Path]:
        return [folder]


def _build_words(corpus: Corpus, folder: Path) -> None:
    with apsw.Connection(str(folder / "words.sqlite")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE passages USING fts5(words, content='', tokenize='unicode61 remove_diacritics 0')"
        )
        connection.executemany(
            "INSERT INTO passages(rowid, words) VALUES (?, ?)",
            ((number, _joined(words)) for number, words in enumerate(corpus.words(), 1)),
        )
        connection.execute("INSERT INTO passages(passages) VALUES ('optimize')")


def _with_vectors(path: Path) -> apsw.Connection:
    connection = apsw.Connection(str(path))
    connection.enable_load_extension(True)  # noqa: FBT003  It takes no name.
    connection.load_extension(sqlite_vec.loadable_path())
    return connection


def _build_vectors(corpus: Corpus, folder: Path) -> None:
    dimension = corpus.vectors.shape[1]
    with _with_vectors(folder / "vectors.sqlite") as connection:
        connection.execute(f"CREATE VIRTUAL TABLE passages USING vec0(v float[{dimension}] distance_metric=cosine)")
        connection.executemany(
            "INSERT INTO passages(rowid, v) VALUES (?, ?)",
            ((number, vector.tobytes()) for number, vector in enumerate(corpus.vectors, 1)),
        )


class _Sqlite(Engine):
    def __init__(self, folder: Path) -> None:
        self._words = apsw.Connection(str(folder / WORDS / "words.sqlite"))
        path = folder / VECTORS / "vectors.sqlite"
        self._vectors = _with_vectors(path) if path.exists() else None

    def _ranked(self, question: Question, limit: int) -> list[int]:
        wanted = " OR ".join(f'"{_spelt(term)}"' for term in question.terms)
        sql = "SELECT rowid - 1 FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"
        return [number for (number,) in self._words.execute(sql, (wanted, limit))]

    def _nearest(self, vector: NDArray[np.float32], limit: int) -> list[int]:
        sql = "SELECT rowid - 1 FROM passages WHERE v MATCH ? AND k = ? ORDER BY distance"
        return [number for (number,) in self._vectors.execute(sql, (vector.tobytes(), limit))]

    def keyword(self, question: Question) -> Sequence[int]:
        return self._ranked(question, LIMIT)

    def vector(self, question: Question, vector: NDArray[np.float32]) -> Sequence[int]:
        return self._nearest(vector, LIMIT)

    def hybrid(self, question: Question, vector: NDArray[np.float32]) -> Sequence[int]:
        return fused(self._ranked(question, DEPTH), self._nearest(vector, DEPTH))
