"""Answers that a browser saves as a file, under a name that may be Chinese."""

from __future__ import annotations

from urllib.parse import quote


def attachment(plain: str, name: str) -> str:
    """Return a Content-Disposition (RFC 6266): headers are ASCII, so `plain` is for what cannot read the real name."""
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
