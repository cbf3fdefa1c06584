"""Errors of what is asked, by whoever asks it. The whole tree is drawn in `indexer.errors`."""

from __future__ import annotations

from indexer.errors.base import YuanhuaError


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


class OwnAccountError(RequestError):
    """What an admin does with the accounts of others would be done to their own."""


class LastAdminError(RequestError):
    """The change would leave the accounts without anybody who may look after them."""


class TooManyAttemptsError(RequestError):
    """Too many sign-ins have failed; `retry_after` is in how many seconds another may be tried."""

    def __init__(self, what: str, *, mend: str, retry_after: int) -> None:
        super().__init__(what, mend=mend)
        self.retry_after = retry_after


class UnknownSpeakerError(RequestError):
    """Nobody of that name speaks in the index."""
