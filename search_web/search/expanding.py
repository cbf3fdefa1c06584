"""What the glossary and the dictionary add to a query, as far as the index has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.stores.keyword import AnyOf, Best, Flat, Phrase, Term, weighted
from indexer.text.expansion import Strength
from indexer.text.normalise import fold
from indexer.text.stemmer import stem
from search_web.search.han_words import han_words
from search_web.search.latin_words import latin_words
from search_web.search.patterns import RunPattern, TermPattern
from search_web.search.sought import idf

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from indexer.stores.index import Generation
    from indexer.stores.keyword import Query
    from indexer.text.analyser import Analyser
    from indexer.text.expansion import Expansion
    from search_web.search.patterns import Pattern
    from search_web.search.query_tree import Span

# What the analyser cuts at the blanks and changes nothing of but its case and its plural.
_PLAIN = re.compile("[A-Za-z]+(?: [A-Za-z]+)*")

# The user's own word always weighs 1.
WEIGHTS = {Strength.STRONG: 0.8, Strength.WEAK: 0.4, Strength.PART: 0.3, Strength.DICTIONARY: 0.4}

_MOST_HELD = 1 << 15


@dataclass(frozen=True, slots=True)
class Added:
    """A term that is looked for next to the words of the query.

    `passages` is how many have it, `information` their inverse document frequency in nats. One that the user has
    switched off is not `active`: it is shown and not looked for.
    """

    expansion: Expansion
    query: Query
    patterns: tuple[Pattern, ...]
    weight: float
    passages: int
    information: float
    active: bool

    def scored(self, own: float) -> Query:
        """Return the query, scored so that the term tells less than the words that it stands for.

        `own` is what these tell in nats, as far as the index knows them; 0 when it knows none.
        """
        limit = min(1.0, own / self.information) if own else 1.0
        return weighted(self.query, self.weight * limit)


@dataclass(frozen=True, slots=True)
class Held:
    """What an index has of a term in all its writings; see `Added` for what the fields mean."""

    query: Query
    patterns: tuple[Pattern, ...]
    passages: int
    information: float


def holdings(generation: Generation) -> Callable[[tuple[str, ...]], Held | None]:
    """Return what tells of the writings of a term what an index has of them, None where it has nothing.

    It is worked out once for as many terms as are asked for again and again. What is kept knows nothing of the
    generation, which would hold its files open otherwise after the last search of it.
    """
    kept: dict[tuple[str, ...], Held | None] = generation.once(Held, dict)

    def holding(writings: tuple[str, ...]) -> Held | None:
        try:
            return kept[writings]
        except KeyError:
            if len(kept) >= _MOST_HELD:
                kept.clear()
            held = kept[writings] = _held(generation, writings)
            return held

    return holding


def added_terms(
    query: str,
    expansions: Iterable[Expansion],
    *,
    holding: Callable[[tuple[str, ...]], Held | None],
    switched_off: Collection[str],
) -> tuple[Added, ...]:
    """Return the expansions that the index has, in their order.

    One that holds the words that called it up, or is held by them, adds nothing. `holding` is `holdings` of the index;
    `switched_off` has terms as they are shown.
    """
    callers: dict[Span, str] = {}
    found = []
    for expansion in expansions:
        span, term = (expansion.start, expansion.end), fold(expansion.term)
        if span not in callers:
            callers[span] = fold(query[slice(*span)])
        if term in callers[span] or callers[span] in term:
            continue
        if held := holding(expansion.writings):
            active = expansion.term not in switched_off
            weight = WEIGHTS[expansion.strength]
            found.append(Added(expansion, held.query, held.patterns, weight, held.passages, held.information, active))
    return tuple(found)


def _held(generation: Generation, writings: tuple[str, ...]) -> Held | None:
    analyser, keyword = generation.analyser(), generation.keyword
    every = [part for writing in writings for part in parts(writing, analyser)]
    wanted = AnyOf(tuple(dict.fromkeys(every)))
    passages = _known(wanted, generation) or keyword.matching(wanted)
    if not passages:
        return None
    tells = idf(keyword.count, passages)
    query = Best(tuple(Flat(part, tells) if isinstance(part, Phrase) else part for part in wanted.parts))
    return Held(query, tuple(map(_pattern, every)), passages, tells)


def _known(wanted: AnyOf, generation: Generation) -> int:
    """Return how many passages match, where that is known without a search: of a single word that is kept in memory."""
    match wanted.parts:
        case (Term(term),):
            return han_words(generation).passages(term) or latin_words(generation).passages(term)
        case _:
            return 0


def parts(writing: str, analyser: Analyser) -> tuple[Term | Phrase, ...]:
    """Return the term that the writing is, in any form of it, or the phrase."""
    if whole := _whole_terms(writing, analyser):
        return tuple(map(Term, whole))
    return (Phrase(_exact_terms(writing, analyser)),)


def _pattern(part: Term | Phrase) -> Pattern:
    return TermPattern(part.term) if isinstance(part, Term) else RunPattern(part.terms)


def _whole_terms(writing: str, analyser: Analyser) -> tuple[str, ...]:
    if _PLAIN.fullmatch(writing):
        return () if " " in writing else (stem(writing.lower()),)
    tokens = analyser.analyse(writing)
    return tuple(sorted({token.term for token in tokens if (token.start, token.end) == (0, len(writing))}))


def _exact_terms(writing: str, analyser: Analyser) -> tuple[str, ...]:
    if _PLAIN.fullmatch(writing):
        return tuple(writing.lower().split(" "))
    return tuple(token.term for token in analyser.exact(writing))
