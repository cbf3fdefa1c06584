"""Query vectors, one embedder a space, each query embedded once."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from indexer.embedding import create_embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indexer.embedding.embedder import Embedder
    from indexer.stores.generations import Generation
    from indexer.stores.manifest import SpaceInfo

CACHED_QUERIES = 1024


class QueryVectors:
    """Embeds queries for the spaces of an index. Models load on first use and stay."""

    def __init__(self) -> None:
        self._embedders: dict[str, Embedder] = {}
        self._loading = Lock()
        self._cached = lru_cache(maxsize=CACHED_QUERIES)(self._embed)

    def vector(self, generation: Generation, space: SpaceInfo, query: str) -> NDArray[np.float32]:
        """Return the vector of a query, shape (dimension,), as the embedder of this space makes it.

        Raises IndexMismatchError when the model is not the one that the space was built with.
        """
        generation.check_embedder(space.embedder, self._embedder(space.embedder).digest)
        return self._cached(space.embedder, query)

    def _embed(self, name: str, query: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._embedder(name).embed_queries([query])[0]
        vector.setflags(write=False)
        return vector

    def _embedder(self, name: str) -> Embedder:
        with self._loading:
            if name not in self._embedders:
                self._embedders[name] = create_embedder(name)
            return self._embedders[name]
