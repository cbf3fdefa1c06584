"""The recogniser for one generation of an index, made once."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from search_web.search.entities import read_entities
from search_web.search.recognition import Recogniser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.stores.index import Generation
    from search_web.search.lexicon import Lexicon


class Recognisers:
    """Keeps the recogniser of the newest generation. One serves many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._newest: tuple[str, Recogniser] | None = None

    def of(self, generation: Generation, lexicon: Lexicon) -> Recogniser:
        """Return the recogniser of a generation."""
        with self._lock:
            if self._newest is None or self._newest[0] != generation.name:
                self._newest = generation.name, _made(generation, lexicon)
            return self._newest[1]


def _made(generation: Generation, lexicon: Lexicon) -> Recogniser:
    passages = generation.passages

    def carrying(facets: Sequence[str]) -> int:
        return int(passages.rows_with_any(facets).sum())

    entities = read_entities(passages, lexicon.aliases)
    return Recogniser(entities, lexicon.is_word, carrying, passages.searchable_count)
