"""Passages to a vector space; texts that an earlier generation knows are not embedded again."""

from __future__ import annotations

import hashlib
import re
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from indexer.build.embedded_texts import spans_to_embed
from indexer.embedding import create_embedder
from indexer.errors import ModelUnavailableError
from indexer.stores.manifest import SpaceInfo
from indexer.stores.passages import text_digest
from indexer.stores.vector_space import SentenceVectors, write_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.build.report import Progress
    from indexer.embedding.embedder import Embedder
    from indexer.stores.passages import PassageStore
    from indexer.stores.space import Space

# How many passages are embedded between two reports of progress.
_BATCH = 256

# Up to this many passages a new index gets e5 beside bundled: e5 finds what bundled does not see, but takes some
# forty times as long, which for so many passages is about five minutes on two cores.
SMALL_COLLECTION = 6_000


def default_embedders(passages: int) -> tuple[Embedder, ...]:
    """Return the embedders of a new index of that many passages when the user named none."""
    bundled = create_embedder("bundled")
    if passages > SMALL_COLLECTION:
        return (bundled,)
    try:
        return (bundled, create_embedder("e5"))
    except ModelUnavailableError:
        return (bundled,)


def space_name(embedder: str) -> str:
    """Return the name of the folder for the vectors of an embedder: its own, where that is a file name."""
    if re.fullmatch(r"[\w-]{1,40}", embedder, re.ASCII):
        return embedder
    readable = re.sub(r"[^\w-]+", "-", embedder, flags=re.ASCII).strip("-")[-40:]
    return f"{readable}-{hashlib.sha256(embedder.encode()).hexdigest()[:8]}"


class EarlierVectors:
    """The vectors of an earlier generation, found by the text that they stand for."""

    def __init__(self, passages: PassageStore, space: Space) -> None:
        self._passages = passages
        self.vectors = space.vectors()
        self._sentences = space.sentences()
        if self._sentences is not None:
            self._bounds = np.searchsorted(self._sentences.rows, np.arange(passages.count + 1))

    def rows(self, texts: Sequence[str]) -> list[int | None]:
        """Return for each text a row that has it, or None."""
        digests = [text_digest(text) for text in texts]
        known = self._passages.rows_of_digests(digests)
        return [known.get(digest) for digest in digests]

    def sentences(self, row: int) -> tuple[NDArray[np.float32], NDArray[np.int32]] | None:
        """Return vectors (k, d) and spans (k, 2) of the sentences of a row; None when there are none."""
        if self._sentences is None:
            return None
        here = slice(self._bounds[row], self._bounds[row + 1])
        return self._sentences.vectors[here], self._sentences.spans[here]


def build_space(
    folder: Path,
    passages: PassageStore,
    embedder: Embedder,
    earlier: EarlierVectors | None,
    progress: Progress,
) -> SpaceInfo:
    """Write the vectors of all passages below `folder`, in a folder named after the embedder.

    What is not searchable is not embedded: the vector in its row is zero. `earlier` are vectors of the same embedder.
    In memory are all vectors (float32), and the texts of one batch.
    """
    stage = f"vectors of {embedder.name}"
    progress(stage, 0, passages.searchable_count)
    vectors = np.zeros((passages.count, embedder.dimension), dtype=np.float32)
    sentences = _SentenceCollector(embedder) if embedder.embeds_sentences else None
    done = 0
    for rows, texts in _batches(passages.searchable_texts()):
        known = earlier.rows(texts) if earlier else [None] * len(texts)
        batch = _embedded(texts, known, embedder, earlier)
        vectors[rows] = batch
        if sentences:
            sentences.add(
                rows,
                texts,
                batch,
                [earlier.sentences(row) if earlier and row is not None else None for row in known],
            )
        done += len(texts)
        progress(stage, done, passages.searchable_count)
    name = space_name(embedder.name)
    (folder / name).mkdir(parents=True)
    collected = sentences.collected() if sentences else None
    comparing = write_space(folder / name, vectors, collected)
    return SpaceInfo(
        name=name,
        embedder=embedder.name,
        digest=embedder.digest,
        dimension=embedder.dimension,
        passages=passages.count,
        sentences=len(collected.rows) if collected else 0,
        compared=comparing.compared if comparing else 0,
        recall=comparing.recall if comparing else None,
    )


def _embedded(
    texts: Sequence[str],
    rows: Sequence[int | None],
    embedder: Embedder,
    earlier: EarlierVectors | None,
) -> NDArray[np.float32]:
    """Return the vectors of k texts, shape (k, dimension), from the earlier row of each where it has one."""
    batch = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    fresh = [place for place, row in enumerate(rows) if row is None]
    if fresh:
        batch[fresh] = embedder.embed_passages([texts[place] for place in fresh])
    if earlier:
        for place, row in enumerate(rows):
            if row is not None:
                batch[place] = earlier.vectors[row]
    return batch


class _SentenceCollector:
    """Gathers the vectors of sentences, passage after passage."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors = [np.empty((0, embedder.dimension), dtype=np.float32)]
        self._rows = [np.empty(0, dtype=np.int64)]
        self._spans = [np.empty((0, 2), dtype=np.int32)]

    def add(
        self,
        rows: Sequence[int],
        texts: Sequence[str],
        whole: NDArray[np.float32],
        earlier: Sequence[tuple[NDArray[np.float32], NDArray[np.int32]] | None],
    ) -> None:
        """Take in a batch of passages: `rows` and `whole` have their rows and vectors, `earlier` known sentences."""
        spans = [() if known else spans_to_embed(text) for text, known in zip(texts, earlier, strict=True)]
        # A passage that is one sentence has been embedded already.
        parts = [
            [] if len(found) == 1 else [text[start:end] for start, end in found]
            for text, found in zip(texts, spans, strict=True)
        ]
        embedded = iter(self._embed([sentence for part in parts for sentence in part]))
        for place, (row, known, found, part) in enumerate(zip(rows, earlier, spans, parts, strict=True)):
            if known:
                vectors, where = known
            else:
                vectors = np.stack(list(islice(embedded, len(part)))) if part else whole[place : place + 1]
                where = np.array(found, dtype=np.int32)
            self._vectors.append(vectors)
            self._rows.append(np.full(len(where), row, dtype=np.int64))
            self._spans.append(where)

    def collected(self) -> SentenceVectors:
        """Return everything that was gathered."""
        return SentenceVectors(np.concatenate(self._vectors), np.concatenate(self._rows), np.concatenate(self._spans))

    def _embed(self, sentences: Sequence[str]) -> Iterable[NDArray[np.float32]]:
        return self._embedder.embed_passages(sentences) if sentences else ()


def _batches(texts: Iterator[tuple[int, str]]) -> Iterator[tuple[list[int], list[str]]]:
    while batch := list(islice(texts, _BATCH)):
        yield [row for row, _ in batch], [text for _, text in batch]
