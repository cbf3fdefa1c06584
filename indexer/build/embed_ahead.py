"""Fills the cache of vectors before an index is built, or a model added: the work that many processes may share.

It goes on where it was stopped, for what is in the cache is not embedded again. Workers embed; this process alone reads
and writes the cache.
"""

from __future__ import annotations

import time
import zlib
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from indexer import settings
from indexer.beside import cores
from indexer.build.cached_embedder import opened_cache
from indexer.build.embedded_texts import texts_to_embed
from indexer.build.embedding_task import Job
from indexer.build.files import find_files
from indexer.build.pool import WorkerPool
from indexer.build.prepare import ReadFile, Task
from indexer.build.report import FailedFile, FileNote, quiet
from indexer.build.worker import Start
from indexer.codec import transcript_from_json
from indexer.embedding import create_embedder
from indexer.embedding.parallel import batches_by_length
from indexer.errors import InvalidRequestError, VectorCacheError
from indexer.settings import cache_folder
from indexer.stores.generations import current_name, open_generation
from indexer.transcripts.ids import transcript_id as id_of_file

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from indexer.build.files import FoundFiles
    from indexer.build.prepare import Outcome
    from indexer.build.report import Progress
    from indexer.embedding.embedder import Embedder
    from indexer.stores.vector_cache import VectorCache

    Embedded = Iterator[tuple[Sequence[str], NDArray[np.float32]]]
    EmbedAll = Callable[[Iterable[Sequence[str]]], Embedded]

# What one batch holds at most, so that a worker that dies repeats seconds of work; and among how many texts those of
# about one length are looked for.
BATCH = 256
_BATCH_CHARACTERS = 64_000
_WINDOW = 16 * BATCH
_FILES_AHEAD = 32


@dataclass(frozen=True, slots=True)
class AheadSettings:
    """How texts are embedded ahead: on `workers` processes here, by the scheduler at `address`, or in this process.

    `vector_cache`, `device` and `time_limit` are as in BuildSettings. An index says itself whether it wants
    `sentence_vectors`.
    """

    workers: int | None = None
    address: str = ""
    device: str = ""
    vector_cache: int | None = None
    time_limit: float = float(settings.TIME_LIMIT.default)
    sentence_vectors: bool = True


@dataclass(frozen=True, slots=True)
class AheadReport:
    """What embedding ahead did.

    `texts` counts those that `passages` need, passages and sentences, each as often as it comes; `known` of them were
    in the cache, or came before, and `embedded` ones are there now. Files that could not be read have `failed`.
    """

    embedder: str
    passages: int = 0
    texts: int = 0
    known: int = 0
    embedded: int = 0
    read: int = 0
    failed: tuple[FailedFile, ...] = ()
    skipped: tuple[FileNote, ...] = ()
    seconds: float = 0.0


def embed_paths_ahead(
    paths: Sequence[Path], embedder: str, wanted: AheadSettings, progress: Progress = quiet, *, index: Path
) -> AheadReport:
    """Keep the vectors of all that an index of these paths embeds. `index` is a folder that is passed by.

    Raises InvalidRequestError when a path does not exist, ModelError, WorkersError, or VectorCacheError when the cache
    is full.
    """
    found = find_files(paths, index=index)
    for root in found.missing:
        raise InvalidRequestError("no such file or folder", where=str(root))
    reading = _Reading(found, wanted, progress)
    report = _embed_ahead(reading.passages(), embedder, wanted)
    failed = (*found.failed, *reading.failed)
    return replace(report, read=reading.read, failed=failed, skipped=found.skipped)


def embed_index_ahead(folder: Path, embedder: str, wanted: AheadSettings, progress: Progress = quiet) -> AheadReport:
    """Keep the vectors of all passages of an index. Raises IndexStoreError, and errors as `embed_paths_ahead`."""
    with closing(open_generation(folder, current_name(folder))) as generation:
        passages = generation.passages
        total = passages.searchable_count
        stage = f"embedding ahead with {embedder}"

        def texts() -> Generator[str]:
            for done, (_, text) in enumerate(passages.searchable_texts()):
                yield text
                if done % BATCH == 0 or done + 1 == total:
                    progress(stage, done + 1, total)

        wanted = replace(wanted, sentence_vectors=generation.manifest.sentence_vectors)
        return _embed_ahead(texts(), embedder, wanted)


