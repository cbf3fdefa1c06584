"""Errors of the notebook, in which users keep things. The whole tree is drawn in `indexer.errors`."""

from __future__ import annotations

from indexer.errors.base import YuanhuaError


class NotebookError(YuanhuaError):
    """A notebook, the file of what users keep, that cannot be read or written."""


class NotebookDamagedError(NotebookError):
    """The file is no database of ours, or it is not what was written."""


class NotebookMismatchError(NotebookError):
    """The notebook was written by a newer version."""


class NotebookLockedError(NotebookError):
    """Another process has kept the notebook locked for too long."""
