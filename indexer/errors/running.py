"""Errors of what is run: backups, settings, the server, glossaries, judgements. `indexer.errors` draws the tree."""

from __future__ import annotations

from indexer.errors.base import YuanhuaError


class BackupError(YuanhuaError):
    """A backup that cannot be made or taken back."""


class BackupDamagedError(BackupError):
    """The file is no backup of ours, or it is not what was written."""


class WouldOverwriteError(BackupError):
    """Something stands where the backup, or what is taken back from it, would be written."""


class SettingsError(YuanhuaError):
    """A file of settings or of words cannot be read, or holds what is no setting."""


class ServerError(YuanhuaError):
    """The server cannot start."""


class GlossaryError(YuanhuaError):
    """A glossary, or the dictionary behind it, that cannot be read."""


class JudgementsError(YuanhuaError):
    """Judged queries that cannot be read."""
