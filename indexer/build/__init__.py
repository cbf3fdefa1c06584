"""The only place that joins the stages: files to transcripts to one published index."""

from __future__ import annotations

import time
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.build.files import find_files
from indexer.build.parse import ParsedFile, parse_files, read_transcript
from indexer.build.plan import digests_of, make_plan, parser_digest
from indexer.build.report import BuildReport, BuildSettings, FileNote, Progress, quiet
from indexer.build.write import add_space, choose_tools, write_generation
from indexer.embedding import create_embedder
from indexer.errors import IndexMissingError, IndexStoreError, InvalidRequestError
from indexer.stores.generations import current_name, generation_folder, open_generation
from indexer.stores.index import IndexWriter
from indexer.stores.manifest import MANIFEST, load_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indexer.build.plan import Plan
    from indexer.model import Transcript
    from indexer.stores.index import Generation
    from indexer.stores.manifest import Manifest
    from indexer.stores.passages import PassageStore, TranscriptInfo

__all__ = [
    "BuildReport",
    "BuildSettings",
    "FileNote",
    "Progress",
    "embed_index",
    "index_paths",
    "index_transcripts",
    "quiet",
    "read_transcript",
]


def index_paths(
    folder: Path,
    paths: Sequence[Path],
    settings: BuildSettings = BuildSettings(),
    progress: Progress = quiet,
) -> BuildReport:
    """Make the index hold what the files under these paths hold now.

    New files are added, changed ones read again, and transcripts whose files are gone from these paths removed;
    transcripts from elsewhere stay. When nothing has changed nothing is published. A file that cannot be read is
    reported and the rest goes on.

    Raises InvalidRequestError when a path does not exist and the index has nothing from it, and IndexStoreError
    or ModelError when the index or a model cannot be used.
    """
    started = time.perf_counter()
    found = find_files(paths, index=folder)
    if not found.files and not _exists(folder):
        _refuse_missing(found.missing, ())
        return BuildReport(failed=found.failed, skipped=found.skipped, seconds=time.perf_counter() - started)
    with IndexWriter(folder) as writer, ExitStack() as stack:
        earlier = _earlier(folder, settings, stack)
        manifest = earlier.manifest if earlier else _readable_manifest(folder)
        tools = choose_tools(settings, manifest)
        known = earlier.passages.transcripts() if earlier else ()
        _refuse_missing(found.missing, known)
        digests, unopened = digests_of(found.files)
        unread = [Path(note.path) for note in (*found.failed, *unopened)]
        plan = make_plan(found.roots, digests, unread, earlier.passages if earlier else None)
        taken = {info.id for info in (*plan.unchanged, *plan.elsewhere)}
        reading = parse_files(plan.to_read, writer.scratch, taken, progress)
        report = _report(plan, reading.parsed, len(known))
        report = replace(
            report,
            failed=(*found.failed, *unopened, *reading.failed),
            skipped=(*found.skipped, *plan.duplicates),
            warnings=reading.warnings,
        )
        changed = report.added or report.updated or report.removed
        if earlier is None and not changed:
            return replace(report, seconds=time.perf_counter() - started)
        if changed or earlier is None or not tools.made(earlier.manifest):
            staying = _staying(plan, reading.parsed)
            roots = dict.fromkeys([*(earlier.manifest.roots if earlier else ()), *map(str, found.roots)])
            written = write_generation(
                writer,
                _in_order(staying, reading.parsed, earlier.passages if earlier else None),
                count=len(staying) + len(reading.parsed),
                tools=tools,
                roots=roots,
                earlier=earlier,
                progress=progress,
            )
        else:
            written = earlier.manifest
        return _finished(report, written, folder, started)
