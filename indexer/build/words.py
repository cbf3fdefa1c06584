"""A passage as the keyword engine takes it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.stores.field_texts import field_texts
from indexer.stores.filters import passage_facets
from indexer.stores.keyword import Field, KeywordDocument
from indexer.text.normalise import letter_by_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer.model import Passage, Speaker, Transcript
    from indexer.text.analyser import Analyser


class DocumentMaker:
    """Turns transcripts into keyword documents with one analyser."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        # Names, titles and headings stand beside many passages.
        self._short = lru_cache(maxsize=4096)(self._analyse)

    def documents(
        self, transcript: Transcript, foldings: Iterable[tuple[str, bool]] | None = None
    ) -> Iterator[KeywordDocument]:
        """Yield a document for each searchable passage; the rows of all count from 0.

        `foldings` has `letter_by_letter` of the text of each passage, searchable or not, where the caller has it.
        """
        beside: dict[tuple[Speaker, str | None], dict[Field, tuple[str, ...]]] = {}
        foldings = foldings or map(letter_by_letter, (passage.text for passage in transcript.passages))
        facets = passage_facets(transcript)
        for row, (passage, terms, folding) in enumerate(zip(transcript.passages, facets, foldings, strict=True)):
            if not passage.searchable:
                continue
            key = (passage.speaker, passage.heading)
            fields = beside.get(key)
            if fields is None:
                fields = beside[key] = self._beside(transcript, passage)
            text, exact = self._analyser.terms(passage.text, folding)
            yield KeywordDocument(row, {Field.TEXT: text, **fields}, exact, terms, transcript.date)

    def _beside(self, transcript: Transcript, passage: Passage) -> dict[Field, tuple[str, ...]]:
        """Return the terms of all fields but the text itself."""
        texts = field_texts(passage, transcript.company, transcript.ticker)
        return {field: self._terms(*texts[field]) for field in Field if field is not Field.TEXT}

    def _terms(self, *texts: str) -> tuple[str, ...]:
        return tuple(term for text in texts for term in self._short(text))

    def _analyse(self, text: str) -> tuple[str, ...]:
        return tuple(token.term for token in self._analyser.analyse(text))
