"""What is looked for in the text of one passage, and where it stands there, in code points of the verbatim text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from indexer.text.language import HAN_RUN
from indexer.text.occurrences import letters_of_term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from indexer.text.analyser import Analyser
    from indexer.text.occurrences import Occurrences
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


class Words:
    """The terms of one text by where they stand, so that many patterns can be looked for quickly.

    `exact` gives what `Analyser.exact` makes of the text, and is asked only when a run is looked for whose letters
    and digits stand in the text.
    """

    def __init__(self, terms: Occurrences, exact: Callable[[], Sequence[Token]]) -> None:
        self.terms = terms
        self._exact = exact

    @classmethod
    def of(cls, text: str, analyser: Analyser) -> Words:
        """Return the terms of a text."""
        return cls(analyser.occurrences(text), lambda: analyser.exact(text))

    @cached_property
    def exact(self) -> Sequence[Token]:
        """The finest terms of the text, in reading order."""
        return self._exact()

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(self.exact):
            places[token.term].append(place)
        return places

    def runs(self, terms: tuple[str, ...]) -> Sequence[int]:
        """Return the places in `exact` where these terms stand side by side in this order."""
        letters = self.terms.letters
        if not terms or not all(piece in letters for piece in _pieces(terms)):
            return ()
        if not all(term in self._places for term in terms):
            return ()
        return [place for place in self._places[terms[0]] if self._stand_at(place, terms)]

    def _stand_at(self, place: int, terms: tuple[str, ...]) -> bool:
        after = self.exact[place : place + len(terms)]
        return len(after) == len(terms) and all(token.term == term for token, term in zip(after, terms, strict=True))


def find(pattern: Pattern, words: Words) -> Iterable[Span]:
    """Return where the pattern stands in a text."""
    match pattern:
        case TermPattern(term):
            return words.terms.of(term)
        case PrefixPattern(prefix):
            return words.terms.beginning(prefix)
        case RunPattern(terms):
            return [_span(words.exact, place, len(terms)) for place in words.runs(terms)]
        case NearPattern(first, second, distance):
            return _near(first, second, distance, words)


def letters_of(pattern: Pattern) -> str:
    """Return what is among the letters and digits of every text in which a pattern stands, as far as one can tell."""
    match pattern:
        case TermPattern(term):
            return letters_of_term(term)
        case RunPattern(terms):
            return max(_pieces(terms), key=len, default="")
        case PrefixPattern() | NearPattern():
            return ""


@lru_cache(maxsize=1 << 16)
def _pieces(terms: tuple[str, ...]) -> tuple[str, ...]:
    """Return what must be among the letters and digits of a text that has these terms side by side."""
    together = "".join(terms)
    if HAN_RUN.fullmatch(together):
        return (together,)
    return tuple(term for term in terms if term.isascii() and term.isalnum())


def merged(spans: Iterator[Span] | Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans sorted, with touching and overlapping ones made one."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return tuple(whole)


def _near(first: tuple[str, ...], second: tuple[str, ...], distance: int, words: Words) -> Iterator[Span]:
    seconds = words.runs(second)
    for place in words.runs(first):
        for other in seconds:
            gap = other - place - len(first) if other >= place else place - other - len(second)
            if 0 <= gap <= distance:
                yield _span(words.exact, place, len(first))
                yield _span(words.exact, other, len(second))


def _span(exact: Sequence[Token], place: int, length: int) -> Span:
    return exact[place].start, exact[place + length - 1].end
