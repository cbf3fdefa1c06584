"""Where what was looked for stands in a passage, in code points of the verbatim text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search_web.search.patterns import Words, find, letters_of
from search_web.search.told import Told

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


class Marker:
    """Finds what a plan looks for in one text after the other: the user's own words, and what was added to them.

    An added term tells as much as the words that called it up, times its weight.
    """

    def __init__(self, plan: QueryPlan, analyser: Analyser) -> None:
        self._analyser = analyser
        told = Told(plan.sought)
        tells = {span: told.at(span) for span in {(one.expansion.start, one.expansion.end) for one in plan.added}}
        own = [(one.label, pattern, one.information) for one in plan.sought for pattern in one.patterns]
        wanted = own + [
            (one.expansion.term, pattern, one.weight * tells[one.expansion.start, one.expansion.end])
            for one in plan.added
            if one.active
            for pattern in dict.fromkeys(one.patterns)
        ]
        # Most of what is looked for stands in few of the hits.
        self._wanted = [(letters_of(pattern), label, pattern, information) for label, pattern, information in wanted]

    def matches(self, text: str) -> tuple[Match, ...]:
        """Return everything that stands in the text."""
        words = Words.of(text, self._analyser)
        letters = words.terms.letters
        return tuple(
            [
                Match(label, span, information)
                for needed, label, pattern, information in self._wanted
                if needed in letters
                for span in find(pattern, words)
            ]
        )


def all_within(sentence: Span, found: Sequence[Match]) -> bool:
    """Tell whether all that was found stands in this sentence: then no other says more, and none need be looked for."""
    return all(sentence[0] <= match.span[0] and match.span[1] <= sentence[1] for match in found)


def best_sentence(nearest: Span, sentences: Sequence[Span], found: Sequence[Match]) -> Span:
    """Return the sentence to show first: the one nearest in meaning, unless another says more of what was looked for.

    A sentence is worth what the distinct things in it tell, so that the one with the figure or the name that was asked
    for comes before one that is merely about the same.
    """
    inside: dict[Span, dict[str, float]] = {}
    starts = [start for start, _ in sentences]
    for match in found:
        start, end = match.span
        within = sentences[max(0, bisect_right(starts, start) - 1)] if sentences else nearest
        for sentence in {within, nearest}:
            if sentence[0] <= start and end <= sentence[1]:
                inside.setdefault(sentence, {})[match.label] = match.information
    worth = {sentence: sum(labels.values()) for sentence, labels in inside.items()}
    most = max(sentences, key=lambda sentence: worth.get(sentence, 0), default=nearest)
    return most if worth.get(most, 0) > worth.get(nearest, 0) else nearest
