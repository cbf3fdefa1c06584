"""Turn text into the terms that the keyword index holds; passages and queries go through the same code."""

from __future__ import annotations

import json
import unicodedata
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from operator import itemgetter
from threading import Lock
from typing import TYPE_CHECKING

from indexer.text.language import HAN_RUN
from indexer.text.normalise import fold, normalise
from indexer.text.occurrences import Occurrences
from indexer.text.quantities import quantity_terms_in, quantity_tokens
from indexer.text.scanner import Kind, atoms, plain_atom, scan, split_figure
from indexer.text.segmenters import create_segmenter
from indexer.text.stemmer import stem
from indexer.text.token import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indexer.text.scanner import Piece
    from indexer.text.segmenters import Segmenter

# Counts up whenever the same text would give other terms, so that an older index is recognised.
_ALGORITHM = 2

_PAIR = 2
_BETWEEN_RUNS = "，"

# So many texts of at most so many characters are kept with their terms.
_RECENT, _SHORT = 256, 500

_Term = tuple[str, int, int]
_PLACE_AND_TERM = itemgetter(1, 2, 0)


class Analyser:
    """Cuts Chinese, English and mixed text into terms with exact verbatim spans.

    `segmenter` is "rjieba" or "jieba". `user_words` are Chinese words to keep whole, next to those that
    come with the package. The segmenter is loaded when it is first needed; an analyser may be used from
    many threads.
    """

    def __init__(self, segmenter: str = "rjieba", user_words: Sequence[str] = ()) -> None:
        self._name = segmenter
        self._words = _han_words((*_built_in_words(), *user_words))
        self._lock = Lock()
        self._loaded: Segmenter | None = None
        # A query is analysed by many, one after the other.
        self._analysed = lru_cache(maxsize=_RECENT)(self._analyse)
        self._cut_finely = lru_cache(maxsize=_RECENT)(self._exact)

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
        return self._analysed(text) if len(text) <= _SHORT else self._analyse(text)

    def _analyse(self, text: str) -> tuple[Token, ...]:
        normalised = normalise(text)
        folded = normalised.text
        found = {one for piece in scan(folded) for one in self._terms(folded, piece)}
        if normalised.offsets is None:
            found.update((term, start, end) for start, end, term in quantity_terms_in(text, folded))
            return tuple(Token(*one) for one in sorted(found, key=_PLACE_AND_TERM))
        tokens = {Token(term, *normalised.span(start, end)) for term, start, end in found}
        tokens.update(quantity_tokens(text))
        return tuple(sorted(tokens, key=lambda token: (token.start, token.end, token.term)))

    def occurrences(self, text: str) -> Occurrences:
        """Return what tells of each term of `analyse` where it stands."""
        return Occurrences(normalise(text), self._cut, self._terms, lambda: quantity_tokens(text))

    def exact(self, text: str) -> tuple[Token, ...]:
        """Return the finest terms in reading order.

        There is one for each Han character, part of a Latin word, number and minus sign. They depend
        neither on the segmenter nor on blanks between Han and Latin script, and are not stemmed.
        """
        return self._cut_finely(text) if len(text) <= _SHORT else self._exact(text)

    def _exact(self, text: str) -> tuple[Token, ...]:
        normalised = normalise(text)
        folded = normalised.text
        return tuple(
            Token(term, *normalised.span(start, end))
            for piece in scan(folded)
            for term, start, end in _exact_terms(folded[piece.start : piece.end], piece)
        )

    def terms(self, text: str) -> tuple[list[str], list[str]]:
        """Return the terms of `analyse` and those of `exact`, in their order, without where they stand.

        This is for the index, which needs no places: most texts take little more than half the time.
        """
        normalised = normalise(text)
        if normalised.offsets is not None:
            return [token.term for token in self.analyse(text)], [token.term for token in self.exact(text)]
        folded = normalised.text
        found: set[tuple[int, int, str]] = set()
        exact: list[str] = []
        runs: list[tuple[int, str]] = []
        for piece in scan(folded):
            kind, place, end, _ = piece
            run = folded[place:end]
            if kind is Kind.HAN:
                exact.extend(run)
                runs.append((place, run))
            elif kind is Kind.WORD:
                exact.extend(_exact_words(run))
                found.update([(place + first, place + last, term) for term, first, last in _word_terms(run)])
            else:
                exact.extend(term for term, _, _ in _exact_terms(run, piece))
                found.update((first, last, term) for term, first, last in _figure_terms(folded, piece))
        found.update(self._words_of(runs))
        found.update(quantity_terms_in(text, folded))
        return [term for _, _, term in sorted(found)], exact

    def _words_of(self, runs: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, term) for runs of Han characters, each with its place, cut in one call.

        A call costs as much as cutting a sentence. Segmenters never cut across the comma between two runs.
        """
        if not runs:
            return
        rest = iter(runs)
        place, run = next(rest)
        end = len(run)
        for term, first, last in self._segmenter.words(_BETWEEN_RUNS.join(run for _, run in runs)):
            if first == end:
                before = end + 1
                place, run = next(rest)
                place -= before
                end = before + len(run)
            else:
                yield place + first, place + last, term

    @property
    def _segmenter(self) -> Segmenter:
        with self._lock:
            if self._loaded is None:
                self._loaded = create_segmenter(self._name, self._words)
            return self._loaded

    def _cut(self, run: str) -> Iterable[_Term]:
        return self._segmenter.words(run)

    def _terms(self, folded: str, piece: Piece) -> Iterable[_Term]:
        run = folded[piece.start : piece.end]
        match piece.kind:
            case Kind.HAN:
                terms = self._segmenter.words(run)
            case Kind.WORD:
                terms = _word_terms(run)
            case Kind.FIGURE:
                return _figure_terms(folded, piece)
        return ((term, piece.start + start, piece.start + end) for term, start, end in terms)


def _figure_terms(folded: str, piece: Piece) -> Iterator[_Term]:
    sign, number, percent = split_figure(folded[piece.start : piece.end])
    yield number, piece.start + len(sign), piece.end
    if percent:
        yield number + percent, piece.start + len(sign), piece.end
    if sign:
        yield sign + number + percent, piece.start, piece.end
    if piece.unit_end > piece.end:
        unit = folded[piece.end : piece.unit_end].strip()
        magnitude = unit.rstrip("人民币美港欧日元英镑")
        yield number + magnitude, piece.start, piece.unit_end - len(unit) + len(magnitude)
        yield number + unit, piece.start, piece.unit_end


@lru_cache(maxsize=1 << 16)
def _word_terms(word: str) -> tuple[_Term, ...]:
    """Return the terms of a word with their places in it: itself, without its joints, and its parts."""
    spans = atoms(word)
    parts = [_without_marks(plain_atom(word[start:end])) for start, end in spans]
    if len(parts) == 1:
        return ((stem(parts[0]), 0, len(word)),)
    joints = [word[before : before + 1].replace("\u2010", "-") for _, before in spans]
    *leading, last = parts
    parts = [*leading, stem(last)]
    terms = ["".join(part + joint for part, joint in zip(parts, joints, strict=True))]
    if len(parts) == _PAIR or set(joints) == {".", ""}:
        terms.append("".join(parts))
    whole = [(term, 0, len(word)) for term in terms]
    return *whole, *((stem(part), *span) for part, span in zip(parts, spans, strict=True) if len(part) > 1)


def _exact_terms(run: str, piece: Piece) -> Iterator[_Term]:
    match piece.kind:
        case Kind.HAN:
            yield from ((char, place, place + 1) for place, char in enumerate(run, piece.start))
        case Kind.WORD:
            for word, (start, end) in zip(_exact_words(run), atoms(run), strict=True):
                yield word, piece.start + start, piece.start + end
        case Kind.FIGURE:
            sign, number, percent = split_figure(run)
            if sign:
                yield sign, piece.start, piece.start + 1
            yield number + percent, piece.start + len(sign), piece.end


@lru_cache(maxsize=1 << 16)
def _exact_words(run: str) -> tuple[str, ...]:
    """Return the parts of a word, each as it is looked for in phrases."""
    return tuple(_without_marks(plain_atom(run[start:end])) for start, end in atoms(run))


def _without_marks(word: str) -> str:
    """Return a Latin word without its diacritics; other scripts keep theirs."""
    if word.isascii():
        return word
    bare = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return bare if bare.isascii() else word


@cache
def _built_in_words() -> tuple[str, ...]:
    """Return the words of user_words.txt: one a line, # begins a comment."""
    lines = files("indexer.text").joinpath("user_words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if (word := line.partition("#")[0].strip()))


def _han_words(words: Iterable[str]) -> tuple[str, ...]:
    """Return the folded runs of Han characters in the words; the scanner keeps all else whole."""
    return tuple(sorted({run for word in words for run in HAN_RUN.findall(fold(word)) if len(run) > 1}))
