"""Every failure as an answer: problem details (RFC 9457) to programs, a page that helps to people."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response, json, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError, TooManyRequests

from indexer.errors import (
    CollectionFileError,
    ConflictError,
    DuplicateUploadError,
    IndexDamagedError,
    IndexStoreError,
    InvalidCursorError,
    LastAdminError,
    ModelError,
    NameTakenError,
    NoAccountsError,
    NotebookError,
    NotPermittedError,
    OversizedSourceError,
    OwnAccountError,
    QuerySyntaxError,
    RequestError,
    SourceError,
    TooManyAttemptsError,
    UnknownAccountError,
    UnknownCollectionError,
    UnknownLinkError,
    UnknownParameterError,
    UnknownPassageError,
    UnknownQuoteError,
    UnknownSearchError,
    UnknownSpeakerError,
    UnknownTokenError,
    UnknownTranscriptError,
    UnknownUploadError,
    UnsupportedFormatError,
    UploadError,
    UploadSpaceError,
    UploadStateError,
    UploadsUnavailableError,
    YuanhuaError,
)
from search_web.web.current import current_doors, current_searcher
from search_web.web.guarding import ScopeMissing
from search_web.web.identity import is_signed_in
from search_web.web.limiting import retry_after
from search_web.web.observation import ERROR_KIND, REQUEST_ID
from search_web.web.translating import JSON_PATHS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from search_web.web.problem_shapes import ProblemPart

_STATUS: tuple[tuple[type[YuanhuaError], HTTPStatus], ...] = (
    (UnknownPassageError, HTTPStatus.NOT_FOUND),
    (UnknownTranscriptError, HTTPStatus.NOT_FOUND),
    (UnknownCollectionError, HTTPStatus.NOT_FOUND),
    (UnknownQuoteError, HTTPStatus.NOT_FOUND),
    (UnknownSearchError, HTTPStatus.NOT_FOUND),
    (UnknownSpeakerError, HTTPStatus.NOT_FOUND),
    (UnknownUploadError, HTTPStatus.NOT_FOUND),
    (UnknownAccountError, HTTPStatus.NOT_FOUND),
    (UnknownTokenError, HTTPStatus.NOT_FOUND),
    (NoAccountsError, HTTPStatus.CONFLICT),
    (LastAdminError, HTTPStatus.CONFLICT),
    (OwnAccountError, HTTPStatus.CONFLICT),
    (TooManyAttemptsError, HTTPStatus.TOO_MANY_REQUESTS),
    (UnknownLinkError, HTTPStatus.NOT_FOUND),
    (NotPermittedError, HTTPStatus.FORBIDDEN),
    (InvalidCursorError, HTTPStatus.CONFLICT),
    (NameTakenError, HTTPStatus.CONFLICT),
    (UploadStateError, HTTPStatus.CONFLICT),
    (ConflictError, HTTPStatus.PRECONDITION_FAILED),
    (RequestError, HTTPStatus.BAD_REQUEST),
    (CollectionFileError, HTTPStatus.BAD_REQUEST),
    (IndexStoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (ModelError, HTTPStatus.SERVICE_UNAVAILABLE),
    (NotebookError, HTTPStatus.SERVICE_UNAVAILABLE),
    (UploadsUnavailableError, HTTPStatus.SERVICE_UNAVAILABLE),
    (DuplicateUploadError, HTTPStatus.CONFLICT),
    (UploadSpaceError, HTTPStatus.INSUFFICIENT_STORAGE),
    (OversizedSourceError, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (UnsupportedFormatError, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    (SourceError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (UploadError, HTTPStatus.UNPROCESSABLE_ENTITY),
)

_AGAIN = 5
"""After how many seconds it is worth asking again what the index or the notebook could not answer."""


_INNER = (IndexStoreError, ModelError, NotebookError)
_WITHIN, _LOOK = "Something that this server needs cannot be read", "The log of the server says what"

_log = logging.getLogger("yuanhua")


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong: `title` names the kind of error, `what` this occurrence, `mend` what to do next.

    `more` are further members of the JSON object (RFC 9457, section 3.2).
    """

    kind: str
    title: str
    status: int
    what: str
    mend: str = ""
    more: Mapping[str, object] = field(default_factory=dict)


