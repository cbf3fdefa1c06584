"""An embedder that takes from the cache what was embedded before, and puts there what it embeds."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from indexer.settings import cache_folder, vector_cache_limit
from indexer.stores.vector_cache import FILE, VectorCache

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from indexer.embedding.embedder import Embedder


class CachedEmbedder:
    """Gives the vectors of another embedder; a passage is embedded once, however often it comes."""

    def __init__(self, embedder: Embedder, cache: VectorCache) -> None:
        self._embedder = embedder
        self._cache = cache
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.digest = embedder.digest
        self.embeds_sentences = embedder.embeds_sentences

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of passages or of their sentences, shape (len(texts), dimension)."""
        different = list(dict.fromkeys(texts))
        found = dict(zip(different, self._cache.find(self.digest, different, self.dimension), strict=True))
        fresh = [text for text, vector in found.items() if vector is None]
        if fresh:
            vectors = self._embedder.embed_passages(fresh)
            self._cache.keep(self.digest, fresh, vectors)
            found.update(zip(fresh, vectors, strict=True))
        out = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            out[row] = found[text]
        return out

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of queries, which are not kept."""
        return self._embedder.embed_queries(texts)


@contextmanager
def opened_cache(megabytes: int | None = None) -> Iterator[VectorCache]:
    """Open the user's cache of vectors; the setting says how much it may hold where `megabytes` does not."""
    limit = vector_cache_limit() if megabytes is None else megabytes
    with VectorCache(cache_folder() / FILE, limit=limit << 20) as cache:
        yield cache
