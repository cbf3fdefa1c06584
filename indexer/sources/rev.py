"""Rev's .nlp files: a token a line with its speaker, and its times where they were aligned.

Source of the columns: Rev, fstalign, "NLP file format" (2021).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from indexer.errors import EmptySourceError, MalformedRecordsError
from indexer.model import Content, Line, NonSpeechKind, Page, Person, TimeSpan
from indexer.sources.decode import decode
from indexer.sources.line_ends import LINE_END
from indexer.sources.records_values import clock_of, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SENTENCE_ENDS = ".?!…。？！"
_NEEDED = ("token", "speaker")


@dataclass(frozen=True, slots=True)
class _Token:
    number: int
    speaker: str
    text: str
    ends_sentence: bool
    time: TimeSpan | None


def read_nlp(data: bytes, where: str) -> Content:
    """Return the content of an .nlp file: a line for each sentence, one paragraph for each turn.

    Speakers are numbers there and become "Speaker 0" and so on. Raises UndecodableTextError, EmptySourceError, and
    MalformedRecordsError when the columns token and speaker are missing.
    """
    text = decode(data, where)
    if not text.strip():
        raise EmptySourceError("there is no text in this file", where=where, mend="Leave it out.")
    rows = LINE_END.split(text)
    header = [name.strip().lower() for name in rows[0].split("|")]
    if missing := [name for name in _NEEDED if name not in header]:
        raise MalformedRecordsError(
            f"its first line names no column {' or '.join(missing)}, only {rows[0][:80].strip() or 'nothing'}",
            where=where,
            mend="The first line of an .nlp file is token|speaker|ts|endTs|punctuation|…",
        )
    short: list[int] = []
    tokens = list(_tokens(rows[1:], header, short))
    if not tokens:
        raise EmptySourceError("there are no tokens in this file", where=where, mend="Leave it out.")
    told = f"{len(short)} lines with fewer columns than the header, first in line {short[0]}" if short else ""
    return Content((Page(None, tuple(_lines(tokens))),), attributed=True, warnings=(told,) if told else ())


def _tokens(rows: Sequence[str], header: Sequence[str], short: list[int]) -> Iterator[_Token]:
    speaker = ""
    for number, row in enumerate(rows, 2):
        if not row.strip():
            continue
        cells = row.split("|")
        if len(cells) > len(header):  # The token itself holds the sign that parts columns.
            more = len(cells) - len(header)
            at = header.index("token")
            cells[at : at + more + 1] = ["|".join(cells[at : at + more + 1])]
        elif len(cells) < len(header):
            short.append(number)
        cell = dict(zip(header, (each.strip() for each in cells), strict=False))
        speaker = cell.get("speaker") or speaker
        after = cell.get("punctuation", "")
        start, end = clock_of(cell.get("ts")), clock_of(cell.get("endts"))
        text = cell.get("prepunctuation", "") + cell["token"] + after
        if text:
            span = TimeSpan(start.number, end.number if end and end.number >= start.number else None) if start else None
            yield _Token(number, speaker, text, after[-1:] != "" and after[-1:] in _SENTENCE_ENDS, span)


def _lines(tokens: Sequence[_Token]) -> Iterator[Line]:
    for speaker, turn in groupby(tokens, key=lambda token: token.speaker):
        first = True
        sentence: list[_Token] = []
        said = list(turn)
        name = named(speaker)
        kind = NonSpeechKind.SPEAKER_LINE
        yield Line(said[0].number, speaker, kind, person=Person(name), time=said[0].time)
        for token in said:
            sentence.append(token)
            if token.ends_sentence or token is said[-1]:
                times = [each.time for each in sentence if each.time]
                time = TimeSpan(times[0].start, times[-1].end) if times else None
                yield Line(sentence[0].number, " ".join(each.text for each in sentence), continues=not first, time=time)
                first, sentence = False, []
