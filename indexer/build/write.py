"""Writes a new generation: passages, words, vectors, and the manifest that publishes them."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from indexer import settings as defaults
from indexer.build.vectors import EarlierVectors, build_space, default_embedders
from indexer.build.words import DocumentMaker
from indexer.embedding import create_embedder
from indexer.stores.engines import keyword_engine
from indexer.stores.generations import KEYWORD, PASSAGES, VECTORS, generation_folder
from indexer.stores.index import now
from indexer.stores.manifest import Manifest
from indexer.stores.passages import PassageStore, PassageWriter
from indexer.text.analyser import Analyser

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from indexer.build.report import BuildSettings, Progress
    from indexer.embedding.embedder import Embedder
    from indexer.model import Transcript
    from indexer.stores.faiss import SpaceInfo
    from indexer.stores.index import Generation, IndexWriter

# The packages whose versions the manifest records.
_PACKAGES = {"tantivy": "tantivy", "whoosh": "whoosh3"}


@dataclass(frozen=True, slots=True)
class Tools:
    """What a generation is made with. `embedders` is None while that hangs on the number of passages."""

    keyword_engine: str
    segmenter: str
    user_words: tuple[str, ...]
    analyser: Analyser
    embedders: tuple[Embedder, ...] | None

    def made(self, manifest: Manifest) -> bool:
        """Whether a generation was made with these very tools."""
        here = (
            self.keyword_engine,
            self.segmenter,
            self.user_words,
            self.analyser.digest,
            {(embedder.name, embedder.digest) for embedder in self.embedders or ()},
        )
        there = (
            manifest.keyword_engine,
            manifest.segmenter,
            manifest.user_words,
            manifest.analyser_digest,
            {(space.embedder, space.digest) for space in manifest.spaces},
        )
        return here == there


def choose_tools(settings: BuildSettings, manifest: Manifest | None) -> Tools:
    """Take what the settings name, else what the index has, else the defaults."""
    engine = settings.keyword_engine or (manifest.keyword_engine if manifest else defaults.KEYWORD_ENGINE.default)
    segmenter = settings.segmenter or (manifest.segmenter if manifest else defaults.SEGMENTER.default)
    words = settings.user_words
    if words is None:
        words = manifest.user_words if manifest else ()
    names = settings.embedders
    if names is None and manifest:
        names = tuple(space.embedder for space in manifest.spaces)
    embedders = None if names is None else tuple(create_embedder(name) for name in dict.fromkeys(names))
    return Tools(engine, segmenter, words, Analyser(segmenter, words), embedders)


def write_generation(
    writer: IndexWriter,
    transcripts: Iterable[tuple[Transcript, str]],
    *,
    count: int,
    tools: Tools,
    roots: Iterable[str],
    earlier: Generation | None,
    progress: Progress,
) -> Manifest:
    """Write and publish a generation of these transcripts, each with the digest of its parser, in this order.

    `count` is how many there are, for the progress; vectors are taken from `earlier` where a text is known
    to it.
    """
    _write_words(writer.staging, transcripts, count, tools, progress)
    passages = PassageStore(writer.staging / PASSAGES)
    try:
        embedders = default_embedders(passages.count) if tools.embedders is None else tools.embedders
        spaces = tuple(
            build_space(writer.staging / VECTORS, passages, embedder, _earlier_vectors(earlier, embedder), progress)
            for embedder in embedders
        )
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
    return writer.publish(manifest)


def add_space(writer: IndexWriter, generation: Generation, embedder: Embedder, progress: Progress) -> Manifest:
    """Publish a generation that has the same files as this one, and the vectors of one more embedder."""
    folder = generation_folder(generation.index, generation.name)
    others = tuple(space for space in generation.manifest.spaces if space.embedder != embedder.name)
    _link_files(folder, writer.staging, generation.manifest, others)
    info = build_space(writer.staging / VECTORS, generation.passages, embedder, None, progress)
    manifest = replace(generation.manifest, program=version("yuanhua"), created=now(), spaces=(*others, info))
    return writer.publish(manifest)


def _write_words(
    staging: Path, transcripts: Iterable[tuple[Transcript, str]], count: int, tools: Tools, progress: Progress
) -> None:
    """Write passages and keyword index in one pass over the transcripts."""
    maker = DocumentMaker(tools.analyser)
    (staging / KEYWORD).mkdir()
    with PassageWriter(staging / PASSAGES) as passages:
        keyword = keyword_engine(tools.keyword_engine).create(staging / KEYWORD)
        vocabulary: Counter[str] = Counter()
        progress("indexing", 0, count)
        for transcript, parser in transcripts:
            first_row = passages.add(transcript, parser=parser)
            for document in maker.documents(transcript, first_row):
                keyword.add(document)
                vocabulary.update({term for terms in document.fields.values() for term in terms})
            progress("indexing", passages.transcripts, count)
        passages.finish(vocabulary)
        keyword.finish()


def _earlier_vectors(earlier: Generation | None, embedder: Embedder) -> EarlierVectors | None:
    if earlier is None:
        return None
    digests = {space.embedder: space.digest for space in earlier.manifest.spaces}
    if digests.get(embedder.name) != embedder.digest:
        return None
    return EarlierVectors(earlier.passages, earlier.spaces[embedder.name])


def _link_files(folder: Path, staging: Path, manifest: Manifest, spaces: Iterable[SpaceInfo]) -> None:
    """Give the staging folder the passages, words and these spaces of a generation, if possible by links."""
    wanted = (PASSAGES, f"{KEYWORD}/", *(f"{VECTORS}/{space.name}/" for space in spaces))
    for record in manifest.files:
        if record.path.startswith(wanted):
            target = staging / record.path
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(folder / record.path, target)
            except OSError:
                shutil.copyfile(folder / record.path, target)
