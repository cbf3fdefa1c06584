"""Writes the transcripts of a generation: their passages, their words, and what the next build can take over."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.build.duplicates import call_of, find_duplicates
from indexer.stores.engines import keyword_engine
from indexer.stores.generations import KEYWORD, PASSAGES, PREPARED
from indexer.stores.passage_writer import PassageWriter, packed_document
from indexer.stores.prepared import PreparedWriter, unpack_words
from indexer.stores.transcript_records import records_of
from indexer.stores.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from indexer.build.prepare import Preparer
    from indexer.build.report import Duplicate, Progress
    from indexer.build.tools import Tools
    from indexer.model import Transcript
    from indexer.stores.prepared import Prepared
    from indexer.stores.transcript_records import TranscriptRecords


@dataclass(frozen=True, slots=True)
class Entry:
    """A transcript to write: its records, the whole of it as compressed JSON, and what was worked out of it.

    `parser` is the digest of what made it.
    """

    records: TranscriptRecords
    parser: str
    document: bytes
    prepared: Prepared


def entry_of(
    transcript: Transcript,
    parser: str,
    preparer: Preparer,
    *,
    document: bytes | None = None,
    prepared: Prepared | None = None,
) -> Entry:
    """Return what is written of a transcript; what is not at hand is worked out here."""
    return Entry(
        records_of(transcript),
        parser,
        document or packed_document(transcript),
        prepared or preparer.prepare(transcript),
    )


def write_words(
    staging: Path, scratch: Path, entries: Iterable[Entry], *, count: int, tools: Tools, progress: Progress
) -> tuple[Duplicate, ...]:
    """Write passages and keyword index in one pass over the entries, and return the duplicates among them.

    `count` is how many entries there are at most, for the progress, `scratch` a folder for what is needed meanwhile.
    """
    calls = []
    (staging / KEYWORD).mkdir()
    with (
        PassageWriter(staging / PASSAGES) as passages,
        closing(PreparedWriter(staging / PREPARED, tools.words_digest)) as kept,
        closing(Vocabulary(scratch / "vocabulary")) as vocabulary,
    ):
        keyword = keyword_engine(tools.keyword_engine).create(staging / KEYWORD)
        progress("indexing", 0, count)
        for entry in entries:
            info, prepared = entry.records.info, entry.prepared
            first_row = passages.add_records(
                entry.records, parser=entry.parser, document=entry.document, signatures=prepared.signatures
            )
            for document in unpack_words(prepared.words, first_row=first_row, date=info.date):
                keyword.add(document)
                vocabulary.add(document)
            kept.add(info.id, prepared)
            calls.append(call_of(info, prepared.sketch))
            progress("indexing", passages.transcripts, count)
        if passages.transcripts < count:
            progress("indexing", passages.transcripts, passages.transcripts)
        duplicates = find_duplicates(calls)
        passages.mark_duplicates({duplicate.id: duplicate.duplicate_of for duplicate in duplicates})
        passages.finish(vocabulary.counted())
        keyword.finish()
        kept.finish()
    return duplicates
