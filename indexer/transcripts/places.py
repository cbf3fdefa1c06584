"""The places of a file that may name the call: running heads, the lines above the first speaker, the welcome.

What is said later names other calls, other companies and other days, and is not looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from indexer.model import NonSpeechKind, Origin
from indexer.transcripts.cues import undecorated
from indexer.transcripts.dates import find_dates, half_width, is_date_line
from indexer.transcripts.periods import find_periods
from indexer.transcripts.script import close_han_gaps, ends_sentence, width
from indexer.transcripts.sections import section_of_heading
from indexer.transcripts.tickers import find_tickers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from indexer.model import LineSpan, NonSpeech, Source
    from indexer.transcripts.turns import Reading, Speech

CALL_WORDS = re.compile(
    r"业绩|業績|财报|財報|电话会|電話會|说明会|說明會|法說會|法说会|发布会|發布會|交流会|交流會|股东大会|股東大會"
    r"|纪要|紀要|实录|實錄"
    r"|逐字稿|路演|调研|投资者关系活动|交流|季报|季報|年报|年報|中报|中報|公告"
    r"|earnings|results|conference|\bcall\b|concall|webcast|transcript|investor (?:day|meeting)|annual general",
    re.IGNORECASE,
)
"""Words that tell that a line names a call, and not only a company or a quarter."""

_DIGITS = re.compile(r"\d+")
_WIDE_GAP = re.compile(r"[ \t\u3000]{4,}")
_WELCOME = re.compile(
    r"(?:welcome|welcoming)\s+(?:(?:everyone|you(?: all)?|all of you)\s+)?(?:back\s+)?to\b"
    r"|(?:thank you|thanks) for (?:joining|attending)(?:\s+us)?(?:\s+today)?(?:\s+for|\s+on)?"
    r"|\bjoin(?:ing)?\s+us(?:\s+today)?\s+(?:for|on|in)\b|\bthis is the\b"
    r"|(?:欢迎|歡迎|感谢|感謝)[^，。,！!]{0,16}?(?:参加|參加|参与|參與|出席|收听|收聽|来到|來到|加入|莅临|蒞臨|接入)"
    r"(?:由|本次|今天的|今日的|我们的)?",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(r"发布|發布|公布|公佈|披露|\b(?:reported|announced|released|posted)\b", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[。！？!?；;]|\.(?=\s+[A-Z\[]|\s*$)|，|,\s+(?=and\s|my\s|I\s)")
_MOST_PIECES = 40
_WIDEST_LINE = 60
_WIDEST_TITLE = 140
_FIRST_LINES = 12
_LONGEST_TEXT = 300
_LONGEST_CLAUSE = 160
_LONGEST_WELCOME = 3000
_TURNS_OF_WELCOME = 3
_SPEECHES_OF_WELCOME = 8
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


class Where(Enum):
    """What kind of place it is.

    `TITLE_LINE` is a line of a title that takes several, `HEAD` any short line near the title, `LEAD` a sentence
    above the first speaker, `TAIL` a last line of a file without speakers.
    """

    RUNNING_HEAD = "running head"
    TITLE_LINE = "title line"
    TITLE = "title"
    HEAD = "head"
    LEAD = "lead"
    WELCOME = "welcome"
    TAIL = "tail"

    @property
    def origin(self) -> Origin:
        """The origin of evidence that stands in such a place."""
        if self is Where.RUNNING_HEAD:
            return Origin.RUNNING_HEAD
        return Origin.TITLE if self in {Where.TITLE, Where.TITLE_LINE} else Origin.TEXT


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of text that may name the call. `text` is verbatim, `line` where it begins in the file."""

    where: Where
    text: str
    line: int | None

    @property
    def plain(self) -> str:
        """The text without markup and blanks between Han characters, in half-width Latin and on one line."""
        return close_han_gaps(half_width(undecorated(self.text[:_LONGEST_TEXT]).replace("**", "").replace("__", "")))


