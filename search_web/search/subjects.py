"""What a question is about beside which way it says that something went, and the sentences that speak of that.

"Why did cloud revenue fall?" is about cloud revenue. Another thing of which the same passage says that it fell does not
bear it out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.text.normalise import fold
from indexer.text.sentences import sentence_spans
from search_web.search.answer_sentences import FRAMING
from search_web.search.directions import tells_direction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_web.search.highlight import Match
    from search_web.search.plan import QueryPlan

NEARLY = 0.8
"""What share of that which the sentence with most of the subject tells of it another must tell to speak of it too."""

# A sentence that begins so goes on with what the one before it is about.
_GOES_ON = re.compile(r"(?:it|this|that|these|those|they|which)\b|[这那其该此它]")


class Subject:
    """What a question is about, and how much each of its words tells of that."""

    def __init__(self, plan: QueryPlan) -> None:
        text = plan.parsed.text
        own = [one for one in plan.sought if not tells_direction(fold(text[slice(*one.span)]))]
        own = [one for one in own if one.label not in FRAMING]
        self._tells = {one.label: one.information for one in own}
        for added in plan.added:
            start, end = added.expansion.start, added.expansion.end
            meant = sum(one.information for one in own if start <= one.span[0] and one.span[1] <= end)
            if meant:
                term = added.expansion.term
                self._tells[term] = max(added.weight * meant, self._tells.get(term, 0.0))

    def spoken_of(self, text: str, found: Sequence[Match]) -> str:
        """Return the sentences of a text that speak of the subject, and those that go on from them.

        `found` is what of the plan stands in the text. All of it is returned where the question has no subject.
        """
        if not self._tells:
            return text
        spans = sentence_spans(text)
        told = [self._told(span, found) for span in spans]
        least = NEARLY * max(told, default=0.0)
        kept: list[str] = []
        follows = False
        for (start, end), here in zip(spans, told, strict=True):
            follows = (here >= least > 0.0) or (follows and bool(_GOES_ON.match(fold(text[start:end]))))
            kept += [text[start:end]] if follows else []
        return " ".join(kept)

    def _told(self, sentence: tuple[int, int], found: Sequence[Match]) -> float:
        start, end = sentence
        inside = {match.label for match in found if start <= match.span[0] and match.span[1] <= end}
        return sum(self._tells.get(label, 0.0) for label in inside)
