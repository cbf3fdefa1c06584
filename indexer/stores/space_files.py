"""The files of a vector space, as they are opened.

A vector space is a folder, which `space_writer` writes. Of a small one `passages.faiss` has one vector a passage, at
its row; `sentences.faiss` has one a sentence, and `sentences.npy` says of each which passage it stands in and where. Of
a large one `passages.int8` and `sentences.int8` have the same in a byte a dimension (see `compact`),
`sentence_firsts.npy` says which sentences a passage has, `sentence_spans.npy` where each stands in it, and
`codes.faiss` which passages may be near (see `nearest`). All but the codes is mapped into memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.stores.codes import read_codes
from indexer.stores.compact import read_compact
from indexer.stores.faiss import damaged, read_flat, vectors_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.stores.codes import Codes
    from indexer.stores.compact import Vectors
    from indexer.stores.faiss import FlatIndex
    from indexer.stores.manifest import SpaceInfo

PASSAGES = "passages.faiss"
SENTENCES = "sentences.faiss"
SENTENCE_PLACES = "sentences.npy"
COMPACT_PASSAGES = "passages.int8"
COMPACT_SENTENCES = "sentences.int8"
SENTENCE_FIRSTS = "sentence_firsts.npy"
SENTENCE_SPANS = "sentence_spans.npy"
CODES = "codes.faiss"

COMPACT_BITS = 8


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """The vectors of m sentences, ordered by passage.

    `vectors` has them as float32, shape (m, dimension). `rows`, int64 of shape (m,), gives the passage of each and
    never falls. `spans`, int32 of shape (m, 2), gives start and end in code points of the passage's text.
    """

    vectors: Vectors
    rows: NDArray[np.int64]
    spans: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a space: those of row r are the numbers from `firsts[r]` to before `firsts[r + 1]`."""

    vectors: Vectors
    firsts: NDArray[np.int64]
    spans: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class SpaceFiles:
    """An opened space. `index` proposes passages; `sentence_index` proposes sentences, where there is one."""

    vectors: Vectors
    sentences: Sentences | None
    index: FlatIndex | Codes
    sentence_index: FlatIndex | None = None


def open_files(folder: Path, info: SpaceInfo) -> SpaceFiles:
    """Open the files of a space.

    Raises IndexDamagedError when a file is missing, unreadable, or not what `info` says.
    """
    if info.bits == COMPACT_BITS:
        compact = read_compact(folder / COMPACT_PASSAGES, info.passages, info.dimension)
        codes = read_codes(folder / CODES, info.passages, info.dimension)
        return SpaceFiles(compact, _compact_sentences(folder, info) if info.sentences else None, codes)
    passages = read_flat(folder / PASSAGES, info.passages, info.dimension)
    vectors = vectors_of(passages)
    # Large spaces of earlier versions have codes beside vectors as they were embedded.
    index = read_codes(folder / CODES, info.passages, info.dimension) if info.compared else passages
    if not info.sentences:
        return SpaceFiles(vectors, None, index)
    flat = read_flat(folder / SENTENCES, info.sentences, info.dimension)
    places = _read_places(folder / SENTENCE_PLACES, info)
    firsts = np.concatenate([[0], np.cumsum(np.bincount(places[:, 0], minlength=info.passages))])
    return SpaceFiles(vectors, Sentences(vectors_of(flat), firsts, places[:, 1:].astype(np.int32)), index, flat)


def _read_places(path: Path, info: SpaceInfo) -> NDArray[np.int64]:
    try:
        places: NDArray[np.int64] = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise damaged(path, "the places of the sentences cannot be read") from error
    if places.shape != (info.sentences, 3) or places.dtype != np.int64:
        raise damaged(path, f"there are not {info.sentences} places of sentences")
    rows = places[:, 0]
    if rows[0] < 0 or rows[-1] >= info.passages or (np.diff(rows) < 0).any():
        raise damaged(path, "the places of the sentences do not fit the passages")
    return places


def _compact_sentences(folder: Path, info: SpaceInfo) -> Sentences:
    firsts = _mapped(folder / SENTENCE_FIRSTS, (info.passages + 1,), np.int64)
    spans = _mapped(folder / SENTENCE_SPANS, (info.sentences, 2), np.int32)
    if firsts[0] != 0 or firsts[-1] != info.sentences or (np.diff(firsts) < 0).any():
        raise damaged(folder / SENTENCE_FIRSTS, "the places of the sentences do not fit the passages")
    return Sentences(read_compact(folder / COMPACT_SENTENCES, info.sentences, info.dimension), firsts, spans)


def _mapped(path: Path, shape: tuple[int, ...], kind: type[np.generic]) -> NDArray[Any]:
    try:
        array: NDArray[Any] = np.load(path, allow_pickle=False, mmap_mode="r")
    except (OSError, ValueError, EOFError) as error:
        raise damaged(path, "the places of the sentences cannot be read") from error
    if array.shape != shape or array.dtype != kind:
        raise damaged(path, f"there are not {shape[0]} places of sentences")
    return np.asarray(array)
