"""Writes the transcripts of a generation: their passages, their words, and what the next build can take over."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.build.duplicates import call_of, find_duplicates
from indexer.build.prepare import Preparer
from indexer.stores.engines import keyword_engine
from indexer.stores.generations import KEYWORD, PASSAGES, PREPARED
from indexer.stores.passages import PassageWriter
from indexer.stores.prepared import PreparedWriter, unpack_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from indexer.build.report import Duplicate, Progress
    from indexer.build.tools import Tools
    from indexer.model import Transcript
    from indexer.stores.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Entry:
    """A transcript to write. `parser` is the digest of what made it.

    `document` is the transcript as compressed JSON and `prepared` what was worked out of it, where they are at hand.
    """

    transcript: Transcript
    parser: str
    document: bytes | None = None
    prepared: Prepared | None = None


def write_words(
    staging: Path, entries: Iterable[Entry], *, count: int, tools: Tools, progress: Progress
) -> tuple[Duplicate, ...]:
    """Write passages and keyword index in one pass over the entries, and return the duplicates among them."""
    preparer = Preparer(tools.analyser)
    calls = []
    vocabulary: Counter[str] = Counter()
    (staging / KEYWORD).mkdir()
    with (
        PassageWriter(staging / PASSAGES) as passages,
        closing(PreparedWriter(staging / PREPARED, tools.words_digest)) as kept,
    ):
        keyword = keyword_engine(tools.keyword_engine).create(staging / KEYWORD)
        progress("indexing", 0, count)
        for entry in entries:
            transcript = entry.transcript
            prepared = entry.prepared or preparer.prepare(transcript)
            first_row = passages.add(
                transcript, parser=entry.parser, document=entry.document, signatures=prepared.signatures
            )
            for document in unpack_words(prepared.words, first_row=first_row, date=transcript.date):
                keyword.add(document)
                vocabulary.update({term for terms in document.fields.values() for term in terms})
            kept.add(transcript.id, prepared)
            calls.append(call_of(transcript, prepared.sketch))
            progress("indexing", passages.transcripts, count)
        duplicates = find_duplicates(calls)
        passages.mark_duplicates({duplicate.id: duplicate.duplicate_of for duplicate in duplicates})
        passages.finish(vocabulary)
        keyword.finish()
        kept.finish()
    return duplicates
