"""The signatures of all passages in one file, mapped into memory: row by row, as `indexer.text.shingles` makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.text.shingles import PERMUTATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

SIGNATURES = "signatures.npy"


def write_signatures(folder: Path, parts: Sequence[NDArray[np.uint32]]) -> None:
    """Write the signatures of passages, each part of shape (passages, PERMUTATIONS), one after the other."""
    whole = np.concatenate([np.zeros((0, PERMUTATIONS), dtype="<u4"), *parts])
    np.save(folder / SIGNATURES, whole.astype("<u4"), allow_pickle=False)


def read_signatures(folder: Path, count: int) -> NDArray[np.uint32]:
    """Return the signatures of `count` passages, shape (count, PERMUTATIONS).

    Raises ValueError when the file is not that, and OSError when it cannot be read.
    """
    found: NDArray[np.uint32] = np.load(folder / SIGNATURES, allow_pickle=False, mmap_mode="r" if count else None)
    if found.shape != (count, PERMUTATIONS) or found.dtype != np.dtype("<u4"):
        raise ValueError(f"there are not {count} signatures in it")
    return np.asarray(found)
