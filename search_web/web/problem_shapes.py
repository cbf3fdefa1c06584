"""The shape of every error of the API (RFC 9457); errors.py makes it."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict


class ProblemPart(TypedDict):
    """What went wrong with a part of what was asked, such as one of several files."""

    type: str
    title: str
    status: int
    detail: str


class Problem(TypedDict):
    """What went wrong."""

    type: str
    """The kind of error: urn:yuanhua:problem:… or about:blank, which adds nothing to the status."""
    title: str
    status: int
    detail: str
    """What was wrong, where, and what to do next."""
    instance: str
    """The address that was asked for."""
    request_id: NotRequired[str]
    """What the log of the server calls this request."""
    position: NotRequired[int]
    """Of a query that cannot be read: the code point at which something else was expected."""
    expected: NotRequired[str]
    current_version: NotRequired[int]
    """Of a change that came too late: the version that is there."""
    scope: NotRequired[str]
    """Of what one may not do: the scope that it needs."""
    parameter: NotRequired[str]
    """Of a parameter that there is not: its name."""
    nearest: NotRequired[str | None]
    """The parameter that may be meant."""
