"""How many words a text has, as far as that matters: up to where it has enough to be about something."""

from __future__ import annotations

import re
from itertools import islice

from indexer.text.language import HAN

ENOUGH = 12
"""So many words and Han characters are a sentence; fewer are half of one, or a call across the room."""

_SYLLABLES = "\u3040-\u30ff\uac00-\ud7af"
_UNIT = re.compile(rf"[{HAN}{_SYLLABLES}]|[^\W{HAN}{_SYLLABLES}]+")


def extent(text: str) -> int:
    """Return how many words, Han characters, kana and Hangul syllables a text has; ENOUGH where it has more."""
    return sum(1 for _ in islice(_UNIT.finditer(text), ENOUGH))
