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
from indexer.transcripts.dates import find_dates, half_width
from indexer.transcripts.script import close_han_gaps, ends_sentence, width
from indexer.transcripts.sections import section_of_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.model import NonSpeech
    from indexer.transcripts.turns import Reading, Speech

CALL_WORDS = re.compile(
    r"业绩|業績|财报|財報|电话会|電話會|说明会|說明會|法說會|法说会|发布会|發布會|交流会|交流會|股东大会|股東大會"
    r"|纪要|紀要|实录|實錄"
    r"|逐字稿|路演|调研|季报|季報|年报|年報|中报|中報|公告"
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
_SENTENCE_ENDS = re.compile(r"[。！？!?；;]|\.(?=\s+[A-Z\[]|\s*$)|，|,\s+(?=and\s|my\s|I\s)")
_MOST_PIECES = 40
_WIDEST_LINE = 60
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
    NonSpeechKind.SUMMARY,
    NonSpeechKind.DELIVERY_MARK,
}


class Where(Enum):
    """What kind of place it is: `HEAD` is any short line near the title, `LEAD` a sentence above the first speaker."""

    RUNNING_HEAD = Origin.RUNNING_HEAD
    TITLE = Origin.TITLE
    HEAD = "head"
    LEAD = "lead"
    WELCOME = "welcome"
    TAIL = "tail"

    @property
    def origin(self) -> Origin:
        """The origin of evidence that stands in such a place."""
        return self.value if isinstance(self.value, Origin) else Origin.TEXT


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of text that may name the call. `text` is verbatim, `line` where it begins in the file."""

    where: Where
    text: str
    line: int | None

    @property
    def plain(self) -> str:
        """The text without markup and blanks between Han characters, in half-width Latin and on one line."""
        return close_han_gaps(half_width(undecorated(self.text)))


def find_places(reading: Reading, non_speech: Sequence[NonSpeech]) -> tuple[Place, ...]:
    """Return the places of a file in the order in which they are believed.

    `non_speech` has all pieces of the file that nobody spoke, `reading` what was said.
    """
    running = _running(non_speech)
    near = _near(reading, non_speech)
    titles = [place for place in near if place.where is Where.TITLE]
    others = [place for place in near if place.where is not Where.TITLE]
    return (*running, *titles, *others, *_welcomes(reading), *_tail(reading))


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


def _near(reading: Reading, non_speech: Sequence[NonSpeech]) -> list[Place]:
    """Return the lines above the first speaker, or where nobody is named, above the first sentence."""
    cue = next((piece.lines.first for piece in non_speech if piece.kind is NonSpeechKind.SPEAKER_LINE), None)
    spoken = [speech for turn in reading.turns if turn.cue is None for speech in turn.speeches[:_MOST_PIECES]]
    above = [piece for piece in non_speech if piece.kind not in _APART and (cue is None or piece.lines.first < cue)]
    pieces: list[tuple[int, str, NonSpeechKind | None]] = [
        (piece.lines.first, piece.text, piece.kind) for piece in above
    ]
    pieces += [(speech.lines.first, speech.text, None) for speech in spoken if cue is None or speech.lines.first < cue]
    found: list[Place] = []
    for line, text, kind in sorted(pieces, key=lambda piece: piece[0])[:_MOST_PIECES]:
        if section_of_heading(text):
            break
        if kind is NonSpeechKind.TITLE:
            found.append(Place(Where.TITLE, text, line))
        elif width(text) < _WIDEST_LINE and not ends_sentence(text):
            found.append(Place(Where.HEAD, text, line))
        elif kind is None or kind in {NonSpeechKind.NAVIGATION, NonSpeechKind.HEADING}:
            found.append(Place(Where.LEAD, text[:_LONGEST_TEXT], line))
            if cue is None and ends_sentence(text):
                break
    return found


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


def _tail(reading: Reading) -> list[Place]:
    """Return the last lines of a file without speakers: letters and announcements end with their date."""
    if any(turn.cue for turn in reading.turns):
        return []
    speeches = [speech for turn in reading.turns for speech in turn.speeches][-_LINES_OF_TAIL:]
    return [
        Place(Where.TAIL, speech.text, speech.lines.first)
        for speech in reversed(speeches)
        if width(speech.text) < _WIDEST_LINE
    ]
