"""What is looked for in the text of one passage, and where it stands there, in code points of the verbatim text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.text.token import Token

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TermPattern:
    """One term of `Analyser.analyse`."""

    term: str


@dataclass(frozen=True, slots=True)
class PrefixPattern:
    """Every term of `Analyser.analyse` that begins so."""

    prefix: str


@dataclass(frozen=True, slots=True)
class RunPattern:
    """Terms of `Analyser.exact` side by side in this order."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearPattern:
    """Two runs of exact terms in either order, with at most `distance` other terms between them."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    distance: int


Pattern = TermPattern | PrefixPattern | RunPattern | NearPattern


def find(pattern: Pattern, tokens: Sequence[Token], exact: Sequence[Token]) -> Iterator[Span]:
    """Yield where the pattern stands in a text, of which `tokens` and `exact` are the two analyses."""
    match pattern:
        case TermPattern(term):
            yield from ((start, end) for found, start, end in tokens if found == term)
        case PrefixPattern(prefix):
            yield from ((start, end) for found, start, end in tokens if found.startswith(prefix))
        case RunPattern(terms):
            yield from (_span(exact, place, len(terms)) for place in _places(terms, exact))
        case NearPattern(first, second, distance):
            yield from _near(first, second, distance, exact)


def merged(spans: Iterator[Span] | Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans sorted, with touching and overlapping ones made one."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return tuple(whole)


def _places(terms: Sequence[str], exact: Sequence[Token]) -> Iterator[int]:
    if not terms:
        return
    for place in range(len(exact) - len(terms) + 1):
        if all(exact[place + step].term == term for step, term in enumerate(terms)):
            yield place


def _near(first: Sequence[str], second: Sequence[str], distance: int, exact: Sequence[Token]) -> Iterator[Span]:
    seconds = list(_places(second, exact))
    for place in _places(first, exact):
        for other in seconds:
            gap = other - place - len(first) if other >= place else place - other - len(second)
            if 0 <= gap <= distance:
                yield _span(exact, place, len(first))
                yield _span(exact, other, len(second))


def _span(exact: Sequence[Token], place: int, length: int) -> Span:
    return exact[place].start, exact[place + length - 1].end
