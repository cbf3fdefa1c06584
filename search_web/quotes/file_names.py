"""File names that every system takes, made of the names that people give."""

from __future__ import annotations

import re
import unicodedata

_MAX_BYTES = 150
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]+')


def file_name(name: str, suffix: str, instead: str = "quotes") -> str:
    """Return a file name with that suffix (".csv"), Chinese and other letters kept.

    What Windows, macOS or Linux forbid, controls, and marks that turn the direction of writing are left out; the name
    of nothing else is `instead`. At most 150 bytes of UTF-8 stand before the suffix.
    """
    kept = "".join(
        char
        for char in unicodedata.normalize("NFC", name)
        if char.isspace() or unicodedata.category(char) not in _INVISIBLE
    )
    words = " ".join(_FORBIDDEN.sub(" ", kept).split()).strip(". ")
    words = words.encode("utf-8")[:_MAX_BYTES].decode("utf-8", "ignore").strip(". ")
    if not words or _RESERVED.fullmatch(words):
        words = f"{instead} {words}".strip()
    return words + suffix
