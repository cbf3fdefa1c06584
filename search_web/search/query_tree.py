"""What a query says once it is read: leaves to look for, the operators between them, and filters."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]
"""Where a piece of the query stands: code points [start, end) of the query as it was typed."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a run of text without operators; how it is cut into terms is the analyser's matter."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """Text between quotation marks: it must stand so, whatever the blanks, the width and the case."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word with a star behind it: every word of the index that begins so. `text` is without the star."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Near:
    """Two words or quoted texts with at most `distance` words or Han characters between them, in either order."""

    first: Word | Quoted
    second: Word | Quoted
    distance: int
    span: Span


@dataclass(frozen=True, slots=True)
class Fielded:
    """A condition on who said it, where, or when: the value of one field. See `fields.py` for the fields."""

    field: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Both:
    """Every part holds (AND)."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds (OR)."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold (NOT, -)."""

    part: Node
    span: Span


@dataclass(frozen=True, slots=True)
class Loose:
    """Parts side by side without an operator.

    Words among them only rank; everything else among them binds.
    """

    parts: tuple[Node, ...]


Leaf = Word | Quoted | Prefix | Near
Node = Word | Quoted | Prefix | Near | Fielded | Both | Either | Not | Loose


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query that was read.

    `required` must all hold, none of `excluded` may; `optional` words only rank. `notes` tell what was taken
    for plain text although it looks like an operator.
    """

    text: str
    required: tuple[Node, ...] = ()
    excluded: tuple[Node, ...] = ()
    optional: tuple[Word, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether the query is nothing but words."""
        return not self.required and not self.excluded

    def leaves(self) -> tuple[Leaf, ...]:
        """Return everything that a passage is looked for by, in the order of the query, less what is excluded."""
        found = [leaf for node in (*self.required, *self.optional) for leaf in positive_leaves(node)]
        return tuple(sorted(found, key=lambda leaf: leaf.span))


def positive_leaves(node: Node) -> tuple[Leaf, ...]:
    """Return the leaves below a node that are wanted: none of those under a NOT."""
    match node:
        case Word() | Quoted() | Prefix() | Near():
            return (node,)
        case Both(parts) | Either(parts) | Loose(parts):
            return tuple(leaf for part in parts for leaf in positive_leaves(part))
        case _:
            return ()
