"""The terms of one piece of folded text: a word, a figure, a run of Han characters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.text.scanner import Kind, atoms, plain_atom, split_figure, words_and_figures
from indexer.text.stemmer import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer.text.scanner import Piece

PlacedTerm = tuple[str, int, int]
"""A term, and where it stands: text[start:end]."""

_PAIR = 2


def figure_terms(folded: str, piece: Piece) -> Iterator[PlacedTerm]:
    """Yield the terms of a figure: the number, and what it is with its percent sign, its sign and its unit."""
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
def word_terms(word: str) -> tuple[PlacedTerm, ...]:
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


def placed_terms(folded: str) -> dict[str, list[tuple[int, int]]]:
    """Return where the terms of all words and figures stand in folded text, each in reading order."""
    places: dict[str, list[tuple[int, int]]] = {}
    for word, start, figure in words_and_figures(folded):
        if figure is None:
            for term, first, last in word_terms(word):
                places.setdefault(term, []).append((start + first, start + last))
        else:
            for term, first, last in figure_terms(folded, figure):
                places.setdefault(term, []).append((first, last))
    return places


def exact_terms(run: str, piece: Piece) -> Iterable[PlacedTerm]:
    """Return the finest terms of a piece, whose text is `run`."""
    if piece.kind is Kind.HAN:
        return zip(run, range(piece.start, piece.end), range(piece.start + 1, piece.end + 1), strict=True)
    if piece.kind is Kind.WORD:
        words = zip(exact_words(run), atoms(run), strict=True)
        return [(word, piece.start + start, piece.start + end) for word, (start, end) in words]
    sign, number, percent = split_figure(run)
    signs = [(sign, piece.start, piece.start + 1)] if sign else []
    return (*signs, (number + percent, piece.start + len(sign), piece.end))


@lru_cache(maxsize=1 << 16)
def exact_words(run: str) -> tuple[str, ...]:
    """Return the parts of a word, each as it is looked for in phrases."""
    return tuple(_without_marks(plain_atom(run[start:end])) for start, end in atoms(run))


def _without_marks(word: str) -> str:
    """Return a Latin word without its diacritics; other scripts keep theirs."""
    if word.isascii():
        return word
    bare = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return bare if bare.isascii() else word
