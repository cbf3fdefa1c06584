"""What a vector space looks like to a search, be it in files (`vector_space`) or in Milvus (`milvus_space`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indexer.stores.compact import Vectors
    from indexer.stores.filters import Filters
    from indexer.stores.manifest import SpaceInfo
    from indexer.stores.space_files import SentenceVectors


class Space(Protocol):
    """The vectors of all passages by one model, and maybe of their sentences. It may be searched from many threads.

    The query of every method is of shape (dimension,).
    """

    @property
    def info(self) -> SpaceInfo:
        """What there is in the space."""
        ...

    def search(
        self,
        query: NDArray[np.float32],
        limit: int,
        rows: NDArray[np.int64] | None,
        *,
        filters: Filters | None = None,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the best `limit` rows and their cosines by falling cosine, equal ones by rising row.

        `rows` are the passages to search among; None means all. `filters` are what keeps just these rows, where it is
        filters that do.
        """
        ...

    def search_sentences(
        self, query: NDArray[np.float32], limit: int, rows: NDArray[np.int64] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the best `limit` rows as `search` does, each by the cosine of its best sentence."""
        ...

    def scores(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine of each of k rows, shape (k,)."""
        ...

    def sentence_scores(
        self, query: NDArray[np.float32], rows: NDArray[np.int64], cosines: NDArray[np.float32] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Return for each of k rows the cosine of its best sentence, shape (k,), and its span, shape (k, 2).

        The first of equally good sentences counts. A row without a sentence scores -1 with the span (0, 0). `cosines`
        are those of the rows, where they are known; they spare work.
        """
        ...

    def vectors_of(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of k passages, shape (k, dimension)."""
        ...

    def sentences_of(self, row: int) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Return the vectors (k, dimension) and spans (k, 2) of the sentences of a passage, in their order."""
        ...

    def sample(self, count: int) -> NDArray[np.float32]:
        """Return the vectors of about `count` passages, evenly spread, at least of as many where there are so many."""
        ...

    def sentence_sample(self, count: int) -> NDArray[np.float32] | None:
        """Return the vectors of about `count` sentences likewise; None where sentences have none."""
        ...

    def vectors(self) -> Vectors:
        """Return the vectors of all passages, shape (passages, dimension): for builds, not for searches."""
        ...

    def sentences(self) -> SentenceVectors | None:
        """Return the vectors of all sentences, or None if there are none: for builds, not for searches."""
        ...

    def read_ahead(self) -> object:
        """Begin to have in memory what searches will look at, where it lies in files, and come back at once."""
        ...

    def close(self) -> None:
        """Let go of what is held. Nothing may be asked afterwards."""
        ...
