"""What a query wants of a person or firm that it names: what they asked, or what they said."""

from __future__ import annotations

import re
from enum import StrEnum


class Intent(StrEnum):
    """What is wanted of somebody."""

    NAMED = "named"
    ASKED = "asked"
    SAID = "said"


_PEOPLE = r"(?:\s?的?\s?(?:分析师|同事)|(?:['’]s)?\s+analysts?)?"
_ADVERBS = r"(?:是|都|又|还|当时|具体|主要|先后|今天|\s)*"
_ASKED_BEFORE = re.compile(
    r"(?:\basked\s+by|\bquestions?\s+(?:(?:was|were|is)\s+)?(?:\w+\s+)?(?:from|by|of))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ASKED_BEHIND = re.compile(
    rf"{_PEOPLE}{_ADVERBS}(?:的\s?(?:提问|问题|疑问|追问)|提问|提了|提出(?:了|的)?|追问|想问|想知道|关心|问)"
    rf"|{_PEOPLE}(?:['’]s?)?\s+(?:\w+\s+)?questions?\b|{_PEOPLE}\s+ask(?:s|ed|ing)?\b",
    re.IGNORECASE,
)
_ASKS = re.compile(rf"{_PEOPLE}\s+(?:want(?:ed|s)?\s+to\s+know|ask)", re.IGNORECASE)
_SAID_BEFORE = re.compile(
    r"(?:\baccording\s+to|\bquotes?\s+(?:from|by|of)|\bsaid\s+by|\bstatements?\s+(?:from|by))\s+$", re.IGNORECASE
)
_SAID_BEHIND = re.compile(
    rf"{_ADVERBS}(?:对.{{1,30}}?)?(?:怎么|如何|怎样)\s?(?:看待|看|说|讲|评价|评论|回答|回应|解释|谈|认为|理解|描述|展望)"
    rf"|{_ADVERBS}(?:说|讲|表示|认为|谈|提到|回答|回应|指出|强调|解释|透露)"
    r"|\s?(?:对|关于).{1,30}?的?(?:看法|观点|评论|态度|回答|解释|判断|展望)"
    r"|(?:['’]s?)?\s+(?:view|opinion|comment|remark|answer|statement|explanation|take|outlook)s?\b"
    r"|\s+(?:\w+ly\s+)?(?:say|said|says|saying|think|thinks|thought|comment(?:s|ed)?|mention(?:s|ed)?|talk(?:s|ed)?"
    r"|explain(?:s|ed)?|respond(?:s|ed)?|answer(?:s|ed)?|describe[sd]?|see|sees|view|views|feel|feels)\b",
    re.IGNORECASE,
)


def intent_of(query: str, start: int, end: int) -> Intent:
    """Return what the words around a name of the query want of it."""
    before, behind = query[:start], query[end:]
    if _ASKED_BEHIND.match(behind) or _ASKS.match(behind) or _ASKED_BEFORE.search(before):
        return Intent.ASKED
    if _SAID_BEHIND.match(behind) or _SAID_BEFORE.search(before):
        return Intent.SAID
    return Intent.NAMED
