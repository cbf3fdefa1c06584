"""What passages are looked for by: the words of a query and what may stand for them, and what each of them tells."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import itemgetter
from typing import TYPE_CHECKING

from indexer.stores.keyword import AllOf, AnyOf, Best, Term, weighted
from indexer.text.expansion import Strength
from indexer.text.stopwords import is_stopword
from search_web.search.patterns import TermPattern
from search_web.search.query_tree import Near, Prefix, Quoted, Word
from search_web.search.spans import spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.stores.index import Generation
    from indexer.stores.keyword import Query
    from indexer.text.token import Token
    from search_web.search.compile import Compiler
    from search_web.search.expanding import Added
    from search_web.search.patterns import Pattern
    from search_web.search.query_tree import Leaf, Span


class Source(StrEnum):
    """Why something is looked for."""

    WORD = "word"
    PHRASE = "phrase"
    PREFIX = "prefix"
    NEAR = "near"
    EXPANSION = "expansion"


FIGURE = 2.0
"""How many times as much as another word a figure that the index has weighs: who writes one looks for just that."""

PART = 0.5
"""How much a piece of a longer word that the index has counts: wherever the whole stands, the piece does."""


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing that passages are looked for by.

    `information` is the inverse document frequency in nats, what finding it tells; `known` that a passage of the
    index has it, `passages` in how many the text does. `span` is where it stands in the query. `demanded` is how much
    of its information is asked of the text, less than 1 for what names somebody, a company or a period.
    """

    label: str
    source: Source
    span: Span
    query: Query
    patterns: tuple[Pattern, ...]
    information: float
    known: bool
    demanded: float = 1.0
    passages: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Words of the query and what may stand for them, each with the query it is scored by: the best of these counts.

    The words count as one, by the sum of their scores. `known` is how much of their information the index knows.
    """

    query: Query
    information: float
    known: float
    words: tuple[Sought, ...]
    others: tuple[tuple[Added, Query], ...] = ()


def words_of(tokens: Sequence[Token], generation: Generation) -> tuple[Sought, ...]:
    """Return each term once, without function words unless there is nothing else.

    Of a figure that the index has, in whatever writing, only the figure: what else has 12 or 美元 in it is none
    the nearer to 12亿美元.
    """
    frequency, count = generation.keyword.document_frequency, generation.keyword.count
    informative = [token for token in tokens if not is_stopword(token.term)] or tokens
    figures = [token for token in tokens if is_figure(token.term) and frequency(token.term)]
    if figures:
        stated = spans_of((one.start, one.end) for one in figures)
        informative = [one for one in informative if is_figure(one.term) or not stated.hold((one.start, one.end))]
    firsts = {token.term: token for token in reversed(informative)}
    found = []
    for term, start, end in sorted(firsts.values(), key=itemgetter(1, 2)):
        passages = frequency(term)
        worth = FIGURE if passages and is_figure(term) else 1.0
        found.append(
            Sought(
                label=term,
                source=Source.WORD,
                span=(start, end),
                query=Term(term, worth),
                patterns=(TermPattern(term),),
                information=worth * idf(count, passages),
                known=passages > 0,
                passages=passages,
            )
        )
    return _with_pieces(found)


def _with_pieces(words: Sequence[Sought]) -> tuple[Sought, ...]:
    """Return the words, those that stand inside of one that is known scored by PART.

    人民币 is cut in 人民 too; counted in full, the two drown 汇率 beside them.
    """
    whole, pieces = (0, 0), set()
    for word in sorted(words, key=lambda one: (one.span[0], -one.span[1])):
        if word.span != whole and word.span[1] <= whole[1]:
            pieces.add(word.label)
        elif word.known:
            whole = word.span
    return tuple(replace(one, query=weighted(one.query, PART)) if one.label in pieces else one for one in words)


def is_figure(term: str) -> bool:
    """Tell whether a term stands for a quantity in all its writings."""
    return term.startswith("#")


def figure_spans(tokens: Sequence[Token]) -> tuple[Span, ...]:
    """Return where the text has quantities."""
    return tuple((token.start, token.end) for token in tokens if is_figure(token.term))


def idf(count: int, passages: int) -> float:
    """Return the inverse document frequency; what no passage has tells as much as the rarest."""
    return math.log(1.0 + count / (passages + 0.5))


_SOURCES = {Quoted: Source.PHRASE, Prefix: Source.PREFIX, Near: Source.NEAR}


def sought_leaf(leaf: Leaf, compiler: Compiler, generation: Generation) -> Sought | None:
    """Return a leaf that is more than its words; None for a word and for what has no term."""
    if isinstance(leaf, Word) or (query := compiler.leaf(leaf)) is None:
        return None
    passages = generation.matching(query)
    start, end = leaf.span
    told = idf(generation.keyword.count, passages)
    return Sought(
        label=compiler.shown(leaf),
        source=_SOURCES[type(leaf)],
        span=(start, end),
        query=query,
        patterns=compiler.patterns(leaf),
        information=told,
        known=passages > 0,
        passages=passages,
    )


def every_word(own: Sequence[Sought], added: Sequence[Added]) -> Query | None:
    """Return the query for the passages that have all of these words; None without words.

    For a word stands what was added to it, or to words that it is one of. A word inside a longer one is not asked for
    beside it.
    """
    spans = [span for span in dict.fromkeys(one.span for one in own) if not any(_inside(span, two.span) for two in own)]
    wanted = tuple(
        AnyOf(
            (
                *(one.query for one in own if one.span == span),
                *(
                    other.scored(0.0)
                    for other in added
                    if other.expansion.start <= span[0] and span[1] <= other.expansion.end
                ),
            )
        )
        for span in spans
    )
    return AllOf(wanted) if wanted else None


def _inside(span: Span, other: Span) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def as_concepts(own: tuple[Sought, ...], added: Sequence[Added], count: int) -> tuple[Sought, ...]:
    """Return the words of the query, those of a concept scored by how many of the `count` passages speak of it at all.

    In an index of Chinese calls the one passage that says growth tells no more of it than the many that say 增长. A
    word that is cut in several, as 现金流 is in 现金 too, still tells more than one that only stands for it. What the
    dictionary adds may mean something else and does not count.
    """
    factors: dict[int, float] = {}
    starts = [word.span[0] for word in own]
    strong = _by_span(one for one in added if one.expansion.strength is Strength.STRONG)
    for span, others in sorted(strong.items()):
        inside = _places_inside(span, own, starts)
        words = [own[place] for place in inside if own[place].passages]
        if words and not factors.keys() & set(inside):
            passages = min(count, min(word.passages or 0 for word in words) + sum(one.passages for one in others))
            told = max(word.information for word in words)
            factors.update(dict.fromkeys(inside, min(1.0, idf(count, passages) / told)))
    return tuple(
        replace(one, query=weighted(one.query, factors[place])) if place in factors else one
        for place, one in enumerate(own)
    )


def grouped(own: Sequence[Sought], added: Sequence[Added]) -> tuple[Group, ...]:
    """Put each added term beside the words of the query that called it up; these stand in the order of the query."""
    starts = [word.span[0] for word in own]
    groups: list[Group] = []
    taken: set[int] = set()
    for span, others in sorted(_by_span(added).items()):
        inside = [place for place in _places_inside(span, own, starts) if place not in taken]
        taken.update(inside)
        words = [own[place] for place in inside]
        mine = (AnyOf(tuple(word.query for word in words)),) if words else ()
        known = sum(word.information for word in words if word.known)
        information = max(sum(word.information for word in words), *(one.information for one in others))
        best = max(one.weight for one in others) * information
        scored = tuple((one, one.scored(known)) for one in others)
        queries = tuple(query for _, query in scored)
        groups.append(Group(Best((*mine, *queries)), information, max(known, best), tuple(words), scored))
    for place, word in enumerate(own):
        if place not in taken:
            groups.append(Group(word.query, word.information, word.information if word.known else 0.0, (word,)))
    return tuple(groups)


def _by_span(added: Iterable[Added]) -> dict[Span, list[Added]]:
    """Return what was added by where the words stand that called it up."""
    found: dict[Span, list[Added]] = {}
    for one in added:
        found.setdefault((one.expansion.start, one.expansion.end), []).append(one)
    return found


def _places_inside(span: Span, own: Sequence[Sought], starts: Sequence[int]) -> list[int]:
    """Return which words of the query stand inside a place; `starts` has where each begins, rising."""
    begun = range(bisect_left(starts, span[0]), bisect_left(starts, span[1]))
    return [place for place in begun if own[place].span[1] <= span[1]]


def share_known(groups: Sequence[Group], leaves: Sequence[Sought]) -> float:
    """Return what share of the information of a query the index knows, from 0 to 1."""
    total = sum(group.information for group in groups) + sum(leaf.information for leaf in leaves)
    known = sum(group.known for group in groups) + sum(leaf.information for leaf in leaves if leaf.known)
    return known / total if total else 0.0
