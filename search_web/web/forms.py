"""Sentences as forms: what may be put into them stands as a placeholder."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A message as the catalogue has it, and the pattern of the sentences that are made from it."""

    message: str
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, message: str) -> Form:
        """Return the form of a message, whose placeholders are those of gettext."""
        parts = re.split(r"%\((\w+)\)s", message)
        pattern = "".join(
            f"(?P<{part}>.+?)" if place % 2 else re.escape(part.replace("%%", "%")) for place, part in enumerate(parts)
        )
        return cls(message, re.compile(pattern, re.DOTALL))
