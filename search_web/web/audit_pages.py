"""The audit log for those who look after the accounts: a page and its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from annotated_types import Interval
from flask import Blueprint, render_template, request

from indexer.errors import InvalidRequestError
from search_web.access.audit import MOST
from search_web.access.json_view import entries_json
from search_web.access.shapes import AuditEntries
from search_web.access.times import time_of
from search_web.web.arguments import DESCRIBED
from search_web.web.current import current_doors
from search_web.web.declaring import JsonOf, endpoint, json_of
from search_web.web.params import number
from search_web.web.preconditions import hashed

if TYPE_CHECKING:
    from search_web.access.model import Entry

audit_pages = Blueprint("audit_pages", __name__)
audit_api = Blueprint("audit_api", __name__)

_ON_A_PAGE = 100
_LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditArguments:
    """Which lines of the audit log."""

    __pydantic_config__ = DESCRIBED
    user: str | None = None
    """The name or the id of who made the changes."""
    since: str | None = None
    """A day or a time (ISO 8601, in UTC unless it names a zone), before which nothing is wanted."""
    limit: Annotated[int, Interval(ge=1, le=MOST)] = _ON_A_PAGE
    """How many at once."""
    cursor: str | None = None
    """The `next_cursor` of an answer: goes on there."""


@audit_pages.get("/audit")
def log() -> str:
    """Show who changed what, the latest first."""
    found = _entries(_number("before"), _ON_A_PAGE)
    return render_template(
        "audit.html",
        entries=found,
        user=request.args.get("user", ""),
        since=request.args.get("since", ""),
        earlier=found[-1].number if len(found) == _ON_A_PAGE else None,
    )


@audit_api.get("/api/v1/audit")
@endpoint("read_audit_log", answers=AuditEntries, query=AuditArguments, tagged=True)
def entries() -> JsonOf[AuditEntries]:
    """Read who changed what, the latest first."""
    limit = number(request.args, "limit", default=_ON_A_PAGE, low=1, high=MOST)
    return hashed(json_of(entries_json(_entries(_number("cursor"), limit), limit)))


def _entries(before: int | None, limit: int) -> tuple[Entry, ...]:
    since = time_of(request.args.get("since", ""), "since")
    user = request.args.get("user", "").strip() or None
    return current_doors().audit.entries(since=since, user=user, before=before, limit=limit)


def _number(name: str) -> int | None:
    """Return the number of the line before which lines are wanted."""
    said = request.args.get(name, "").strip()
    if said and not (said.isascii() and said.isdigit() and len(said) <= _LONGEST_NUMBER):
        mend = "Use the next_cursor of an answer as it was given"
        raise InvalidRequestError("this is no cursor", where=name, mend=mend)
    return int(said) if said else None
