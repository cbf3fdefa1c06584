"""Errors of embedding models, and of embedding. The whole tree is drawn in `indexer.errors`."""

from __future__ import annotations

from indexer.errors.base import YuanhuaError


class ModelError(YuanhuaError):
    """An embedding model that cannot be used."""


class UnknownEmbedderError(ModelError):
    """No embedder has that name."""


class ModelUnavailableError(ModelError):
    """The package or folder that carries the model is missing."""


class ModelDamagedError(ModelError):
    """The weights of the model are not the bytes that were expected."""


class EmbeddingError(YuanhuaError):
    """Texts that could not be embedded, or whose vectors could not be kept."""


class WorkersError(EmbeddingError):
    """The processes that embed are missing, gone, or break."""


class VectorCacheError(EmbeddingError):
    """The cache of vectors cannot keep them."""
