"""What a response says of its query: what was added to it, what it names, and what may have been meant instead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExpansionView:
    """A term that was looked for next to the words of the query.

    `of` is where in the query stands what called it up, `source` what gave it, `passages` how many have it. It is not
    `active` when the user has switched it off.
    """

    term: str
    of: tuple[int, int]
    language: str
    relation: str
    source: str
    weight: float
    passages: int
    active: bool


@dataclass(frozen=True, slots=True)
class ChipView:
    """Somebody, a company or a period that the query names and the index holds.

    `id` switches it off, `text` is how the query writes it, at `of`. `how` is what is wanted of it: "named", "asked" or
    "said"; of periods "named", "after", "since", "before" or "until".
    """

    id: str
    kind: str
    value: str
    text: str
    of: tuple[int, int]
    effect: str
    active: bool
    how: str


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A term of the query that the index lacks, or hardly has (at `of`), and one that may be meant.

    `query` is the whole query with every suggestion in its place, operators and all.
    """

    term: str
    of: tuple[int, int]
    instead: str
    query: str


@dataclass(frozen=True, slots=True)
class FilterSuggestion:
    """A value of a filter that the index has nothing of, and the nearest values that it has, none where none is near.

    `of` is where the query has it, with the name of its field, None for a filter beside the query; `queries` are then
    the query with each of the values `instead`.
    """

    field: str
    value: str
    of: tuple[int, int] | None
    instead: tuple[str, ...]
    queries: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What the notes of a response say of it."""
        found = (
            f"no {self.field} is called"
            if self.field in {"speaker", "company", "firm"}
            else f"nothing has {self.field}"
        )
        meant = f"; did you mean: {', '.join(self.instead)}" if self.instead else ""
        return f"{found} '{self.value}'{meant}"
