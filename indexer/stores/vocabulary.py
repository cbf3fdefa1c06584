"""In how many passages each term stands, counted while they are written."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.stores.keyword import KeywordDocument


class Vocabulary:
    """Counts the passages of each term; a passage counts once, in whichever fields it has the term."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, document: KeywordDocument) -> None:
        """Count one passage."""
        self.counts.update(set(chain.from_iterable(document.fields.values())))
