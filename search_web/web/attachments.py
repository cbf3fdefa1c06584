"""Answers that a browser saves as a file, under a name that may be Chinese."""

from __future__ import annotations

import re
from urllib.parse import quote

_LONGEST_NAME = 80
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


def file_stem(words: str, otherwise: str) -> str:
    """Return words as the name of a file, without what some system forbids in one; `otherwise` if nothing is left."""
    return _NOT_IN_A_NAME.sub(" ", words)[:_LONGEST_NAME].strip(" .") or otherwise


def attachment(plain: str, name: str) -> str:
    """Return a Content-Disposition (RFC 6266): headers are ASCII, so `plain` is for what cannot read the real name."""
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
