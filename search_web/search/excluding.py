"""What a query leaves out: NOT x means x and what the glossary calls the same, in either language.

Somebody who asks for AI without monetization does not want 变现 either. Only equivalents at full strength are left out,
which the glossary gives as one concept: a loose sense of the dictionary would lose passages that nobody meant. Quoted
text is left out to the letter, and so is a word whose concept the query asks for in other words (monetization -商业化).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.text.expansion import Strength
from indexer.text.normalise import fold
from search_web.search.query_tree import Both, Either, Loose, Not, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from indexer.text.expansion import Expansion
    from search_web.search.expanding import Added
    from search_web.search.query_tree import Node, ParsedQuery


@dataclass(frozen=True, slots=True)
class Unwanted:
    """What is called the same as the excluded words, and the words that are left out to the letter all the same."""

    expansions: tuple[Expansion, ...] = ()
    to_the_letter: tuple[Word, ...] = ()


def unwanted(parsed: ParsedQuery, wanted: str, expand: Callable[[str], Sequence[Expansion]]) -> Unwanted:
    """Return what goes out with the words that a query excludes.

    `wanted` is what the query asks for, each word in its place.
    """
    words = excluded_words(parsed)
    if not words:
        return Unwanted()
    asked = {expansion.concept for expansion in expand(wanted)}
    said = fold(wanted)
    found: list[Expansion] = []
    letter: list[Word] = []
    for word in words:
        start, end = word.span
        alone = " " * start + parsed.text[start:end]
        same = [one for one in expand(alone) if one.strength is Strength.STRONG and (one.start, one.end) == word.span]
        if any(one.concept in asked or fold(one.term) in said for one in same):
            letter.append(word)
        else:
            found += same
    return Unwanted(tuple(found), tuple(letter))


def excluded_words(parsed: ParsedQuery) -> tuple[Word, ...]:
    """Return the plain words that stand under a NOT, in the order of the query."""
    nodes = (*(Not(node, (0, 0)) for node in parsed.excluded), *parsed.required)
    return tuple(sorted((word for node in nodes for word in _excluded(node, out=False)), key=lambda word: word.span))


def excluded_notes(query: str, left_out: Iterable[Added], letter: Iterable[Word]) -> tuple[str, ...]:
    """Say what was left out beside the words of the query, and what was not."""
    beside: dict[str, list[str]] = {}
    for one in left_out:
        if one.active:
            beside.setdefault(query[one.expansion.start : one.expansion.end], []).append(one.expansion.term)
    return (
        *(f'Left out with {word}: {", ".join(terms)}. To the letter only: -"{word}"' for word, terms in beside.items()),
        *(
            f"{word.text} is left out to the letter only: the query asks for the same in another word."
            for word in letter
        ),
    )


def _excluded(node: Node, *, out: bool) -> Iterator[Word]:
    match node:
        case Word() if out:
            yield node
        case Not(part):
            yield from _excluded(part, out=not out)
        case Both(parts) | Either(parts) | Loose(parts):
            for part in parts:
                yield from _excluded(part, out=out)
        case _:
            pass
