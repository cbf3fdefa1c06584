"""The periods that a question names and no call of the index is of, so that they bind no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.search.named import Kind
from search_web.search.names import units
from search_web.search.query_periods import unresolved
from search_web.search.recognition import LONGEST, SHORT

if TYPE_CHECKING:
    from search_web.search.recognition import Recogniser


def unheld_periods(recogniser: Recogniser, query: str) -> tuple[str, ...]:
    """Return the words with which a query names such periods, outright or by the newest call.

    A long query names none: times that it tells are its own.
    """
    query = query[:LONGEST]
    if len(units(query)) > SHORT:
        return ()
    chips = recogniser.mentioned(query)
    periods = [chip for chip in chips if chip.kind is Kind.PERIOD]
    spans = [chip.span for chip in periods if not recogniser.carrying(chip.facets)]
    taken = [chip.span for chip in chips]
    spans += [one for one in unresolved(query) if not any(one[0] < end and start < one[1] for start, end in taken)]
    return tuple(query[slice(*span)].strip() for span in sorted(spans))
