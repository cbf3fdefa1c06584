"""What every passage says of itself that is counted, grouped or filtered by, in one small file beside the passages.

The tables of the passages have all of it too, between their texts: to read it there takes seconds where there are a
million passages, and here hundredths. Calls and speakers have few values, so that the file takes half a byte a passage.
An index of an earlier version has no such file, and is read from its tables (`column_reading`).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from array import array
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.errors import IndexDamagedError
from indexer.stores.columns import NOTHING, Column
from indexer.stores.unwritable import writing
from indexer.text.extent import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

COLUMNS = "columns.npz"

# What numpy and zipfile raise for a file that is not what was written.
_UNREADABLE = (
    OSError, ValueError, KeyError, EOFError, RuntimeError, MemoryError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip

_TOLD = ("section", "language", "delivery")


@dataclass(frozen=True, slots=True)
class RowColumns:
    """What the passages say of themselves, by row: arrays of shape (passages,).

    `speaker` has the numbers of the speakers, of whom each belongs to one transcript. The codes of `exchange` tell the
    exchanges of the whole index apart, NOTHING outside of them. `extent` has how many words each text has; see
    `indexer.text.extent`.
    """

    speaker: NDArray[np.int32]
    exchange: NDArray[np.int32]
    section: Column
    language: Column
    delivery: Column
    searchable: NDArray[np.bool_]
    asks: NDArray[np.bool_]
    extent: NDArray[np.uint8]


class RowCollector:
    """Collects what passages say, some at a time, in the order of their rows."""

    def __init__(self) -> None:
        self._speakers = array("i")
        self._told = {name: _Growing() for name in _TOLD}
        self._exchanges = _Growing()
        self._searchable = bytearray()
        self._asks = bytearray()
        self._extents = bytearray()

    def add(self, speakers: Iterable[int], exchanges: Sequence[Hashable], *told: Sequence[Any]) -> None:
        """Add the next passages; an exchange is whatever tells it from all others, None for none.

        `told` has their sections, languages and deliveries, whether they are searchable and ask, and their extents.
        """
        *values, searchable, asks, extents = told
        self._speakers.extend(speakers)
        self._exchanges.add(exchanges)
        for name, some in zip(_TOLD, values, strict=True):
            self._told[name].add(some)
        self._searchable.extend(searchable)
        self._asks.extend(asks)
        self._extents.extend(extents)

    def collected(self) -> RowColumns:
        """Return what was added."""
        return RowColumns(
            np.array(self._speakers, dtype=np.int32),
            self._exchanges.codes(),
            searchable=np.frombuffer(bytes(self._searchable), dtype=np.bool_),
            asks=np.frombuffer(bytes(self._asks), dtype=np.bool_),
            extent=np.frombuffer(bytes(self._extents), dtype=np.uint8),
            **{name: Column(growing.codes(), growing.values()) for name, growing in self._told.items()},
        )


def write_rows(folder: Path, rows: RowColumns) -> None:
    """Write the file."""
    told = {name: getattr(rows, name) for name in _TOLD}
    arrays = {
        "speaker": rows.speaker,
        "exchange": rows.exchange,
        "searchable": rows.searchable,
        "asks": rows.asks,
        "extent": rows.extent,
        **{name: column.codes for name, column in told.items()},
        **{f"{name}_values": np.array(column.values, dtype=np.str_) for name, column in told.items()},
    }
    with writing(folder / COLUMNS):
        np.savez_compressed(folder / COLUMNS, allow_pickle=False, **arrays)


def read_searchable(folder: Path, count: int, *, mend: str) -> NDArray[np.bool_] | None:
    """Return which of `count` passages are searchable, None where there is no such file. Raises as `read_rows` does."""
    with _opened(folder, mend) as arrays:
        return None if arrays is None else _checked(arrays["searchable"], np.bool_, count)


def read_rows(folder: Path, count: int, *, mend: str) -> RowColumns | None:
    """Return what `count` passages say of themselves, None where there is no such file.

    Raises IndexDamagedError, with `mend` as the advice, when the file is not that.
    """
    with _opened(folder, mend) as arrays:
        if arrays is None:
            return None
        told = {
            name: Column(_checked(arrays[name], np.int32, count), tuple(arrays[f"{name}_values"].tolist()))
            for name in _TOLD
        }
        return RowColumns(
            speaker=_checked(arrays["speaker"], np.int32, count),
            exchange=_checked(arrays["exchange"], np.int32, count),
            searchable=_checked(arrays["searchable"], np.bool_, count),
            asks=_checked(arrays["asks"], np.bool_, count),
            # What an earlier version wrote has none: then no text counts as short.
            extent=_checked(arrays["extent"], np.uint8, count)
            if "extent" in arrays
            else np.full(count, ENOUGH, dtype=np.uint8),
            **told,
        )


@contextmanager
def _opened(folder: Path, mend: str) -> Iterator[Mapping[str, NDArray[Any]] | None]:
    path = folder / COLUMNS
    try:
        if not path.exists():
            yield None
        else:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                yield arrays
    except _UNREADABLE as error:
        what = f"what the passages are counted by cannot be read ({error})"
        raise IndexDamagedError(what, where=str(path), mend=mend) from error


def _checked(found: NDArray[Any], kind: type[np.generic], count: int) -> NDArray[Any]:
    if found.shape != (count,) or found.dtype != kind:
        raise ValueError(f"there are not {count} passages in it")
    return found


class _Growing:
    """The codes of values that come some at a time, in the order in which they first appear."""

    def __init__(self) -> None:
        self._places: dict[Hashable, int] = {None: NOTHING, "": NOTHING}
        self._codes = array("i")

    def add(self, values: Sequence[Hashable]) -> None:
        """Add the values of the next rows."""
        places = self._places
        for value in dict.fromkeys(values):
            places.setdefault(value, len(places) - 2)
        self._codes.extend(map(places.__getitem__, values))

    def codes(self) -> NDArray[np.int32]:
        """Return the code of each row."""
        return np.array(self._codes, dtype=np.int32)

    def values(self) -> tuple[str, ...]:
        """Return the value of each code."""
        return tuple(str(value) for value, code in self._places.items() if code >= 0)
