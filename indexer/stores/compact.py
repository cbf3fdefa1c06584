"""Vectors in a byte a dimension, mapped into memory: what a large space compares.

A record is a scale, float32, and the codes, int8 each: a component is the scale times its code (uniform scalar
quantisation, with a scale for each vector). An inner product with a vector of length 1 is off by .0003 on average where
there are 512 dimensions. Scales have 16 significant bits, so that scale times code is exact in float32: to write again
what was read gives the same bytes, and vectors that go from generation to generation stay what they are.
"""

from __future__ import annotations

import mmap
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from indexer.beside import beside, cores
from indexer.stores.faiss import damaged, inner_products
from indexer.stores.unwritable import writing

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Event

    from numpy.typing import NDArray

_GREATEST = 127

# So many vectors are made float32 at once: they stay near the processor.
_AT_ONCE = 1024
_PLACES = np.arange(_AT_ONCE, dtype=np.int64)

# So many bytes are touched at once, whole pages of any system.
_READ_AT_ONCE = 8 << 20

# From so many on, a second processor compares half of them: a thousand take each a quarter of a millisecond.
_HALVED = 8192


class CompactVectors:
    """Vectors in records of a file, which read as float32. They may be read from many threads."""

    def __init__(self, records: NDArray[np.void], dimension: int, mapped: mmap.mmap | None = None) -> None:
        """Take over records; `mapped` is the file in which they are, where they are in one."""
        self._records = records
        self._mapped = mapped
        self.shape: tuple[int, int] = (len(records), dimension)

    def __len__(self) -> int:
        return len(self._records)

    def __getitem__(self, key: int | slice | NDArray[np.int64]) -> NDArray[np.float32]:
        """Return one vector, shape (dimension,), or some, shape (k, dimension), as a copy."""
        some = self._records[key]
        vectors: NDArray[np.float32] = some["codes"] * np.asarray(some["scale"])[..., np.newaxis]
        return vectors

    @property
    def nbytes(self) -> int:
        """How many bytes the file has."""
        return self._records.nbytes

    def touch(self, left: Event) -> None:
        """Touch each page of the file, so that no vector waits for its own, until the vectors are `left`."""
        if not len(self):
            return
        content = np.frombuffer(self._records, dtype=np.uint8)
        for start in range(0, len(content), _READ_AT_ONCE):
            if left.is_set():
                return
            if self._mapped is not None and hasattr(self._mapped, "madvise"):
                # They are read in one piece: of what is read here and there the system fetches each page alone.
                length = min(_READ_AT_ONCE, len(content) - start)
                self._mapped.madvise(mmap.MADV_WILLNEED, start, length)
            content[start : start + _READ_AT_ONCE : mmap.PAGESIZE].max()

    def inner_products(self, query: NDArray[np.float32], numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return what `indexer.stores.faiss.inner_products` does; raises as it does."""
        if len(numbers) and numbers.min() < 0:
            raise IndexError(f"there are {len(self)} vectors")
        if len(numbers) < _HALVED or cores() == 1:
            return self._products(query, numbers)
        middle = len(numbers) // 2
        second = beside(partial(self._products, query, numbers[middle:]))
        return np.concatenate([self._products(query, numbers[:middle]), second()])

    def _products(self, query: NDArray[np.float32], numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        products = np.empty(len(numbers), dtype=np.float32)
        for start in range(0, len(numbers), _AT_ONCE):
            some = self._records.take(numbers[start : start + _AT_ONCE])
            codes = some["codes"].astype(np.float32)
            products[start : start + len(some)] = inner_products(codes, query, _PLACES[: len(some)]) * some["scale"]
        return products


Vectors: TypeAlias = "NDArray[np.float32] | CompactVectors"
"""Vectors that are there, as they were embedded or in a byte a dimension: both are indexed alike."""


class CompactFile:
    """Writes vectors one after another, so that a few of them are in memory at a time."""

    def __init__(self, path: Path, dimension: int) -> None:
        self._path = path
        self._dimension = dimension
        with writing(path):
            self._file = path.open("wb")

    def append(self, vectors: NDArray[np.float32]) -> None:
        """Write vectors, shape (k, dimension), after those that are there."""
        with writing(self._path):
            self._file.write(_records(vectors).tobytes())

    def finish(self) -> None:
        """Have everything in the file. Nothing may be appended afterwards."""
        with writing(self._path):
            self._file.close()


def read_compact(path: Path, count: int, dimension: int) -> CompactVectors:
    """Map vectors into memory. Raises IndexDamagedError when the file is not `count` vectors of `dimension`."""
    kind = _record(dimension)
    try:
        size = path.stat().st_size
        if size != count * kind.itemsize:
            raise damaged(path, f"it has {size} bytes, expected {count} vectors of {dimension} dimensions")
        mapped = _mapped(path) if count else None
        records = np.empty(0, kind) if mapped is None else np.frombuffer(mapped, kind)
    except (OSError, ValueError) as error:
        raise damaged(path, "the vectors cannot be read") from error
    return CompactVectors(records, dimension, mapped)


def _mapped(path: Path) -> mmap.mmap:
    """Map a file of which here and there a few vectors are read: the system shall not read what stands around them."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if hasattr(mapped, "madvise"):  # Windows has no such advice.
        mapped.madvise(mmap.MADV_RANDOM)
    return mapped


def products(vectors: Vectors, query: NDArray[np.float32], numbers: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the inner products of some vectors with a query, shape (numbers,): equal vectors have equal ones."""
    if isinstance(vectors, CompactVectors):
        return vectors.inner_products(query, numbers)
    return inner_products(vectors, query, numbers)


def _record(dimension: int) -> np.dtype[np.void]:
    return np.dtype([("scale", "<f4"), ("codes", "i1", (dimension,))])


def _records(vectors: NDArray[np.float32]) -> NDArray[np.void]:
    records = np.empty(len(vectors), _record(vectors.shape[1]))
    greatest = np.abs(vectors).max(axis=1, initial=0).astype(np.float32)
    scales = _sixteen_bits(greatest / np.float32(_GREATEST))
    records["scale"] = scales
    records["codes"] = np.rint(vectors / np.where(scales > 0, scales, 1)[:, np.newaxis])
    return records


def _sixteen_bits(scales: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the least numbers of 16 significant bits that are no smaller than these, none of which is negative."""
    bits = (scales.view(np.uint32) + np.uint32(0xFF)) & np.uint32(0xFFFFFF00)
    return bits.view(np.float32)
