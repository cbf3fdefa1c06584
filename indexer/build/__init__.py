"""The only place that joins the stages: files to transcripts to one published index."""

from indexer.build.embed_ahead import AheadReport, AheadSettings, embed_index_ahead, embed_paths_ahead
from indexer.build.overrides import check_overrides
from indexer.build.prepare import read_transcript
from indexer.build.report import (
    BuildReport,
    BuildSettings,
    Duplicate,
    FailedFile,
    FileNote,
    MovedFile,
    Progress,
    quiet,
)
from indexer.build.run import embed_index, index_paths, index_transcripts
from indexer.build.watch import follow

__all__ = [
    "AheadReport",
    "AheadSettings",
    "BuildReport",
    "BuildSettings",
    "Duplicate",
    "FailedFile",
    "FileNote",
    "MovedFile",
    "Progress",
    "check_overrides",
    "embed_index",
    "embed_index_ahead",
    "embed_paths_ahead",
    "follow",
    "index_paths",
    "index_transcripts",
    "quiet",
    "read_transcript",
]
