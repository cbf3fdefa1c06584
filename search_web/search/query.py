"""What a request may hold: a query that is not empty nor endless, dates that exist, a window within its limits."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from indexer.errors import InvalidRequestError
from search_web.search.query_fields import period_value
from search_web.search.request import MAX_CONTEXT, MAX_GROUP_SIZE, MAX_LIMIT, MAX_QUERY_LENGTH

if TYPE_CHECKING:
    from indexer.stores.filters import Filters
    from search_web.search.request import SearchRequest


def checked_query(query: str) -> str:
    """Return the query without blanks around it.

    Raises InvalidRequestError when nothing is left or when it is longer than MAX_QUERY_LENGTH code points, as it
    stands or written out: one sign such as ㍿ or ﷺ stands for up to 18 letters, by which words and models go.
    """
    stripped = query.strip()
    if not stripped:
        raise InvalidRequestError("the query is empty", where="q", mend="Give at least one word to look for")
    if len(stripped) > MAX_QUERY_LENGTH:
        raise InvalidRequestError(
            f"the query has {len(stripped)} characters, more than {MAX_QUERY_LENGTH}",
            where="q",
            mend="Shorten it to the sentence that matters",
        )
    written_out = len(unicodedata.normalize("NFKC", stripped))
    if written_out > MAX_QUERY_LENGTH:
        raise InvalidRequestError(
            f"the query has signs that stand for several letters, {written_out} in all, more than {MAX_QUERY_LENGTH}",
            where="q",
            mend="Shorten it to the sentence that matters",
        )
    return stripped


def check_dates(filters: Filters) -> None:
    """Raise InvalidRequestError unless the dates of the filters are ISO 8601 days in order."""
    for where, day in (("date_from", filters.date_from), ("date_to", filters.date_to)):
        try:
            sound = day is None or date.fromisoformat(day).isoformat() == day
        except ValueError:
            sound = False
        if not sound:
            raise InvalidRequestError(
                f"{day!r} is not a value of {where}", where=where, mend="Use a date such as 2023-08-10"
            )
    if filters.date_from and filters.date_to and filters.date_from > filters.date_to:
        raise InvalidRequestError(
            f"{filters.date_from!r} is later than date_to, {filters.date_to!r}",
            where="date_from",
            mend="Give an earlier date_from or a later date_to",
        )


def with_periods_as_held(filters: Filters) -> Filters:
    """Return the filters with their periods as the index writes them, 2Q23 as 2023Q2.

    Raises InvalidRequestError for one that is no period.
    """
    periods = []
    for value in filters.period:
        period = period_value(value)
        if period is None:
            raise InvalidRequestError(
                f"{value!r} is not a value of period",
                where="period",
                mend="Use a period such as 2023Q2, 2023H1 or 2023",
            )
        periods.append(period)
    return replace(filters, period=tuple(dict.fromkeys(periods))) if periods else filters


def check_window(request: SearchRequest) -> None:
    """Raise InvalidRequestError for a window of a request that is out of range."""
    for where, value, low, high in (
        ("limit", request.limit, 1, MAX_LIMIT),
        ("offset", request.offset, 0, None),
        ("context", request.context, 0, MAX_CONTEXT),
        ("group_size", request.group_size, 1, MAX_GROUP_SIZE),
    ):
        if value < low or (high is not None and value > high):
            allowed = f"from {low} to {high}" if high is not None else f"of {low} or more"
            raise InvalidRequestError(f"{value} is not a number {allowed}", where=where)
