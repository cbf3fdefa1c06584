"""What all keyword engines have in common on disk, beside one field for each of `Field`.

`exact` holds the finest terms of the text with their positions; `facets` and `date` serve filters; `row` says which
passage a document is. Files that are no such index are told of in the same words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors import IndexDamagedError

if TYPE_CHECKING:
    from pathlib import Path

EXACT = "exact"
FACETS = "facets"
DATE = "date"
ROW = "row"

FEWEST_TERMS_OF_A_PHRASE = 2


def day_number(date: str) -> int:
    """Return an ISO 8601 date as a number that sorts alike: 20230810."""
    return int(date.replace("-", ""))


def unreadable(folder: Path, error: BaseException) -> IndexDamagedError:
    """Return the error for files that are not readable as an index of the engine."""
    return IndexDamagedError(
        f"The keyword index cannot be read ({error})", where=str(folder), mend="Build it again: yuanhua index"
    )
