"""The whole error tree.

Every message says what was wrong, where, and what to do next::

    YuanhuaError
    ├── SourceError                 a file that cannot be read
    │   ├── UnsupportedFormatError      its format has no reader
    │   ├── UndecodableTextError        its bytes are no text in a known encoding
    │   ├── EmptySourceError            there is no text in it
    │   ├── DamagedSourceError          it is truncated, or not what its name says
    │   ├── ProtectedSourceError        it is locked with a password
    │   ├── ScannedSourceError          its pages are pictures without a text layer
    │   ├── OversizedSourceError        it is, or unpacks to, more than can be a transcript
    │   ├── MalformedRecordsError       its records lack the fields that a transcript needs
    │   ├── SidecarError                the file of metadata beside it cannot be read
    │   └── BrokenReaderError           its reader broke on it, ended its process, or took too long
    ├── ModelError                  an embedding model that cannot be used
    │   ├── UnknownEmbedderError        no embedder has that name
    │   ├── ModelUnavailableError       the package or folder that carries it is missing
    │   └── ModelDamagedError           its weights are not the bytes that were expected
    ├── EmbeddingError              texts that could not be embedded, or their vectors not kept
    │   ├── WorkersError                the processes that embed are missing, gone or break
    │   └── VectorCacheError            the cache of vectors cannot keep them
    ├── IndexStoreError             an index that cannot be read or written
    │   ├── IndexMissingError           there is none in that folder
    │   ├── IndexDamagedError           a file of it is missing or not what was written
    │   ├── IndexMismatchError          it was written by another version or with other settings
    │   ├── IndexLockedError            another process is writing it
    │   ├── IndexUnwritableError        the system lets it not be written: a full disk, a read-only folder
    │   ├── EngineUnavailableError      it needs an engine that is not installed
    │   ├── IndexUnreachableError       the server that holds it does not answer
    │   └── IndexAccessError            the server that holds it refuses us
    ├── NotebookError               a notebook (what users keep) that cannot be read or written
    │   ├── NotebookDamagedError        it is no database of ours, or not what was written
    │   ├── NotebookMismatchError       it was written by a newer version
    │   └── NotebookLockedError         another process has kept it locked for too long
    ├── RequestError                a question that cannot be answered as asked
    │   ├── InvalidRequestError         a parameter has no such value
    │   │   ├── UnknownParameterError       there is no parameter of that name
    │   │   ├── InvalidSpanError            a passage has no such characters
    │   │   ├── NameTakenError              another collection, search, account or token has that name
    │   │   ├── QuerySyntaxError            the query breaks the rules of the query language
    │   │   └── CitationTemplateError       a citation names a style or a field that there is not
    │   ├── ConflictError               somebody else has changed it meanwhile
    │   ├── NotPermittedError           it is for somebody else to do
    │   ├── InvalidCursorError          a cursor goes on another search, or another state of the index
    │   ├── UnknownPassageError         no passage has that id
    │   ├── UnknownTranscriptError      no transcript has that id
    │   ├── UnknownCollectionError      no collection of quotes has that id or name
    │   ├── UnknownQuoteError           no quote has that id
    │   ├── UnknownSearchError          no saved search has that id or name
    │   ├── UnknownUploadError          no upload has that id
    │   ├── UploadStateError            what is asked of an upload cannot be done while it is as it is
    │   ├── UnknownAccountError         no account has that name
    │   ├── UnknownLinkError            no link has that address or id, or it works no more
    │   ├── UnknownTokenError           no token of the API has that id or name
    │   ├── NoAccountsError             it needs an account, and there are none
    │   ├── LastAdminError              it would leave the accounts without an admin
    │   ├── TooManyAttemptsError        too many sign-ins have failed
    │   └── UnknownSpeakerError         nobody of that name speaks
    ├── ClientError                 a server of ours that could not be asked over its API
    │   ├── UnreachableError            it did not answer
    │   ├── ProblemError                it answered with a problem
    │   └── UnexpectedAnswerError       it answered what this version does not understand
    ├── UploadError                 a file from a browser or a program that cannot be taken in
    │   ├── UploadsUnavailableError     this server takes no uploads, or cannot keep them
    │   ├── UploadSpaceError            there is no room for it
    │   └── DuplicateUploadError        the same bytes are here already
    ├── CollectionFileError         a file of quotes that cannot be taken in
    ├── BackupError                 a backup that cannot be made or taken back
    │   ├── BackupDamagedError          it is no backup, or not what was written
    │   └── WouldOverwriteError         something stands where it would be written
    ├── SettingsError               a file of settings that cannot be read or holds what is no setting
    ├── ServerError                 the server cannot start
    ├── GlossaryError               a glossary, or the dictionary behind it, that cannot be read
    └── JudgementsError             judged queries that cannot be read
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class YuanhuaError(Exception):
    """The base of every error that Yuanhua raises on purpose.

    `what` says what went wrong, `where` names the file, page, line or parameter, and `mend` says what to do
    next. `str(error)` is the three in one line.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        line = f"{where}: {what}" if where else what
        super().__init__(f"{line}. {mend}" if mend else line)


