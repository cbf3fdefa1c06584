"""The values that a user may state of a file, in a sidecar or on the command line, and what is allowed."""

from __future__ import annotations

import datetime as dt
import re

STATED_FIELDS = ("title", "company", "ticker", "period", "date", "language")
"""The fields that hold one text each."""

_PERIOD = re.compile(r"(?:19|20)\d\d(?:Q[1-4]|H[12])?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_LANGUAGES = frozenset({"zh", "en"})
_LONGEST = 300


def checked(field: str, value: str) -> str:
    """Return the value as it is kept: without blanks around it, a period in capitals.

    Raises ValueError, whose text says what is allowed, when it is no value of that field.
    """
    value = value.strip()
    if not value or len(value) > _LONGEST or not value.isprintable():
        raise ValueError(f"write one line of at most {_LONGEST} characters")
    if field == "period":
        value = value.upper()
        if not _PERIOD.fullmatch(value):
            raise ValueError('write a quarter ("2024Q1"), a half ("2024H1") or a year ("2024")')
    if field == "date" and not _is_date(value):
        raise ValueError('write a day of the calendar as "2024-05-02"')
    if field == "language" and value not in _LANGUAGES:
        raise ValueError('write "zh" or "en"')
    return value


def _is_date(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return bool(_DATE.fullmatch(value))
