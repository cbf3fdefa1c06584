"""A passage as the keyword engine takes it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.stores.field_texts import field_texts
from indexer.stores.filters import facet_terms
from indexer.stores.keyword import Field, KeywordDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.model import Transcript
    from indexer.text.analyser import Analyser


class DocumentMaker:
    """Turns transcripts into keyword documents with one analyser."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        # Names, titles and headings stand beside many passages.
        self._short = lru_cache(maxsize=4096)(self._analyse)

    def documents(self, transcript: Transcript, first_row: int = 0) -> Iterator[KeywordDocument]:
        """Yield a document for each searchable passage; the rows of all count from `first_row`."""
        for row, passage in enumerate(transcript.passages, start=first_row):
            if not passage.searchable:
                continue
            texts = field_texts(passage, transcript.company, transcript.ticker)
            text, exact = self._analyser.terms(passage.text)
            yield KeywordDocument(
                row=row,
                fields={field: text if field is Field.TEXT else self._terms(*texts[field]) for field in Field},
                exact=exact,
                facets=facet_terms(transcript, passage),
                date=transcript.date,
            )

    def _terms(self, *texts: str) -> tuple[str, ...]:
        return tuple(term for text in texts for term in self._short(text))

    def _analyse(self, text: str) -> tuple[str, ...]:
        return tuple(token.term for token in self._analyser.analyse(text))