def find_places(source: Source, reading: Reading, non_speech: Sequence[NonSpeech]) -> tuple[Place, ...]:
    """Return the places of a file in the order in which they are believed.

    `non_speech` has all pieces of the file that nobody spoke, `reading` what was said.
    """
    near = _near(source, reading, non_speech)
    titles = [place for place in near if place.where in {Where.TITLE_LINE, Where.TITLE}]
    others = [place for place in near if place.where not in {Where.TITLE_LINE, Where.TITLE}]
    others += _other_first_lines(source, {place.line for place in near})
    return (*_running(non_speech), *titles, *others, *_welcomes(reading), *_tail(reading, non_speech))


def names_call(text: str) -> bool:
    """Whether the text is one line that names a call and its period."""
    fits = width(text) <= _WIDEST_TITLE and "\n" not in text and not ends_sentence(text)
    return fits and bool(CALL_WORDS.search(text) and find_periods(text))


def openings(reading: Reading) -> tuple[Speech, ...]:
    """Return what is said first: the operator's and the host's welcome."""
    speeches = [speech for turn in reading.turns[:_TURNS_OF_WELCOME] for speech in turn.speeches]
    return tuple(speeches[:_SPEECHES_OF_WELCOME])


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
            if _ANNOUNCES.search(text[:_LONGEST_TEXT]) and not any(place.where is Where.LEAD for place in found):
                found.append(Place(Where.LEAD, text[:_LONGEST_TEXT], line))
            continue
        if kind is NonSpeechKind.TITLE:
            found += _lines_of(source, lines)
            found.append(Place(Where.TITLE, text, line))
        elif width(text) < _WIDEST_LINE and not ends_sentence(text):
            found.append(Place(Where.HEAD, text, line))
        elif kind is None or kind in {NonSpeechKind.NAVIGATION, NonSpeechKind.HEADING}:
            found.append(Place(Where.LEAD, text[:_LONGEST_TEXT], line))
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
        fits = width(text) <= _WIDEST_TITLE and not ends_sentence(text)
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


def _welcomes(reading: Reading) -> list[Place]:
    """Return, of what is said first, the clauses that say what one is welcome to."""
    found: list[Place] = []
    length = 0
    for speech in openings(reading):
        text = half_width(speech.text)
        for match in _WELCOME.finditer(text):
            ends = _clause_end(text, match.end())
            clause = speech.text[match.end() : ends].strip()
            if clause:
                found.append(Place(Where.WELCOME, clause, speech.lines.first))
        length += len(text)
        if length > _LONGEST_WELCOME:
            break
    return found


def _clause_end(text: str, start: int) -> int:
    """Return where a clause ends: not at the full stop of "Inc." before the name of a quarter."""
    for match in _SENTENCE_ENDS.finditer(text, start):
        abbreviated = re.search(
            r"\b(?:Inc|Corp|Co|Ltd|Plc|plc|L\.P|N\.V|S\.A|S\.p\.A|Bros|St|Mr|Dr)$", text[: match.start()]
        )
        if not (match.group() == "." and abbreviated and CALL_WORDS.search(text[match.end() : match.end() + 60])):
            return min(match.start(), start + _LONGEST_CLAUSE)
    return min(len(text), start + _LONGEST_CLAUSE)


def _tail(reading: Reading, non_speech: Sequence[NonSpeech]) -> list[Place]:
    """Return the last lines of a file without speakers: letters and announcements end with their date."""
    if any(turn.cue for turn in reading.turns):
        return []
    speeches = [speech for turn in reading.turns for speech in turn.speeches]
    pieces = [(speech.lines.first, speech.text) for speech in speeches[-_LINES_OF_TAIL:]]
    pieces += [(piece.lines.first, piece.text) for piece in non_speech[-_LINES_OF_TAIL:] if piece.kind not in _APART]
    last = sorted(pieces, reverse=True)[:_LINES_OF_TAIL]
    return [Place(Where.TAIL, text, line) for line, text in last if width(text) < _WIDEST_LINE]
