"""Did you mean: words of the index near those of a query that nobody said, or that hardly anybody did.

What may be meant is a word of the index that one easily slips from (`latin_slips`, `han_slips`), or a term of the
glossary whose equivalents the index has, in whichever language. Of several the likeliest slip is taken; that many
passages have a word, and that it stands beside the neighbours that the query gives it, speaks for it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.stores.keyword import Phrase
from indexer.text.language import HAN
from indexer.text.normalise import fold
from indexer.text.numerals import numerals_in
from indexer.text.stemmer import stem
from search_web.search.han_words import HanWords, han_words, meant_for
from search_web.search.latin_slips import BESIDE, near_words, slip_cost
from search_web.search.latin_words import latin_words
from search_web.search.odd_terms import is_said, odd_terms
from search_web.search.query_tree import Word
from search_web.search.spans import spans_of
from search_web.search.told import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from indexer.stores.index import Generation
    from indexer.stores.passages import PassageStore
    from search_web.search.latin_words import LatinWords
    from search_web.search.odd_terms import Odd
    from search_web.search.plan import QueryPlan
    from search_web.search.query_tree import Span


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Words that the index has by another name, with the number of passages: all by their length, and those of Han."""

    by_length: Mapping[int, Mapping[str, int]]
    han: HanWords


NOWHERE = Elsewhere({}, HanWords(()))


MOST = 3
"""How many terms get a suggestion: a query with more that are unknown is no slip."""

_HAN_ONLY = re.compile(f"[{HAN}]+")
_ONE_SLIP = 5
_ONE_OTHER = 3
_FEWEST_COMPARED, _COMPARED = 2, 5
_FREQUENCY = 0.06
_PHRASE = 0.4
_MOST_SHORT = 1.2
_MOST_LONG = 1.8
_MOST_HAN = 0.6
_ALIKE = 0.3
_BLANK = 0.4
_SHORTEST_PART = 3

# A word that tells less of the query than this is no matter: that of a long question is not worth the time.
_LEAST_SHARE = 0.1

# Up to so many capitals, or so many letters of any kind, may be a ticker or an abbreviation, and up to so many behind a
# capital a name: only two of them swapped are a slip.
_CODE = 5
_LETTERS = 3
_NAME = 4
_SWAP = 0.5

