"""What a question after a reason takes for granted: that somebody resigned, that a product was recalled.

Nobody gives the reason of what nobody tells. What such a question supposes is looked for in the passage and around it;
which words it is told by is read off the surface. In English it is the verb, where that can be told: behind a name, as
in "Why did Jo Roe resign", or the participle of "Why was the kettle recalled". In Chinese it is what stands behind
为什么. Which way something went, is the matter of directions.py.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.text.normalise import fold
from search_web.search.answer_sentences import FRAMING
from search_web.search.directions import tells_direction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from search_web.search.patterns import Span
    from search_web.search.plan import QueryPlan

LEAST = 0.4
"""The share of what the words of the event tell from which on it was told."""

_ADVERBS = r"(?:(?:still|also|not|ever|never|really|suddenly|just|then|recently|first|already|again|n['’]t)\s+)*"
_TO = (
    r"(?:(?:decide|choose|plan|want|need|have|try|begin|start|continue|agree|intend|refuse|fail|come|get|go)"
    r"\w*\s+to\s+)?"
)
_SUBJECT = (
    r"(?:the\s+)?(?:(?:company|management|board|group|firm|bank|ceo|cfo|coo|chairman|chair|founder|they|he|she"
    r"|you|we)\b"
    r"|[A-Z][\w.&-]*(?:['’]s?)?(?:\s+(?:(?:of|and|&)\s+)?[A-Z][\w.&-]*(?:['’]s?)?)*)"
)
# A company that binds is blank where the question is read.
_DID = re.compile(
    rf"\b[Ww]hy\s+(?:did|does|do|would|will|has|have"
    rf"|had)(?:n['’]t)?(?:\s+{_SUBJECT}\s+|\s{{3,}}){_ADVERBS}{_TO}(?P<event>[a-z][\w-]+)"
)
_WAS = re.compile(
    r"\b[Ww]hy\s+(?:was|were|is|are|has|have"
    r"|had)(?:n['’]t)?\s+[^?.!,;]{2,80}?\s(?:been\s+)?(?P<event>[a-z]+(?:ed|wn|en))(?![\w-])"
)
_HAN = re.compile(
    r"(?:为什么|為什麼|为何|為何|为啥|怎么会|怎麼會)(?:会|會|要|能|没有|沒有|没|沒|不|被|把|将|又|还|還|都|也"
    r"|就|仍然?|突然"
    r"|一直|这么|那么|如此|这样|大幅|明显|显著|快速|持续|有所|略微?|略有|大大|需要|必须|选择|決定|决定|打算"
    r"|计划|準備|准备|开始|进一步|主动|全面)*+(?P<event>[^,。;:?!，；：？！\s]{1,30})"
)
# Verbs that tell nothing by themselves.
_LIGHT = frozenset(
    {"get", "got", "have", "had", "make", "made", "take", "took", "do", "did", "be", "been", "see", "seen", "saw"}
    | {"go", "give", "gave", "put", "keep", "let", "come"}
)


def event_of(question: str) -> Span | None:
    """Return where a question after a reason tells what is to be explained; None where that cannot be told."""
    for pattern in (_DID, _WAS, _HAN):
        if (match := pattern.search(question)) and match["event"].lower() not in _LIGHT:
            return match.span("event")
    return None


def is_told(plan: QueryPlan, event: Span, found: Collection[str]) -> bool:
    """Tell whether labels that were found tell of an event, in its own words or in what stands for them."""
    inside = [one for one in plan.sought if event[0] <= one.span[0] and one.span[1] <= event[1]]
    words = [one for one in inside if one.label not in FRAMING and not _goes(plan, one.span)]
    whole = sum(one.information for one in words)
    if not whole:
        return True
    own = sum(one.information for one in words if one.label in found)
    return own + sum(_stood_for(plan, [one.span for one in words if one.label not in found], found)) >= LEAST * whole


def _stood_for(plan: QueryPlan, missing: Collection[Span], found: Collection[str]) -> Iterator[float]:
    """Yield what words tell that are not found themselves, but something that stands for them is."""
    standing = [
        (one.expansion.start, one.expansion.end) for one in plan.added if one.active and one.expansion.term in found
    ]
    for one in plan.sought:
        if one.span in missing and any(start < one.span[1] and one.span[0] < end for start, end in standing):
            yield one.information


def _goes(plan: QueryPlan, span: Span) -> bool:
    """Tell whether a word says which way something went; a verb, as the event is in English, must say it outright."""
    word = fold(plan.parsed.text[slice(*span)])
    return tells_direction(word, outright=word.isascii())
