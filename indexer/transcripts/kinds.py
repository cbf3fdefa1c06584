"""Whether a text without speaker lines was spoken, or is a document that nobody spoke.

Speech is full of "I", "you", thanks, fillers and particles; announcements, articles and notes are not. Measured as the
share of such words on chunks of about six paragraphs: of 200 chunks of Chinese and English encyclopedia articles 3 come
above the limits set here, of 650 chunks of meetings, interviews and calls 9 below, most of them speeches that were read
out. Letters that address "you" count as spoken. Marks of written form (the number of an announcement, "hereby", the
dateline of a wire) move the limits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.model import Kind
from indexer.text.language import HAN, dominant_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.transcripts.turns import Reading

_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"[A-Za-z][\w'’]*")
_SPOKEN_ZH = re.compile(
    r"我|你|您|咱|这个|這個|那个|那個|大家|各位|谢谢|謝謝|然后|然後|其实|其實|就是|对吧|對吧|嗯|呃|啊|呢|吧"
    r"|嘛|吗|嗎|哈|刚才|剛才|刚刚|剛剛|今天|来讲|來講|觉得|覺得|的话|的話|什么|什麼|怎么|怎麼"
)
_SPOKEN_EN = re.compile(
    r"\b(?:I|I'm|I’m|I've|I’ve|I'd|I’d|I'll|I’ll|we|we're|we’re|we've|we’ve|we'll|we’ll|you|you're|you’re"
    r"|your|my|me|us|our|thank|thanks|okay|yeah|yes"
    r"|hello|hi|uh|um|well|so|just|really|think|know|mean|kind of|sort of|going to|let's|let’s|that's|that’s"
    r"|it's|it’s|don't|don’t|there's|there’s)\b",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"公告编号|公告編號|特此公告|特此公佈|证券简称|股份代號|全体董事保证|全體董事|不存在任何虚假记载|茲公告"
    r"|敬启者|敬啟者|(?:新华社|中新社|本报|本報).{0,12}[电電讯訊]|责任编辑|責任編輯"
    r"|\bhereby\b|\bpursuant to\b|for immediate release|/\s*(?:PRNewswire|Business ?Wire|GLOBE ?NEWSWIRE)"
    r"|\bdear (?:fellow )?(?:share|stock)holders"
    r"|all rights reserved|table of contents|\bet al\.|doi:",
    re.IGNORECASE,
)
_DOCUMENTS = frozenset(
    {
        "document",
        "notes",
        "note",
        "article",
        "news",
        "announcement",
        "filing",
        "release",
        "press release",
        "report",
        "memo",
        "blog",
        "letter",
    }
)
_TALKS = frozenset(
    {"transcript", "call", "meeting", "interview", "podcast", "speech", "talk", "earnings call", "conference"}
)
_LEAST_SPEECH = {"zh": 0.9, "en": 2.0}
_LEAST_SPEECH_IN_WRITTEN_FORM = {"zh": 3.0, "en": 7.0}
_SMALLEST_SIZE = 100


def kind_of(reading: Reading, fields: Mapping[str, str], *, captions: bool) -> Kind:
    """Return whether the reading is that of a talk or of a document.

    What names a speaker or has a time was spoken, and so were `captions`, short lines without punctuation. The
    front matter may say it. Else the words tell; fewer than a hundred Han characters or words do not, and count as
    spoken by somebody unknown.
    """
    said = fields.get("kind", "").strip().lower()
    if any(turn.cue for turn in reading.turns) or said in _TALKS:
        return Kind.SPOKEN
    if said in _DOCUMENTS:
        return Kind.DOCUMENT
    if captions or any(speech.time for turn in reading.turns for speech in turn.speeches):
        return Kind.SPOKEN
    text = "\n".join(turn.text for turn in reading.turns)
    language = dominant_language(text)
    written = _WRITTEN.search("\n".join((text, *(piece.text for piece in reading.non_speech))))
    if not written and len((_HAN if language == "zh" else _WORD).findall(text)) < _SMALLEST_SIZE:
        return Kind.SPOKEN
    least = (_LEAST_SPEECH_IN_WRITTEN_FORM if written else _LEAST_SPEECH)[language]
    return Kind.DOCUMENT if speech_share(text) < least else Kind.SPOKEN


def speech_share(text: str) -> float:
    """Return how many of a hundred Han characters or Latin words are of the kind that speech is full of."""
    chinese = dominant_language(text) == "zh"
    size = len((_HAN if chinese else _WORD).findall(text))
    found = len((_SPOKEN_ZH if chinese else _SPOKEN_EN).findall(text))
    return 100 * found / size if size else 0.0
