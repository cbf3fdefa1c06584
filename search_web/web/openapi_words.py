"""What the description of the API says of its groups, of the variables of its addresses, and of its errors."""

from __future__ import annotations

from http import HTTPStatus

INTRODUCTION = """\
Search over transcripts of calls and meetings, and quotes of them: everything that the pages can do.

Offsets count code points of the verbatim text: `text[start:end]` is what is meant. An error is a problem (RFC 9457)
that says what was wrong, where, and what to do next. A parameter that there is not is an error, and one given empty
counts as not given. Lists go on by cursor: give `limit`, and then `cursor` as `next_cursor` said it, until that is
null. GET answers carry an ETag; a change names the one that it changes as If-Match."""

GROUPS = {
    "search": "Passages that match a query, by words and by meaning.",
    "ask": "Sentences that answer a question.",
    "passages": "One passage, what is like it, and how it is cited.",
    "transcripts": "The calls and documents of the index.",
    "speakers": "Who speaks, where and about what.",
    "trend": "How often something is said over the periods.",
    "trends": "Several trends side by side.",
    "compare": "What is new in a call against an earlier one.",
    "collections": "Collections of quotes, verified against the index.",
    "searches": "Saved searches, and what is new in them.",
    "uploads": "Files that come into the index: read, looked at, confirmed.",
    "account": "Who asks, and what they may do.",
    "tokens": "Tokens by which programs come in.",
    "people": "Accounts, for those who look after them.",
    "audit": "Who changed what.",
    "openapi": "This description.",
}
"""The groups of endpoints, by the first part of their addresses."""

PATH_PARAMETERS = {
    "passage_id": "The id of a passage.",
    "transcript_id": "The id of a transcript.",
    "name": "A name of a speaker.",
    "collection_id": "The id of a collection.",
    "quote_id": "The id of a quote.",
    "search_id": "The id or the name of a saved search.",
    "link_id": "The id of a link.",
    "upload_id": "The id of an upload.",
    "account_id": "The id or the name of an account.",
    "token_id": "The id or the name of a token.",
}
"""The variables in addresses of the API."""

PROBLEMS = {
    HTTPStatus.BAD_REQUEST: "A parameter or the body is not what it can be; the detail names it.",
    HTTPStatus.UNAUTHORIZED: "Nobody is signed in.",
    HTTPStatus.FORBIDDEN: "Who asks may not do this, or a page of another site asks.",
    HTTPStatus.NOT_FOUND: "There is no such thing.",
    HTTPStatus.CONFLICT: "The state of things stands against it: a name is taken, or a cursor is of another state.",
    HTTPStatus.PRECONDITION_FAILED: "Somebody has changed it meanwhile.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The body is of no media type that is taken here.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "The file cannot be taken in.",
    HTTPStatus.PRECONDITION_REQUIRED: "The version that is changed is not named.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests; Retry-After says when to go on.",
    HTTPStatus.INSUFFICIENT_STORAGE: "There is no room for the file.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The index or the notebook cannot be read now.",
}
"""The errors, by their status."""
