"""The audit log for those who look after the accounts: a page and its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, render_template, request

from indexer.errors import InvalidRequestError
from search_web.access.audit import MOST
from search_web.access.json_view import entries_json
from search_web.access.times import time_of
from search_web.web.current import current_doors

if TYPE_CHECKING:
    from datetime import datetime

    from search_web.access.model import Entry

audit_pages = Blueprint("audit_pages", __name__)
audit_api = Blueprint("audit_api", __name__)

_ON_A_PAGE = 100
_DIGITS = 17


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines are wanted: of whom, since when, before which number, and how many."""

    user: str | None
    since: datetime | None
    before: int | None
    limit: int


@audit_pages.get("/audit")
def log() -> str:
    """Show who changed what, the latest first."""
    asked = _asked(_ON_A_PAGE)
    found = _entries(asked)
    return render_template(
        "audit.html",
        entries=found,
        asked=asked,
        user=request.args.get("user", ""),
        since=request.args.get("since", ""),
        earlier=found[-1].number if len(found) == asked.limit else None,
    )


@audit_api.get("/api/v1/audit")
def entries() -> Response:
    """Answer who changed what, the latest first: `user`, `since` a day or time, `before` a number, `limit` lines."""
    asked = _asked(_ON_A_PAGE)
    return jsonify(entries_json(_entries(asked), asked.limit))


def _entries(asked: Asked) -> tuple[Entry, ...]:
    return current_doors().audit.entries(since=asked.since, user=asked.user, before=asked.before, limit=asked.limit)


def _asked(usual: int) -> Asked:
    arguments = request.args
    return Asked(
        user=arguments.get("user", "").strip() or None,
        since=time_of(arguments.get("since", ""), "since"),
        before=_number("before", 2**53),
        limit=_number("limit", MOST) or usual,
    )


def _number(name: str, most: int) -> int | None:
    said = request.args.get(name, "").strip()
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) < _DIGITS and 0 < int(said) <= most):
        raise InvalidRequestError(f"{said[:40]!r} is not a value of {name}", where=name, mend=f"Use 1 to {most}")
    return int(said)
