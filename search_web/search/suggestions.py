"""Did you mean: terms of the index near those of a query that neither the index nor the dictionaries know.

A Latin word may be one slip away (a letter too many, too few, another one, or two swapped), a longer one two: the
optimal string alignment distance. A Chinese word may sound the same (菜鸟, 采鸟), and a long one may differ in one
character. This module owns rapidfuzz.distance and pypinyin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.text.language import HAN
from indexer.text.normalise import fold
from indexer.text.stemmer import stem
from search_web.search.query_tree import Word

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
_COMMON = range(0xB0, 0xD8)  # The first level of GB 2312: the characters of everyday use.


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
        near = process.extract(wanted, list(offered), scorer=OSA.distance, score_cutoff=most, limit=None)
        listed = (
            (slips, -offered[term], term) for term, slips, _ in near if slips and term.isascii() and term.isalpha()
        )
        if best := min(listed, default=None):
            return _numbered(best[2], plural=wanted != word)
    return None


def _numbered(term: str, *, plural: bool) -> str:
    """Return a term of the index, which has no plurals, in the number of the word that it stands for."""
    return f"{term}s" if plural and stem(f"{term}s") == term else term


def _like_han(word: str, passages: PassageStore) -> str | None:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its tables take a quarter of a second, and few queries need them.

    sounds = lazy_pinyin(word)
    offered: dict[str, int] = {}
    for first in dict.fromkeys((word[0], *_sounding(sounds[0]))):
        offered.update(passages.terms_like(first, len(word), len(word)))
    same = [term for term in offered if term != word and _HAN_ONLY.fullmatch(term) and _sounds_like(term, sounds)]
    if not same and len(word) >= _ONE_OTHER:
        same = [term for term in offered if sum(map(str.__ne__, term, word)) == 1 and _HAN_ONLY.fullmatch(term)]
    return min(same, key=lambda term: (-offered[term], term), default=None)


def _sounds_like(term: str, sounds: Sequence[str]) -> bool:
    return all(sound in _readings(char) for char, sound in zip(term, sounds, strict=True))


@cache
def _readings(char: str) -> frozenset[str]:
    from pypinyin import Style, pinyin  # noqa: PLC0415 - as above.

    return frozenset(pinyin(char, style=Style.NORMAL, heteronym=True)[0])


@cache
def _sounding(sound: str) -> tuple[str, ...]:
    return _by_sound().get(sound, ())


@cache
def _by_sound() -> dict[str, tuple[str, ...]]:
    """Return the common characters by their readings."""
    found: dict[str, list[str]] = {}
    for high in _COMMON:
        for low in range(0xA1, 0xFF):
            char = bytes((high, low)).decode("gb2312", "ignore")
            for sound in _readings(char) if char else ():
                found.setdefault(sound, []).append(char)
    return {sound: tuple(chars) for sound, chars in found.items()}