class _Reading:
    """Reads files in processes of their own, one transcript after the other."""

    def __init__(self, found: FoundFiles, wanted: AheadSettings, progress: Progress) -> None:
        self._files = found.files
        self._wanted = wanted
        self._progress = progress
        self.failed: list[FailedFile] = []
        self.read = 0

    def passages(self) -> Generator[str]:
        """Yield the texts of all passages that a search may find."""
        tasks = [Task(str(path), id_of_file(str(path))) for path in self._files]
        start = Start(settings.SEGMENTER.default, (), self._wanted.time_limit)
        self._progress("reading", 0, len(tasks))
        with WorkerPool(start, max(1, min(cores(), len(tasks)))) as pool:
            for done, (task, outcome) in enumerate(self._outcomes(pool, tasks)):
                if isinstance(outcome, ReadFile):
                    self.read += 1
                    transcript = transcript_from_json(zlib.decompress(outcome.document))
                    yield from (passage.text for passage in transcript.passages if passage.searchable)
                else:
                    self.failed.append(FailedFile(task.path, outcome.message, outcome.error))
                self._progress("reading", done + 1, len(tasks), task.path)

    @staticmethod
    def _outcomes(pool: WorkerPool, tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome]]:
        """Read some files at a time: embedding is slower, and what is read waits for it in memory."""
        source = iter(tasks)
        while some := list(islice(source, _FILES_AHEAD)):
            yield from zip(some, pool.outcomes(some), strict=True)


class _Wanted:
    """The texts of passages that the cache lacks, in batches; it counts what it sees."""

    def __init__(self, passages: Iterable[str], embedder: Embedder, cache: VectorCache, *, sentences: bool) -> None:
        self._passages = iter(passages)
        self._embedder = embedder
        self._cache = cache
        self._sentences = sentences
        self._under_way: set[str] = set()
        self.passages = self.texts = self.known = self.embedded = 0

    def batches(self) -> Iterator[list[str]]:
        while some := list(islice(self._passages, _WINDOW)):
            self.passages += len(some)
            texts = [text for passage in some for text in texts_to_embed(passage, sentences=self._sentences)]
            fresh = [text for text in dict.fromkeys(texts) if text not in self._under_way]
            found = self._cache.find(self._embedder.digest, fresh, self._embedder.dimension)
            missing = [text for text, vector in zip(fresh, found, strict=True) if vector is None]
            self.texts += len(texts)
            self.known += len(texts) - len(missing)
            self._under_way.update(missing)
            for places in batches_by_length(missing, most=BATCH, characters=_BATCH_CHARACTERS):
                yield [missing[place] for place in places]

    def keep(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        self._cache.keep(self._embedder.digest, texts, vectors)
        self._under_way.difference_update(texts)
        self.embedded += len(texts)


def _embed_ahead(passages: Generator[str], name: str, wanted: AheadSettings) -> AheadReport:
    started = time.perf_counter()
    embedder = create_embedder(name, device=wanted.device)
    with closing(passages), opened_cache(wanted.vector_cache) as cache:
        texts = _Wanted(passages, embedder, cache, sentences=wanted.sentence_vectors and embedder.embeds_sentences)
        with _embedding(embedder, wanted) as embed_all:
            for batch, vectors in embed_all(texts.batches()):
                texts.keep(batch, vectors)
                _check_kept(cache)
    _check_kept(cache)
    return AheadReport(
        embedder=name,
        passages=texts.passages,
        texts=texts.texts,
        known=texts.known,
        embedded=texts.embedded,
        seconds=time.perf_counter() - started,
    )


@contextmanager
def _embedding(embedder: Embedder, wanted: AheadSettings) -> Iterator[EmbedAll]:
    """Lend what embeds batches: the workers of a cluster, those of this machine, or this process."""
    if not (wanted.address or wanted.workers):
        yield lambda batches: ((batch, embedder.embed_passages(batch)) for batch in batches)
        return
    from indexer.build.dask_workers import cores_a_worker, local_workers, remote_workers  # noqa: PLC0415 - an extra.

    # A thread of a cluster's worker has one batch, and one core for it.
    cores_each = 1 if wanted.address else cores_a_worker(wanted.workers or 1)
    job = Job(embedder.name, embedder.digest, wanted.device, cores_each)
    with remote_workers(wanted.address) if wanted.address else local_workers(wanted.workers or 1) as workers:
        yield partial(workers.embedded, job)


def _check_kept(cache: VectorCache) -> None:
    """Raise VectorCacheError where vectors were not kept: work that nobody would find is not gone on with."""
    if cache.refused:
        raise VectorCacheError(
            f"{cache.refused} vectors could not be kept: the cache of vectors is full, or cannot be written",
            where=str(cache_folder()),
            mend=f"Give it more megabytes with {settings.VECTOR_CACHE.option}, and the same to yuanhua index; what is"
            " in it stays",
        )
