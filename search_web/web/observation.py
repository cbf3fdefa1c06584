"""What is seen of a request from outside, and where that is noted while it is answered."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

REQUEST_ID = "yuanhua.request_id"
"""The key of the request's id in its WSGI environment."""

ERROR_KIND = "yuanhua.error"
"""The key of the title of the problem that was answered."""

current_request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that this thread answers, or an empty text outside of one."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One request that was answered.

    `route` is the pattern that the path matched, and "unmatched" without one. `seconds` ends when the answer stands, or
    with the last byte of one that is made while it is sent. `error` is the title of the problem that was answered, or
    empty.
    """

    request_id: str
    method: str
    path: str
    query: str
    route: str
    status: int
    seconds: float
    error: str
