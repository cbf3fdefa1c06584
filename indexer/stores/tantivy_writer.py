"""Writes the keyword index of tantivy. This module, `tantivy` and `tantivy_queries` own that library.

The schema has one field for each of `Field` with term frequencies; `exact` with positions; `facets` and `date` for
filters; `row`, by which documents are sorted. Terms come already analysed and are handed over as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import tantivy

from indexer.stores.joined_terms import BETWEEN, JoinedTerms, joined
from indexer.stores.keyword import Field
from indexer.stores.keyword_schema import DATE, EXACT, FACETS, ROW, day_number
from indexer.stores.unwritable import unwritable, writing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from indexer.stores.keyword import KeywordDocument

_AT_BLANKS = "whitespace"
_TWICE = 2 * BETWEEN


class TantivyWriter:
    """Writes a tantivy index with one thread, so that the same passages always give the same index."""

    def __init__(self, folder: Path, memory: int) -> None:
        self._folder = folder
        with writing(folder, ValueError):
            index = tantivy.Index(_schema(), path=str(folder), sort_by_field=ROW)
            self._writer = index.writer(heap_size=memory, num_threads=1)

    def add(self, document: KeywordDocument) -> None:
        """Take in one passage."""
        entry = tantivy.Document()
        entry.add_unsigned(ROW, document.row)
        for field, terms in document.fields.items():
            _add_terms(entry, field, terms)
        _add_terms(entry, EXACT, document.exact)
        for facet in document.facets:
            entry.add_text(FACETS, facet)
        if document.date is not None:
            entry.add_unsigned(DATE, day_number(document.date))
        try:
            self._writer.add_document(entry)
        except (OSError, ValueError) as error:
            raise unwritable(self._folder, error) from error

    def finish(self) -> None:
        """Write everything to disk. Nothing may be added afterwards."""
        with writing(self._folder, ValueError):
            self._writer.commit()
            self._writer.wait_merging_threads()


def _add_terms(entry: tantivy.Document, field: str, terms: Sequence[str]) -> None:
    """Add terms to a field, one position each.

    Terms without blanks, which is all but none, are joined and cut again inside tantivy: that takes a quarter of the
    time of making tokens here.
    """
    whole = joined(terms)
    if _cuts_alike(whole) and (isinstance(terms, JoinedTerms) or whole.count(BETWEEN) == max(len(terms) - 1, 0)):
        entry.add_text(field, whole)
    else:
        tokens = [tantivy.Token(term, place, 0, 0) for place, term in enumerate(terms)]
        entry.add_pre_tokenized_text(field, tantivy.PreTokenizedString("", tokens))


def _cuts_alike(whole: str) -> bool:
    """Tell whether tantivy, which cuts at ASCII blanks, cuts joined terms where they were joined."""
    return not (
        " " in whole
        or "\n" in whole
        or "\r" in whole
        or "\f" in whole
        or _TWICE in whole
        or whole[:1] == BETWEEN
        or whole[-1:] == BETWEEN
    )


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in Field:
        builder.add_text_field(field, tokenizer_name=_AT_BLANKS, index_option="freq")
    builder.add_text_field(EXACT, tokenizer_name=_AT_BLANKS, index_option="position")
    builder.add_text_field(FACETS, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(DATE, indexed=True, fast=True)
    builder.add_unsigned_field(ROW, fast=True)
    return builder.build()
