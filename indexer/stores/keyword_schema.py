"""What the schemas of all keyword engines have in common, beside one field for each of `Field`.

`exact` holds the finest terms of the text with their positions; `facets` and `date` serve filters; `row` says which
passage a document is.
"""

from __future__ import annotations

EXACT = "exact"
FACETS = "facets"
DATE = "date"
ROW = "row"

FEWEST_TERMS_OF_A_PHRASE = 2


def day_number(date: str) -> int:
    """Return an ISO 8601 date as a number that sorts alike: 20230810."""
    return int(date.replace("-", ""))
