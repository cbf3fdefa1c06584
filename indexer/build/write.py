"""Writes a new generation: passages, words, vectors, and the manifest that publishes them."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from indexer.build.cached_embedder import CachedEmbedder, opened_cache
from indexer.build.entries import write_words
from indexer.build.report import FileNote
from indexer.build.vectors import EarlierVectors, build_space, default_embedders
from indexer.settings import VECTOR_CACHE, cache_folder
from indexer.stores.generations import KEYWORD, PASSAGES, PREPARED, VECTORS, generation_folder
from indexer.stores.index import now
from indexer.stores.manifest import Manifest
from indexer.stores.nearest import RECALL
from indexer.stores.passages import PassageStore
from indexer.stores.row_columns import COLUMNS
from indexer.stores.signatures import SIGNATURES
from indexer.stores.vector_cache import FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from indexer.build.entries import Entry
    from indexer.build.report import Duplicate, Progress
    from indexer.build.tools import Tools
    from indexer.embedding.embedder import Embedder
    from indexer.stores.index import Generation, IndexWriter
    from indexer.stores.manifest import SpaceInfo
    from indexer.stores.vector_cache import VectorCache

# The packages whose versions the manifest records.
_PACKAGES = {"tantivy": "tantivy", "whoosh": "whoosh3"}


@dataclass(frozen=True, slots=True)
class Written:
    """A generation that was published, the duplicates among its transcripts, and what is to be said of it."""

    manifest: Manifest
    duplicates: tuple[Duplicate, ...]
    warnings: tuple[FileNote, ...]


def write_generation(
    writer: IndexWriter,
    entries: Iterable[Entry],
    *,
    count: int,
    tools: Tools,
    roots: Iterable[str],
    earlier: Generation | None,
    progress: Progress,
    vector_cache: int | None = None,
) -> Written:
    """Write and publish a generation of these transcripts, in this order.

    `count` is how many there are, for the progress; vectors are taken from `earlier` where a text is known
    to it, else from the cache of vectors, which may hold `vector_cache` megabytes. Of `earlier` every file is read
    first: what is damaged there must not go on under digests of its own.
    """
    if earlier is not None:
        earlier.verify_files()
    duplicates = write_words(writer.staging, writer.scratch, entries, count=count, tools=tools, progress=progress)
    passages = PassageStore(writer.staging / PASSAGES)
    try:
        embedders = default_embedders(passages.count) if tools.embedders is None else tools.embedders
        with opened_cache(vector_cache if embedders else 0) as cache:
            spaces = tuple(
                build_space(
                    writer.staging / VECTORS,
                    passages,
                    CachedEmbedder(embedder, cache),
                    _earlier_vectors(earlier, embedder),
                    progress,
                    sentence_vectors=tools.sentence_vectors,
                    recall=tools.recall,
                )
                for embedder in embedders
            )
            warnings = tuple(_not_kept(cache))
        transcript_count, passage_count = passages.transcript_count, passages.count
    finally:
        passages.close()
    manifest = Manifest(
        program=version("yuanhua"),
        created=now(),
        keyword_engine=tools.keyword_engine,
        keyword_version=version(_PACKAGES[tools.keyword_engine]),
        segmenter=tools.segmenter,
        user_words=tools.user_words,
        analyser_digest=tools.analyser.digest,
        spaces=spaces,
        roots=tuple(roots),
        transcripts=transcript_count,
        passages=passage_count,
    )
    return Written(writer.publish(manifest), duplicates, warnings)


def add_space(
    writer: IndexWriter,
    generation: Generation,
    embedder: Embedder,
    progress: Progress,
    vector_cache: int | None = None,
) -> Manifest:
    """Publish a generation that has the same files as this one, and the vectors of one more embedder."""
    generation.verify_files()
    others = tuple(space for space in generation.manifest.spaces if space.embedder != embedder.name)
    _link_files(generation, writer.staging, others)
    with opened_cache(vector_cache) as cache:
        cached = CachedEmbedder(embedder, cache)
        info = build_space(
            writer.staging / VECTORS,
            generation.passages,
            cached,
            None,
            progress,
            sentence_vectors=generation.manifest.sentence_vectors,
            recall=generation.manifest.wanted_recall or RECALL,
        )
    manifest = replace(generation.manifest, program=version("yuanhua"), created=now(), spaces=(*others, info))
    return writer.publish(manifest)


def _not_kept(cache: VectorCache) -> Iterator[FileNote]:
    """Yield what is to be said where vectors were not kept, which would be made again after a kill."""
    cache.close()
    if cache.refused and cache.limit:
        what = f"{cache.refused} vectors were not kept: the cache of vectors is full, or cannot be written"
        yield FileNote(str(cache_folder() / FILE), f"{what}. Give it more megabytes with {VECTOR_CACHE.option}")


def _earlier_vectors(earlier: Generation | None, embedder: Embedder) -> EarlierVectors | None:
    if earlier is None:
        return None
    digests = {space.embedder: space.digest for space in earlier.manifest.spaces}
    if digests.get(embedder.name) != embedder.digest:
        return None
    return EarlierVectors(earlier.passages, earlier.spaces[embedder.name])


def _link_files(generation: Generation, staging: Path, spaces: Iterable[SpaceInfo]) -> None:
    """Give the staging folder the passages, words and these spaces of a generation, if possible by links."""
    folder = generation_folder(generation.index, generation.name)
    prepared = (PREPARED,) if generation.prepared_file() else ()
    wanted = (
        PASSAGES,
        COLUMNS,
        SIGNATURES,
        *prepared,
        f"{KEYWORD}/",
        *(f"{VECTORS}/{space.name}/" for space in spaces),
    )
    for record in generation.manifest.files:
        if record.path.startswith(wanted):
            target = staging / record.path
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(folder / record.path, target)
            except OSError:
                shutil.copyfile(folder / record.path, target)
