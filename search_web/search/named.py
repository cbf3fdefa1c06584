"""What a name of a query stands for in an index."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a name stands for."""

    SPEAKER = "speaker"
    COMPANY = "company"
    FIRM = "firm"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Named:
    """What a name of a query stands for in the index.

    `value` is its name as the index writes it, `facets` are the facet terms of which its passages have one. A `short`
    name is a part of the name, or a single word; it takes more than itself to be sure. `exactly` is how it must be
    written, capitals and all.
    """

    kind: Kind
    value: str
    facets: tuple[str, ...]
    short: bool = False
    exactly: str | None = None
    is_ticker: bool = False


Found = dict[str, dict[tuple[Kind, str], Named]]
"""What is named, by the keys of its names, while it is being filed."""
