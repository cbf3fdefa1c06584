"""Which rows carry which facet term, kept as runs: a filter over a million passages takes milliseconds.

The rows of one speaker, section or company mostly stand side by side. A posting is therefore a list of runs
(first row, length), two little-endian 32-bit numbers each, ordered, never touching one another.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

_RUN = np.dtype("<u4")


class RunCollector:
    """Collects the rows of each term while rows are written in rising order."""

    def __init__(self) -> None:
        self._runs: dict[str, array[int]] = {}

    def add(self, row: int, terms: Iterable[str], *, count: int = 1) -> None:
        """Note that `count` rows from `row` on, which no earlier one was, carry these terms, each given once."""
        for term in terms:
            runs = self._runs.get(term)
            if runs is None:
                runs = self._runs[term] = array("I")
            if runs and runs[-2] + runs[-1] == row:
                runs[-1] += count
            else:
                runs.extend((row, count))

    def packed(self) -> Iterator[tuple[str, bytes]]:
        """Yield each term with its runs as they are stored, sorted by term."""
        for term in sorted(self._runs):
            yield term, np.asarray(self._runs[term], dtype=_RUN).tobytes()


def mark_runs(mask: NDArray[np.bool_], packed: Sequence[bytes]) -> None:
    """Set the rows of all these stored runs in `mask`, which has one place a row."""
    runs = np.frombuffer(b"".join(packed), dtype=_RUN).reshape(-1, 2).astype(np.int64)
    starts, lengths = runs[:, 0], runs[:, 1]
    before = np.cumsum(lengths) - lengths
    mask[np.repeat(starts - before, lengths) + np.arange(lengths.sum())] = True
