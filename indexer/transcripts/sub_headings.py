"""Short lines amid the paragraphs of a speech that head what stands below them: "Market environment", "财务表现"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.model import NonSpeechKind
from indexer.transcripts.cues import read_label
from indexer.transcripts.kinds import speech_share
from indexer.transcripts.script import ends_sentence, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.items import Item

_SAID = re.compile(r"[:：,，;；、%\d?？!！…\"“”\[\]【】]|[-–—]\s*$")
_OPENS_A_SENTENCE = re.compile(
    r"(?:next|turning|moving|now|and|so|yes|no|right|good|great|correct|exactly|please|absolutely|agreed|slide|not|none)\b"
    r"|[^A-Z\u4e00-\u9fff]|谢|謝|好|对|對|是|没|沒|可以|嗯|不|有|会|會|确实|當然|当然|下一|请|請|明白|了解",
    re.IGNORECASE,
)
_SMALL_LETTER = re.compile(r"[a-z]")
_WIDEST = 40
_NARROWEST = 4
_MOST_WORDS = 6
_FEWEST = 2
_NEARLY_ALL = 0.95


def with_sub_headings(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items with such lines as headings, where a file has several of them and ends its sentences.

    Each stands between two paragraphs in sentences of one speaker, names nobody, and has no word of the kind that
    speech is full of.
    """
    found = {index for index in range(1, len(items) - 1) if _heads(items, index)}
    if len({items[index].text for index in found}) < _FEWEST:
        return tuple(items)
    others = [item.text for index, item in enumerate(items) if item.kind is None and index not in found]
    if sum(map(ends_sentence, others)) < _NEARLY_ALL * len(others):
        return tuple(items)
    headed = list(items)
    for index in found:
        headed[index] = replace(items[index], kind=NonSpeechKind.HEADING, clean=items[index].text)
    return tuple(headed)


def _heads(items: Sequence[Item], index: int) -> bool:
    above, item, below = items[index - 1 : index + 2]
    if any(each.kind is not None or each.time for each in (above, item, below)):
        return False
    text = item.text
    return (
        _NARROWEST <= width(text) <= _WIDEST
        and not ends_sentence(text)
        and ends_sentence(above.text)
        and ends_sentence(below.text)
        and width(below.text) > width(text)
        and len(text.split()) <= _MOST_WORDS
        and not _SAID.search(text)
        and not (_OPENS_A_SENTENCE.match(text) or _SMALL_LETTER.match(text))
        and speech_share(text) == 0
        and read_label(text) is None
    )
