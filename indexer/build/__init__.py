"""The only place that joins the stages: files to transcripts to one published index."""

from indexer.build.overrides import check_overrides
from indexer.build.parse import read_transcript
from indexer.build.report import BuildReport, BuildSettings, FileNote, Progress, quiet
from indexer.build.run import embed_index, index_paths, index_transcripts

__all__ = [
    "BuildReport",
    "BuildSettings",
    "FileNote",
    "Progress",
    "check_overrides",
    "embed_index",
    "index_paths",
    "index_transcripts",
    "quiet",
    "read_transcript",
]
