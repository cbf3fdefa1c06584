"""Ids of transcripts and passages, which stay the same when a file is read again."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from pathlib import Path

_LONGEST_SLUG = 40


def transcript_id(path: str) -> str:
    """Return a readable, unique id: the file name in plain ASCII and eight digits of its SHA-256."""
    name = Path(path).name
    plain = unicodedata.normalize("NFKD", Path(path).stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-")
    return f"{slug or 'transcript'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


class PassageIds:
    """Gives each passage of a transcript its id: from its words, and how often they were said before.

    An id hangs neither on lines and neighbours, so that it survives changes to the rest of the file, nor on what is
    known of the speaker, so that it survives a list of participants that is added to the file or read better.
    """

    def __init__(self, transcript: str) -> None:
        self._transcript = transcript
        self._seen: Counter[str] = Counter()

    def of(self, text: str) -> str:
        """Return the id of the next passage with these words."""
        self._seen[text] += 1
        key = f"{text}\0{self._seen[text]}"
        return f"{self._transcript}.{hashlib.sha256(key.encode()).hexdigest()[:10]}"
