"""What a change that comes over HTTP must bring: a page of this site, JSON, and the version that it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from flask import Response, current_app, request
from werkzeug.exceptions import Forbidden, PreconditionRequired, UnsupportedMediaType

from indexer.errors import ConflictError
from search_web.quotes.codec import checked
from search_web.web.declaring import declared

if TYPE_CHECKING:
    from collections.abc import Callable

_Schema = TypeVar("_Schema")
_Answer = TypeVar("_Answer", bound=Response)


@dataclass(frozen=True, slots=True)
class Nothing:
    """A body without fields: {}."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - pydantic reads it.


_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE = frozenset({"same-origin", "none"})


def guard_writes() -> None:
    """Let no page of another site change anything, as a browser tells which page sends a request.

    Raises Forbidden for one of another origin, and UnsupportedMediaType for what a mere form could send. How much may
    be sent is in body_limits.py.
    """
    if request.method in _SAFE:
        return
    _check_site()
    told = declared(current_app.view_functions.get(request.endpoint or ""))
    taken = told.takes if told and told.takes else ("application/json",)
    if request.method != "DELETE" and request.mimetype not in taken:
        types = " or ".join(taken)
        raise UnsupportedMediaType(f"Send it as one of these, with its Content-Type: {types}")


def guard_forms() -> None:
    """Let forms of this site alone change anything: the same as `guard_writes`, for what pages without scripts send."""
    if request.method not in _SAFE:
        _check_site()


def _check_site() -> None:
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    foreign = site is not None and site not in _OWN_SITE
    if foreign or (origin is not None and urlsplit(origin).netloc != request.host):
        raise Forbidden("Changes are taken from pages of this site and from programs, not from other sites")


def json_body(schema: type[_Schema]) -> _Schema:
    """Return the body of the request as a value of this dataclass.

    Raises InvalidRequestError, which names the field that does not fit.
    """
    return checked(
        schema, request.get_data(), where="the body", mend="Send a JSON object of the fields that are documented"
    )


def no_body() -> None:
    """Let nothing but an empty body, or {}, pass. Raises InvalidRequestError."""
    if request.get_data():
        json_body(Nothing)


def etag(resource_id: str, version: int) -> str:
    """Return the tag of a version of a collection or a quote, without its quotation marks."""
    return f"{resource_id}-{version}"


def tagged(response: _Answer, resource_id: str, version: int) -> _Answer:
    """Put the tag of its version on an answer, and answer 304 to who has that version."""
    response.set_etag(etag(resource_id, version))
    return _conditional(response)


def hashed(response: _Answer) -> _Answer:
    """Put a tag on an answer that has no version of its own, and answer 304 to who has the same."""
    response.add_etag()
    return _conditional(response)


def _conditional(response: _Answer) -> _Answer:
    response.make_conditional(request)
    response.headers.remove("Date")  # The server puts one on every answer, and two would be one too many.
    return response


def expected_version(resource_id: str, current: Callable[[], int]) -> int | None:
    """Return the version that the request means to change, which is the `current` one; None for If-Match: *.

    Raises PreconditionRequired where the request names none, ConflictError where it names another.
    """
    if "If-Match" not in request.headers:
        raise PreconditionRequired("Name the version that you change: send its ETag as If-Match")
    if request.if_match.star_tag:
        return None
    version = current()
    if not request.if_match.contains(etag(resource_id, version)):
        what = f"somebody has changed it meanwhile: this is version {version}"
        mend = "Read it again, and repeat the change on what is there now"
        raise ConflictError(what, where=resource_id, mend=mend, current=version)
    return version
