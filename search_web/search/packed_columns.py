"""Several columns counted at once: the codes of a row in all of them make one small number.

Counting rows by a column is a look-up in memory for each row, wherever it stands, and that is what it costs. So the
columns of few values share one number, in which each has a digit of its own (a mixed radix, Knuth, The Art of Computer
Programming 2, section 4.1), and the counts of all its values are added up afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from indexer.stores.columns import Column

_MOST = 1 << 14
"""So many numbers at most are shared: more would take longer to add up than rows to look up."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """Columns that share a number: `digits` gives how many each has, one for no value with them, the last the lowest.

    `numbers` has the number of each row, shape (passages,).
    """

    names: tuple[str, ...]
    digits: tuple[int, ...]
    numbers: NDArray[np.int32]

    def counts(self, rows: NDArray[np.int64]) -> Iterator[tuple[str, NDArray[np.int64]]]:
        """Yield each name with how many of the rows have each value of that column."""
        found = np.bincount(self.numbers.take(rows), minlength=int(np.prod(self.digits))).reshape(self.digits)
        for axis, name in enumerate(self.names):
            others = tuple(other for other in range(len(self.names)) if other != axis)
            yield name, found.sum(axis=others)[1:]


class PackedColumns:
    """Columns by name, made ready to be counted together. They take four bytes a passage for each that is large."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._groups = tuple(_shared(columns))

    def counts(self, rows: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        """Return for each column how many of the rows have each of its values, shape (values,)."""
        return {name: counts for group in self._groups for name, counts in group.counts(rows)}


def _shared(columns: Mapping[str, Column]) -> Iterator[_Shared]:
    """Yield the columns put together as far as they fit, those of the fewest values first."""
    names: list[str] = []
    size = 1
    for name in sorted(columns, key=lambda name: len(columns[name].values)):
        digits = len(columns[name].values) + 1
        if names and size * digits > _MOST:
            yield _together(names, columns)
            names, size = [], 1
        names.append(name)
        size *= digits
    if names:
        yield _together(names, columns)


def _together(names: list[str], columns: Mapping[str, Column]) -> _Shared:
    digits = tuple(len(columns[name].values) + 1 for name in names)
    numbers = columns[names[0]].codes + np.int32(1)
    for name, several in zip(names[1:], digits[1:], strict=True):
        numbers *= np.int32(several)
        numbers += columns[name].codes + np.int32(1)
    return _Shared(tuple(names), digits, numbers)
