"""One text a call, one call a core."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray


def embed_each(
    embed: Callable[[str], NDArray[np.float32]], texts: Sequence[str], dimension: int
) -> NDArray[np.float32]:
    """Return the vectors of all texts, shape (len(texts), dimension), each made by its own call of `embed`.

    The calls run on all cores at once, so `embed` must be thread-safe and let go of the interpreter lock.
    """
    vectors = np.empty((len(texts), dimension), dtype=np.float32)
    workers = min(usable_cores(), len(texts))
    if workers <= 1:
        for row, text in enumerate(texts):
            vectors[row] = embed(text)
        return vectors
    with ThreadPoolExecutor(workers) as pool:
        for row, vector in enumerate(pool.map(embed, texts)):
            vectors[row] = vector
    return vectors


def usable_cores() -> int:
    """Return how many cores this process may run on."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
