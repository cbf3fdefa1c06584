"""What peers.py needs of an engine, and which engines there are: one module each, loaded when it is measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from peers_corpus import Corpus, Question

LIMIT = 10
"""How many passages an answer has."""

DEPTH = 100
"""How many passages each leg gives to a fusion."""

Build = Callable[["Corpus", Path], None]


class Engine(Protocol):
    """An opened index. Every answer is the best LIMIT passages, the best first, of which `numbers` makes their numbers.

    `vector` is that of the query, shape (dimension,). An engine that embeds queries itself in some modes, as `embeds`
    tells, is given None there.
    """

    embeds: Sequence[str] = ()

    def numbers(self, answer: Sequence[int]) -> list[int]:
        """Return the numbers of the passages of an answer; this is not timed."""
        return list(answer)

    def keyword(self, question: Question) -> Sequence[int]:
        """Return the best passages by words."""
        ...

    def vector(self, question: Question, vector: NDArray[np.float32] | None) -> Sequence[int]:
        """Return the best passages by vectors."""
        ...

    def hybrid(self, question: Question, vector: NDArray[np.float32] | None) -> Sequence[int]:
        """Return the best passages by both."""
        ...


class Peer(Protocol):
    """An engine before it is opened.

    `parts` are what is built, each in a process of its own and in a folder of its name below one folder.
    """

    parts: Mapping[str, Build]

    def open(self, corpus: Corpus, folder: Path) -> Engine:
        """Open what was built in the folder."""
        ...

    def places(self, corpus: Corpus, folder: Path) -> Sequence[Path]:
        """Return the folders and files that make up its size on disk."""
        ...


PEERS = {
    "ours": "peers_ours:Ours",
    "ours-legs": "peers_ours:OursLegs",
    "ours-engines": "peers_ours:OursEngines",
    "whoosh": "peers_words:WhooshFlat",
    "bm25s": "peers_words:Bm25sFlat",
    "sqlite": "peers_sqlite:Sqlite",
    "lancedb": "peers_lancedb:Lance",
    "lancedb-wide": "peers_lancedb:LanceWide",
    "milvus": "peers_milvus:MilvusLite",
    "lucene": "peers_lucene:Lucene",
    "lucene-wide": "peers_lucene:LuceneWide",
    "txtai": "peers_txtai:Txtai",
}
WORDS, VECTORS, BOTH = "words", "vectors", "both"


def peer(name: str) -> Peer:
    """Return an engine by its name. Raises ImportError where its packages are not installed."""
    module, _, kind = PEERS[name].partition(":")
    made: Peer = getattr(import_module(module), kind)()
    return made


def fused(*rankings: Sequence[int]) -> list[int]:
    """Return the best of several rankings by reciprocal ranks: Cormack, Clarke and Büttcher, SIGIR 2009, k 60."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, number in enumerate(ranking, 1):
            scores[number] = scores.get(number, 0.0) + 1.0 / (60 + rank)
    return sorted(scores, key=lambda number: (-scores[number], number))[:LIMIT]
