"""The pages of uploads: their list with the form that takes files, and one of them to look at."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from indexer.errors import IndexStoreError, InvalidRequestError, UploadsUnavailableError, YuanhuaError
from indexer.sources import READERS
from indexer.stated import STATED_FIELDS
from indexer.stores.generations import current_name
from search_web.uploads.model import MOVING, PENDING, UploadState
from search_web.web.accounts_named import names_of
from search_web.web.current import current_searcher, current_uploads, keep_uploads
from search_web.web.preconditions import guard_forms
from search_web.web.receiving import Refused, receive_to_disk, received_files
from search_web.web.upload_words import error_said
from search_web.web.uploads_api import uploads_api

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from werkzeug.wrappers import Response as Answer

    from search_web.uploads.model import Upload
    from search_web.uploads.store import Uploads
    from search_web.web.engine_words import Said

uploading = Blueprint("uploading", __name__)
uploading.before_request(guard_forms)

_MOST_DONE = 50
_WAITING = (UploadState.WAITING, UploadState.INDEXING, UploadState.REMOVING)


def take_uploads(app: Flask, uploads: Uploads) -> None:
    """Let this application take uploads, by its pages and its API."""
    keep_uploads(app, uploads)
    receive_to_disk(app)
    app.register_blueprint(uploading)
    app.register_blueprint(uploads_api)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that was not kept, and why, in the language of the page."""

    name: str
    why: Said


@dataclass(frozen=True, slots=True)
class Statement:
    """What was typed into the form of a draft that cannot be kept, and why not."""

    values: Mapping[str, str]
    field: str
    why: Said


@uploading.get("/uploads")
def uploads() -> str:
    """Show the form for files, and what became of those that were sent."""
    return _list()


@uploading.post("/uploads")
def receive() -> Answer | tuple[str, int]:
    """Take in the files of the form."""
    received = received_files()
    if received.refused:
        page = _list([_rejected(one) for one in received.refused])
        return page, HTTPStatus.OK if received.uploads else HTTPStatus.UNPROCESSABLE_ENTITY
    if not received.uploads:
        return _list(missing=True), HTTPStatus.BAD_REQUEST
    return redirect(url_for(".uploads"), HTTPStatus.SEE_OTHER)


@uploading.get("/uploads/<upload_id>")
def upload(upload_id: str) -> str:
    """Show what was understood of a file."""
    return _page(upload_id)


@uploading.post("/uploads/<upload_id>")
def state(upload_id: str) -> Answer | tuple[str, int]:
    """State what the form has of a file, which is read again then."""
    values = {name: request.form.get(name, "") for name in STATED_FIELDS if name in request.form}
    try:
        current_uploads().state(upload_id, values)
    except InvalidRequestError as error:
        return _page(upload_id, Statement(values, error.where, error_said(error))), HTTPStatus.BAD_REQUEST
    return redirect(url_for(".upload", upload_id=upload_id), HTTPStatus.SEE_OTHER)


@uploading.post("/uploads/<upload_id>/read")
def read_again(upload_id: str) -> Answer:
    """Read a file again that could not be read."""
    current_uploads().read_again(upload_id)
    return redirect(url_for(".upload", upload_id=upload_id), HTTPStatus.SEE_OTHER)


@uploading.post("/uploads/<upload_id>/confirm")
def confirm(upload_id: str) -> Answer:
    """Let a draft be indexed."""
    current_uploads().confirm(upload_id)
    return redirect(url_for(".uploads"), HTTPStatus.SEE_OTHER)


@uploading.post("/uploads/confirm")
def confirm_all() -> Answer:
    """Let every draft be indexed."""
    current_uploads().confirm_all()
    return redirect(url_for(".uploads"), HTTPStatus.SEE_OTHER)


@uploading.post("/uploads/discard")
def discard_all() -> Answer:
    """Discard every draft."""
    current_uploads().discard_all()
    return redirect(url_for(".uploads"), HTTPStatus.SEE_OTHER)


@uploading.post("/uploads/<upload_id>/retry")
def retry(upload_id: str) -> Answer:
    """Index a file again."""
    current_uploads().retry(upload_id)
    return redirect(url_for(".uploads"), HTTPStatus.SEE_OTHER)


@uploading.post("/uploads/<upload_id>/remove")
def remove(upload_id: str) -> Answer:
    """Discard a file, or have it taken out of the index."""
    current_uploads().remove(upload_id)
    return redirect(url_for(".uploads"), HTTPStatus.SEE_OTHER)


def _list(rejected: list[Rejected] | None = None, *, missing: bool = False) -> str:
    kept = current_uploads()
    done = kept.all((UploadState.DONE,), newest_first=True, limit=_MOST_DONE)
    pending = kept.all(PENDING, newest_first=True)
    waiting = kept.all(_WAITING)
    failed = kept.all((UploadState.FAILED,), newest_first=True)
    return render_template(
        "uploads.html",
        hindrance=_hindrance(),
        rejected=rejected or [],
        missing=missing,
        pending=pending,
        ready=[one for one in pending if one.state is UploadState.DRAFT and not (one.summary and one.summary.same_as)],
        waiting=waiting,
        failed=failed,
        senders=names_of({one.owner for one in (*pending, *waiting, *failed, *done)}),
        done=done,
        done_count=kept.count((UploadState.DONE,)) if len(done) == _MOST_DONE else len(done),
        lost=_lost(done),
        moving=bool(waiting) or any(one.state in MOVING for one in pending),
        limits=kept.limits,
        suffixes=",".join(f".{suffix}" for suffix in READERS),
    )


def _page(upload_id: str, statement: Statement | None = None) -> str:
    found, reading = current_uploads().look(upload_id)
    return render_template(
        "upload.html",
        upload=found,
        reading=reading,
        statement=statement,
        fields=STATED_FIELDS,
        senders=names_of({found.owner}),
        moving=found.state in MOVING,
        lost=_lost((found,)) if found.state is UploadState.DONE else frozenset(),
        pending=found.state in PENDING,
    )


def _hindrance() -> Said | None:
    """Return why this server takes no files, in the language of the page."""
    try:
        current_uploads().library.ready()
    except UploadsUnavailableError as error:
        return error_said(error)
    return None


def _lost(done: tuple[Upload, ...]) -> frozenset[str]:
    """Return the ids of those of which the index no longer has the transcript."""
    if not done:
        return frozenset()
    try:
        reader = current_searcher().reader
        generation = reader.current()
        if generation.name != current_name(reader.folder):
            return frozenset()  # This process has yet to move over to what was just published.
        known = {info.id for info in generation.passages.transcripts()}
    except IndexStoreError:
        return frozenset()
    return frozenset(one.id for one in done if one.transcript_id not in known)


def _rejected(refused: Refused) -> Rejected:
    return Rejected(refused.name, error_said(_unplaced(refused.error)))


def _unplaced(error: YuanhuaError) -> YuanhuaError:
    """Return an error without the name of the file, which stands beside it."""
    return type(error)(error.what, mend=error.mend)
