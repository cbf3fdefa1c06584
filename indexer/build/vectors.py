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
from indexer.stores.filters import Filters
from indexer.stores.manifest import SpaceInfo
from indexer.stores.nearest import LARGE, QUERIES, RECALL
from indexer.stores.passages import text_digest
from indexer.stores.space_writer import SpaceWriter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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
        self._vectors = space.vectors()
        self._sentences = space.sentences()
        if self._sentences is not None:
            self._bounds = np.searchsorted(self._sentences.rows, np.arange(passages.count + 1))

    def rows(self, texts: Sequence[str]) -> list[int | None]:
        """Return for each text a row that has it, or None."""
        digests = [text_digest(text) for text in texts]
        known = self._passages.rows_of_digests(digests)
        return [known.get(digest) for digest in digests]

    def vectors(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Return the vectors of k rows, shape (k, dimension)."""
        return self._vectors[np.array(rows, dtype=np.int64)]

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
    *,
    sentence_vectors: bool = True,
    recall: float = RECALL,
) -> SpaceInfo:
    """Write the vectors of all passages below `folder`, in a folder named after the embedder.

    What is not searchable is not embedded: the vector in its row is zero. `earlier` are vectors of the same embedder.
    Sentences have vectors too where the embedder embeds them and `sentence_vectors` are wanted. A large space
    compares as many as `recall` wants. In memory are the texts
    and vectors of one batch, and of a small space all vectors: see `SpaceWriter`.
    """
    stage = f"vectors of {embedder.name}"
    progress(stage, 0, passages.searchable_count)
    name = space_name(embedder.name)
    (folder / name).mkdir(parents=True)
    asked = embedder.embed_queries(_sample(passages) if passages.count >= LARGE else [])
    writer = SpaceWriter(folder / name, passages.count, embedder.dimension, asked, large=LARGE, recall=recall)
    done = 0
    for rows, texts in _batches(passages.searchable_texts()):
        known = earlier.rows(texts) if earlier else [None] * len(texts)
        vectors = _embedded(texts, known, embedder, earlier)
        writer.add(np.array(rows, dtype=np.int64), vectors)
        if embedder.embeds_sentences and sentence_vectors:
            found = _with_sentences(texts, vectors, embedder, _earlier_sentences(earlier, known))
            counts = [len(spans) for _, spans in found]
            writer.add_sentences(
                np.repeat(np.array(rows, dtype=np.int64), counts),
                np.concatenate([some for some, _ in found]),
                np.concatenate([spans for _, spans in found]),
            )
        done += len(texts)
        progress(stage, done, passages.searchable_count)
    written = writer.finish()
    return SpaceInfo(
        name=name,
        embedder=embedder.name,
        digest=embedder.digest,
        dimension=embedder.dimension,
        passages=passages.count,
        sentences=written.sentences,
        compared=written.compared,
        recall=written.recall,
        bits=written.bits,
        sentence_vectors=sentence_vectors,
        wanted=recall,
    )


def _sample(passages: PassageStore) -> list[str]:
    """Return a sentence of each of some passages that are evenly spread: about as short as a query."""
    searchable = passages.rows(Filters())
    count = passages.searchable_count
    places = np.linspace(0, count - 1, min(QUERIES, count)).astype(np.int64)
    texts = [stored.passage.text for stored in passages.get(places if searchable is None else searchable[places])]
    middle = [spans[len(spans) // 2] for spans in map(spans_to_embed, texts)]
    return [text[start:end] for text, (start, end) in zip(texts, middle, strict=True)]


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
    known = [place for place, row in enumerate(rows) if row is not None]
    if earlier and known:
        batch[known] = earlier.vectors([row for row in rows if row is not None])
    return batch


def _earlier_sentences(
    earlier: EarlierVectors | None, rows: Sequence[int | None]
) -> list[tuple[NDArray[np.float32], NDArray[np.int32]] | None]:
    return [earlier.sentences(row) if earlier and row is not None else None for row in rows]


def _with_sentences(
    texts: Sequence[str],
    whole: NDArray[np.float32],
    embedder: Embedder,
    earlier: Sequence[tuple[NDArray[np.float32], NDArray[np.int32]] | None],
) -> list[tuple[NDArray[np.float32], NDArray[np.int32]]]:
    """Return vectors (k, d) and spans (k, 2) of the sentences of each text.

    `whole` has the vectors of the texts, `earlier` the sentences of those that are known.
    """
    spans = [() if known else spans_to_embed(text) for text, known in zip(texts, earlier, strict=True)]
    # A passage that is one sentence has been embedded already.
    parts = [
        [] if len(found) == 1 else [text[start:end] for start, end in found]
        for text, found in zip(texts, spans, strict=True)
    ]
    sentences = [sentence for part in parts for sentence in part]
    embedded = iter(embedder.embed_passages(sentences) if sentences else ())
    return [
        known
        or (
            np.stack(list(islice(embedded, len(part)))) if part else whole[place : place + 1],
            np.array(found, dtype=np.int32),
        )
        for place, (known, found, part) in enumerate(zip(earlier, spans, parts, strict=True))
    ]


def _batches(texts: Iterator[tuple[int, str]]) -> Iterator[tuple[list[int], list[str]]]:
    while batch := list(islice(texts, _BATCH)):
        yield [row for row, _ in batch], [text for _, text in batch]
