"""The terms of a field as one string: how they are kept, and how tantivy takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BETWEEN = "\t"
"""Stands between two terms. No term holds a tab: the scanner of `indexer.text` cuts there."""


class JoinedTerms(Sequence[str]):
    """Terms in one string, which are cut when somebody looks at them one by one."""

    __slots__ = ("joined",)

    def __init__(self, joined: str) -> None:
        self.joined = joined

    def __iter__(self) -> Iterator[str]:
        return iter(self.joined.split(BETWEEN) if self.joined else ())

    def __len__(self) -> int:
        return self.joined.count(BETWEEN) + 1 if self.joined else 0

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def joined(terms: Iterable[str]) -> str:
    """Return the terms as one string."""
    return terms.joined if isinstance(terms, JoinedTerms) else BETWEEN.join(terms)
