"""Turn text into the terms that the keyword index holds; passages and queries go through the same code."""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.metadata import version
from operator import itemgetter
from threading import Lock
from typing import TYPE_CHECKING

from indexer.text.index_terms import index_terms
from indexer.text.language import HAN_RUN
from indexer.text.normalise import fold, letter_by_letter, normalise
from indexer.text.occurrences import Occurrences
from indexer.text.piece_terms import exact_terms, figure_terms, word_terms
from indexer.text.quantities import placed_quantity_terms, quantity_tokens
from indexer.text.scanner import Kind, scan
from indexer.text.segmenters import create_segmenter
from indexer.text.token import Token
from indexer.text.user_words import built_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from indexer.text.piece_terms import PlacedTerm
    from indexer.text.scanner import Piece
    from indexer.text.segmenters import Segmenter

# Counts up whenever the same text would give other terms, so that an older index is recognised.
_ALGORITHM = 2

# So many texts of at most so many characters are kept with their terms, and so few of those that are longer.
_RECENT, _SHORT, _RECENT_LONG = 256, 500, 4

_PLACE_AND_TERM = itemgetter(1, 2, 0)


class Analyser:
    """Cuts Chinese, English and mixed text into terms with exact verbatim spans.

    `segmenter` is "rjieba" or "jieba". `user_words` are Chinese words to keep whole, next to those that
    come with the package. The segmenter is loaded when it is first needed; an analyser may be used from
    many threads.
    """

    def __init__(self, segmenter: str = "rjieba", user_words: Sequence[str] = ()) -> None:
        self._name = segmenter
        self._words = _han_words((*built_in_words(), *user_words))
        self._lock = Lock()
        self._loaded: Segmenter | None = None
        # A query is analysed by many, one after the other.
        self._analysed = _kept(self._analyse)
        self._cut_finely = _kept(self._exact)

    @cached_property
    def digest(self) -> str:
        """Return what two analysers share if and only if they give the same terms."""
        settings = [_ALGORITHM, self._name, self._segmenter.version, version("opencc"), self._words]
        return sha256(json.dumps(settings).encode()).hexdigest()[:16]

    def analyse(self, text: str) -> tuple[Token, ...]:
        """Return the terms to index or to look for, by rising start, then end.

        Tokens may overlap: a long Chinese word also gives the words inside it, a compound such as non-GAAP
        its parts, a figure with a unit such as 2,342 亿元 the bare number. A quantity gives a term that is the same
        however it is written: RMB 877 million and 8.77亿元 meet in #8.77e8.
        """
        return self._analysed(text)

    def _analyse(self, text: str) -> tuple[Token, ...]:
        normalised = normalise(text)
        folded = normalised.text
        found = {one for piece in scan(folded) for one in self._terms(folded, piece)}
        if normalised.offsets is None:
            found.update(placed_quantity_terms(text, folded))
            return tuple(map(Token._make, sorted(found, key=_PLACE_AND_TERM)))
        tokens = {Token(term, *normalised.span(start, end)) for term, start, end in found}
        tokens.update(quantity_tokens(text))
        return tuple(sorted(tokens, key=lambda token: (token.start, token.end, token.term)))

    def occurrences(self, text: str) -> Occurrences:
        """Return what tells of each term of `analyse` where it stands."""
        return Occurrences(normalise(text), self._cut, lambda: quantity_tokens(text))

    def exact(self, text: str) -> tuple[Token, ...]:
        """Return the finest terms in reading order.

        There is one for each Han character, part of a Latin word, number and minus sign. They depend
        neither on the segmenter nor on blanks between Han and Latin script, and are not stemmed.
        """
        return self._cut_finely(text)

    def _exact(self, text: str) -> tuple[Token, ...]:
        normalised = normalise(text)
        folded = normalised.text
        found = (one for piece in scan(folded) for one in exact_terms(folded[piece.start : piece.end], piece))
        if normalised.offsets is None:
            return tuple(map(Token._make, found))
        return tuple(Token(term, *normalised.span(start, end)) for term, start, end in found)

    def terms(self, text: str, folding: tuple[str, bool] | None = None) -> tuple[list[str], list[str]]:
        """Return the terms of `analyse`, in no particular order, and those of `exact` in theirs, without their places.

        This is for the index, which needs no places. `folding` is `letter_by_letter(text)`, where the caller has it.
        """
        folded, apart = folding or letter_by_letter(text)
        if apart:
            return index_terms(text, folded, self._segmenter)
        # Equal terms that come of one character count once, and only their places tell.
        return [token.term for token in self.analyse(text)], [token.term for token in self.exact(text)]

    @property
    def _segmenter(self) -> Segmenter:
        with self._lock:
            if self._loaded is None:
                self._loaded = create_segmenter(self._name, self._words)
            return self._loaded

    def _cut(self, run: str) -> Iterable[PlacedTerm]:
        return self._segmenter.words(run)

    def _terms(self, folded: str, piece: Piece) -> Iterable[PlacedTerm]:
        run = folded[piece.start : piece.end]
        match piece.kind:
            case Kind.HAN:
                terms = self._segmenter.words(run)
            case Kind.WORD:
                terms = word_terms(run)
            case Kind.FIGURE:
                return figure_terms(folded, piece)
        return ((term, piece.start + start, piece.start + end) for term, start, end in terms)


@lru_cache(maxsize=8)
def shared_analyser(segmenter: str, user_words: tuple[str, ...] = ()) -> Analyser:
    """Return the analyser of all who cut text alike: to load its dictionary takes a tenth of a second."""
    return Analyser(segmenter, user_words)


def _kept(cut: Callable[[str], tuple[Token, ...]]) -> Callable[[str], tuple[Token, ...]]:
    """Return a function that remembers what it has cut last; long texts drive no short ones out."""
    short, long = lru_cache(maxsize=_RECENT)(cut), lru_cache(maxsize=_RECENT_LONG)(cut)
    return lambda text: short(text) if len(text) <= _SHORT else long(text)


def _han_words(words: Iterable[str]) -> tuple[str, ...]:
    """Return the folded runs of Han characters in the words; the scanner keeps all else whole."""
    return tuple(sorted({run for word in words for run in HAN_RUN.findall(fold(word)) if len(run) > 1}))
