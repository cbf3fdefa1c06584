"""Query vectors, one embedder a space, each query embedded once.

What is to be embedded is known long before a plan is made, so that it is embedded beside that.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Event, Lock
from typing import TYPE_CHECKING

from indexer.beside import beside
from indexer.embedding import create_embedder

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from indexer.embedding.embedder import Embedder
    from indexer.stores.generations import Generation
    from indexer.stores.manifest import SpaceInfo

CACHED_QUERIES = 1024

_PATIENCE = 0.002
"""For how many seconds who begins to embed waits until another thread does so."""


class QueryVectors:
    """Embeds queries for the spaces of an index. Models load on first use and stay."""

    def __init__(self) -> None:
        self._embedders: dict[str, Embedder] = {}
        self._loading = Lock()
        self._cached = lru_cache(maxsize=CACHED_QUERIES)(self._vector)

    def begin(self, space: SpaceInfo, query: str) -> None:
        """Begin to embed a query beside other work; `vector` waits for it, and raises what goes wrong.

        Another thread only comes to embed while this one lets go of Python's lock, which may be long after: so it is
        waited for until it has begun.
        """
        vector = self._cached(space.embedder, query)
        if vector.made:
            return
        begun = Event()

        def embed() -> None:
            begun.set()
            vector.get()

        beside(embed)
        begun.wait(_PATIENCE)

    def vector(self, generation: Generation, space: SpaceInfo, query: str) -> NDArray[np.float32]:
        """Return the vector of a query, shape (dimension,), as the embedder of this space makes it.

        Raises IndexMismatchError when the model is not the one that the space was built with.
        """
        generation.check_embedder(space.embedder, self._embedder(space.embedder).digest)
        return self._cached(space.embedder, query).get()

    def _vector(self, name: str, query: str) -> _Vector:
        return _Vector(lambda: self._embedder(name).embed_queries([query])[0])

    def _embedder(self, name: str) -> Embedder:
        with self._loading:
            if name not in self._embedders:
                self._embedders[name] = create_embedder(name)
            return self._embedders[name]


class _Vector:
    """A vector that whoever comes first makes, while others wait. What has gone wrong is tried again."""

    def __init__(self, make: Callable[[], NDArray[np.float32]]) -> None:
        self._make = make
        self._making = Lock()
        self._made: NDArray[np.float32] | None = None

    @property
    def made(self) -> bool:
        return self._made is not None

    def get(self) -> NDArray[np.float32]:
        with self._making:
            if self._made is None:
                self._made = self._make()
                self._made.setflags(write=False)
            return self._made
