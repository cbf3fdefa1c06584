"""Did you mean: terms of the index near those of a query that neither the index nor the dictionaries know.

A Latin word may be one slip away (a letter too many, too few, another one, or two swapped), a longer one two: the
optimal string alignment distance. A Chinese word may sound the same (菜鸟, 采鸟), and a long one may differ in one
character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from indexer.text.normalise import fold
from indexer.text.stemmer import stem
from search_web.search.pinyin import readings, sounding, sounds
from search_web.search.query_tree import Word
from search_web.search.spelling import within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from indexer.stores.index import Generation
    from indexer.stores.passages import PassageStore
    from indexer.text.token import Token
    from search_web.search.plan import QueryPlan
    from search_web.search.query_tree import Span

MOST = 3
"""How many terms get a suggestion: a query with more that are unknown is no slip."""

_LATIN = re.compile(r"[a-z]{3,}")
_HAN_ONLY = re.compile(f"[{HAN}]+")
_TWO_HAN = re.compile(f"[{HAN}]{{2}}")
_ONE_SLIP = 5
_LONGEST_LATIN = 40
_LONGEST_HAN = 4
_ONE_OTHER = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term of the query, one of the index that may be meant, and the query that has it instead."""

    term: str
    span: Span
    instead: str
    query: str


def suggest(
    query: str, plan: QueryPlan, generation: Generation, is_word: Callable[[str], bool]
) -> tuple[Suggestion, ...]:
    """Return a suggestion for each unknown term that has one, in the order of the query.

    `is_word` tells whether a folded word is one of the dictionary: it is no slip, even where the index lacks it.
    """
    passages = generation.passages
    explained = [(one.expansion.start, one.expansion.end) for one in plan.added] + [chip.span for chip in plan.chips]
    words = [leaf.span for leaf in plan.parsed.leaves() if isinstance(leaf, Word)]
    found: list[Suggestion] = []
    for start, end in _unknown(query, plan, generation):
        if any(start < other_end and other_start < end for other_start, other_end in explained):
            continue
        if not any(first <= start and end <= last for first, last in words):
            continue
        term = query[start:end]
        folded = fold(term)
        if is_word(folded) or is_word(stem(folded)):
            continue
        near = _like_han(folded, passages) if _HAN_ONLY.fullmatch(folded) else _like_latin(folded, passages)
        if near:
            instead = near.capitalize() if term[:1].isupper() else near
            found.append(Suggestion(term, (start, end), instead, query[:start] + instead + query[end:]))
        if len(found) == MOST:
            break
    return tuple(found)


def _unknown(query: str, plan: QueryPlan, generation: Generation) -> Iterator[Span]:
    """Yield where the query has words that the index lacks, Chinese ones in whichever way they were cut."""
    lacking = [sought for sought in plan.sought if not sought.known]
    latin = {sought.span: sought.label for sought in lacking if _LATIN.fullmatch(sought.label)}
    known = generation.passages.known_terms(list(latin.values())) if latin else {}
    spans = [span for span, label in latin.items() if label not in known and span[1] - span[0] <= _LONGEST_LATIN]
    if _leaves_han(query, plan):
        spans += _odd_runs(query, generation)
    return iter(sorted(set(spans)))


def _leaves_han(query: str, plan: QueryPlan) -> bool:
    """Tell whether two Han characters stand side by side that belong to no word of the index."""
    left = list(fold(query)) if len(fold(query)) == len(query) else []
    for sought in plan.sought:
        start, end = sought.span
        if sought.known and end - start > 1:
            left[start:end] = " " * (end - start)
    return bool(_TWO_HAN.search("".join(left)))


def _odd_runs(query: str, generation: Generation) -> list[Span]:
    """Return the runs of Han characters that the segmenter knows no word for, two to four long, not in the index."""
    tokens = [token for token in generation.analyser().analyse(query) if _HAN_ONLY.fullmatch(token.term)]
    runs = [run for run in _runs(tokens) if 1 < run[1] - run[0] <= _LONGEST_HAN]
    terms = {span: fold(query[span[0] : span[1]]) for span in runs}
    known = generation.passages.known_terms(list(terms.values())) if terms else {}
    return [span for span, term in terms.items() if term not in known]


def _runs(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield words of several characters, and single characters side by side that belong to none, as one run."""
    wide = [token for token in tokens if len(token.term) > 1]
    yield from ((token.start, token.end) for token in wide)
    single = sorted(
        {
            token.start
            for token in tokens
            if len(token.term) == 1 and not any(other.start <= token.start < other.end for other in wide)
        }
    )
    start = single[0] if single else 0
    for one, other in pairwise([*single, -1]):
        if other != one + 1:
            yield start, one + 1
            start = other


def _like_latin(word: str, passages: PassageStore) -> str | None:
    most = 1 if len(word) <= _ONE_SLIP else 2
    wanted = stem(word)
    for first in dict.fromkeys(wanted[:2]):
        # The second letter comes first where the two are swapped.
        offered = dict(passages.terms_like(first, len(wanted) - most, len(wanted) + most))
        near = within(wanted, list(offered), most)
        listed = ((slips, -offered[term], term) for term, slips in near if slips and term.isascii() and term.isalpha())
        if best := min(listed, default=None):
            return _numbered(best[2], plural=wanted != word)
    return None


def _numbered(term: str, *, plural: bool) -> str:
    """Return a term of the index, which has no plurals, in the number of the word that it stands for."""
    return f"{term}s" if plural and stem(f"{term}s") == term else term


def _like_han(word: str, passages: PassageStore) -> str | None:
    heard = sounds(word)
    offered: dict[str, int] = {}
    for first in dict.fromkeys((word[0], *sounding(heard[0]))):
        offered.update(passages.terms_like(first, len(word), len(word)))
    same = [term for term in offered if term != word and _HAN_ONLY.fullmatch(term) and _sounds_like(term, heard)]
    if not same and len(word) >= _ONE_OTHER:
        same = [term for term in offered if sum(map(str.__ne__, term, word)) == 1 and _HAN_ONLY.fullmatch(term)]
    return min(same, key=lambda term: (-offered[term], term), default=None)


def _sounds_like(term: str, heard: Sequence[str]) -> bool:
    return all(sound in readings(char) for char, sound in zip(term, heard, strict=True))
