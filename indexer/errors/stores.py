"""Errors of indexes. The whole tree is drawn in `indexer.errors`."""

from __future__ import annotations

from indexer.errors.base import YuanhuaError


class IndexStoreError(YuanhuaError):
    """An index that cannot be read or written."""


class IndexMissingError(IndexStoreError):
    """There is no index in that folder."""


class IndexDamagedError(IndexStoreError):
    """A file of the index is missing or is not what was written."""


class IndexMismatchError(IndexStoreError):
    """The index was written by another version or with other settings."""


class IndexLockedError(IndexStoreError):
    """Another process is writing the index."""


class IndexUnwritableError(IndexStoreError):
    """The system lets the index not be written: the disk is full, or the folder is read-only."""


class EngineUnavailableError(IndexStoreError):
    """The index needs an engine that is not installed."""


class IndexUnreachableError(IndexStoreError):
    """The server that holds the index does not answer, or not as it should."""


class IndexAccessError(IndexStoreError):
    """The server that holds the index does not let this user in."""
