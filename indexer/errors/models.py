"""Errors of embedding models. The whole tree is drawn in `indexer.errors`."""

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