def register_error_handlers(app: Flask) -> None:
    """Answer our own errors, those of HTTP and unforeseen ones in one shape."""
    app.register_error_handler(YuanhuaError, _answer_own)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(SecurityError, _answer_stranger)


def problem_object(error: YuanhuaError) -> ProblemPart:
    """Return an error of ours as the problem details of a part of an answer, such as one of several files."""
    return _problem_object(_problem(error))


def is_stranger() -> bool:
    """Return whether the folders of this machine are nothing for whoever asks: others come in, and they have not."""
    return current_doors().settings.guarded and not is_signed_in()


def _answer_own(error: YuanhuaError) -> Response:
    if isinstance(error, IndexDamagedError):
        current_searcher().reader.doubted.set()
    problem = _problem(error)
    if isinstance(error, _INNER) and is_stranger():
        _log.error("%s", error)
        problem = replace(problem, what=_WITHIN, mend=_LOOK)
    answer = _answer(problem)
    if isinstance(error, TooManyAttemptsError):
        answer.headers["Retry-After"] = str(error.retry_after)
    elif isinstance(error, (IndexStoreError, NotebookError)) and answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = str(_AGAIN)
    return answer


def _problem(error: YuanhuaError) -> Problem:
    matching = (status for kind, status in _STATUS if isinstance(error, kind))
    status = next(matching, HTTPStatus.INTERNAL_SERVER_ERROR)
    words = re.findall("[A-Z][a-z]*", type(error).__name__.removesuffix("Error"))
    what = f"{error.where}: {error.what}" if error.where else error.what
    return Problem(
        kind=f"urn:yuanhua:problem:{'-'.join(words).lower()}",
        title=" ".join(words).capitalize(),
        status=status.value,
        what=what,
        mend=error.mend,
        more=_more(error),
    )


def _more(error: YuanhuaError) -> dict[str, object]:
    """Return what a program needs of an error besides the words."""
    match error:
        case QuerySyntaxError():
            return {"position": error.position, "expected": error.expected}
        case ConflictError():
            return {"current_version": error.current}
        case UnknownParameterError():
            return {"parameter": error.where, "nearest": error.nearest}
    return {}


def _answer_stranger(_error: SecurityError) -> Response:
    """Answer a request under a name that is not this server's: without a page, for no address of one can be trusted."""
    what = "This server does not answer under that name"
    mend = "Ask for it under a name that it was started with: yuanhua serve --trusted-host NAME"
    problem = Problem("urn:yuanhua:problem:untrusted-host", "Untrusted host", HTTPStatus.BAD_REQUEST, what, mend)
    request.environ[ERROR_KIND] = problem.title
    return Response(_problem_json(problem), problem.status, content_type="application/problem+json")


def _answer_http(error: HTTPException) -> Response:
    if isinstance(error, InternalServerError):
        what, mend = "Something broke while this was being answered", "The log of the server says what"
    else:
        what, mend = (error.description or error.name).rstrip("."), ""
    problem = Problem("about:blank", error.name, error.code or 500, what, mend)
    match error:
        case ScopeMissing():
            problem = replace(problem, kind="urn:yuanhua:problem:scope-missing", more={"scope": error.scope.value})
        case TooManyRequests():
            problem = replace(problem, what="There were too many requests", mend="Ask again a little later")
    answer = _answer(problem)
    if (seconds := retry_after(error)) is not None:
        answer.headers["Retry-After"] = str(seconds)
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            answer.headers[name] = value
    return answer


def _answer(problem: Problem) -> Response:
    request.environ[ERROR_KIND] = problem.title
    if request.path.startswith(JSON_PATHS):
        return Response(_problem_json(problem), problem.status, content_type="application/problem+json")
    page = render_template("error.html", problem=problem)
    return Response(page, problem.status, content_type="text/html; charset=utf-8")


def _problem_json(problem: Problem) -> str:
    return json.dumps(
        {
            **_problem_object(problem),
            "instance": request.full_path.rstrip("?"),
            **({"request_id": request.environ[REQUEST_ID]} if REQUEST_ID in request.environ else {}),
            **problem.more,
        }
    )


def _problem_object(problem: Problem) -> ProblemPart:
    return {
        "type": problem.kind,
        "title": problem.title,
        "status": problem.status,
        "detail": ". ".join(part for part in (problem.what, problem.mend) if part),
    }
