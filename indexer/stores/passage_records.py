"""Values made from the records of the views that passage_writer.py describes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.model import Delivery, Kind, LineSpan, Passage, Role, Section, SourceFile, Speaker, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

_PASSAGE_WIDTH = 17
_TRANSCRIPT = _PASSAGE_WIDTH + 6
_NONE = "[]"
# Looked up here first: to ask the class for a member takes many times as long.
_SECTIONS = {str(one): one for one in Section}
_DELIVERIES = {str(one): one for one in Delivery}
_ROLES = {str(one): one for one in Role}
_KINDS = {str(one): one for one in Kind}


@dataclass(frozen=True, slots=True)
class TranscriptInfo:
    """A transcript as a list of transcripts shows it; `passages`, `speakers` and `exchanges` are counts.

    `duplicate_of` is the id of the transcript that gives the same call more fully, where there is one.
    """

    id: str
    title: str
    company: str | None
    ticker: str | None
    period: str | None
    date: str | None
    language: str
    source: SourceFile
    passages: int
    speakers: int
    exchanges: int
    fiscal: bool = False
    kind: Kind = Kind.SPOKEN
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage, the row by which all stores of one generation know it, and the transcript it stands in.

    `asks` tells that it belongs to the question of its exchange, and not to an answer.
    """

    row: int
    passage: Passage
    transcript: TranscriptInfo
    asks: bool = False


def transcript_info(record: Sequence[Any]) -> TranscriptInfo:
    """Read a record of the view `listed`."""
    (
        transcript_id, title, company, ticker, period, date, language, path, file_format, sha256, passages,
        speakers, exchanges, fiscal, kind, duplicate_of,
    ) = record  # fmt: skip
    return TranscriptInfo(
        id=transcript_id,
        title=title,
        company=company,
        ticker=ticker,
        period=period,
        date=date,
        language=language,
        source=SourceFile(path=path, format=file_format, sha256=sha256),
        passages=passages,
        speakers=speakers,
        exchanges=exchanges,
        fiscal=bool(fiscal),
        kind=kind_of(kind),
        duplicate_of=duplicate_of,
    )


def stored_passage(record: Sequence[Any]) -> StoredPassage:
    """Read a record of the view `hits`."""
    (
        row, passage_id, text, section, heading, delivery, language, page, first_line, last_line, position,
        turn, exchange, start, end, searchable, asks,
    ) = record[:_PASSAGE_WIDTH]  # fmt: skip
    passage = Passage(
        id=passage_id,
        text=text,
        speaker=speaker_of_record(record[_PASSAGE_WIDTH:_TRANSCRIPT]),
        section=section_of(section),
        heading=heading,
        delivery=delivery_of(delivery),
        language=language,
        page=page,
        lines=LineSpan(first_line, last_line),
        position=position,
        turn=turn,
        exchange_id=exchange,
        time=None if start is None else TimeSpan(start, end),
        searchable=bool(searchable),
    )
    return StoredPassage(row, passage, transcript_info(record[_TRANSCRIPT:]), bool(asks))


def keyed_passage(record: Sequence[Any]) -> tuple[Any, StoredPassage]:
    """Read a key and, behind it, a record of the view `hits`."""
    return record[0], stored_passage(record[1:])


def speaker_of_record(record: Sequence[Any]) -> Speaker:
    """Read the columns of `speakers` but for the number."""
    speaker_id, name, other_names, title, affiliation, role = record
    others = () if other_names == _NONE else tuple(json.loads(other_names))
    return Speaker(speaker_id, name, others, title, affiliation, _ROLES.get(role) or Role(role))


def section_of(written: str) -> Section:
    """Read the part of a call that a passage stands in."""
    return _SECTIONS.get(written) or Section(written)


def delivery_of(written: str) -> Delivery:
    """Read how a passage was given."""
    return _DELIVERIES.get(written) or Delivery(written)


def kind_of(written: str) -> Kind:
    """Read what a transcript is one of."""
    return _KINDS.get(written) or Kind(written)
