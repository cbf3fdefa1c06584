"""Errors of files that come from outside: uploads, and quotes that are imported. `indexer.errors` draws the tree."""

from __future__ import annotations

from indexer.errors.base import YuanhuaError


class UploadError(YuanhuaError):
    """A file from a browser or a program cannot be taken in."""


class UploadsUnavailableError(UploadError):
    """This server takes no uploads, or it cannot write where it would keep them."""


class UploadSpaceError(UploadError):
    """There is no room for it: on the disk, or among what waits to be confirmed."""


class DuplicateUploadError(UploadError):
    """The same bytes were uploaded before, or are in the index already."""


class CollectionFileError(YuanhuaError):
    """A file of quotes cannot be taken in: too large, damaged, or not what an export writes."""
