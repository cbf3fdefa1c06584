"""Every request as it is seen from outside: its id, its route, its status, and how long it took."""

from __future__ import annotations

import re
import secrets
from time import perf_counter
from typing import TYPE_CHECKING, Any

from flask import request, request_started
from werkzeug.wsgi import ClosingIterator

from search_web.web.observation import ERROR_KIND, REQUEST_ID, Observation, current_request_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask import Flask

_ROUTE = "yuanhua.route"
_UNMATCHED = "unmatched"

_BY_LINK = "/shared/"
"""What paths begin with that have a secret, which belongs into no log."""

_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~:-]{0,63}")


def observe_requests(app: Flask, observers: Sequence[Callable[[Observation], None]]) -> None:
    """Give every request an id, which the answer names in X-Request-ID, and tell the observers of each when it is done.

    The id is that of the request's own X-Request-ID where it is up to 64 letters, digits and `._~:-`.
    """
    # The signal comes before anything that may answer early, and holds no reference to what is handed in.
    request_started.connect(_note_route, app)
    app.wsgi_app = _Observed(app.wsgi_app, tuple(observers))  # type: ignore[method-assign]


def _note_route(_app: Flask, **_: object) -> None:
    request.environ[_ROUTE] = request.url_rule.rule if request.url_rule else _UNMATCHED


class _Observed:
    """A WSGI application around another."""

    def __init__(self, app: WSGIApplication, observers: tuple[Callable[[Observation], None], ...]) -> None:
        self._app = app
        self._observers = observers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started = perf_counter()
        given = environ.get("HTTP_X_REQUEST_ID", "")
        request_id = given if _SANE.fullmatch(given) else secrets.token_hex(8)
        environ[REQUEST_ID] = request_id
        current_request_id.set(request_id)
        status, whole = 500, False

        def begin(line: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Callable[[bytes], object]:  # noqa: ANN401 - as WSGI has it.
            nonlocal status, whole
            status = int(line.split(" ", 1)[0])
            whole = any(name.lower() == "content-length" for name, _ in headers)
            headers.append(("X-Request-ID", request_id))
            return start_response(line, headers, exc_info)

        def done() -> None:
            observation = Observation(
                request_id,
                environ.get("REQUEST_METHOD", ""),
                _path(environ),
                environ.get("QUERY_STRING", ""),
                environ.get(_ROUTE, _UNMATCHED),
                status,
                perf_counter() - started,
                environ.get(ERROR_KIND, ""),
            )
            for observer in self._observers:
                observer(observation)
            current_request_id.set("")

        try:
            body = self._app(environ, begin)
        except BaseException:
            done()
            raise
        if whole:
            # Counted before it is sent, so that whoever has the answer finds it counted.
            done()
            return body
        return ClosingIterator(body, done)


def _path(environ: WSGIEnvironment) -> str:
    path: str = environ.get("PATH_INFO", "").encode("latin-1", "replace").decode("utf-8", "replace")
    return f"{_BY_LINK}…" if _BY_LINK in path else path
