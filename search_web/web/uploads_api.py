"""Uploads over the API. Their objects are described in search_web/uploads/json_view.py."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request, url_for

from indexer.errors import InvalidRequestError
from search_web.uploads.json_view import upload_json, uploads_json, whole_upload_json
from search_web.uploads.model import State
from search_web.web.current import current_uploads
from search_web.web.errors import problem_object
from search_web.web.preconditions import expected_version, guard_forms, hashed, json_body, tagged
from search_web.web.receiving import received_body, received_files

uploads_api = Blueprint("uploads_api", __name__, url_prefix="/api/v1/uploads")
uploads_api.before_request(guard_forms)

_FORM = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated of a file, above what it says itself; "" takes a field back, what is left out stays."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - pydantic reads it.
    title: str | None = None
    company: str | None = None
    ticker: str | None = None
    period: str | None = None
    date: str | None = None
    language: str | None = None

    def given(self) -> dict[str, str]:
        """Return the fields that are given."""
        named = {name: getattr(self, name) for name in ("title", "company", "ticker", "period", "date", "language")}
        return {name: value for name, value in named.items() if value is not None}


@uploads_api.get("")
def uploads() -> Response:
    """Answer the uploads, the newest first; with state=… those in one or more states alone."""
    return hashed(jsonify(uploads_json(current_uploads().all(_states(), newest_first=True))))


@uploads_api.post("")
def receive() -> Response:
    """Take in files: those of a form, in parts called file, or the body itself under the name that name=… gives."""
    if request.mimetype != _FORM:
        made = received_body(request.args.get("name", ""))
        answer = jsonify(upload_json(made))
        answer.status_code = HTTPStatus.CREATED
        answer.headers["Location"] = url_for(".upload", upload_id=made.id)
        return answer
    received = received_files()
    if not received.uploads:
        if not received.refused:
            raise InvalidRequestError("there is no file in the form", where="file", mend="Send parts called file")
        if len(received.refused) == 1:
            raise received.refused[0].error
    problems = [{"name": one.name, **problem_object(one.error)} for one in received.refused]
    answer = jsonify({**uploads_json(received.uploads), "problems": problems})
    answer.status_code = HTTPStatus.CREATED if received.uploads else HTTPStatus.UNPROCESSABLE_ENTITY
    return answer


@uploads_api.get("/<upload_id>")
def upload(upload_id: str) -> Response:
    """Answer an upload with what was understood of it."""
    found, reading = current_uploads().look(upload_id)
    return tagged(jsonify(whole_upload_json(found, reading)), found.id, found.version)


@uploads_api.patch("/<upload_id>")
def state(upload_id: str) -> Response:
    """State what the file does not say, or says wrongly; it is read again then."""
    wanted = json_body(Statement)
    changed = current_uploads().state(upload_id, wanted.given(), expected=_expected(upload_id))
    return tagged(jsonify(upload_json(changed)), changed.id, changed.version)


@uploads_api.post("/<upload_id>/confirm")
def confirm(upload_id: str) -> Response:
    """Let a draft be indexed."""
    return _accepted(upload_json(current_uploads().confirm(upload_id)))


@uploads_api.post("/<upload_id>/retry")
def retry(upload_id: str) -> Response:
    """Try a file again that could not be read or indexed, or that the index no longer has."""
    uploads = current_uploads()
    unreadable = uploads.get(upload_id).state is State.UNREADABLE
    return _accepted(upload_json(uploads.read_again(upload_id) if unreadable else uploads.retry(upload_id)))


@uploads_api.delete("/<upload_id>")
def remove(upload_id: str) -> Response:
    """Discard a file, or have it taken out of the index: then the answer is 202."""
    found = current_uploads().remove(upload_id, expected=_expected(upload_id))
    return Response(status=HTTPStatus.NO_CONTENT) if found is None else _accepted(upload_json(found))


def _accepted(value: dict[str, object]) -> Response:
    answer = jsonify(value)
    answer.status_code = HTTPStatus.ACCEPTED
    return answer


def _states() -> tuple[State, ...]:
    try:
        return tuple(State(name) for name in request.args.getlist("state")) or tuple(State)
    except ValueError as error:
        mend = f"Use {', '.join(State)}"
        raise InvalidRequestError("there is no such state", where="state", mend=mend) from error


def _expected(upload_id: str) -> int | None:
    return expected_version(upload_id, lambda: current_uploads().get(upload_id).version)
