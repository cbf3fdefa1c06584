"""Errors of reading files. The whole tree is drawn in `indexer.errors`."""

from __future__ import annotations

from indexer.errors.base import YuanhuaError


class SourceError(YuanhuaError):
    """A file that cannot be read."""


class UnsupportedFormatError(SourceError):
    """The format of the file has no reader."""


class UndecodableTextError(SourceError):
    """The bytes of the file are no text in a known encoding."""


class EmptySourceError(SourceError):
    """There is no text in the file."""


class DamagedSourceError(SourceError):
    """The file is truncated, or it is not what its name says."""


class ProtectedSourceError(SourceError):
    """The file is locked with a password."""


class ScannedSourceError(SourceError):
    """The pages of the file are pictures without a text layer."""


class OversizedSourceError(SourceError):
    """The file is, or unpacks to, more than can be a transcript."""


class MalformedRecordsError(SourceError):
    """The records of the file (JSON, a table) lack the fields that a transcript needs."""


class SidecarError(SourceError):
    """The file of metadata beside a source cannot be read."""


class BrokenReaderError(SourceError):
    """The reader of the format broke on the file, ended its process, or took too long."""
