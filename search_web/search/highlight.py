"""Where what was looked for stands in a passage, in code points of the verbatim text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search_web.search.patterns import Words, find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.text.analyser import Analyser
    from search_web.search.patterns import Span
    from search_web.search.plan import QueryPlan


@dataclass(frozen=True, slots=True)
class Match:
    """Something that was looked for and found: its label, where it stands, and what that tells, in nats."""

    label: str
    span: Span
    information: float


def matches(plan: QueryPlan, text: str, analyser: Analyser) -> tuple[Match, ...]:
    """Return everything of the plan that stands in the text: the user's own words, and what was added to them.

    An added term tells as much as the words that called it up, times its weight.
    """
    words = Words.of(text, analyser)
    found = [
        Match(sought.label, span, sought.information)
        for sought in plan.sought
        for pattern in sought.patterns
        for span in find(pattern, words)
    ]
    for added in plan.added:
        if added.active:
            information = added.weight * plan.information_of((added.expansion.start, added.expansion.end))
            found += [
                Match(added.expansion.term, span, information)
                for pattern in added.patterns
                for span in find(pattern, words)
            ]
    return tuple(found)


def best_sentence(nearest: Span, sentences: Sequence[Span], found: Sequence[Match]) -> Span:
    """Return the sentence to show first: the one nearest in meaning, unless another says more of what was looked for.

    A sentence is worth what the distinct things in it tell, so that the one with the figure or the name that was asked
    for comes before one that is merely about the same.
    """

    def worth(sentence: Span) -> float:
        start, end = sentence
        inside = {match.label: match.information for match in found if start <= match.span[0] and match.span[1] <= end}
        return sum(inside.values())

    most = max(sentences, key=worth, default=nearest)
    return most if worth(most) > worth(nearest) else nearest
