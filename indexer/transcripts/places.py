"""The places of a file that may name the call: running heads, the lines above the first speaker, the welcome.

What is said later names other calls, other companies and other days, and is not looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from indexer.model import NonSpeechKind
from indexer.transcripts.dates import find_dates, is_date_line
from indexer.transcripts.place import LONGEST_TEXT, WIDEST_TITLE, Place, Where, names_call
from indexer.transcripts.script import ends_in_firm, ends_sentence, width
from indexer.transcripts.sections import section_of_heading
from indexer.transcripts.tickers import find_tickers
from indexer.transcripts.welcomes import welcomes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from indexer.model import LineSpan, NonSpeech, Source
    from indexer.transcripts.turns import Reading

_DIGITS = re.compile(r"\d+")
_WIDE_GAP = re.compile(r"[ \t\u3000]{4,}")
_ANNOUNCES = re.compile(r"发布|發布|公布|公佈|披露|\b(?:reported|announced|released|posted)\b", re.IGNORECASE)
_MOST_PIECES = 40
_WIDEST_LINE = 60
_FIRST_LINES = 12
_LINES_OF_TAIL = 4
_APART = {
    NonSpeechKind.PARTICIPANTS,
    NonSpeechKind.SPEAKER_LINE,
    NonSpeechKind.FRONT_MATTER,
    NonSpeechKind.SYNTAX,
    NonSpeechKind.TIME_MARK,
    NonSpeechKind.PAGE_NUMBER,
    NonSpeechKind.RUNNING_HEAD,
    NonSpeechKind.DELIVERY_MARK,
}


def find_places(source: Source, reading: Reading, non_speech: Sequence[NonSpeech]) -> tuple[Place, ...]:
    """Return the places of a file in the order in which they are believed.

    `non_speech` has all pieces of the file that nobody spoke, `reading` what was said.
    """
    near = _near(source, reading, non_speech)
    titles = [place for place in near if place.where in {Where.TITLE_LINE, Where.TITLE}]
    others = [place for place in near if place.where not in {Where.TITLE_LINE, Where.TITLE}]
    others += _other_first_lines(source, {place.line for place in near})
    given = source.content.fields.get("title") if source.content.attributed else None
    others += [Place(Where.HEAD, given, None)] if given else []
    return (*_running(non_speech), *titles, *others, *welcomes(reading), *_tail(reading, non_speech))


def _running(non_speech: Sequence[NonSpeech]) -> tuple[Place, ...]:
    """Return the running heads, each once: those with a date in them and those that do come back."""
    heads = [piece for piece in non_speech if piece.kind is NonSpeechKind.RUNNING_HEAD]
    shapes = Counter(_DIGITS.sub("0", piece.text) for piece in heads)
    found: dict[str, Place] = {}
    for piece in heads:
        if shapes[_DIGITS.sub("0", piece.text)] > 1 or find_dates(piece.text):
            for text in _WIDE_GAP.split(piece.text):
                found.setdefault(text, Place(Where.RUNNING_HEAD, text, piece.lines.first))
    return tuple(found.values())[:_MOST_PIECES]


def _near(source: Source, reading: Reading, non_speech: Sequence[NonSpeech]) -> list[Place]:
    """Return the lines above the first speaker, or where nobody is named, above the first sentence."""
    cue = next((piece.lines.first for piece in non_speech if piece.kind is NonSpeechKind.SPEAKER_LINE), None)
    spoken = [speech for turn in reading.turns if turn.cue is None for speech in turn.speeches[:_MOST_PIECES]]
    above = [piece for piece in non_speech if piece.kind not in _APART and (cue is None or piece.lines.first < cue)]
    pieces: list[tuple[LineSpan, str, NonSpeechKind | None]] = [(each.lines, each.text, each.kind) for each in above]
    pieces += [(speech.lines, speech.text, None) for speech in spoken if cue is None or speech.lines.first < cue]
    menus = _menus(source)
    pieces = [piece for piece in pieces if piece[0].first not in menus]
    found: list[Place] = []
    for lines, text, kind in sorted(pieces, key=lambda piece: piece[0].first)[:_MOST_PIECES]:
        line = lines.first
        if section_of_heading(text):
            break
        if kind is NonSpeechKind.SUMMARY:
            # A summary tells of many periods; what it announces first is what the call is on.
            if _ANNOUNCES.search(text[:LONGEST_TEXT]) and not any(place.where is Where.LEAD for place in found):
                found.append(Place(Where.LEAD, text[:LONGEST_TEXT], line))
            continue
        if kind is NonSpeechKind.TITLE:
            found += _lines_of(source, lines)
            found.append(Place(Where.TITLE, text, line))
        elif width(text) < _WIDEST_LINE and (ends_in_firm(text) or not ends_sentence(text)):
            found.append(Place(Where.HEAD, text, line))
        elif kind is None or kind in {NonSpeechKind.NAVIGATION, NonSpeechKind.HEADING}:
            found.append(Place(Where.LEAD, text[:LONGEST_TEXT], line))
            if cue is None and ends_sentence(text):
                break
    return found


def _menus(source: Source) -> frozenset[int]:
    """Return the lines above all content that a format tells to be navigation: hundreds, on some pages.

    What a format drops below the first line of content may be the subtitle of a page, or the day of the call.
    """
    menus: list[int] = []
    for line in (line for page in source.pages for line in page.lines if line.text.strip()):
        if line.kind is None:
            return frozenset(menus)
        if line.kind is NonSpeechKind.NAVIGATION:
            menus.append(line.number)
    return frozenset()


def _other_first_lines(source: Source, seen: AbstractSet[int | None]) -> list[Place]:
    """Return first lines that name a call and its period, its day or its ticker, whatever they were taken for.

    "Larkspur: First Quarter 2024 Earnings Call" is set like words behind a name.
    """
    lines = [line for page in source.pages[:2] for line in page.lines if line.kind is None and line.text.strip()]
    found: list[Place] = []
    for line in lines[:_FIRST_LINES]:
        place = Place(Where.HEAD, line.text.strip(), line.number)
        text = place.plain
        if section_of_heading(text):
            break
        fits = width(text) <= WIDEST_TITLE and not ends_sentence(text)
        if not fits or line.number in seen:
            continue
        if names_call(text) or is_date_line(text) or any(not ticker.bare for ticker in find_tickers(text)):
            found.append(place)
    return found


def _lines_of(source: Source, span: LineSpan) -> list[Place]:
    """Return the lines of a title that takes several: they may be the title and what stands around it."""
    if span.first == span.last:
        return []
    lines = [line for page in source.pages for line in page.lines if span.first <= line.number <= span.last]
    return [Place(Where.TITLE_LINE, line.text.strip(), line.number) for line in lines if line.text.strip()]


def _tail(reading: Reading, non_speech: Sequence[NonSpeech]) -> list[Place]:
    """Return the last lines of a file without speakers: letters and announcements end with their date."""
    if any(turn.cue for turn in reading.turns):
        return []
    speeches = [speech for turn in reading.turns for speech in turn.speeches]
    pieces = [(speech.lines.first, speech.text) for speech in speeches[-_LINES_OF_TAIL:]]
    pieces += [(piece.lines.first, piece.text) for piece in non_speech[-_LINES_OF_TAIL:] if piece.kind not in _APART]
    last = sorted(pieces, reverse=True)[:_LINES_OF_TAIL]
    return [Place(Where.TAIL, text, line) for line, text in last if width(text) < _WIDEST_LINE]
