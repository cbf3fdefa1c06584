"""What passages are counted, grouped and dated by: one small number a passage and field, held in memory.

A column has a code for each row and a value for each code, so that counting the passages of a thousand candidates by
company is one `bincount`. column_reading.py makes them once for each generation that is opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.filters import facet_term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

NOTHING = -1
"""The code of a row that has no value."""


@dataclass(frozen=True, slots=True)
class Column:
    """One field of all passages: `codes` is int32 of shape (passages,), NOTHING where there is no value.

    `values` gives the value of each code, in the order in which they first appear.
    """

    codes: NDArray[np.int32]
    values: tuple[str, ...]

    def counts(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many of the rows have each value, shape (values,)."""
        codes = self.codes[rows]
        counted: NDArray[np.int64] = np.bincount(codes[codes >= 0], minlength=len(self.values))
        return counted


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one generation.

    Names that only differ in width, case or script variant are one value, written as where they come first; nobody
    speaks a document. `exchange` tells the exchanges of the whole index apart; its values are no ids. `day` is the date
    of the call as a number that sorts alike (20230810), 0 where there is none; `fiscal` tells whose periods count in
    the company's own year, `repeated` which calls another file gives more fully, and `fuller` the code of that
    transcript, NOTHING elsewhere. `extent` is how many words a passage has, see `indexer.text.extent`.
    """

    company: Column
    period: Column
    speaker: Column
    role: Column
    section: Column
    language: Column
    transcript: Column
    exchange: Column
    day: NDArray[np.int32]
    fiscal: NDArray[np.bool_]
    repeated: NDArray[np.bool_]
    fuller: NDArray[np.int32]
    delivery: Column
    firm: Column
    extent: NDArray[np.uint8]


def column_of(values: Iterable[str | None], *, field: str = "") -> Column:
    """Return a column; with the name of a `field`, values that its filter does not tell apart are one."""
    codes: dict[str | None, int] = {None: NOTHING, "": NOTHING}
    keys: dict[str, int] = {}
    shown: list[str] = []
    found = []
    for value in values:
        if value not in codes:
            key = facet_term(field, str(value)) if field else str(value)
            if key not in keys:
                keys[key] = len(shown)
                shown.append(str(value))
            codes[value] = keys[key]
        found.append(codes[value])
    return Column(np.array(found, dtype=np.int32), tuple(shown))
