"""The builds that can be asked for: from paths, from transcripts, and of one more vector space."""

from __future__ import annotations

import time
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.build.files import find_files, is_below
from indexer.build.overrides import made_with
from indexer.build.parse import parse_files
from indexer.build.plan import digests_of, make_plan, parser_digest
from indexer.build.report import BuildReport, BuildSettings, quiet
from indexer.build.write import add_space, choose_tools, write_generation
from indexer.embedding import create_embedder
from indexer.errors import IndexStoreError, InvalidRequestError
from indexer.stores.generations import (
    CURRENT,
    current_name,
    generation_folder,
    open_generation,
)
from indexer.stores.index import IndexWriter
from indexer.stores.manifest import MANIFEST, load_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from indexer.build.files import FoundFiles
    from indexer.build.parse import ParsedFile, ParsedFiles
    from indexer.build.plan import Plan
    from indexer.build.report import Progress
    from indexer.model import Transcript
    from indexer.stores.index import Generation
    from indexer.stores.manifest import Manifest

_DEFAULT = BuildSettings()


def index_paths(
    folder: Path, paths: Sequence[Path], settings: BuildSettings = _DEFAULT, progress: Progress = quiet
) -> BuildReport:
    """Make the index hold what the files under these paths hold now.

    New files are added, changed ones read again, and transcripts whose files are gone from these paths
    removed; transcripts from elsewhere stay. When nothing has changed, nothing is published. A file that
    cannot be read is reported and the rest goes on.

    Raises InvalidRequestError when a path does not exist and nothing in the index came from it,
    IndexStoreError or ModelError when the index or a model cannot be used.
    """
    started = time.perf_counter()
    found = find_files(paths, index=folder)
    if not found.files and not (folder / CURRENT).exists():
        _refuse_unknown(found, None)
        return BuildReport(failed=found.failed, skipped=found.skipped)
    with IndexWriter(folder) as writer, _earlier(folder, settings) as earlier:
        _refuse_unknown(found, earlier)
        report = _synchronise(writer, found, settings, earlier, progress)
    return _finished(report, folder, started)


def index_transcripts(
    folder: Path,
    transcripts: Iterable[Transcript],
    settings: BuildSettings = _DEFAULT,
    progress: Progress = quiet,
) -> BuildReport:
    """Make the index hold exactly these transcripts, in this order, and publish it.

    Vectors of texts that the index knows already are taken over. Raises IndexStoreError when two transcripts
    or two passages have the same id, or when the index cannot be written, and ModelError.
    """
    started = time.perf_counter()
    listed = transcripts if isinstance(transcripts, (list, tuple)) else tuple(transcripts)
    with IndexWriter(folder) as writer, _earlier(folder, settings) as earlier:
        tools = choose_tools(settings, _readable_manifest(folder))
        before = {info.id for info in earlier.passages.transcripts()} if earlier else set()
        sequence = ((transcript, "") for transcript in listed)
        write_generation(writer, sequence, count=len(listed), tools=tools, roots=(), earlier=earlier, progress=progress)
    ids = [transcript.id for transcript in listed]
    report = BuildReport(
        added=tuple(name for name in ids if name not in before),
        updated=tuple(name for name in ids if name in before),
        removed=tuple(sorted(before.difference(ids))),
    )
    return _finished(report, folder, started)


def embed_index(folder: Path, embedder_name: str, progress: Progress = quiet) -> BuildReport:
    """Add the vectors of one embedder to the index, or make them anew when its model has changed.

    Raises IndexMissingError when there is no index, IndexStoreError or ModelError when the index or the model
    cannot be used.
    """
    started = time.perf_counter()
    current_name(folder)
    embedder = create_embedder(embedder_name)
    with IndexWriter(folder) as writer, closing(open_generation(folder, current_name(folder))) as generation:
        report = BuildReport(unchanged=tuple(info.id for info in generation.passages.transcripts()))
        known = {space.embedder: space.digest for space in generation.manifest.spaces}
        if known.get(embedder.name) != embedder.digest:
            add_space(writer, generation, embedder, progress)
    return _finished(report, folder, started)


