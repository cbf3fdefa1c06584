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
    │   ├── OwnAccountError             an admin would do it to their own account
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
    ├── SettingsError               a file of settings or of words that cannot be read, or holds what is no setting
    ├── ServerError                 the server cannot start
    ├── GlossaryError               a glossary, or the dictionary behind it, that cannot be read
    └── JudgementsError             judged queries that cannot be read
"""

from __future__ import annotations

from indexer.errors.base import YuanhuaError
from indexer.errors.client import (
    ClientError,
    ProblemError,
    UnexpectedAnswerError,
    UnreachableError,
)
from indexer.errors.models import (
    EmbeddingError,
    ModelDamagedError,
    ModelError,
    ModelUnavailableError,
    UnknownEmbedderError,
    VectorCacheError,
    WorkersError,
)
from indexer.errors.notebook import (
    NotebookDamagedError,
    NotebookError,
    NotebookLockedError,
    NotebookMismatchError,
)
from indexer.errors.requests import (
    CitationTemplateError,
    ConflictError,
    InvalidCursorError,
    InvalidRequestError,
    InvalidSpanError,
    LastAdminError,
    NameTakenError,
    NoAccountsError,
    NotPermittedError,
    OwnAccountError,
    QuerySyntaxError,
    RequestError,
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
    UploadStateError,
)
from indexer.errors.running import (
    BackupDamagedError,
    BackupError,
    GlossaryError,
    JudgementsError,
    ServerError,
    SettingsError,
    WouldOverwriteError,
)
from indexer.errors.sources import (
    BrokenReaderError,
    DamagedSourceError,
    EmptySourceError,
    MalformedRecordsError,
    OversizedSourceError,
    ProtectedSourceError,
    ScannedSourceError,
    SidecarError,
    SourceError,
    UndecodableTextError,
    UnsupportedFormatError,
)
from indexer.errors.stores import (
    EngineUnavailableError,
    IndexAccessError,
    IndexDamagedError,
    IndexLockedError,
    IndexMismatchError,
    IndexMissingError,
    IndexStoreError,
    IndexUnreachableError,
    IndexUnwritableError,
)
from indexer.errors.uploads import (
    CollectionFileError,
    DuplicateUploadError,
    UploadError,
    UploadSpaceError,
    UploadsUnavailableError,
)

__all__ = [
    "BackupDamagedError",
    "BackupError",
    "BrokenReaderError",
    "CitationTemplateError",
    "ClientError",
    "CollectionFileError",
    "ConflictError",
    "DamagedSourceError",
    "DuplicateUploadError",
    "EmbeddingError",
    "EmptySourceError",
    "EngineUnavailableError",
    "GlossaryError",
    "IndexAccessError",
    "IndexDamagedError",
    "IndexLockedError",
    "IndexMismatchError",
    "IndexMissingError",
    "IndexStoreError",
    "IndexUnreachableError",
    "IndexUnwritableError",
    "InvalidCursorError",
    "InvalidRequestError",
    "InvalidSpanError",
    "JudgementsError",
    "LastAdminError",
    "MalformedRecordsError",
    "ModelDamagedError",
    "ModelError",
    "ModelUnavailableError",
    "NameTakenError",
    "NoAccountsError",
    "NotPermittedError",
    "NotebookDamagedError",
    "NotebookError",
    "NotebookLockedError",
    "NotebookMismatchError",
    "OversizedSourceError",
    "OwnAccountError",
    "ProblemError",
    "ProtectedSourceError",
    "QuerySyntaxError",
    "RequestError",
    "ScannedSourceError",
    "ServerError",
    "SettingsError",
    "SidecarError",
    "SourceError",
    "TooManyAttemptsError",
    "UndecodableTextError",
    "UnexpectedAnswerError",
    "UnknownAccountError",
    "UnknownCollectionError",
    "UnknownEmbedderError",
    "UnknownLinkError",
    "UnknownParameterError",
    "UnknownPassageError",
    "UnknownQuoteError",
    "UnknownSearchError",
    "UnknownSpeakerError",
    "UnknownTokenError",
    "UnknownTranscriptError",
    "UnknownUploadError",
    "UnreachableError",
    "UnsupportedFormatError",
    "UploadError",
    "UploadSpaceError",
    "UploadStateError",
    "UploadsUnavailableError",
    "VectorCacheError",
    "WorkersError",
    "WouldOverwriteError",
    "YuanhuaError",
]
