"""Large files of vectors, had at hand before they are asked for.

A page of a mapped file costs a process some 5 µs when it is first touched, also where the system has it in memory: a
search, which touches hundreds of them, took a fifth longer. To touch all pages one after another costs .1 µs each.
"""

from __future__ import annotations

import os
from threading import Event, Thread
from typing import TYPE_CHECKING

from indexer.stores.compact import CompactVectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.stores.compact import Vectors

# Files that are larger than this share of the memory stay on disk: they would drive out what others need.
_SHARE = 1 / 3


def have_at_hand(vectors: Sequence[Vectors], left: Event) -> Thread | None:
    """Touch files in a thread of their own, which ends soon after they are `left`; None where they are too large."""
    files = [one for one in vectors if isinstance(one, CompactVectors)]
    if not files or sum(one.nbytes for one in files) > _SHARE * _memory():
        return None

    def touch() -> None:
        for file in files:
            file.touch(left)

    thread = Thread(target=touch, name="at hand", daemon=True)
    thread.start()
    return thread


def _memory() -> int:
    """Return how many bytes of memory the machine has, 0 where it does not tell."""
    if not hasattr(os, "sysconf"):  # Windows
        return 0
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