class SourceError(YuanhuaError):
    """A file that cannot be read."""


class UnsupportedFormatError(SourceError):
    """The format of the file has no reader."""


class UndecodableTextError(SourceError):
    """The bytes of the file are no text in a known encoding."""


class EmptySourceError(SourceError):
    """There is no text in the file."""


class DamagedSourceError(SourceError):
    """The file is truncated, or it is not what its name says."""


class ProtectedSourceError(SourceError):
    """The file is locked with a password."""


class ScannedSourceError(SourceError):
    """The pages of the file are pictures without a text layer."""


class OversizedSourceError(SourceError):
    """The file is, or unpacks to, more than can be a transcript."""


class MalformedRecordsError(SourceError):
    """The records of the file (JSON, a table) lack the fields that a transcript needs."""


class SidecarError(SourceError):
    """The file of metadata beside a source cannot be read."""


class BrokenReaderError(SourceError):
    """The reader of the format broke on the file, ended its process, or took too long."""


class ModelError(YuanhuaError):
    """An embedding model that cannot be used."""


class UnknownEmbedderError(ModelError):
    """No embedder has that name."""


class ModelUnavailableError(ModelError):
    """The package or folder that carries the model is missing."""


class ModelDamagedError(ModelError):
    """The weights of the model are not the bytes that were expected."""


class EmbeddingError(YuanhuaError):
    """Texts that could not be embedded, or whose vectors could not be kept."""


class WorkersError(EmbeddingError):
    """The processes that embed are missing, gone, or break."""


class VectorCacheError(EmbeddingError):
    """The cache of vectors cannot keep them."""


class IndexStoreError(YuanhuaError):
    """An index that cannot be read or written."""


class IndexMissingError(IndexStoreError):
    """There is no index in that folder."""


class IndexDamagedError(IndexStoreError):
    """A file of the index is missing or is not what was written."""


class IndexMismatchError(IndexStoreError):
    """The index was written by another version or with other settings."""


class IndexLockedError(IndexStoreError):
    """Another process is writing the index."""


class IndexUnwritableError(IndexStoreError):
    """The system lets the index not be written: the disk is full, or the folder is read-only."""


class EngineUnavailableError(IndexStoreError):
    """The index needs an engine that is not installed."""


class IndexUnreachableError(IndexStoreError):
    """The server that holds the index does not answer, or not as it should."""


class IndexAccessError(IndexStoreError):
    """The server that holds the index does not let this user in."""


class NotebookError(YuanhuaError):
    """A notebook, the file of what users keep, that cannot be read or written."""


class NotebookDamagedError(NotebookError):
    """The file is no database of ours, or it is not what was written."""


class NotebookMismatchError(NotebookError):
    """The notebook was written by a newer version."""


class NotebookLockedError(NotebookError):
    """Another process has kept the notebook locked for too long."""


class RequestError(YuanhuaError):
    """A question that cannot be answered as asked."""


class InvalidRequestError(RequestError):
    """A parameter has no such value."""


class UnknownParameterError(InvalidRequestError):
    """There is no parameter of this name; `nearest` is the name that may be meant, if one is near."""

    def __init__(self, what: str, *, where: str, mend: str, nearest: str | None) -> None:
        super().__init__(what, where=where, mend=mend)
        self.nearest = nearest


class InvalidSpanError(InvalidRequestError):
    """A passage has no such characters."""


class NameTakenError(InvalidRequestError):
    """Another collection, search, account or token has that name."""


