"""Divides what somebody said at length into passages that can be read, searched and quoted.

A paragraph as people write them stays whole. A longer one is divided at sentence ends into pieces of about the same
length. Text whose paragraphs are lost (subtitles, speech recognition, a whole speech on one line) is divided where
its topic changes: the places are scored as by TextTiling (tiling.py), and dynamic programming takes the best of them
that leave pieces of the wanted length. Where there are no sentence ends, lines, pauses and the words that open a new
thought tell where to cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from indexer.text.sentences import sentence_spans
from indexer.transcripts.tiling import depths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.transcripts.line_starts import LineStart

HAN_CHARACTERS = 400
ENGLISH_WORDS = 250
"""A passage of the full length has so many Han characters, or so many words, or a mixture that comes to the same."""

_LONGEST = 1.2  # Lengths are in full passages. "About": a little over is better than a scrap by itself.
_SHORTEST = 0.3
_TOPICAL = 3.0  # Nobody writes paragraphs as long as this; the source has lost them.
_WANTED = 0.65
_COARSEST_UNIT = 0.25
_FINEST_UNIT = 0.05
_LONGEST_WORD = 30  # Letters; a longer run without a blank is counted as several words.
_PAUSE = 1.5  # Seconds of silence that part thoughts.

_KANA_HANGUL = "\u3040-\u30ff\uac00-\ud7af"
_IDEOGRAPH = re.compile(rf"[{HAN}{_KANA_HANGUL}]")
_WORD = re.compile(rf"[^\W_{HAN}{_KANA_HANGUL}]+(?:['’.,-][^\W_{HAN}{_KANA_HANGUL}]+)*")
_COUNTED = re.compile(f"{_IDEOGRAPH.pattern}|{_WORD.pattern}")
_CLAUSE_END = re.compile(
    rf"[，、；：—–]+[”’」』）)\]】\"']*\s*|[,;:]+[”’」』）)\]】\"']*(?:\s+|(?=[{HAN}]))|\s+[-–—]+\s+"
)
_OPENERS_ZH = (
    "接下来|接下來|下面|那么|那麼|另外|此外|第[一二三四五六七八九十]|首先|其次|最后|最後|然后|然後|再来|再來|我们来看"
    "|我們來看"
    "|至于|至於|关于|關於|说到|說到|除了|与此同时|與此同時|总之|總之|回到|所以|因此|不过|不過|但是|现在|現在|今天"
)
_OPENERS_EN = (
    r"(?:and (?:so|then|now)|so (?:i|we|you|they|he|she|it|this|that|the|if|now|let|what|when|in|here)|now|next|okay"
    r"|ok|all right|alright|well|let's|let us|let me|first|second|third|finally|lastly"
    r"|moving on|turning to|another|the (?:first|second|third|next|last) (?:thing|one|part)|ladies and gentlemen)\b"
)
_OPENS_A_THOUGHT = re.compile(rf"(?<!\w){_OPENERS_EN}|{_OPENERS_ZH}", re.IGNORECASE)

_INK = re.compile(r"\S")

# What a cut costs by the place where it is made; an even distribution of lengths is worth about 1.
_AT_SENTENCE = 0.0
_AT_LINE = 0.5
_AT_OPENER = 1.3
_AT_CLAUSE = 1.5
_AT_WORD = 4.0
_FOR_A_PAUSE = -0.5
_FOR_A_NEW_THOUGHT = -0.3


@dataclass(frozen=True, slots=True)
class _Unit:
    """A piece of text that is not cut: text[start:end], its length in passages, and what a cut behind it costs."""

    start: int
    end: int
    length: float
    cost: float


def length_of(text: str) -> float:
    """Return how many passages of the full length the text would fill."""
    words = _WORD.findall(text)
    longer = sum(len(word) // _LONGEST_WORD * 5 - 1 for word in words if len(word) >= _LONGEST_WORD)
    return len(_IDEOGRAPH.findall(text)) / HAN_CHARACTERS + (len(words) + longer) / ENGLISH_WORDS


def passage_spans(text: str, starts: Sequence[LineStart] = ()) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) code points of the passages of a paragraph, in order.

    The spans hold every non-blank character once. `starts` tells where the lines of the source begin.
    """
    if len(text) <= HAN_CHARACTERS or (total := length_of(text)) <= 1:
        return ((0, len(text)),)
    units = _units(text, starts)
    cuts = [unit.cost for unit in units]
    if total > _TOPICAL:
        wanted = _WANTED
        scores = depths([text[unit.start : unit.end] for unit in units], [unit.length for unit in units])
        cuts = [cost - score for cost, score in zip(cuts, [*scores, 0.0], strict=True)]
    else:
        wanted = total / -(-total // 0.95)
    ends = _best_ends([unit.length for unit in units], cuts, wanted)
    return tuple((units[first].start, units[end - 1].end) for first, end in pairwise([0, *ends]))


def _best_ends(lengths: Sequence[float], cuts: Sequence[float], wanted: float) -> list[int]:
    """Return where the pieces end, as counts of units, so that lengths and cuts cost least together."""
    best = [0.0] + [float("inf")] * len(lengths)
    origin = [0] * (len(lengths) + 1)
    for end in range(1, len(lengths) + 1):
        length = 0.0
        for first in range(end - 1, -1, -1):
            length += lengths[first]
            if length > _LONGEST and first < end - 1:
                break
            cost = best[first] + _misfit(length, wanted) + (cuts[first - 1] if first else 0.0)
            if cost < best[end]:
                best[end], origin[end] = cost, first
    ends = [len(lengths)]
    while origin[ends[-1]]:
        ends.append(origin[ends[-1]])
    return ends[::-1]


def _misfit(length: float, wanted: float) -> float:
    """Return what it costs that a piece is not as long as wanted, and more so when it is too long or a scrap."""
    too_long, too_short = max(0.0, length - 1), max(0.0, _SHORTEST - length)
    return ((length - wanted) / wanted) ** 2 + 15 * too_long + 12 * too_short


def _units(text: str, starts: Sequence[LineStart]) -> list[_Unit]:
    """Divide the text into units: sentences, and where one is too long for a passage, smaller pieces of it."""
    places: list[tuple[int, float]] = []
    for _, end in sentence_spans(text):
        begin = places[-1][0] if places else 0
        places += [*_within(text, begin, end, starts), (end, _AT_SENTENCE)]
    pauses = _pauses(starts)
    units: list[_Unit] = []
    begin = 0
    for end, cost in places:
        piece = text[begin:end]
        if not piece.strip():
            continue
        first = begin + len(piece) - len(piece.lstrip())
        last = first + len(piece.strip())
        after = _INK.search(text, end)
        length, price = length_of(piece), cost
        if after and after.start() in pauses:
            price += _FOR_A_PAUSE
        if after and _OPENS_A_THOUGHT.match(text, after.start()):
            price += _FOR_A_NEW_THOUGHT
        if units and units[-1].length + length <= _FINEST_UNIT and units[-1].cost >= price > 0:
            before = units.pop()
            first, length = before.start, length + before.length
        units.append(_Unit(first, last, length, price))
        begin = end
    return units


def _within(text: str, begin: int, end: int, starts: Sequence[LineStart]) -> Iterator[tuple[int, float]]:
    """Yield places to cut a sentence that is longer than a passage, and what each costs, in order."""
    if length_of(text[begin:end]) <= 1:
        return
    lines = [start.offset for start in starts if begin < start.offset < end]
    for first, last in pairwise([begin, *lines, end]):
        inner: dict[int, float] = {}
        if length_of(text[first:last]) > _COARSEST_UNIT:
            inner |= dict.fromkeys(
                (match.start() for match in _OPENS_A_THOUGHT.finditer(text, first, last)), _AT_OPENER
            )
            inner |= dict.fromkeys((match.end() for match in _CLAUSE_END.finditer(text, first, last)), _AT_CLAUSE)
        stops = sorted(place for place in inner if first < place < last)
        for start, stop in pairwise([first, *stops, last]):
            yield from ((place, _AT_WORD) for place in _word_places(text, start, stop))
            if stop != last:
                yield stop, inner[stop]
        if last != end:
            yield last, _AT_LINE


def _word_places(text: str, begin: int, end: int) -> Iterator[int]:
    """Yield places between words so that no piece is much longer than the coarsest unit."""
    length = 0.0
    for match in _COUNTED.finditer(text, begin, end):
        weight = length_of(match.group())
        if length and length + weight > _COARSEST_UNIT:
            yield match.start()
            length = 0.0
        length += weight


def _pauses(starts: Sequence[LineStart]) -> frozenset[int]:
    """Return where lines begin before which nobody spoke for a while."""
    return frozenset(
        after.offset
        for before, after in pairwise(starts)
        if before.time and after.time and before.time.end is not None
        if after.time.start - before.time.end >= _PAUSE
    )
