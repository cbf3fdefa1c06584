"""Subtitles (srt, vtt, sbv): cues to lines with their times and, where the file names them, their speakers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.errors import DamagedSourceError, EmptySourceError
from indexer.model import Content, Line, NonSpeechKind, Page, Person
from indexer.sources.decode import decode
from indexer.sources.line_ends import LINE_END
from indexer.sources.subtitles_blocks import read_blocks
from indexer.sources.subtitles_copied import copied_cues
from indexer.sources.subtitles_labels import Manner, find_manner
from indexer.sources.subtitles_markup import Words, read_markup
from indexer.sources.subtitles_rolling import repeated_lines, repeated_units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.model import TimeSpan
    from indexer.sources.subtitles_blocks import Cue

_SPEAKER_CHANGE = re.compile(r"(?<!\S)(?=>{2,})")
_WEBEX = re.compile(r"\s*\d+\s+[\"“](?P<name>[^\"“”]{1,100})[\"”]\s*(?:\(\d+\))?\s*")
_NOBODY = Person("")


def read_srt(data: bytes, where: str) -> Content:
    """Return the content of a SubRip file: see `_read`."""
    return _read(data, where, "srt")


def read_vtt(data: bytes, where: str) -> Content:
    """Return the content of a WebVTT file: see `_read`."""
    return _read(data, where, "vtt")


def read_sbv(data: bytes, where: str) -> Content:
    """Return the content of a SubViewer file as YouTube writes it: see `_read`."""
    return _read(data, where, "sbv")


def read_copied(lines: Sequence[str]) -> Content | None:
    """Return the content of captions that were copied into a text file, or None where the lines are anything else."""
    found = copied_cues(lines)
    if found is None:
        return None
    above, cues = found
    captions = _without_repeats([_caption(cue) for cue in cues])
    return Content((Page(None, (*above, *_spoken(captions))),), attributed=True)


def _read(data: bytes, where: str, name: str) -> Content:
    """Return the content of a subtitle file: the words of each cue a line, with the time of the cue.

    Cues of one speaker go on one paragraph. Voices (`<v Name>`) and the labels that the file shows again and again
    become speaker lines; a file without any is spoken by somebody unknown. What a rolling caption repeats is a
    line of the kind REPEAT, and tags, numbers and notes are lines of the kind SYNTAX: only the order of tags within
    their line is lost. Raises UndecodableTextError, EmptySourceError, and DamagedSourceError when no line has times.
    """
    text = decode(data, where)
    if not text.strip():
        raise EmptySourceError("there is no text in this file", where=where, mend="Leave it out.")
    read = read_blocks(LINE_END.split(text), name)
    if not any(cue.time for cue in read.cues):
        raise DamagedSourceError(
            "no line in it gives the times of a cue, as in 00:00:01,000 --> 00:00:03,000",
            where=where,
            mend="If it is plain text, rename it to end in .txt.",
        )
    captions = [_caption(cue) for cue in read.cues]
    if not _names_by_tags(captions):
        captions = _without_repeats(captions)
    if not any(run.words.text for caption in captions for run in caption.runs):
        raise EmptySourceError("its cues have no words", where=where, mend="Leave it out.")
    lines = (*read.header, *_spoken(captions))
    return Content((Page(None, lines),), read.fields, attributed=True, warnings=read.warnings)


@dataclass(frozen=True, slots=True)
class _Run:
    """Words in line `number`; `repeated` are those at their head that the cue before showed already."""

    number: int
    words: Words
    repeated: str = ""


@dataclass(frozen=True, slots=True)
class _Caption:
    marks: tuple[Line, ...]
    runs: tuple[_Run, ...]
    time: TimeSpan | None


def _caption(cue: Cue) -> _Caption:
    runs = [_Run(line.number, words) for line in cue.lines for words in read_markup(line.text)]
    return _Caption(cue.marks, tuple(part for run in runs for part in _parted(run)), cue.time)


def _parted(run: _Run) -> Iterator[_Run]:
    """Part a run where ">>" tells that somebody else goes on in the same line."""
    first, *others = [piece for piece in _SPEAKER_CHANGE.split(run.words.text) if piece.strip()] or [""]
    words = run.words
    yield _Run(run.number, Words(first.strip(), words.syntax, words.voice, words.name))
    for piece in others:
        yield _Run(run.number, Words(piece.strip()))


def _without_repeats(captions: Sequence[_Caption]) -> list[_Caption]:
    """Mark what rolling captions show again: whole lines where the file rolls by lines, else words."""
    times = [caption.time for caption in captions]
    shown = [tuple(run.words.text for run in caption.runs if run.words.text) for caption in captions]
    counts = repeated_lines([tuple(line.lstrip("->– ") for line in lines) for lines in shown], times)
    if any(counts):
        ends = [sum(map(len, lines[:count])) for lines, count in zip(shown, counts, strict=True)]
        glue = ""
    else:
        ends = list(repeated_units([" ".join(lines) for lines in shown], times))
        glue = " "
    return [_cut(caption, end, glue) for caption, end in zip(captions, ends, strict=True)]


def _cut(caption: _Caption, end: int, glue: str) -> _Caption:
    """Take the first `end` characters of the words of a caption, joined by `glue`, for repeated."""
    runs: list[_Run] = []
    for run in caption.runs:
        text = run.words.text
        taken = min(end, len(text))
        end = max(0, end - len(text) - (len(glue) if text else 0))
        kept = Words(text[taken:].strip(), run.words.syntax, run.words.voice, run.words.name)
        runs.append(_Run(run.number, kept, text[:taken].strip()))
    return _Caption(caption.marks, tuple(runs), caption.time)


def _spoken(captions: Sequence[_Caption]) -> Iterator[Line]:
    """Yield the lines of the captions with their speakers."""
    manner = find_manner([[run.words.text for run in caption.runs if run.words.text] for caption in captions])
    if _names_by_tags(captions):
        manner = Manner(frozenset(), dashes=False, each=True, voices=True)
    speaker: str | None = None
    goes_on = False
    for caption in captions:
        marks, speaker, goes_on = _announced(caption, manner, speaker, goes_on=goes_on)
        yield from marks
        for run in caption.runs:
            if run.repeated:
                yield Line(run.number, run.repeated, NonSpeechKind.REPEAT)
            opening = manner.reads(run.words.text)
            if sign := " ".join(filter(None, (run.words.voice, opening.change, opening.label))):
                said = run.words.name or opening.name
                goes_on = bool(said) and said == speaker
                speaker = said or None
                yield _sign(run.number, sign, said, caption.time, goes_on=goes_on, named=manner.names_people)
            if run.words.syntax:
                yield Line(run.number, run.words.syntax, NonSpeechKind.SYNTAX)
            if opening.words:
                yield Line(run.number, opening.words, continues=goes_on, time=caption.time)
                goes_on = True


def _names_by_tags(captions: Sequence[_Caption]) -> bool:
    """Whether voices, or the names of cues, name the speakers."""
    return any(run.words.voice for caption in captions for run in caption.runs) or any(map(_identified, captions))


def _announced(
    caption: _Caption, manner: Manner, speaker: str | None, *, goes_on: bool
) -> tuple[list[Line], str | None, bool]:
    """Return the marks of a caption, who speaks after them, and whether that goes on the paragraph above."""
    lines: list[Line] = []
    nameless = manner.each and speaker is not None and not _names_someone(caption, manner)
    for mark in caption.marks:
        if nameless and mark.kind is NonSpeechKind.TIME_MARK:
            speaker, goes_on = None, False
            lines.append(replace(mark, person=_NOBODY, time=caption.time))
        elif said := _named_by(mark):
            goes_on, speaker = said == speaker, said
            lines.append(_sign(mark.number, mark.text, said, caption.time, goes_on=goes_on, named=True))
        else:
            lines.append(mark)
    return lines, speaker, goes_on


def _sign(number: int, sign: str, said: str, time: TimeSpan | None, *, goes_on: bool, named: bool) -> Line:
    """Return the line for what announces a speaker: one who `goes_on`, another, or somebody whom nothing names."""
    if said:
        person = None if goes_on else Person(said)
        return Line(number, sign, NonSpeechKind.SPEAKER_LINE, person=person, time=time)
    return Line(number, sign, NonSpeechKind.SYNTAX, person=_NOBODY if named else None, time=time)


def _names_someone(caption: _Caption, manner: Manner) -> bool:
    """Whether the first words of a caption, if it has any, come with the name of their speaker."""
    first = next((run.words for run in caption.runs if run.words.text), None)
    return first is None or bool(first.voice or manner.reads(first.text).name or _identified(caption))


def _identified(caption: _Caption) -> bool:
    return any(map(_named_by, caption.marks))


def _named_by(mark: Line) -> str:
    """Return whom the name of a cue names, as Webex has it: 12 "Jane Roe" (34567)."""
    found = _WEBEX.fullmatch(mark.text) if mark.kind is NonSpeechKind.SYNTAX else None
    return " ".join(found["name"].split()) if found else ""
