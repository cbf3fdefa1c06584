"""Where terms stand in one text, worked out for those terms alone that are asked for.

Cutting a text into all its terms takes many times as long as seeing that most of what a query looks for is not in it.
So only those runs of Han characters are cut that have the characters of a term, and Latin words and figures are looked
at only where one of them may be the term.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from indexer.text.language import HAN, HAN_RUN
from indexer.text.piece_terms import placed_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from indexer.text.normalise import Normalised
    from indexer.text.token import Token

    Span = tuple[int, int]

_QUANTITY = "#"
_ENDINGS = re.compile(r"(?<=[^\W_])['’](?:s|re|ve|ll|d|m)(?![^\W_])")
# Python does not know the newest characters as letters.
_LETTERS = re.compile(rf"[{HAN}\w]+")
_ASCII_MARKS = {code: None for code in range(128) if not chr(code).isalnum()}


class Occurrences:
    """The terms of `Analyser.analyse` in one text; spans are in code points of the verbatim text, in reading order.

    `words` cuts a run of Han characters, and `quantities` gives the quantities of the verbatim text.
    """

    def __init__(
        self,
        normalised: Normalised,
        words: Callable[[str], Iterable[tuple[str, int, int]]],
        quantities: Callable[[], Iterable[Token]],
    ) -> None:
        self._normalised = normalised
        self._folded = normalised.text
        self._segmented = words
        self._quantities = quantities
        self._words: dict[int, Sequence[tuple[str, int, int]]] = {}

    def of(self, term: str) -> Sequence[Span]:
        """Return where a term stands."""
        is_han, key = _kind_of(term)
        if is_han:
            return self._of_han(term) if term in self._folded else ()
        if term.startswith(_QUANTITY):
            return self._of_quantities.get(term, ())
        return self._spans(self._others.get(term, ())) if key in self.letters else ()

    def beginning(self, prefix: str) -> Iterable[Span]:
        """Return where the terms stand that begin so."""
        for term in sorted({*self._of_quantities, *self._others, *self._all_han()}):
            if term.startswith(prefix):
                yield from self.of(term)

    @cached_property
    def letters(self) -> str:
        """The letters and digits of the folded text, without diacritics and what stands between them.

        They stand here twice where words have endings that terms are without: Moody's.
        """
        folded = self._folded if self._folded.isascii() else unicodedata.normalize("NFD", self._folded)
        letters = _letters_in(folded)
        if "'" not in folded and "’" not in folded:
            return letters
        without = _ENDINGS.sub("", folded)
        return letters if without == folded else f"{letters} {_letters_in(without)}"

    def _of_han(self, term: str) -> Sequence[Span]:
        found: list[Span] = []
        for place, (run, start) in enumerate(self._han):
            if term in run:
                found += [(start + first, start + last) for word, first, last in self._words_in(place) if word == term]
        return self._spans(found)

    def _spans(self, found: Sequence[Span]) -> Sequence[Span]:
        """Return where these places of the folded text are in the verbatim text, each once, in reading order."""
        if self._normalised.offsets is not None:
            found = [self._normalised.span(start, end) for start, end in found]
        return sorted(set(found)) if len(found) > 1 else found

    @cached_property
    def _han(self) -> list[tuple[str, int]]:
        return [(match[0], match.start()) for match in HAN_RUN.finditer(self._folded)]

    def _words_in(self, place: int) -> Sequence[tuple[str, int, int]]:
        """Return the words of a run with their places in it; it is cut when first asked for."""
        if place not in self._words:
            self._words[place] = tuple(self._segmented(self._han[place][0]))
        return self._words[place]

    def _all_han(self) -> Iterable[str]:
        return (word for place in range(len(self._han)) for word, _, _ in self._words_in(place))

    @cached_property
    def _others(self) -> Mapping[str, Sequence[Span]]:
        """Where all other terms stand in the folded text."""
        return placed_terms(self._folded)

    @cached_property
    def _of_quantities(self) -> Mapping[str, Sequence[Span]]:
        places: dict[str, list[Span]] = {}
        for term, start, end in sorted(set(self._quantities())):
            places.setdefault(term, []).append((start, end))
        return places


def _letters_in(text: str) -> str:
    if text.isascii():
        return text.translate(_ASCII_MARKS)
    return "".join(_LETTERS.findall(text)).replace("_", "")


def letters_of_term(term: str) -> str:
    """Return what is among the `letters` of every text that has a term; that of a quantity may be written anyhow."""
    if term.startswith(_QUANTITY):
        return ""
    is_han, key = _kind_of(term)
    return term if is_han else key


@lru_cache(maxsize=1 << 16)
def _kind_of(term: str) -> tuple[bool, str]:
    """Return whether a term is of Han characters, and the letters that a text must have where it occurs.

    A stem differs from its word in the last letter at most, and a compound may lack its joints.
    """
    letters = _letters_in(term)[:-1] if term.isascii() else ""
    return bool(HAN_RUN.fullmatch(term)), letters
