"""What stands before and after a talk: the cover, the table of contents, the legal notice."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from indexer.model import NonSpeechKind
from indexer.transcripts.script import ends_sentence, width
from indexer.transcripts.sections import section_of_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.items import Item
    from indexer.transcripts.layout import Paragraph

_CONTENTS = re.compile(
    r"(?:table of )?contents|目\s*录|目\s*錄|\S.*?(?:\.{4,}|…{2,}|(?:\. ){4,}|·{4,})\s*\d{1,4}", re.IGNORECASE
)
_ENDS_OF_CONTENTS = frozenset("sSſ录錄")  # An entry ends in a number, a heading in one of these.
_NOTICE = re.compile(
    r"(?:copyright\b.{0,3}|©|\(c\)\s*)\s*(?:©|\(c\))?\s*(?:19|20)\d\d\b.*"
    r"|(?:(?:legal|important)\s+)?(?:disclaimers?|notices?|disclosures?)\s*:?|important\s+information\s*:?"
    r"|(?:cautionary\s+(?:note|statement)s?\s+(?:regarding|on|concerning|about)\s+)?"
    r"forward[- ]looking\s+(?:statements?|information)\s*:?"
    r"|disclaimer\b.{0,3}\s*(?:the|this|these|all)\b.*|(?:免责|免責|法律)(?:声明|聲明)\s*[:：]?.*|版权声明.*|风险提示\s*[:：].*"
    r"|this transcript may not be 100.*",
    re.IGNORECASE | re.DOTALL,
)
_OF_ONESELF = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|I)\b|我")
_TO_SOMEBODY = re.compile(r"\b(?:[Mm]e|[Mm]y|[Yy]ou|[Yy]our|[Tt]hanks?|[Ww]elcome)\b|[您你]|大家|各位|谢|謝")
_GREETS = re.compile(
    r"\W*(?:good (?:morning|afternoon|evening|day)|hello|hi\b|thank|welcome|ladies and|大家|各位|尊敬|欢迎|歡迎|您好"
    r"|你好)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d\s*(?:[%％亿億万萬]|million|billion|percent)", re.IGNORECASE)
_CLOSING_LINE = re.compile(
    r"附件(?:清单|清單).*|(?:责任)?编辑\s*[:：].*|責任編輯\s*[:：].*|责编\s*[:：].*|definitions",
    re.IGNORECASE | re.DOTALL,
)
_FEWEST_OF_A_SPEECH = 8
_LONGEST_ANNOUNCEMENT = 600
_WIDER_THAN_A_LINE = 100


def is_contents_line(text: str) -> bool:
    """Whether a line belongs to a table of contents: its heading, or an entry with leaders and a page number."""
    text = text.strip()
    last = text[-1:]
    return (last.isdecimal() or last in _ENDS_OF_CONTENTS) and _CONTENTS.fullmatch(text) is not None


def cover_pages(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Return the pages at the beginning on which nobody can have spoken: they hold no paragraph in sentences."""
    pages = sorted({paragraph.page for paragraph in paragraphs if paragraph.page is not None})
    spoken = {paragraph.page for paragraph in paragraphs if _is_prose(paragraph.text)}
    covers = takewhile(lambda page: page not in spoken, pages)
    return frozenset(covers) if spoken else frozenset()


def is_notice(text: str) -> bool:
    """Whether a line heads or opens a legal notice."""
    return _NOTICE.fullmatch(text.strip()) is not None


def take_off_cover(items: Sequence[Item]) -> tuple[Item, ...]:
    """Tell what stands on pages before the first speaker line as navigation, where nobody can have spoken it.

    Such a page has no paragraph in sentences. A title that was found on it stays one.
    """
    first_cue = next((item for item in items if item.cue), None)
    if first_cue is None or first_cue.page is None:
        return tuple(items)
    spoken = {item.page for item in items if item.kind is None and _is_prose(item.text)}
    return tuple(
        replace(item, kind=NonSpeechKind.NAVIGATION)
        if item.kind is None and item.page is not None and item.page < first_cue.page and item.page not in spoken
        else item
        for item in items
    )


def take_off_notice(items: Sequence[Item]) -> tuple[Item, ...]:
    """Tell a legal notice that closes the file, from its first words on, as navigation.

    It begins below the last speech with a heading of its own or a copyright line, on a page of its own where the
    source has pages.
    """
    last_cue = max((index for index, item in enumerate(items) if item.cue), default=None)
    if last_cue is None:
        return tuple(items)
    begin = next((index for index in range(last_cue + 2, len(items)) if _begins_notice(items, index)), len(items))
    return tuple(
        replace(item, kind=NonSpeechKind.NAVIGATION) if index >= begin and item.kind in _UNDECIDED else item
        for index, item in enumerate(items)
    )


_UNDECIDED = (None, NonSpeechKind.HEADING)


def _begins_notice(items: Sequence[Item], index: int) -> bool:
    item, above = items[index], items[index - 1]
    ends = is_notice(item.text) or _CLOSING_LINE.fullmatch(item.text.strip()) is not None
    return item.kind in _UNDECIDED and ends and above.kind is not NonSpeechKind.SPEAKER_LINE


def speech_without_label(items: Sequence[Item]) -> int:
    """Return where a speech begins that no line gives to anybody: it says "we" or "I" often, from there on.

    Items right above it that address somebody belong to it. `items` are those above the first speaker line.
    """
    own = [len(_OF_ONESELF.findall(item.text)) if item.kind is None else 0 for item in items]
    if sum(own) < _FEWEST_OF_A_SPEECH:
        return len(items)
    first = next(i for i, times in enumerate(own) if times)
    while first and items[first - 1].kind is None and _TO_SOMEBODY.search(items[first - 1].text):
        first -= 1
    return first


def said_by_nobody(items: Sequence[Item]) -> frozenset[int]:
    """Return which items above the first speaker line no one can have said, though they are sentences.

    Those are a legal notice from its heading to the next heading of a part or to the first greeting, and otherwise a
    few short lines that speak neither of "us" nor to "you".
    """
    notice = next((i for i, item in enumerate(items) if item.kind in _UNDECIDED and is_notice(item.text)), None)
    if notice is not None:
        ends = (
            i for i in range(notice, len(items)) if section_of_heading(items[i].text) or _GREETS.match(items[i].text)
        )
        return frozenset(range(notice, next(ends, len(items))))
    headed = next((i for i, item in enumerate(items) if item.kind is NonSpeechKind.HEADING), len(items))
    texts = [item.text for item in items[:headed] if item.kind is None]
    if sum(map(len, texts)) > _LONGEST_ANNOUNCEMENT or any(_FIGURE.search(text) or _addresses(text) for text in texts):
        return frozenset()
    return frozenset(i for i, item in enumerate(items[:headed]) if item.kind is None)


def _addresses(text: str) -> bool:
    return bool(_OF_ONESELF.search(text) or _TO_SOMEBODY.search(text) or _GREETS.match(text))


def _is_prose(text: str) -> bool:
    return width(text) > _WIDER_THAN_A_LINE and (ends_sentence(text) or _OF_ONESELF.search(text) is not None)
