"""One step: from what an index holds to what the files hold now."""

from __future__ import annotations

import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.build.entries import Entry
from indexer.build.files import absolute
from indexer.build.parse import parse_files
from indexer.build.plan import digests_of, make_plan
from indexer.build.report import BuildReport, MovedFile
from indexer.build.tools import choose_tools
from indexer.build.write import write_generation
from indexer.codec import transcript_from_json
from indexer.stores.prepared import PreparedStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from indexer.build.files import FoundFiles
    from indexer.build.parse import ParsedFiles
    from indexer.build.plan import Plan
    from indexer.build.report import BuildSettings, Duplicate, Progress
    from indexer.build.tools import Tools
    from indexer.stores.index import Generation, IndexWriter
    from indexer.stores.manifest import Manifest

# Stands for the parser of a transcript whose file has moved and cannot be read at its new place: it is tried again.
_TO_TRY_AGAIN = ""


def synchronise(
    writer: IndexWriter,
    found: FoundFiles,
    settings: BuildSettings,
    *,
    earlier: Generation | None,
    manifest: Manifest | None,
    progress: Progress,
    root: Path | None = None,
) -> BuildReport:
    """Publish what the found files make of the earlier generation, if that differs from it.

    `manifest` names the tools of the index where `settings` do not; `root` stands for the roots of what was found.
    """
    tools = choose_tools(settings, manifest)
    digests, unopened = digests_of(found.files)
    unread = [*(Path(note.path) for note in (*found.failed, *unopened)), *found.held]
    plan = make_plan(found.roots, digests, unread, earlier.passages if earlier else None, settings.overrides)
    reading = parse_files(plan, tools, settings, writer.scratch, progress)
    report = replace(
        _report(plan, reading),
        failed=(*found.failed, *unopened, *reading.failed),
        skipped=(*found.skipped, *plan.duplicates),
    )
    staying = _staying(plan, reading)
    if not (report.changed or (earlier is not None and not tools.made(earlier.manifest))):
        return report
    roots = dict.fromkeys(
        (*(earlier.manifest.roots if earlier else ()), *map(str, [absolute(root)] if root else found.roots))
    )
    written = write_generation(
        writer,
        _in_order(staying, reading, earlier, tools),
        count=len(staying) + len(reading.parsed),
        tools=tools,
        roots=roots,
        earlier=earlier,
        progress=progress,
        vector_cache=settings.vector_cache,
    )
    return replace(report, duplicates=_of_now(written.duplicates, report))


def _report(plan: Plan, reading: ParsedFiles) -> BuildReport:
    """Say what becomes of each transcript."""
    added, updated, moved = [], [], []
    for file in reading.parsed:
        before = plan.to_read[file.path]
        if before is None:
            added.append(file.transcript_id)
        elif plan.has_moved(file.path):
            moved.append(MovedFile(file.transcript_id, str(file.path), before.source.path))
        else:
            updated.append(file.transcript_id)
    return BuildReport(
        added=tuple(added),
        updated=tuple(updated),
        removed=tuple(info.id for info in plan.gone),
        moved=tuple(moved),
        unchanged=tuple(info.id for info in plan.unchanged),
        warnings=reading.warnings,
    )


def _staying(plan: Plan, reading: ParsedFiles) -> dict[Path, str]:
    """Return, by file, the transcripts of the index that stay: also those of files that fail now."""
    read = {file.path for file in reading.parsed}
    failed = {path: info.id for path, info in plan.to_read.items() if info is not None and path not in read}
    return {**{Path(info.source.path): info.id for info in (*plan.unchanged, *plan.elsewhere)}, **failed}


def _in_order(
    staying: Mapping[Path, str], reading: ParsedFiles, earlier: Generation | None, tools: Tools
) -> Iterator[Entry]:
    """Yield all transcripts by path, so that equal files make equal indexes."""
    fresh = {file.path: file for file in reading.parsed}
    kept = _kept(staying, earlier, tools) if earlier else iter(())
    for path in sorted((*staying, *fresh)):
        if path not in fresh:
            yield next(kept)
            continue
        read = fresh[path].load()
        transcript = transcript_from_json(zlib.decompress(read.document))
        yield Entry(transcript, fresh[path].made_with, read.document, read.prepared)


def _kept(staying: Mapping[Path, str], earlier: Generation, tools: Tools) -> Iterator[Entry]:
    """Yield the transcripts that stay, by path, with all that the earlier generation knows of them."""
    parsers = earlier.passages.parsers()
    with closing(PreparedStore(earlier.prepared_file(), tools.words_digest)) as known:
        for path in sorted(staying):
            transcript, document = earlier.passages.written(staying[path])
            if transcript.source.path == str(path):
                yield Entry(transcript, parsers[transcript.id], document, known.get(transcript.id))
            else:
                here = replace(transcript, source=replace(transcript.source, path=str(path)))
                yield Entry(here, _TO_TRY_AGAIN, prepared=known.get(transcript.id))


def _of_now(duplicates: Sequence[Duplicate], report: BuildReport) -> tuple[Duplicate, ...]:
    """Return the duplicates of which one file was read now."""
    now = {*report.added, *report.updated, *(file.id for file in report.moved)}
    return tuple(pair for pair in duplicates if pair.id in now or pair.duplicate_of in now)
