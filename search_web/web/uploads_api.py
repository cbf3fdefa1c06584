"""Uploads over the API. Their objects are described in search_web/uploads/shapes.py."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request, url_for

from indexer.errors import InvalidRequestError, UploadError
from search_web.uploads.json_view import upload_json, uploads_json, whole_upload_json
from search_web.uploads.model import UploadState
from search_web.uploads.shapes import ReceivedFiles, RefusedFile, UploadEntry, UploadList, WholeUpload
from search_web.web.arguments import DESCRIBED
from search_web.web.current import current_uploads
from search_web.web.declaring import JsonOf, endpoint, json_of
from search_web.web.errors import problem_object
from search_web.web.list_arguments import ListArguments
from search_web.web.listing import part_of
from search_web.web.preconditions import expected_version, guard_forms, hashed, json_body, tagged
from search_web.web.receiving import received_body, received_files

if TYPE_CHECKING:
    from search_web.web.receiving import Received, Refused

uploads_api = Blueprint("uploads_api", __name__, url_prefix="/api/v1/uploads")
uploads_api.before_request(guard_forms)

_FORM = "multipart/form-data"


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadListArguments(ListArguments):
    """Which uploads."""

    state: tuple[UploadState, ...] = ()
    """Those in one of these states alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveArguments:
    """What the file is called that is the body."""

    __pydantic_config__ = DESCRIBED
    name: str | None = None
    """Its name, with a suffix that tells its format; files of a form have names of their own."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated of a file, above what it says itself; "" takes a field back, what is left out stays."""

    __pydantic_config__ = {"extra": "forbid", "use_attribute_docstrings": True}  # noqa: RUF012 - pydantic reads it.
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
@endpoint("list_uploads", answers=UploadList, query=UploadListArguments, tagged=True)
def uploads() -> JsonOf[UploadList]:
    """List the uploads, the newest first."""
    states = tuple(UploadState(name.strip()) for name in request.args.getlist("state") if name.strip()) or tuple(
        UploadState
    )
    part = part_of(current_uploads().all(states, newest_first=True), lambda one: one.id)
    return hashed(json_of(part.on(uploads_json(part.entries))))


@uploads_api.post("")
@endpoint(
    "upload_files",
    answers=ReceivedFiles,
    status=HTTPStatus.CREATED,
    query=ReceiveArguments,
    takes=(_FORM, "application/octet-stream"),
    conflicts=True,
    errors=(HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.INSUFFICIENT_STORAGE),
)
def receive() -> JsonOf[ReceivedFiles]:
    """Take in files: those of a form, in parts called file, or the body itself under a name that is given.

    Each is read next, and comes into the index when it is confirmed. Where a form has several and some cannot be kept,
    the answer says why of each; where none can, it is an error.
    """
    if request.mimetype == _FORM:
        received = received_files()
        if not received.uploads:
            raise _error(received)
        kept, problems = received.uploads, [_refused(one) for one in received.refused]
    else:
        kept, problems = (received_body(request.args.get("name", "")),), []
    listed = uploads_json(kept)
    answer = json_of(
        ReceivedFiles(total=listed["total"], uploads=listed["uploads"], problems=problems), HTTPStatus.CREATED
    )
    answer.headers["Location"] = url_for(".upload", upload_id=kept[0].id) if len(kept) == 1 else url_for(".uploads")
    return answer


@uploads_api.get("/<upload_id>")
@endpoint("upload", answers=WholeUpload, tagged=True)
def upload(upload_id: str) -> JsonOf[WholeUpload]:
    """Answer an upload with what was understood of it."""
    found, reading = current_uploads().look(upload_id)
    return tagged(json_of(whole_upload_json(found, reading)), found.id, found.version)


@uploads_api.patch("/<upload_id>")
@endpoint("state_upload", answers=UploadEntry, body=Statement, tagged=True, guarded=True, conflicts=True)
def state(upload_id: str) -> JsonOf[UploadEntry]:
    """State what the file does not say, or says wrongly; it is read again then."""
    wanted = json_body(Statement)
    changed = current_uploads().state(upload_id, wanted.given(), expected=_expected(upload_id))
    return tagged(json_of(upload_json(changed)), changed.id, changed.version)


@uploads_api.post("/<upload_id>/confirm")
@endpoint("confirm_upload", answers=UploadEntry, status=HTTPStatus.ACCEPTED, conflicts=True)
def confirm(upload_id: str) -> JsonOf[UploadEntry]:
    """Let a draft be indexed."""
    return json_of(upload_json(current_uploads().confirm(upload_id)), HTTPStatus.ACCEPTED)


@uploads_api.post("/<upload_id>/retry")
@endpoint("retry_upload", answers=UploadEntry, status=HTTPStatus.ACCEPTED, conflicts=True)
def retry(upload_id: str) -> JsonOf[UploadEntry]:
    """Try a file again that could not be read or indexed, or that the index no longer has."""
    kept = current_uploads()
    unreadable = kept.get(upload_id).state is UploadState.UNREADABLE
    found = kept.read_again(upload_id) if unreadable else kept.retry(upload_id)
    return json_of(upload_json(found), HTTPStatus.ACCEPTED)


@uploads_api.delete("/<upload_id>")
@endpoint("remove_upload", status=HTTPStatus.NO_CONTENT, guarded=True, conflicts=True)
def remove(upload_id: str) -> Response:
    """Discard a file, or have it taken out of the index: then it is there as "removing" until that is done."""
    current_uploads().remove(upload_id, expected=_expected(upload_id))
    return Response(status=HTTPStatus.NO_CONTENT)


def _refused(one: Refused) -> RefusedFile:
    return RefusedFile(name=one.name, **problem_object(one.error))


def _error(received: Received) -> Exception:
    """Return why nothing was kept."""
    if not received.refused:
        return InvalidRequestError("there is no file in the form", where="file", mend="Send parts called file")
    if len(received.refused) == 1:
        return received.refused[0].error
    return UploadError("; ".join(str(one.error) for one in received.refused))


def _expected(upload_id: str) -> int | None:
    return expected_version(upload_id, lambda: current_uploads().get(upload_id).version)