def _synchronise(
    writer: IndexWriter,
    found: FoundFiles,
    settings: BuildSettings,
    earlier: Generation | None,
    progress: Progress,
) -> BuildReport:
    """Publish what the found files make of the earlier generation, if that differs from it."""
    tools = choose_tools(settings, _readable_manifest(writer.folder))
    digests, unopened = digests_of(found.files)
    unread = [Path(note.path) for note in (*found.failed, *unopened)]
    plan = make_plan(found.roots, digests, unread, earlier.passages if earlier else None, settings.overrides)
    reading = parse_files(plan, writer.scratch, progress)
    report = BuildReport(
        added=tuple(file.transcript_id for file in reading.parsed if plan.to_read[file.path] is None),
        updated=tuple(file.transcript_id for file in reading.parsed if plan.to_read[file.path] is not None),
        removed=tuple(info.id for info in plan.gone),
        unchanged=tuple(info.id for info in plan.unchanged),
        failed=(*found.failed, *unopened, *reading.failed),
        skipped=(*found.skipped, *plan.duplicates),
        warnings=reading.warnings,
    )
    changed = bool(report.added or report.updated or report.removed)
    if changed or (earlier is not None and not tools.made(earlier.manifest)):
        staying = _staying(plan, reading)
        roots = dict.fromkeys((*(earlier.manifest.roots if earlier else ()), *map(str, found.roots)))
        write_generation(
            writer,
            _in_order(staying, reading.parsed, earlier, plan.overrides),
            count=len(staying) + len(reading.parsed),
            tools=tools,
            roots=roots,
            earlier=earlier,
            progress=progress,
        )
    return report


def _staying(plan: Plan, reading: ParsedFiles) -> dict[Path, str]:
    """Return, by file, the transcripts of the index that stay: also those of files that fail now."""
    read = {file.path for file in reading.parsed}
    failed = (info for path, info in plan.to_read.items() if info is not None and path not in read)
    return {Path(info.source.path): info.id for info in (*plan.unchanged, *plan.elsewhere, *failed)}


def _in_order(
    staying: Mapping[Path, str],
    parsed: Iterable[ParsedFile],
    earlier: Generation | None,
    overrides: Mapping[Path, Mapping[str, str]],
) -> Iterator[tuple[Transcript, str]]:
    """Yield all transcripts by path, so that equal files make equal indexes; each with the mark of what made it."""
    fresh = {file.path: file for file in parsed}
    parsers = earlier.passages.parsers() if earlier else {}
    for path in sorted((*staying, *fresh)):
        if path in fresh:
            yield fresh[path].load(), made_with(parser_digest(), path, overrides[path])
        elif earlier is not None:
            yield earlier.passages.transcript(staying[path]), parsers[staying[path]]


def _refuse_unknown(found: FoundFiles, earlier: Generation | None) -> None:
    """Raise InvalidRequestError for a path that does not exist and from which nothing was read before."""
    known = [Path(info.source.path) for info in earlier.passages.transcripts()] if earlier else []
    for root in found.missing:
        if not any(is_below(path, (root,)) for path in known):
            raise InvalidRequestError("no such file or folder", where=str(root))


@contextmanager
def _earlier(folder: Path, settings: BuildSettings) -> Iterator[Generation | None]:
    """Open the published generation; None when there is none or when it is to be made anew."""
    if settings.rebuild or not (folder / CURRENT).exists():
        yield None
        return
    with closing(open_generation(folder, current_name(folder))) as generation:
        yield generation


def _readable_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of the published generation, where it can be read, be the rest damaged or not."""
    try:
        return load_manifest(generation_folder(folder, current_name(folder)) / MANIFEST, index=folder)
    except IndexStoreError:
        return None


def _finished(report: BuildReport, folder: Path, started: float) -> BuildReport:
    """Add what the index holds now, and the time taken."""
    manifest = _readable_manifest(folder)
    if manifest is not None:
        report = replace(
            report,
            transcripts=manifest.transcripts,
            passages=manifest.passages,
            generation=current_name(folder),
        )
    return replace(report, seconds=time.perf_counter() - started)
