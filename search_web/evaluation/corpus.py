"""A corpus.jsonl as transcripts, so that it is indexed like any other."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from indexer.errors import JudgementsError
from indexer.model import (
    Delivery,
    LineSpan,
    Passage,
    Role,
    Section,
    SourceFile,
    Speaker,
    Transcript,
    Turn,
)
from indexer.text.language import dominant_language
from search_web.evaluation.records import malformed, optional_string, records, string

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

# Counts up whenever a line becomes another passage than before.
VERSION = 1

_QUARTER = re.compile(r"Q?([1-4])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Call:
    """What the lines of one transcript have in common."""

    title: str | None
    meeting: str | None
    company: str | None
    ticker: str | None
    period: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the corpus: a passage without its place in a transcript."""

    call: _Call
    passage: Passage


def read_corpus(path: Path) -> tuple[Transcript, ...]:
    """Return the passages of a corpus, consecutive lines of one call or meeting as one transcript.

    A line is an object with id and text; title, meeting, company, ticker, quarter and year or period, date,
    speaker, role and section may tell more. The id of a passage is the id of its line.

    Raises JudgementsError when a line is malformed, when two have the same id, or when there are none.
    """
    source = SourceFile(str(path), "jsonl", corpus_digest(path))
    read = tuple(_lines(path))
    if not read:
        raise JudgementsError("there are no passages in it", where=str(path))
    groups = (tuple(group) for _, group in groupby(read, key=lambda line: line.call))
    return tuple(
        _transcript(f"{path.parent.name}-{number}", group, source) for number, group in enumerate(groups, start=1)
    )


def corpus_digest(path: Path) -> str:
    """Return the SHA-256 of a corpus file in hexadecimal. Raises JudgementsError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise JudgementsError(f"the file cannot be read ({error.strerror})", where=str(path)) from error


def _lines(path: Path) -> Iterator[_Line]:
    seen: set[str] = set()
    for number, record in records(path):
        passage_id = string(record, "id", path, number)
        if passage_id in seen:
            raise malformed(path, number, f"the id '{passage_id}' has occurred before")
        seen.add(passage_id)
        told = {
            field: optional_string(record, field, path, number)
            for field in (*_Call.__slots__, "quarter", "year", "speaker", "role", "section")
        }
        call = _Call(**{field: told[field] for field in _Call.__slots__})
        yield _Line(
            replace(call, period=call.period or _period(told["quarter"], told["year"])),
            _passage(passage_id, string(record, "text", path, number), told, number),
        )


def _period(quarter: str | None, year: str | None) -> str | None:
    if year is None or quarter is None:
        return year
    digit = _QUARTER.fullmatch(quarter)
    return f"{year}Q{digit[1]}" if digit else year


def _passage(passage_id: str, text: str, told: Mapping[str, str | None], number: int) -> Passage:
    """Return a passage whose position and turn are still to be filled in.

    A role or section that the model does not know is kept as the speaker's title or as the heading.
    """
    role, section = told["role"], told["section"]
    known_role = role is not None and role.lower() in {*Role}
    known_section = section is not None and section.lower() in {*Section}
    name = told["speaker"] or ""
    return Passage(
        id=passage_id,
        text=text,
        speaker=Speaker(
            id=name,
            name=name,
            title=None if known_role else role,
            role=Role((role or "").lower()) if known_role else Role.OTHER,
        ),
        section=Section((section or "").lower()) if known_section else Section.PREPARED,
        heading=None if known_section else section,
        delivery=Delivery.UNKNOWN,
        language=dominant_language(text),
        page=None,
        lines=LineSpan(number, number),
        position=0,
        turn=0,
    )


def _transcript(transcript_id: str, group: Sequence[_Line], source: SourceFile) -> Transcript:
    call = group[0].call
    speakers: dict[str, Speaker] = {}
    turns: list[Turn] = []
    passages: list[Passage] = []
    for line in group:
        # A person's title and role are those of the first line, as a speaker is one value in a transcript.
        speaker = speakers.setdefault(line.passage.speaker.id, line.passage.speaker)
        if turns and turns[-1].speaker == speaker:
            turns[-1] = replace(turns[-1], passage_ids=(*turns[-1].passage_ids, line.passage.id))
        else:
            turns.append(Turn(len(turns), speaker, (line.passage.id,)))
        passages.append(replace(line.passage, speaker=speaker, position=len(passages), turn=turns[-1].position))
    language = Counter(passage.language for passage in passages).most_common(1)[0][0]
    return Transcript(
        id=transcript_id,
        title=call.title or call.meeting or " ".join(filter(None, (call.company or call.ticker, call.period))),
        company=call.company,
        ticker=call.ticker,
        period=call.period,
        date=call.date,
        language=language,
        source=source,
        speakers=tuple(speakers.values()),
        turns=tuple(turns),
        passages=tuple(passages),
        exchanges=(),
        non_speech=(),
    )
