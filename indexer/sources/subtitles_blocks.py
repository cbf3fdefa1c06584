"""Subtitle files to cues: which lines are times, numbers, notes and headers, and which are words.

SubRip (srt), WebVTT (vtt) and SubViewer as YouTube writes it (sbv) differ in their signs alone. All are read by the
one line that nothing else looks like, the line of times, so that a missing blank line, wrong numbers, a comma for a
dot or missing hours do no harm. Source for WebVTT: W3C, "WebVTT: The Web Video Text Tracks Format" (2019).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.model import Line, NonSpeechKind, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CLOCK = r"(?:\d{1,4}\s*[:：]\s*)?\d{1,3}\s*[:：]\s*\d{1,2}(?:\s*[.,，:]\s*\d{1,6})?"
_ARROW = re.compile(rf"\s*(?P<start>{_CLOCK})\s*(?:-+\s*>+|[→⟶])\s*(?P<end>{_CLOCK})(?P<settings>(?:\s+\S.*)?)")
_COMMA = re.compile(rf"\s*(?P<start>{_CLOCK})\s*,\s*(?P<end>{_CLOCK})\s*")
_BROKEN_TIMES = re.compile(r"\s*(?:[\w:.,]*:[\w:.,]*\s*-->.*|-->\s*[\w:.,]*:[\w:.,]*.*)")
_NUMBERS = re.compile(r"\d+")
_NUMBER_LINE = re.compile(r"\s*#?\d{1,7}\s*")
_LANGUAGE = re.compile(r"(?:NOTE\s+)?language\s*:\s*(?P<language>[A-Za-z]{2,3}(?:-\w+)*)\s*", re.IGNORECASE)
_HALF = 0.5
_LONGEST_TIMES = 300


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that are shown at one time. `lines` are the lines of words, verbatim; `marks` all that announces them."""

    marks: tuple[Line, ...]
    lines: tuple[Line, ...]
    time: TimeSpan | None


@dataclass(frozen=True, slots=True)
class Subtitles:
    """A subtitle file: what stands above its cues, the cues, and what was odd. `fields` is what the header tells."""

    header: tuple[Line, ...]
    cues: tuple[Cue, ...]
    fields: Mapping[str, str]
    warnings: tuple[str, ...]


def read_blocks(lines: Sequence[str], name: str) -> Subtitles:
    """Return the cues of a file that was split into lines; `name` is its format: srt, vtt or sbv.

    Every line that is not blank is in the header, or in the marks or the lines of a cue.
    """
    timings = {index: timing for index, line in enumerate(lines) if (timing := _timing(line, name))}
    numbers = _number_lines(lines, timings, name)
    notes = _note_lines(lines, timings, name)
    first = min((*timings, *(index for index in numbers if index + 1 in timings)), default=len(lines))
    header: list[Line] = []
    cues: list[Cue] = []
    marks: list[Line] = []
    words: list[Line] = []
    time: TimeSpan | None = None
    for index, text in enumerate(lines):
        number = index + 1
        if index in timings or index in numbers or index in notes:
            if words:
                cues.append(Cue(tuple(marks), tuple(words), time))
                marks, words = [], []
            if index in timings:
                time = timings[index].span
            kind = NonSpeechKind.TIME_MARK if index in timings else NonSpeechKind.SYNTAX
            marks.append(Line(number, text, kind))
        elif index < first:
            kind = NonSpeechKind.SYNTAX if name == "vtt" else NonSpeechKind.FRONT_MATTER
            header.append(Line(number, text, kind))
        elif text:
            words.append(Line(number, text))
    if marks or words:
        cues.append(Cue(tuple(marks), tuple(words), time))
    told = (
        (match["language"].lower() for line in lines if (match := _LANGUAGE.fullmatch(line))) if name == "vtt" else ()
    )
    language = next(iter(told), None)
    warnings = _warnings(lines, timings, numbers, name)
    return Subtitles(tuple(header), tuple(cues), {"language": language} if language else {}, warnings)


@dataclass(frozen=True, slots=True)
class _Timing:
    """What a line of times says; `span` is None where it cannot be made out."""

    span: TimeSpan | None


