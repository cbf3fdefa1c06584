"""What every embedding model looks like to the rest of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


class Embedder(Protocol):
    """Texts in, unit vectors out.

    Vectors are float32, of shape (len(texts), dimension), each of length 1, so that an inner product is a cosine.
    Any text gives a vector: empty, blank, with NUL or with lone surrogates.
    """

    @property
    def name(self) -> str:
        """The name by which `create_embedder` makes this embedder again, on any machine."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    @property
    def digest(self) -> str:
        """A digest of the weights and of everything else that changes a vector."""
        ...

    @property
    def embeds_sentences(self) -> bool:
        """Whether it is quick enough to embed each sentence of a passage beside the passage."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of passages or of their sentences."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of queries."""
        ...