# A word that few passages have is taken for a slip where this many times as many have one like it.
_MANY_MORE = 20


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term of the query, one that may be meant, and the query with all that is suggested in its place."""

    term: str
    span: Span
    instead: str
    query: str


def suggest(
    query: str,
    plan: QueryPlan,
    generation: Generation,
    is_word: Callable[[str], bool],
    elsewhere: Callable[[], Elsewhere] = lambda: NOWHERE,
) -> tuple[Suggestion, ...]:
    """Return a suggestion for each unknown term that has one, in the order of the query.

    `is_word` tells whether a folded word is one of the dictionary: it is no slip, even where the index lacks it.
    `elsewhere` gives the words of the glossary that the index has by another name; see `known_elsewhere`.
    """
    passages = generation.passages
    found: list[tuple[Span, str]] = []
    for odd in _telling(query, plan, generation):
        start, end = odd.span
        if found and start < found[-1][0][1]:
            continue
        folded = fold(query[start:end])
        if is_word(folded) or is_word(stem(folded)):
            continue
        others = elsewhere()
        if _HAN_ONLY.fullmatch(folded):
            costs = _like_han(folded, han_words(generation), others.han, _ALIKE if odd.joined else None)
            # Another number is no slip: whoever looks for 三到 does not mean 五到.
            costs = {term: cost for term, cost in costs.items() if numerals_in(term) == numerals_in(folded)}
        else:
            limit = _SWAP if _is_code(query[start:end]) else None
            costs = _like_latin(folded, latin_words(generation), others, limit) | _parted(folded, generation)
        if odd.passages:
            known = passages.known_terms(list(costs))
            costs = {term: cost for term, cost in costs.items() if known.get(term, 0) >= _MANY_MORE * odd.passages}
        best = _likeliest(costs, query, (start, end), generation)
        # Whether anybody said what is joined is asked last, as that takes longest.
        if best and not (odd.joined and is_said(folded, generation)):
            found.append(((start, end), _cased(_numbered(best, folded), query[start:end])))
        if len(found) == MOST:
            break
    better = query
    for (start, end), instead in reversed(found):
        better = better[:start] + instead + better[end:]
    return tuple(Suggestion(query[slice(*span)], span, instead, better) for span, instead in found)


def _is_code(text: str) -> bool:
    return (
        len(text) <= _LETTERS or (len(text) <= _CODE and text.isupper()) or (len(text) <= _NAME and text[:1].isupper())
    )


def _telling(query: str, plan: QueryPlan, generation: Generation) -> Iterator[Odd]:
    """Yield the pieces that may be slips, that nothing else of the plan explains, and that tell enough of the query."""
    odds = list(odd_terms(query, plan, generation))
    if not odds:
        return
    added = ((one.expansion.start, one.expansion.end) for one in plan.added)
    explained = spans_of((*added, *(chip.span for chip in plan.chips)))
    words = spans_of(leaf.span for leaf in plan.parsed.leaves() if isinstance(leaf, Word))
    told = Told(plan.sought)
    least = _LEAST_SHARE * plan.information
    for odd in odds:
        if not odd.is_explained_by(explained) and words.hold(odd.span) and told.at(odd.span) >= least:
            yield odd


def _cased(word: str, like: str) -> str:
    """Return a word with capitals where the one that it stands for has them."""
    if len(like) > 1 and like.isupper():
        return word.upper()
    return word.capitalize() if like[:1].isupper() else word


def known_elsewhere(equivalents: Mapping[str, tuple[str, ...]], passages: PassageStore) -> Elsewhere:
    """Return the words of the glossary that the index has by another name."""
    known = passages.known_terms(list({other for others in equivalents.values() for other in others}))
    found = {word: count for word, others in equivalents.items() if (count := sum(known.get(one, 0) for one in others))}
    by_length: dict[int, dict[str, int]] = {}
    for word, count in found.items():
        by_length.setdefault(len(word), {})[word] = count
    return Elsewhere(by_length, HanWords(found.items()))


def _parted(word: str, generation: Generation) -> dict[str, float]:
    """Return the two words of the index that a word is when they are written as one: cashflow."""
    parts = [(word[:place], word[place:]) for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)]
    known = generation.passages.known_terms(list({term for part in parts for term in part})) if parts else {}
    both = [part for part in parts if part[0] in known and part[1] in known]
    return {" ".join(part): _BLANK - _told_by(total) for part in both if (total := generation.matching(Phrase(part)))}


def _like_latin(word: str, known: LatinWords, others: Elsewhere, limit: float | None = None) -> dict[str, float]:
    """Return what a Latin word may be meant for, with the cost of each, which is at most the limit."""
    most = 1 if len(word) <= _ONE_SLIP else 2
    lengths = range(len(stem(word)) - most, len(word) + most + 1)
    offered: dict[str, int] = {}
    for length in lengths:
        offered.update(others.by_length.get(length, {}))
    # The second letter begins the word where the two are swapped or the first is one too many.
    offered.update(known.like({*word[:2], *BESIDE.get(word[0], ())}, lengths))
    costs: dict[str, float] = {}
    # The s at the end may be that of a plural, which the terms of an index have not, or not: cahs.
    for wanted in {word, stem(word)}:
        for term, cost in near_words(wanted, offered, most):
            costs[term] = min(cost, costs.get(term, cost))
    if limit is None:
        limit = _MOST_SHORT if most == 1 else _MOST_LONG
    return {term: cost - _told_by(offered[term]) for term, cost in costs.items() if cost <= limit}


def _numbered(term: str, typed: str) -> str:
    """Return a term of the index, which has no plurals, in the number of the word that was typed."""
    plural = f"{term}s"
    if not typed.isascii() or stem(typed) == typed or stem(plural) != term:
        return term
    return plural if slip_cost(plural, typed) < slip_cost(term, typed) else term


def _like_han(word: str, known: HanWords, others: HanWords, most: float | None) -> dict[str, float]:
    """Return what a Chinese word may be meant for, with the cost of each, which is `most` at most."""
    if most is None:
        most = _MOST_HAN if len(word) < _ONE_OTHER else 1.0
    found = meant_for(word, known, others, most)
    return {meant: cost - _told_by(passages) for meant, (cost, passages) in found.items()}


def _told_by(passages: int) -> float:
    return _FREQUENCY * math.log1p(passages)


def _likeliest(costs: Mapping[str, float], query: str, span: Span, generation: Generation) -> str | None:
    """Return the term of the least cost, where what stands in the index beside a neighbour of the query costs less."""
    ranked = sorted(costs, key=lambda term: (costs[term], term))[:_COMPARED]
    if len(ranked) < _FEWEST_COMPARED:
        return ranked[0] if ranked else None
    first = ranked[0]
    rivals = [term for term in ranked if (costs[term] - _PHRASE, term) <= (costs[first], first)]
    # The first is asked after only where another is better but for it: to see whether anybody said a phrase takes long.
    better = next((term for term in rivals if term != first and _stands_beside(term, query, span, generation)), first)
    return first if better == first or _stands_beside(first, query, span, generation) else better


def _stands_beside(term: str, query: str, span: Span, generation: Generation) -> bool:
    """Tell whether a term stands in the index beside a neighbour that the query gives it."""
    tokens = generation.analyser().exact(query)
    before = tuple(token.term for token in tokens if token.end <= span[0])[-1:]
    after = tuple(token.term for token in tokens if token.start >= span[1])[:1]
    own = tuple(token.term for token in generation.analyser().exact(term))
    return any(generation.matching(Phrase(one)) for one in (before + own, own + after) if len(one) > len(own))
