"""Answers that only the index decides carry its generation as their ETag: who has the newest is answered unsearched."""

from __future__ import annotations

import hashlib
from functools import wraps
from http import HTTPStatus
from importlib.metadata import version
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from flask import Response, current_app, request

from search_web.web.current import current_searcher

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from flask import Flask

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer", bound=Response)
_KEY = "yuanhua.answers"
_DIGITS = 32


def keep_glossaries(app: Flask, glossaries: Sequence[Path]) -> None:
    """Let the tags of this application tell with which glossaries, and by which version, something was answered."""
    digest = hashlib.sha256(version("yuanhua").encode())
    for path in glossaries:
        digest.update(path.read_bytes() if path.is_file() else b"")
    app.extensions[_KEY] = digest.hexdigest()


def of_generation(view: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """Tag what a view answers, and answer 304 without asking it to who has what it would answer.

    The tag is a weak one (RFC 9110, section 8.8.1): how long a search took differs each time.
    """

    @wraps(view)
    def tagged(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
        tag = _tag()
        if request.if_none_match.contains_weak(tag) and not request.if_none_match.star_tag:
            unchanged = Response(status=HTTPStatus.NOT_MODIFIED)
            return cast("_Answer", _marked(unchanged, tag))
        answer = view(*args, **kwargs)
        return cast("_Answer", _marked(answer, tag)) if answer.status_code == HTTPStatus.OK else answer

    return tagged


def _marked(answer: Response, tag: str) -> Response:
    answer.set_etag(tag, weak=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _tag() -> str:
    generation = current_searcher().reader.current().name
    asked = f"{generation} {current_app.extensions[_KEY]} {request.full_path} {request.host}"
    return hashlib.sha256(asked.encode()).hexdigest()[:_DIGITS]
