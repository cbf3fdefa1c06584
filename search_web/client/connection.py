"""The requests of the client: their retries, and errors as exceptions of ours. This module owns httpx."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

import httpx

from indexer.errors import InvalidRequestError, ProblemError, UnexpectedAnswerError, UnreachableError
from search_web.quotes.codec import checked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType
    from typing import Self

_Shape = TypeVar("_Shape")

_API = "/api/v1"
_REPEATED = frozenset({"GET", "PUT", "DELETE"})
"""Methods of requests that do no more when they are made twice."""

_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_AT_ONCE = 200
"""How many entries of a list are asked for at once."""


class Connection:
    """What every call is made over; see Client."""

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:8000",
        *,
        token: str | None = None,
        timeout: float = 30.0,
        retries: int = 3,
        longest_wait: float = 30.0,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(base_url=base_url, headers=headers, timeout=timeout, transport=transport)
        self._retries = retries
        self._longest_wait = longest_wait
        self._sleep = sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections to the server."""
        self._http.close()

    def _get(self, shape: type[_Shape], *path: str, **arguments: object) -> _Shape:
        return self._value(shape, self._ask("GET", path, arguments))

    def _file(self, *path: str, **arguments: object) -> bytes:
        return self._ask("GET", path, arguments).content

    def _send(
        self, shape: type[_Shape], method: str, *path: str, body: Mapping[str, object], tag: str | None = None
    ) -> _Shape:
        """Send JSON, with the fields of the body that are not None."""
        given = {name: value for name, value in body.items() if value is not None}
        return self._value(shape, self._ask(method, path, {}, tag=tag, json=given))

    def _value(self, shape: type[_Shape], answer: httpx.Response) -> _Shape:
        """Return the body of an answer as a value of a shape. Raises UnexpectedAnswerError."""
        try:
            return checked(shape, answer.content, where=answer.url.path, mend="")
        except InvalidRequestError as error:
            mend = "Client and server may be of different versions"
            raise UnexpectedAnswerError(error.what, where=error.where, mend=mend) from error

    def _listed(self, shape: type[Any], entries: str, *path: str, **arguments: object) -> Iterator[Any]:
        """Yield the entries of a list, page after page."""
        arguments = {"limit": _AT_ONCE, **arguments}
        while True:
            page = self._get(shape, *path, **arguments)
            yield from page[entries]
            if not page.get("next_cursor"):
                return
            arguments["cursor"] = page["next_cursor"]

    def _ask(
        self,
        method: str,
        path: tuple[str, ...],
        arguments: Mapping[str, object],
        *,
        tag: str | None = None,
        **content: Any,  # noqa: ANN401 - what httpx sends.
    ) -> httpx.Response:
        address = "/".join((_API, *(quote(part, safe="") for part in path)))
        headers = {**content.pop("headers", {}), **({"If-Match": tag} if tag else {})}
        tries = self._retries if method in _REPEATED else 0
        for done in range(tries + 1):
            try:
                answer = self._http.request(method, address, params=_pairs(arguments), headers=headers, **content)
            except httpx.TransportError as error:
                if done == tries:
                    mend = "See whether it runs, and whether the address is right"
                    raise UnreachableError(str(error) or type(error).__name__, where=address, mend=mend) from error
                self._sleep(min(_backoff(done), self._longest_wait))
                continue
            if answer.status_code in _BUSY and done < tries:
                self._sleep(min(_wait(answer, done), self._longest_wait))
                continue
            return _sound(answer)
        raise AssertionError("a try always ends")


def _sound(answer: httpx.Response) -> httpx.Response:
    """Return an answer that is no error. Raises ProblemError."""
    if answer.is_success:
        return answer
    try:
        members = answer.json()
    except ValueError:
        members = {}
    if not isinstance(members, dict):
        members = {}
    what = str(members.get("detail") or members.get("title") or f"status {answer.status_code}")
    raise ProblemError(what, where=answer.url.path, status=answer.status_code, members=members)


def _pairs(arguments: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Return arguments as a URL has them: those that are None are left out, flags are 1 or 0, lists are repeated."""
    pairs = []
    for name, value in arguments.items():
        values = value if isinstance(value, (list, tuple)) else (value,)
        pairs += [
            (name.removesuffix("_"), str(int(each)) if isinstance(each, bool) else str(each))
            for each in values
            if each is not None
        ]
    return tuple(pairs)


def _wait(answer: httpx.Response, done: int) -> float:
    """Return after how many seconds the server wants to be asked again (RFC 9110, section 10.2.3)."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return _backoff(done)


def _backoff(done: int) -> float:
    return 0.25 * float(2**done)
