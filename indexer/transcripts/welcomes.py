"""The welcome: what is said first, and of it the clauses that say what one is welcome to.

What is said later names other calls, other companies and other days, and is not looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.transcripts.dates import half_width
from indexer.transcripts.place import CALL_WORDS, Place, Where

if TYPE_CHECKING:
    from indexer.transcripts.turns import Reading, Speech

_WELCOME = re.compile(
    r"(?:welcome|welcoming)\s+(?:(?:everyone|you(?: all)?|all of you)\s+)?(?:back\s+)?to\b"
    r"|(?:thank you|thanks) for (?:joining|attending)(?:\s+us)?(?:\s+today)?(?:\s+for|\s+on)?"
    r"|(?:thank you|thanks) for standing by for\b"
    r"|\bjoin(?:ing)?\s+us(?:\s+today)?\s+(?:for|on|in)\b|\bthis is the\b"
    r"|(?:欢迎|歡迎|感谢|感謝)[^，。,！!]{0,16}?(?:参加|參加|参与|參與|出席|收听|收聽|来到|來到|加入|莅临|蒞臨|接入)"
    r"(?:由|本次|今天的|今日的|我们的)?",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"[。！？!?；;]|\.(?=\s+[A-Z\[]|\s*$)|，|,\s+(?=and\s|my\s|I\s)")
_LONGEST_CLAUSE = 160
_LONGEST_WELCOME = 3000
_TURNS_OF_WELCOME = 3
_SPEECHES_OF_WELCOME = 8


def openings(reading: Reading) -> tuple[Speech, ...]:
    """Return what is said first: the operator's and the host's welcome."""
    speeches = [speech for turn in reading.turns[:_TURNS_OF_WELCOME] for speech in turn.speeches]
    return tuple(speeches[:_SPEECHES_OF_WELCOME])


def welcomes(reading: Reading) -> list[Place]:
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
