"""What is done with a question at a call: it is put, read out for others, passed on, translated, or left unasked.

Patterns are matched as those of `acts` are. Unlike those, they do not move the call on: they tell whose words a
question and its answer are.
"""

from __future__ import annotations

import re

from indexer.text.normalise import fold
from indexer.transcripts.acts import sentences

_READS_OUT = re.compile(
    r"\bquestions?\b[^.?!]{0,40}\b(?:web(?:cast|site)?|chat|online|internet|e-?mail|q ?& ?a (?:box|chat|tool|panel)"
    r"|app|platform|portal"
    r"|audience|floor|written|submitted|investors?|shareholders?|retail)\b"
    r"|\b(?:written|submitted|emailed|web|webcast|online|pre-submitted|retail)\b[^.?!]{0,20}\bquestions?\b"
    r"|\b(?:investors?|shareholders?|someone|somebody|participants?|he|she|they) (?:is |are |also )?(?:asks?|asking"
    r"|writes?|wrote)\b"
    "|(?:来自|通过)?(?:网络|网上|线上|互联网|互动平台|直播间|聊天区|后台|文字|书面|邮件|网站|路演中心|上证|深交所"
    "|平台|提前征集|会前)"
    "[^。?!]{0,16}(?:提问|问题|留言|问)|(?:投资者|网友|股东|听众|观众|媒体|有人|用户|股民)[^。?!]{0,8}(?:提问|问到"
    "|问道|想问|想了解|关心|提到|询问|留言|问)"
)
_INTERROGATIVE = re.compile(
    r"\?|请问|想问|想请教|请教|想了解|想知道|能否|能不能|可否|是否|怎么看|怎样|如何|为什么|为何|什么|多少|哪些|哪个"
    r"|吗(?:[。,!]|$)|呢(?:[。,!]|$)"
    r"|\b(?:my|the|a|two|three|one|couple of|our|quick|follow-?up|second|first|other)\b[^.?!]{0,12}\bquestions? (?:is"
    r"|are|was|on|about|around|for"
    r"|relates?|regarding|would)\b"
    r"|\b(?:wondering|curious|want(?:ed)? to (?:ask|know|understand|clarify|check|follow up)|could you|can you"
    r"|would you|how (?:do|should|much|many"
    r"|are|is|will)|what (?:is|are|do|does|will|would|'s)|if you (?:could|can))\b"
)
_ROUTES = re.compile(
    r"\b(?:take|answer|address|respond|comment|handle|start|go first)\b[^.?!]{0,20}(?:\?|$)|\bover to you"
    r"|\bto answer\b"
    "|(?:请|有请|由|交给|转给|麻烦)[^。?!]{0,14}(?:回答|解答|答复|作答|补充|回应|来答)"
)
_TRANSLATES = re.compile(r"\b(?:translat|interpret)\w*\b|翻译|口译")
_ASIDE = re.compile(
    r"\b(?:hear|mute|line|mic|audio|any (?:other|further|more))\b|听得?[到见清]|静音|还有[^。]{0,8}问题"
    r"|有没有[^。]{0,8}问题"
)
_ANSWERED = re.compile(
    r"\bquestions?\b[^.?!]{0,20}\b(?:(?:has|have|had) (?:already )?been|was|were|got) (?:asked|answered|addressed"
    r"|covered)|问题已经?[^。]{0,8}(?:问|答)"
)


def asks(text: str) -> bool:
    """Whether the text puts a question that is about something, not only whether one is heard."""
    return any(_INTERROGATIVE.search(piece) and not _ASIDE.search(piece) for piece in sentences(text))


def reads_out(text: str) -> bool:
    """Whether the text says that somebody who is not on the line has asked."""
    return any(_READS_OUT.search(piece) for piece in sentences(text))


def routes(text: str) -> bool:
    """Whether the text asks somebody to take the question."""
    return any(_ROUTES.search(piece) for piece in sentences(text))


def translates(text: str) -> bool:
    """Whether the text announces a translation."""
    return any(_TRANSLATES.search(piece) for piece in sentences(text)[:2])


def is_answered_already(text: str) -> bool:
    """Whether an asker says that there is nothing left to ask."""
    return bool(_ANSWERED.search(fold(text)))
