"""The signatures of all passages in one file, mapped into memory: row by row, as `indexer.text.shingles` makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.stores.unwritable import writing
from indexer.text.shingles import PERMUTATIONS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SIGNATURES = "signatures.npy"
_TYPE = np.dtype("<u4")


class SignatureWriter:
    """Writes the signatures of passages, as `packed` makes them, one transcript after the other."""

    def __init__(self, folder: Path) -> None:
        self._place = folder / SIGNATURES
        with writing(self._place):
            self._file = self._place.open("wb")
            self._write_header(0)

    def add(self, signatures: bytes) -> None:
        """Write the signatures of some passages."""
        with writing(self._place):
            self._file.write(signatures)

    def finish(self) -> None:
        """Complete the file."""
        with writing(self._place):
            data = self._file.tell() - self._header
            self._file.seek(0)
            # There is room in it for any number of rows.
            self._write_header(data // (PERMUTATIONS * _TYPE.itemsize))
            self.close()

    def close(self) -> None:
        """Close the file, complete or not."""
        self._file.close()

    def _write_header(self, rows: int) -> None:
        described = {"descr": _TYPE.str, "fortran_order": False, "shape": (rows, PERMUTATIONS)}
        np.lib.format.write_array_header_1_0(self._file, described)
        self._header = self._file.tell()


def read_signatures(folder: Path, count: int) -> NDArray[np.uint32]:
    """Return the signatures of `count` passages, shape (count, PERMUTATIONS).

    Raises ValueError when the file is not that, and OSError when it cannot be read.
    """
    found: NDArray[np.uint32] = np.load(folder / SIGNATURES, allow_pickle=False, mmap_mode="r" if count else None)
    if found.shape != (count, PERMUTATIONS) or found.dtype != _TYPE:
        raise ValueError(f"there are not {count} signatures in it")
    return np.asarray(found)
