"""How long something takes to say, so that shares of a call in two languages can be compared."""

from __future__ import annotations

import re

from indexer.text.language import HAN

_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(rf"[^\W_{HAN}]+(?:['’.,-][^\W_{HAN}]+)*")

# People read aloud about 150 English words or 240 Han characters in a minute.
_WORDS_A_MINUTE = 150
_HAN_A_MINUTE = 240


def spoken_length(text: str) -> float:
    """Return about how many minutes it takes to say the text."""
    return len(_WORD.findall(text)) / _WORDS_A_MINUTE + len(_HAN.findall(text)) / _HAN_A_MINUTE
