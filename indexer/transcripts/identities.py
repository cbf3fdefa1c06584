"""Which names are those of one person: by what the text says, never because names look alike."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PREFIX = re.compile(r"(?:mr|ms|mrs|miss|dr|prof|sir|dame)\.?\s+(?=\S+\s+\S)")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "•": "·", "・": "·", "‧": "·", "∙": "·", "．": "·"})


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """Return a name without what varies between its spellings: case, accents, full stops, a Mr. before a full name."""
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace(".", " ")
    return _PREFIX.sub("", " ".join(plain.split()))
