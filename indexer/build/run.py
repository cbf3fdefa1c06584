"""The builds that can be asked for: from paths, from transcripts, and of one more vector space."""

from __future__ import annotations

import time
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.build.entries import entry_of
from indexer.build.files import find_files, is_below
from indexer.build.prepare import Preparer
from indexer.build.report import BuildReport, BuildSettings, quiet
from indexer.build.synchronise import synchronise
from indexer.build.tools import choose_tools
from indexer.build.write import add_space, write_generation
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
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from indexer.build.files import FoundFiles
    from indexer.build.report import Progress
    from indexer.model import Transcript
    from indexer.stores.index import Generation
    from indexer.stores.manifest import Manifest

_DEFAULT = BuildSettings()


def index_paths(
    folder: Path,
    paths: Sequence[Path],
    settings: BuildSettings = _DEFAULT,
    progress: Progress = quiet,
    *,
    held: AbstractSet[Path] = frozenset(),
    root: Path | None = None,
) -> BuildReport:
    """Make the index hold what the files under these paths hold now.

    New files are added, changed ones read again, and transcripts whose files are gone from these paths
    removed; transcripts from elsewhere stay. A file that has moved keeps the id of its transcript. When
    nothing has changed, nothing is published. A file that cannot be read is reported and the rest goes on.
    Files that are `held`, since they are still being written, are left as the index has them. `root` is the folder
    that the index remembers as their source in place of these paths, which lie in it.

    Raises InvalidRequestError when a path does not exist and nothing in the index came from it,
    IndexStoreError or ModelError when the index or a model cannot be used.
    """
    started = time.perf_counter()
    found = find_files(paths, index=folder).without(held)
    if not found.files and not (folder / CURRENT).exists():
        _refuse_unknown(found, None)
        return BuildReport(failed=found.failed, skipped=found.skipped)
    with IndexWriter(folder) as writer, _earlier(folder, settings) as earlier:
        _refuse_unknown(found, earlier)
        manifest = _readable_manifest(folder)
        report = synchronise(writer, found, settings, earlier=earlier, manifest=manifest, progress=progress, root=root)
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
        preparer = Preparer(tools.analyser)
        entries = (entry_of(transcript, "", preparer) for transcript in listed)
        write_generation(
            writer,
            entries,
            count=len(listed),
            tools=tools,
            roots=(),
            earlier=earlier,
            progress=progress,
            vector_cache=settings.vector_cache,
        )
    ids = [transcript.id for transcript in listed]
    report = BuildReport(
        added=tuple(name for name in ids if name not in before),
        updated=tuple(name for name in ids if name in before),
        removed=tuple(sorted(before.difference(ids))),
    )
    return _finished(report, folder, started)


def embed_index(
    folder: Path,
    embedder_name: str,
    progress: Progress = quiet,
    *,
    vector_cache: int | None = None,
    device: str = "",
) -> BuildReport:
    """Add the vectors of one embedder to the index, or make them anew when its model has changed.

    `vector_cache` and `device` are as in BuildSettings.
    Raises IndexMissingError when there is no index, IndexStoreError or ModelError when the index or the model
    cannot be used.
    """
    started = time.perf_counter()
    current_name(folder)
    embedder = create_embedder(embedder_name, device=device)
    with IndexWriter(folder) as writer, closing(open_generation(folder, current_name(folder))) as generation:
        report = BuildReport(unchanged=tuple(info.id for info in generation.passages.transcripts()))
        known = {space.embedder: space.digest for space in generation.manifest.spaces}
        if known.get(embedder.name) != embedder.digest:
            add_space(writer, generation, embedder, progress, vector_cache)
    return _finished(report, folder, started)


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
