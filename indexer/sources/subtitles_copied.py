"""Captions copied out of a player: a line with a time, a line of words, and so on, as YouTube shows them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.model import Line, NonSpeechKind, TimeSpan
from indexer.sources.subtitles_blocks import Cue

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLOCK = re.compile(r"\s*(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d)\s*")
_SENTENCE = re.compile(r"[.!?。！？]\s*$")
_FEWEST = 10
_MOST_ABOVE = 4
_LONGEST = 120
_NEARLY_ALL = 0.9
_HALF = 0.5


def copied_cues(lines: Sequence[str]) -> tuple[tuple[Line, ...], tuple[Cue, ...]] | None:
    """Return what stands above the captions and their cues, or None where the lines are anything else.

    Times go up, below nearly each of them stands one short line, and most of these lines end in mid-sentence: talk that
    somebody wrote down has sentences, and names above or below the times.
    """
    filled = [(number, text) for number, text in enumerate(lines, 1) if text.strip()]
    times = [at for at, (_, text) in enumerate(filled) if _CLOCK.fullmatch(text)]
    if len(times) < _FEWEST or times[0] > _MOST_ABOVE:
        return None
    starts = [_seconds(filled[at][1]) for at in times]
    words = [text for _, text in filled[times[0] :] if not _CLOCK.fullmatch(text)]
    single = sum(after - before == 2 for before, after in pairwise((*times, len(filled))))  # noqa: PLR2004 - time, words
    unfinished = sum(not _SENTENCE.search(text) for text in words)
    short = sum(len(text) <= _LONGEST for text in words)
    if single < _NEARLY_ALL * len(times) or unfinished < _HALF * len(words) or short < _NEARLY_ALL * len(words):
        return None
    if any(after < before for before, after in pairwise(starts)):
        return None
    above = tuple(Line(number, text, NonSpeechKind.FRONT_MATTER) for number, text in filled[: times[0]])
    cues = []
    for at, end, start in zip(times, (*times[1:], len(filled)), starts, strict=True):
        mark = Line(*filled[at], NonSpeechKind.TIME_MARK)
        cues.append(Cue((mark,), tuple(Line(*piece) for piece in filled[at + 1 : end]), TimeSpan(start)))
    return above, tuple(cues)


def _seconds(text: str) -> float:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return 0.0
    return float(int(match["hours"] or 0) * 3600 + int(match["minutes"]) * 60 + int(match["seconds"]))
