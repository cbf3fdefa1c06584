"""How an endpoint of the API says what it takes and what it answers: once, above its function.

    @api.get("/api/v1/search")
    @endpoint("search", answers=SearchAnswer, query=SearchArguments, tagged=True)
    def search() -> JsonOf[SearchAnswer]:
        \"\"\"Search for passages.\"\"\"
        return json_of(response_json(...))

The types do the rest. mypy holds the function to answering the shape that it declares; `openapi.py` describes it, with
the docstring as its summary; `unknown_parameters.py` refuses arguments that it does not declare; and the tests hold
what is answered against the description.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, overload

from flask import Response
from pydantic_core import to_json

if TYPE_CHECKING:
    from collections.abc import Callable

_Shape = TypeVar("_Shape")
_Other = TypeVar("_Other")
_Given = ParamSpec("_Given")


class JsonOf(Response, Generic[_Shape]):
    """An answer whose body is a value of this shape as JSON."""


def json_of(value: _Shape, status: HTTPStatus = HTTPStatus.OK) -> JsonOf[_Shape]:
    """Return a value as the JSON body of an answer."""
    return JsonOf(to_json(value) + b"\n", status, mimetype="application/json")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What an endpoint says of itself.

    `operation` names it once and for all, for programs that are made from the description. `answers` are shapes, of
    which it answers one as JSON, `files` media types of what it answers besides. `query` is a dataclass of its
    arguments, whose fields with several values are tuples; `body` one of its JSON body, `takes` media types of other
    bodies. An answer that is `tagged` has an ETag; one who has it is answered 304. A change that is `guarded` needs
    the ETag of what it changes as If-Match. `conflicts` tells that the state of things may stand against it (409);
    `errors` are statuses of errors that do not follow from the rest.
    """

    operation: str
    answers: tuple[Any, ...] = ()
    files: tuple[str, ...] = ()
    status: HTTPStatus = HTTPStatus.OK
    query: type | None = None
    body: type | None = None
    takes: tuple[str, ...] = ()
    tagged: bool = False
    guarded: bool = False
    conflicts: bool = False
    errors: tuple[HTTPStatus, ...] = ()


_ENDPOINTS: dict[Callable[..., object], Endpoint] = {}


def declared(view: Callable[..., object] | None) -> Endpoint | None:
    """Return what a view function says of itself; None where it is no endpoint of the API."""
    return _ENDPOINTS.get(view) if view is not None else None


@overload
def endpoint(
    operation: str,
    *,
    answers: type[_Shape],
    status: HTTPStatus = ...,
    query: type | None = ...,
    body: type | None = ...,
    takes: tuple[str, ...] = ...,
    tagged: bool = ...,
    guarded: bool = ...,
    conflicts: bool = ...,
    errors: tuple[HTTPStatus, ...] = ...,
) -> Callable[[Callable[_Given, JsonOf[_Shape]]], Callable[_Given, JsonOf[_Shape]]]: ...


@overload
def endpoint(
    operation: str,
    *,
    answers: tuple[type[_Shape], type[_Other]],
    query: type | None = ...,
    tagged: bool = ...,
    errors: tuple[HTTPStatus, ...] = ...,
) -> Callable[
    [Callable[_Given, JsonOf[_Shape] | JsonOf[_Other]]], Callable[_Given, JsonOf[_Shape] | JsonOf[_Other]]
]: ...


@overload
def endpoint(
    operation: str,
    *,
    answers: type | None = ...,
    files: tuple[str, ...],
    query: type | None = ...,
    tagged: bool = ...,
    errors: tuple[HTTPStatus, ...] = ...,
) -> Callable[[Callable[_Given, Response]], Callable[_Given, Response]]: ...


@overload
def endpoint(
    operation: str,
    *,
    status: HTTPStatus,
    query: type | None = ...,
    body: type | None = ...,
    guarded: bool = ...,
    conflicts: bool = ...,
    errors: tuple[HTTPStatus, ...] = ...,
) -> Callable[[Callable[_Given, Response]], Callable[_Given, Response]]: ...


def endpoint(operation: str, *, answers: Any = None, **told: Any) -> Callable[[Any], Any]:
    """Declare an endpoint: see Endpoint. Without `answers` and `files` its answers have no body."""
    shapes = answers if isinstance(answers, tuple) else () if answers is None else (answers,)

    def declare(view: Callable[..., Response]) -> Callable[..., Response]:
        _ENDPOINTS[view] = Endpoint(operation, shapes, **told)
        return view

    return declare
