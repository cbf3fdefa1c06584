"""Bodies of requests that come slowly or never: they hold some of the threads of a worker, and none for ever.

Granian hands a request over when its headers are there, so that a thread that reads the body waits for the client. Here
a small body is read before anything is done with it, by at most half of the threads at a time and within SECONDS; a
large one, such as an upload, may take longer, and counts as one of that half until it has been answered.
"""

from __future__ import annotations

import io
import json
from http import HTTPStatus
from threading import BoundedSemaphore, Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

SMALL = 1 << 20
SECONDS = 15.0
_PATIENCE = 0.02
"""Seconds that a request with a body waits for its turn to be read."""


class GuardedBodies:
    """A WSGI application around another that is served by so many threads."""

    def __init__(self, app: WSGIApplication, threads: int) -> None:
        self._app = app
        self._turns = BoundedSemaphore(max(1, threads // 2))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, whose body is read first where it is small."""
        length = _length(environ)
        if length == 0:
            return self._app(environ, start_response)
        if not self._turns.acquire(timeout=_PATIENCE):
            what = "Too many requests are still being sent. Try again in a moment"
            return _refuse(start_response, HTTPStatus.SERVICE_UNAVAILABLE, what)
        try:
            if length is None or length > SMALL:
                return self._app(environ, start_response)
            body = _read(environ["wsgi.input"], length)
        finally:
            self._turns.release()
        if body is None:
            what = f"The body did not come within {SECONDS:.0f} seconds"
            return _refuse(start_response, HTTPStatus.REQUEST_TIMEOUT, what)
        environ["wsgi.input"] = io.BytesIO(body)
        return self._app(environ, start_response)


def _length(environ: WSGIEnvironment) -> int | None:
    """Return how long the body says that it is, 0 without one; None where it does not say."""
    if "HTTP_TRANSFER_ENCODING" in environ:
        return None
    try:
        return max(0, int(environ.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return None


def _read(source: InputStream, length: int) -> bytes | None:
    """Return so many bytes, or those that there are; None when they do not come in time."""
    done, read = Event(), list[bytes]()

    def fetch() -> None:
        try:
            read.append(source.read(length))
        finally:
            done.set()

    Thread(target=fetch, name="body", daemon=True).start()
    return read[0] if done.wait(SECONDS) and read else None


def _refuse(start_response: StartResponse, status: HTTPStatus, what: str) -> list[bytes]:
    problem = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": what}
    content = json.dumps(problem).encode()
    headers = [
        ("Content-Type", "application/problem+json"),
        ("Content-Length", str(len(content))),
        ("Connection", "close"),
        ("Retry-After", "5"),
    ]
    start_response(f"{status.value} {status.phrase}", headers)
    return [content]
