"""A transcript as passage_writer.py writes it: records without the numbers that hang on what stands before them.

Making them takes longer than writing them, so that many processes make them and one writes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from indexer.stores.filters import passage_facets
from indexer.stores.passage_records import transcript_info
from indexer.text.extent import extent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.model import Speaker, Transcript
    from indexer.stores.passage_records import TranscriptInfo

Record = tuple[Any, ...]

# Of the record of a passage: the speaker, exchange, section, language, delivery, whether it is searchable and asks.
_TOLD = itemgetter(1, 13, 4, 7, 6, 16, 17)


@dataclass(frozen=True, slots=True)
class TranscriptRecords:
    """What is written of one transcript. Its own rows and speakers count from 0.

    `described` has the columns of a transcript from its id to its digest, `counted` those from the count of its
    passages to its kind. A record of a passage has its id, the number of its speaker, and the columns from its text
    on. `questions` are exchanges with the row that puts their question, `facets` (row, rows, terms) of searchable
    passages that stand side by side and have the same terms, `extents` how many words each passage has.
    """

    described: Record
    counted: Record
    speakers: tuple[Record, ...]
    passages: tuple[Record, ...]
    questions: tuple[tuple[str, int], ...]
    facets: tuple[tuple[int, int, tuple[str, ...]], ...]
    extents: bytes

    @property
    def told(self) -> tuple[Record, ...]:
        """What `row_columns.RowCollector.add` takes of the passages, if there are any."""
        return (*zip(*map(_TOLD, self.passages), strict=True), tuple(self.extents))

    @property
    def info(self) -> TranscriptInfo:
        """The transcript as a list of transcripts shows it."""
        return transcript_info((*self.described, *self.counted, None))


def text_digest(text: str) -> bytes:
    """Return the digest (16 bytes) by which equal passage texts are known."""
    return blake2b(text.encode(), digest_size=16).digest()


def records_of(transcript: Transcript) -> TranscriptRecords:
    """Return what is written of a transcript. Texts must be encodable as UTF-8 (no lone surrogates)."""
    source = transcript.source
    # Every speaker that a passage or the list of speakers names.
    named = dict.fromkeys((*transcript.speakers, *(passage.speaker for passage in transcript.passages)))
    numbers = {speaker: number for number, speaker in enumerate(named)}
    return TranscriptRecords(
        described=(
            transcript.id, transcript.title, transcript.company, transcript.ticker, transcript.period,
            transcript.date, transcript.language, source.path, source.format, source.sha256,
        ),
        counted=(
            len(transcript.passages), len(transcript.speakers), len(transcript.exchanges), transcript.fiscal,
            str(transcript.kind),
        ),
        speakers=tuple(map(_speaker_record, numbers)),
        passages=tuple(_passage_records(transcript, numbers)),
        questions=tuple(_questions(transcript)),
        facets=tuple(_facet_runs(transcript)),
        extents=bytes(extent(passage.text) for passage in transcript.passages),
    )  # fmt: skip


def _speaker_record(speaker: Speaker) -> Record:
    return (
        speaker.id, speaker.name, json.dumps(speaker.other_names), speaker.title, speaker.affiliation,
        str(speaker.role),
    )  # fmt: skip


def _passage_records(transcript: Transcript, numbers: dict[Speaker, int]) -> Iterator[Record]:
    asking = {passage_id for exchange in transcript.exchanges for passage_id in exchange.question_ids}
    for passage in transcript.passages:
        text, lines, time = passage.text, passage.lines, passage.time
        yield (
            passage.id, numbers[passage.speaker], text, text_digest(text), passage.section.value, passage.heading,
            passage.delivery.value, passage.language, passage.page, lines.first, lines.last, passage.position,
            passage.turn, passage.exchange_id, time.start if time else None, time.end if time else None,
            passage.searchable, passage.id in asking,
        )  # fmt: skip


def _questions(transcript: Transcript) -> Iterator[tuple[str, int]]:
    """Yield each exchange with the row of the passage that puts its question.

    That is the first with a question mark: what comes before it greets and thanks.
    """
    rows = {passage.id: row for row, passage in enumerate(transcript.passages)}
    asking = {passage.id for passage in transcript.passages if "?" in passage.text or "？" in passage.text}
    for exchange in transcript.exchanges:
        if ids := exchange.question_ids:
            yield exchange.id, rows[next((id_ for id_ in ids if id_ in asking), ids[0])]


def _facet_runs(transcript: Transcript) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    terms: tuple[str, ...] = ()
    first, count = 0, 0
    for row, (passage, here) in enumerate(zip(transcript.passages, passage_facets(transcript), strict=True)):
        if not passage.searchable:
            continue
        if here is terms and first + count == row:
            count += 1
            continue
        if count:
            yield first, count, terms
        first, count, terms = row, 1, here
    if count:
        yield first, count, terms
