"""What every keyword engine looks like to the rest of the program, and the small query tree they all answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from indexer.stores.filters import Filters


class Field(StrEnum):
    """The searchable fields of a passage."""

    TEXT = "text"
    SPEAKER = "speaker"
    TITLE = "title"
    HEADING = "heading"
    COMPANY = "company"


_SPOKEN, _ANY = (Field.TEXT,), tuple(Field)

# Matches in the words themselves count most; who said them and under which heading helps to rank.
FIELD_WEIGHTS: Mapping[Field, float] = {
    Field.TEXT: 1.0,
    Field.SPEAKER: 0.5,
    Field.TITLE: 0.3,
    Field.HEADING: 0.5,
    Field.COMPANY: 0.3,
}


@dataclass(frozen=True, slots=True)
class Term:
    """One analysed term, looked for in every field; the score of a field counts by FIELD_WEIGHTS × weight.

    With `spoken` it is looked for in the text alone.
    """

    term: str
    weight: float = 1.0
    spoken: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields to look in."""
        return _SPOKEN if self.spoken else _ANY


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms of `Analyser.exact` that stand side by side in the text, in this order.

    `slop` is how many other terms may stand between them.
    """

    terms: tuple[str, ...]
    slop: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Near:
    """Two runs of terms of `Analyser.exact`, in either order, with at most `distance` other terms between them."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    distance: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Facet:
    """The passage has one of these facet terms (see `filters.facet_term`); it adds nothing to the score."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """The call was held from `first` to `last`, ISO 8601, both included, None where open; adds nothing to the score."""

    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the parts matches; the scores add up."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Best:
    """At least one of the parts matches; the score is that of the best part."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Flat:
    """The part matches; the score is `score`, however often and wherever it does."""

    part: Query
    score: float


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part matches and none of the excluded does; the scores of the parts add up."""

    parts: tuple[Query, ...]
    excluded: tuple[Query, ...] = ()


Query = Term | Phrase | Near | Facet | Dated | AnyOf | Best | Flat | AllOf


def weighted(query: Query, weight: float) -> Query:
    """Return the query with every score of it multiplied by `weight`."""
    match query:
        case Term(term, own, alone):
            return Term(term, own * weight, alone)
        case Phrase() | Near():
            return replace(query, weight=query.weight * weight)
        case AnyOf(parts) | Best(parts):
            return type(query)(tuple([weighted(part, weight) for part in parts]))
        case Flat(part, score):
            return Flat(part, score * weight)
        case AllOf(parts, excluded):
            return AllOf(tuple(weighted(part, weight) for part in parts), excluded)
        case _:
            return query


def spoken(query: Query) -> Query:
    """Return the query for what was said alone: no term is looked for in names, titles and headings."""
    match query:
        case Term():
            return replace(query, spoken=True)
        case AnyOf(parts) | Best(parts):
            return type(query)(tuple(map(spoken, parts)))
        case Flat(part, score):
            return Flat(spoken(part), score)
        case AllOf(parts, excluded):
            return AllOf(tuple(map(spoken, parts)), tuple(map(spoken, excluded)))
        case _:
            return query


@dataclass(frozen=True, slots=True)
class KeywordDocument:
    """A passage as a keyword engine takes it.

    `fields` holds the analysed terms of each field in any order; `exact` the finest terms of the text, one position
    each, for phrases; `facets` the terms of `facet_terms`; `date` is ISO 8601 or None.
    """

    row: int
    fields: Mapping[Field, Sequence[str]]
    exact: Sequence[str]
    facets: Sequence[str]
    date: str | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows by falling score, equal scores by rising row; `total` counts all rows that match, not only these."""

    rows: tuple[int, ...]
    scores: tuple[float, ...]
    total: int


class KeywordWriter(Protocol):
    """Writes a new keyword index into an empty folder."""

    def add(self, document: KeywordDocument) -> None:
        """Take in one passage."""
        ...

    def finish(self) -> None:
        """Write everything to disk. Nothing may be added afterwards."""
        ...


class KeywordStore(Protocol):
    """An opened keyword index. It may be searched from many threads."""

    @property
    def count(self) -> int:
        """The number of passages."""
        ...

    def search(self, query: Query, *, limit: int, filters: Filters) -> Ranking:
        """Return the best `limit` rows by BM25 among those that the filters keep.

        An empty AnyOf matches nothing.
        """
        ...

    def rows(self, query: Query, *, filters: Filters) -> NDArray[np.int64]:
        """Return every row that matches the query and that the filters keep, rising, shape (n,)."""
        ...

    def matching(self, query: Query) -> int:
        """Return how many passages match."""
        ...

    def document_frequency(self, term: str) -> int:
        """Return in how many passages the text has this term."""
        ...

    def close(self) -> None:
        """Release the files."""
        ...


class KeywordEngine(Protocol):
    """A keyword engine by name: makes writers and opens stores."""

    @property
    def name(self) -> str:
        """The name that settings and manifests give it."""
        ...

    def create(self, folder: Path) -> KeywordWriter:
        """Start a new index in an existing, empty folder."""
        ...

    def open(self, folder: Path) -> KeywordStore:
        """Open what `create` wrote.

        Raises IndexDamagedError when the files are not readable as such an index.
        """
        ...
