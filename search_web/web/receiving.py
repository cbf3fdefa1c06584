"""Requests that bring files: their parts go straight to the library on the disk, never into memory as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from flask import Flask, Request, request, url_for

from indexer.errors import InvalidRequestError, UploadSpaceError, YuanhuaError
from search_web.web.auditing import tell_what_was_made
from search_web.web.current import current_uploads
from search_web.web.identity import current_person

if TYPE_CHECKING:
    from search_web.uploads.model import Upload
    from search_web.uploads.receiving import Incoming
    from search_web.uploads.store import Uploads

_RECEIVERS = frozenset({"uploading.receive", "uploads_api.receive"})
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Refused:
    """A file of a request that was not kept, by the name that the client gave it, and why."""

    name: str
    error: YuanhuaError


@dataclass(frozen=True, slots=True)
class Received:
    """What came of the files of one request."""

    uploads: tuple[Upload, ...]
    refused: tuple[Refused, ...]


class ReceivingRequest(Request):
    """A request of which the addresses for uploads write files to the library while they are parsed."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if self.endpoint in _RECEIVERS and filename:
            return cast("IO[bytes]", current_uploads().incoming(filename))
        return super()._get_file_stream(total_content_length, content_type, filename, content_length)


def receive_to_disk(app: Flask) -> None:
    """Let the requests of this application be such."""
    app.request_class = ReceivingRequest


def received_files() -> Received:
    """Keep the files of a form, each for itself. Raises UploadsUnavailableError."""
    uploads = current_uploads()
    uploads.library.ready()
    kept, refused = [], []
    files = [one for one in request.files.getlist("file") if one.filename]
    for place, file in enumerate(files):
        incoming = cast("Incoming", file.stream)
        try:
            if place >= uploads.limits.files_at_once:
                what = f"more than {uploads.limits.files_at_once} files came at once"
                raise UploadSpaceError(what, where=incoming.given, mend="Send this one again")
            kept.append(_kept(uploads, incoming))
        except YuanhuaError as error:
            refused.append(Refused(incoming.given, error))
    tell_what_was_made([url_for("uploading.upload", upload_id=one.id) for one in kept])
    return Received(tuple(kept), tuple(refused))


def received_body(name: str) -> Upload:
    """Keep the body of the request as one file of this name. Raises why it is not kept."""
    if not name.strip():
        raise InvalidRequestError(
            "the file has no name", where="name", mend="Send it as name=, or files as parts of a form"
        )
    uploads = current_uploads()
    with uploads.incoming(name) as incoming:
        while not incoming.hopeless and (chunk := request.stream.read(_CHUNK)):
            incoming.write(chunk)
        return _kept(uploads, incoming)


def _kept(uploads: Uploads, incoming: Incoming) -> Upload:
    return uploads.receive(incoming, current_person().id)