class QuerySyntaxError(InvalidRequestError):
    """The query breaks the rules of the query language.

    `position` counts the code points of the query from 0; `expected` says what could have stood there.
    """

    def __init__(self, what: str, *, position: int, expected: str) -> None:
        super().__init__(what, where=f"q, character {position + 1}", mend=f"Expected: {expected}")
        self.position = position
        self.expected = expected


class CitationTemplateError(InvalidRequestError):
    """A citation names a style or a field that there is not, or its template cannot be read."""


class InvalidCursorError(RequestError):
    """The cursor goes on another search, or on this one in another state of the index."""


class UnknownPassageError(RequestError):
    """No passage has that id."""


class UnknownTranscriptError(RequestError):
    """No transcript has that id."""


class UnknownCollectionError(RequestError):
    """No collection of quotes has that id or name."""


class UnknownQuoteError(RequestError):
    """No quote has that id."""


class ConflictError(RequestError):
    """Somebody else has changed it meanwhile; `current` is the version that it has now."""

    def __init__(self, what: str, *, where: str, mend: str, current: int) -> None:
        super().__init__(what, where=where, mend=mend)
        self.current = current


class NotPermittedError(RequestError):
    """It is for somebody else to do: the owner, a writer, an administrator."""


class UnknownSearchError(RequestError):
    """No saved search has that id or name."""


class UnknownUploadError(RequestError):
    """No upload has that id."""


class UploadStateError(RequestError):
    """What is asked of an upload cannot be done while it is as it is."""


class UnknownAccountError(RequestError):
    """No account has that name."""


class UnknownLinkError(RequestError):
    """No link has that address or id; or it was revoked, its time is over, or what it led to was removed."""


class UnknownTokenError(RequestError):
    """No token of the API has that id or name."""


class NoAccountsError(RequestError):
    """What was asked for belongs to an account, and there are none."""


class LastAdminError(RequestError):
    """The change would leave the accounts without anybody who may look after them."""


class TooManyAttemptsError(RequestError):
    """Too many sign-ins have failed; `retry_after` is in how many seconds another may be tried."""

    def __init__(self, what: str, *, mend: str, retry_after: int) -> None:
        super().__init__(what, mend=mend)
        self.retry_after = retry_after


class UnknownSpeakerError(RequestError):
    """Nobody of that name speaks in the index."""


class ClientError(YuanhuaError):
    """A server of ours could not be asked over its API."""


class UnreachableError(ClientError):
    """The server did not answer, or not in time."""


class ProblemError(ClientError):
    """The server answered with a problem (RFC 9457).

    `status` is that of HTTP, `kind` the type of the problem ("urn:yuanhua:problem:unknown-passage"), `title` its name,
    and `members` are all members of the problem.
    """

    def __init__(self, what: str, *, where: str, status: int, members: Mapping[str, object]) -> None:
        super().__init__(what, where=where)
        self.status = status
        self.kind = str(members.get("type", "about:blank"))
        self.title = str(members.get("title", ""))
        self.members = members


class UnexpectedAnswerError(ClientError):
    """The server answered what this version of the client does not understand."""


class UploadError(YuanhuaError):
    """A file from a browser or a program cannot be taken in."""


class UploadsUnavailableError(UploadError):
    """This server takes no uploads, or it cannot write where it would keep them."""


class UploadSpaceError(UploadError):
    """There is no room for it: on the disk, or among what waits to be confirmed."""


class DuplicateUploadError(UploadError):
    """The same bytes were uploaded before, or are in the index already."""


class CollectionFileError(YuanhuaError):
    """A file of quotes cannot be taken in: too large, damaged, or not what an export writes."""


class BackupError(YuanhuaError):
    """A backup that cannot be made or taken back."""


class BackupDamagedError(BackupError):
    """The file is no backup of ours, or it is not what was written."""


class WouldOverwriteError(BackupError):
    """Something stands where the backup, or what is taken back from it, would be written."""


class SettingsError(YuanhuaError):
    """A file of settings cannot be read, or holds what is no setting."""


class ServerError(YuanhuaError):
    """The server cannot start."""


class GlossaryError(YuanhuaError):
    """A glossary, or the dictionary behind it, that cannot be read."""


class JudgementsError(YuanhuaError):
    """Judged queries that cannot be read."""
