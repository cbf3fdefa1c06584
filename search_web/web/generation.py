"""One request, one generation of the index; the answer says which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask import Flask

    from indexer.stores.reader import IndexReader

GENERATION_HEADER = "X-Yuanhua-Generation"
"""The header of every answer that was made with the index: the name of the generation that all of it comes from."""


def keep_one_generation(app: Flask, reader: IndexReader) -> None:
    """Answer each request from one generation from its first look at the index to its last, and name that."""
    app.wsgi_app = _OneGeneration(app.wsgi_app, reader)  # type: ignore[method-assign]


class _OneGeneration:
    """A WSGI application around another."""

    def __init__(self, app: WSGIApplication, reader: IndexReader) -> None:
        self._app = app
        self._reader = reader

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with self._reader.one_generation() as work:

            def begin(line: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Callable[[bytes], object]:  # noqa: ANN401 - as WSGI has it.
                if work.generation is not None:
                    headers.append((GENERATION_HEADER, work.generation.name))
                return start_response(line, headers, exc_info)

            return self._app(environ, begin)
