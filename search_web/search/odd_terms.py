"""Which pieces of a query may be slips: what nobody said, what hardly anybody did, and odd runs of Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.stores.keyword import Phrase
from indexer.text.language import HAN
from indexer.text.normalise import fold
from search_web.search.han_words import han_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from indexer.stores.index import Generation
    from indexer.text.token import Token
    from search_web.search.plan import QueryPlan
    from search_web.search.query_tree import Span
    from search_web.search.spans import Spans

RARE = 2
"""A word that at most so many passages have may be a slip of those who wrote it down."""

_LATIN = re.compile(r"[a-z]{3,}")
_HAN_ONLY = re.compile(f"[{HAN}]+")
_TWO_HAN = re.compile(f"[{HAN}]{{2}}")
_LONGEST_LATIN = 40
_LONGEST_HAN = 4
_ONE_OTHER = 3
# A query in which more words could be slips of one character is a passage that was pasted.
_MOST_JOINED = 200
_LONG = 6


@dataclass(frozen=True, slots=True)
class Odd:
    """A piece of the query that nobody said, or that few `passages` have.

    One that is `joined` of a word and a character beside it is only odd as a whole, and only where not `is_said`.
    """

    span: Span
    passages: int = 0
    joined: bool = False

    def is_explained_by(self, others: Spans) -> bool:
        """Tell whether what stands at one of other places says what this is."""
        return others.hold(self.span) if self.joined else others.touch(self.span)


def odd_terms(query: str, plan: QueryPlan, generation: Generation) -> Iterator[Odd]:
    """Yield the pieces of the query that may be slips, as they stand in it."""
    rare = [
        Odd(sought.span, sought.passages)
        for sought in plan.sought
        if sought.passages and sought.passages <= RARE and len(sought.label) >= _LONG and _LATIN.fullmatch(sought.label)
    ]
    tokens = [token for token in generation.analyser().analyse(query) if _HAN_ONLY.fullmatch(token.term)]
    runs = frozenset(_runs(tokens)) if tokens else frozenset()
    unknown = [Odd(span) for span in _unknown(query, runs, plan, generation)]
    joined = [Odd(span, joined=True) for span in _joined_runs(query, runs, generation)]
    yield from sorted((*rare, *unknown, *joined), key=lambda odd: odd.span)


def _unknown(query: str, runs: Collection[Span], plan: QueryPlan, generation: Generation) -> Iterator[Span]:
    """Yield where the query has words that the index lacks, Chinese ones in whichever way they were cut."""
    lacking = [sought for sought in plan.sought if not sought.known]
    latin = {sought.span: sought.label for sought in lacking if _LATIN.fullmatch(sought.label)}
    known = generation.passages.known_terms(list(latin.values())) if latin else {}
    spans = [span for span, label in latin.items() if label not in known and span[1] - span[0] <= _LONGEST_LATIN]
    if runs and _leaves_han(query, plan):
        spans += _odd_runs(query, runs, generation)
    return iter(sorted(set(spans)))


def _joined_runs(query: str, runs: Collection[Span], generation: Generation) -> Iterator[Span]:
    """Yield words with the character behind them where that is no term but something like it is: 现金硫 for 现金流."""
    looked_up: dict[str, bool] = {}
    for start, end in sorted(runs):
        if (end, end + 1) not in runs or not _ONE_OTHER <= end + 1 - start <= _LONGEST_HAN:
            continue
        word = fold(query[start : end + 1])
        if word not in looked_up:
            if len(looked_up) == _MOST_JOINED:
                return
            looked_up[word] = han_words(generation).differing_last(word)
        if looked_up[word]:
            yield start, end + 1


def is_said(word: str, generation: Generation) -> bool:
    """Tell whether a passage has these characters side by side, whatever words they belong to."""
    return generation.matching(Phrase(tuple(token.term for token in generation.analyser().exact(word)))) > 0


def _leaves_han(query: str, plan: QueryPlan) -> bool:
    """Tell whether two Han characters stand side by side that belong to no word of the index."""
    folded = fold(query)
    left = list(folded) if len(folded) == len(query) else []
    for sought in plan.sought:
        start, end = sought.span
        if sought.known and end - start > 1:
            left[start:end] = " " * (end - start)
    return bool(_TWO_HAN.search("".join(left)))


def _odd_runs(query: str, runs: Iterable[Span], generation: Generation) -> list[Span]:
    """Return the runs of Han characters that the segmenter knows no word for, two to four long, not in the index."""
    words = han_words(generation)
    short = (run for run in runs if 1 < run[1] - run[0] <= _LONGEST_HAN)
    return [span for span in short if not words.passages(fold(query[slice(*span)]))]


def _runs(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield words of several characters, and single characters side by side that belong to none, as one run."""
    wide = [token for token in tokens if len(token.term) > 1]
    covered = {place for token in wide for place in range(token.start, token.end)}
    yield from ((token.start, token.end) for token in wide)
    single = sorted({token.start for token in tokens if len(token.term) == 1} - covered)
    start = single[0] if single else 0
    for one, other in pairwise([*single, -1]):
        if other != one + 1:
            yield start, one + 1
            start = other
