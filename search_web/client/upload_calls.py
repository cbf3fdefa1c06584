"""The calls of the client for uploads: files are sent, looked at, put right, and confirmed for the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.client.connection import Connection
from search_web.uploads.shapes import ReceivedFiles, UploadEntry, UploadList, WholeUpload

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_OCTETS = "application/octet-stream"


class UploadCalls(Connection):
    """What a program does with uploads. A change takes what was read, and is refused where it has changed since."""

    def list_uploads(self, *, state: Sequence[str] = ()) -> Iterator[UploadEntry]:
        """Yield the uploads, the newest first, or those in one of these states."""
        return self._listed(UploadList, "uploads", "uploads", state=list(state))

    def upload_file(self, name: str, data: bytes) -> UploadEntry:
        """Send a file under a name whose suffix tells its format. It is read next, and then waits to be confirmed."""
        headers = {"Content-Type": _OCTETS}
        answer = self._ask("POST", ("uploads",), {"name": name}, content=data, headers=headers)
        return self._value(ReceivedFiles, answer)["uploads"][0]

    def upload_files(self, files: Mapping[str, bytes]) -> ReceivedFiles:
        """Send files by their names; `problems` of the answer says why some were not kept, an error why none was."""
        parts = [("file", (name, data)) for name, data in files.items()]
        return self._value(ReceivedFiles, self._ask("POST", ("uploads",), {}, files=parts))

    def upload(self, upload_id: str) -> WholeUpload:
        """Return an upload with what was understood of it."""
        return self._get(WholeUpload, "uploads", upload_id)

    def state_upload(
        self,
        upload: UploadEntry,
        *,
        title: str | None = None,
        company: str | None = None,
        ticker: str | None = None,
        period: str | None = None,
        date: str | None = None,
        language: str | None = None,
    ) -> UploadEntry:
        """State what a file does not say, or says wrongly; "" takes a field back. It is read again then."""
        stated = {"title": title, "company": company, "ticker": ticker}
        stated |= {"period": period, "date": date, "language": language}
        return self._send(UploadEntry, "PATCH", "uploads", upload["id"], body=stated, tag=_tag(upload))

    def confirm_upload(self, upload_id: str) -> UploadEntry:
        """Let a draft be indexed."""
        return self._send(UploadEntry, "POST", "uploads", upload_id, "confirm", body={})

    def retry_upload(self, upload_id: str) -> UploadEntry:
        """Try a file again that could not be read or indexed, or that the index no longer has."""
        return self._send(UploadEntry, "POST", "uploads", upload_id, "retry", body={})

    def remove_upload(self, upload: UploadEntry) -> None:
        """Discard a file, or have its transcript taken out of the index."""
        self._ask("DELETE", ("uploads", upload["id"]), {}, tag=_tag(upload))


def _tag(upload: UploadEntry) -> str:
    return f'"{upload["id"]}-{upload["version"]}"'
