"""What stands before and after a talk: the cover, the table of contents, the legal notice."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from indexer.model import NonSpeechKind
from indexer.transcripts.script import ends_sentence, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.items import Item
    from indexer.transcripts.layout import Paragraph

_CONTENTS = re.compile(
    r"(?:table of )?contents|目\s*录|目\s*錄|\S.*?(?:\.{4,}|…{2,}|(?:\. ){4,}|·{4,})\s*\d{1,4}", re.IGNORECASE
)
_NOTICE = re.compile(
    r"(?:copyright\b.{0,3}|©|\(c\)\s*)\s*(?:©|\(c\))?\s*(?:19|20)\d\d\b.*"
    r"|(?:(?:legal|important)\s+)?(?:disclaimers?|notices?|disclosures?)\s*:?|important\s+information\s*:?"
    r"|(?:cautionary\s+(?:note|statement)s?\s+(?:regarding|on|concerning|about)\s+)?"
    r"forward[- ]looking\s+(?:statements?|information)\s*:?"
    r"|disclaimer\b.{0,3}\s*(?:the|this|these|all)\b.*|(?:免责|免責|法律)(?:声明|聲明)\s*[:：]?.*|版权声明.*",
    re.IGNORECASE | re.DOTALL,
)
_OF_ONESELF = re.compile(r"\b(?:we|our|us|I)\b|我")
_WIDER_THAN_A_LINE = 100


def is_contents_line(text: str) -> bool:
    """Whether a line belongs to a table of contents: its heading, or an entry with leaders and a page number."""
    return _CONTENTS.fullmatch(text.strip()) is not None


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
    return item.kind in _UNDECIDED and is_notice(item.text) and above.kind is not NonSpeechKind.SPEAKER_LINE


def speaks_of_itself(text: str) -> bool:
    """Whether a text says "we" or "I": bullet points of a speech often end without a full stop."""
    return _OF_ONESELF.search(text) is not None


def _is_prose(text: str) -> bool:
    return width(text) > _WIDER_THAN_A_LINE and (ends_sentence(text) or speaks_of_itself(text))
