"""Texts to vectors, each model behind the same Embedder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors import UnknownEmbedderError

if TYPE_CHECKING:
    from indexer.embedding.embedder import Embedder

SENTENCE_TRANSFORMERS = "sentence-transformers:"
NAMES = ("bundled", "e5", f"{SENTENCE_TRANSFORMERS}NAME-OR-FOLDER")
"""The embedders that `create_embedder` knows, as a user writes them."""


def create_embedder(name: str, *, device: str = "") -> Embedder:
    """Return the embedder of that name. Its weights are read and checked when it is first used.

    `device` is what a model of sentence-transformers runs on; the setting says where it is empty.
    Raises UnknownEmbedderError when no embedder has that name and ModelUnavailableError when the package that
    carries it is missing. The first use may raise ModelUnavailableError or ModelDamagedError.
    """
    # Each model's library is imported only when it is wanted: together they take seconds.
    if name == "bundled":
        from indexer.embedding.bundled import BundledEmbedder  # noqa: PLC0415

        return BundledEmbedder()
    if name == "e5":
        from indexer.embedding.e5 import E5Embedder  # noqa: PLC0415

        return E5Embedder()
    model = name.removeprefix(SENTENCE_TRANSFORMERS)
    if model and model != name:
        from indexer.embedding.sentence_transformers import SentenceTransformersEmbedder  # noqa: PLC0415

        return SentenceTransformersEmbedder(model, device)
    raise UnknownEmbedderError(
        f"no embedder is called '{name}'", mend=f"There are: {', '.join(NAMES)}, and none for words only."
    )
