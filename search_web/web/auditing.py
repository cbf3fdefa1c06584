"""Where the audit log hears of every change that a request makes: in the transaction that makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import g, has_request_context, request

from search_web.access.audit import LONGEST, record, stands
from search_web.web.current import current_doors
from search_web.web.identity import current_person
from search_web.web.observation import REQUEST_ID

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from flask import Response

    from search_web.access.model import Person

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def witness(connection: sqlite3.Connection) -> None:
    """Write into the audit log who changes the notebook, once for a request, though it take several transactions.

    What a mere look leaves in the notebook, such as which transcripts were met, is no change by anybody.
    """
    if not has_request_context() or request.method in _SAFE:
        return
    line = g.get("audit_line")
    if line is not None and stands(connection, line, g.audit_mark):
        return
    # The mark tells the line from that of another request where a transaction was not ended and its number taken again.
    g.audit_mark = request.environ.get(REQUEST_ID) or f"{id(request.environ):x}"
    g.audit_line = record(
        connection,
        current_person(),
        request.endpoint or "",
        request.path,
        address=request.remote_addr or "",
        request_id=g.audit_mark,
    )


def note(action: str, changed: str, person: Person | None = None) -> None:
    """Write a line about accounts and tokens, which are changed past the `witness`."""
    current_doors().audit.record(
        person or current_person(),
        action,
        changed,
        address=request.remote_addr or "",
        request_id=request.environ.get(REQUEST_ID, ""),
    )


def tell_what_was_made(addresses: Sequence[str]) -> None:
    """Let the line of this request name all that it made, by the addresses with blanks between.

    There are as many as there is room for; "+3" stands for three more.
    """
    fitting = list(addresses)
    while len(" ".join(fitting)) > LONGEST - len(" +999"):
        fitting.pop()
    more = [f"+{len(addresses) - len(fitting)}"] if len(fitting) < len(addresses) else []
    g.audit_made = " ".join((*fitting, *more))


def name_what_was_made(response: Response) -> Response:
    """Let the line of a request that made something say what, as the answer does in Location."""
    line, made = g.get("audit_line"), urlsplit(response.headers.get("Location", ""))
    if line is not None and g.get("audit_made"):
        current_doors().audit.name_object(line, g.audit_made)
    elif line is not None and made.path and not request.view_args:
        # The page that the form was on is nobody's business: its address says what was searched for.
        told = urlencode([(name, value) for name, value in parse_qsl(made.query) if name != "back"])
        current_doors().audit.name_object(line, made.path + (f"?{told}" if told else ""))
    return response
