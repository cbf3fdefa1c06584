"""All cores at once: one text a call, or batches of texts of about one length."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from indexer.beside import cores

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_shared: list[int] = []

# How many texts, and how many characters, a core takes at a time. Handing over each by itself took a twentieth of the
# processor time of the bundled model.
_SHARE, _SHARE_CHARACTERS = 8, 800


def embed_each(
    embed: Callable[[str], NDArray[np.float32]], texts: Sequence[str], dimension: int
) -> NDArray[np.float32]:
    """Return the vectors of all texts, shape (len(texts), dimension), each made by its own call of `embed`.

    The calls run on all cores at once, so `embed` must be thread-safe and let go of the interpreter lock. A core takes
    a few short texts or one long one at a time, the longest first, so that none waits for another at the end.
    """
    vectors = np.empty((len(texts), dimension), dtype=np.float32)

    def embed_some(places: list[int]) -> None:
        for place in places:
            vectors[place] = embed(texts[place])

    workers = min(usable_cores(), len(texts))
    if workers <= 1:
        embed_some(list(range(len(texts))))
        return vectors
    shares = batches_by_length(texts, most=min(_SHARE, len(texts) // workers), characters=_SHARE_CHARACTERS)
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(embed_some, shares))
    return vectors


def batches_by_length(texts: Sequence[str], *, most: int, characters: int) -> list[list[int]]:
    """Return the places of the texts in batches, the longest first, each place once.

    A batch costs a model what its longest text costs times their number: texts of about one length go together, `most`
    of them, and fewer where they would be more than `characters` when all were as long as the longest.
    """
    batches: list[list[int]] = []
    longest = 0
    for place in sorted(range(len(texts)), key=lambda place: -len(texts[place])):
        if not batches or len(batches[-1]) >= min(most, max(1, characters // max(1, longest))):
            batches.append([])
            longest = len(texts[place])
        batches[-1].append(place)
    return batches


def usable_cores() -> int:
    """Return how many cores this process may run on, or take where others of its kind run beside it."""
    if _shared:
        return _shared[-1]
    return cores()


def take_cores(count: int) -> None:
    """Take so many cores from now on, since other processes embed on this machine too."""
    _shared[:] = [count]