def _timing(line: str, name: str) -> _Timing | None:
    if len(line) > _LONGEST_TIMES:
        return None
    match = _ARROW.fullmatch(line) or (_COMMA.fullmatch(line) if name == "sbv" else None)
    if match is None:
        return _Timing(None) if _BROKEN_TIMES.fullmatch(line) else None
    start, end = _seconds(match["start"]), _seconds(match["end"])
    return _Timing(TimeSpan(start, end if end >= start else None))


def _seconds(clock: str) -> float:
    """Return the seconds of hh:mm:ss.mmm, hh:mm:ss:mmm or mm:ss.mmm."""
    whole, *fraction = re.split(r"[.,，]", re.sub(r"\s+", "", clock).replace("：", ":"))
    parts = whole.split(":")
    if not fraction and len(parts) > 3:  # noqa: PLR2004 - hours, minutes, seconds and then their fraction
        fraction = [parts.pop()]
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds + (float(f"0.{fraction[0]}") if fraction else 0.0)


def _number_lines(lines: Sequence[str], timings: Mapping[int, _Timing], name: str) -> set[int]:
    """Return the indices of the lines that name a cue: right above its times.

    Right below other words, that is a number in a file whose cues are numbered. In srt every name is a number.
    """
    above = [index - 1 for index in timings if index and lines[index - 1].strip() and index - 1 not in timings]
    numbered = [index for index in above if _NUMBER_LINE.fullmatch(lines[index])]
    is_numbered = len(numbered) > _HALF * len(timings)
    found: set[int] = set()
    for index in above:
        is_number = _NUMBER_LINE.fullmatch(lines[index]) is not None
        parted = index == 0 or not lines[index - 1].strip() or index - 1 in timings
        if (is_number and (is_numbered or parted)) or (name == "vtt" and parted and index > 0):
            found.add(index)
    return found


def _note_lines(lines: Sequence[str], timings: Mapping[int, _Timing], name: str) -> set[int]:
    """Return the indices of the lines of comments and, above the first cue, of styles and regions."""
    found: set[int] = set()
    if name != "vtt":
        return found
    first = min(timings, default=len(lines))
    for index, line in enumerate(lines):
        begins = index > 0 and not lines[index - 1].strip()
        is_style = index < first and line.rstrip() in {"STYLE", "REGION"}
        if begins and (re.match(r"NOTE(?:\s|$)", line) or is_style):
            at = index
            while at < len(lines) and lines[at].strip() and at not in timings:
                found.add(at)
                at += 1
    return found


def _warnings(lines: Sequence[str], timings: Mapping[int, _Timing], numbers: set[int], name: str) -> tuple[str, ...]:
    """Say what was odd, each kind once, with the line where it begins."""
    order = sorted(timings)
    unread = [index for index in order if timings[index].span is None]
    turned = [index for index in order if (span := timings[index].span) and span.end is None]
    known = [(index, span.start) for index in order if (span := timings[index].span)]
    before = pairwise(known)
    late = [index for (_, start), (index, next_start) in before if next_start < start]
    stated = [
        (index, int(_NUMBERS.findall(lines[index])[0])) for index in sorted(numbers) if _numbers_alone(lines[index])
    ]
    skipped = [index for (_, count), (index, after) in pairwise(stated) if after != count + 1]
    tight = [i for i in order if i and name != "vtt" and _is_tight(lines, i, numbers)]
    found = (
        (unread, "cues whose times cannot be made out"),
        (turned, "cues that end before they begin"),
        (late, "cues that begin before the cue above them"),
        (skipped, "cue numbers that do not follow the one above"),
        (tight, "cues without a blank line above them"),
    )
    return tuple(f"{len(indices)} {what}, first in line {indices[0] + 1}" for indices, what in found if indices)


def _numbers_alone(line: str) -> bool:
    return _NUMBER_LINE.fullmatch(line) is not None


def _is_tight(lines: Sequence[str], timing: int, numbers: set[int]) -> bool:
    above = timing - 2 if timing - 1 in numbers else timing - 1
    return above >= 0 and bool(lines[above].strip())
