"""The title that a PDF states, and whether to believe it."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
_JUNK = re.compile(
    r"^(?:microsoft|untitled|document\s?\d*|slide \d|powerpoint|presentation\d*|无标题|未命名|文档\s?\d*)"
    r"|\.\w{2,5}$|[\\/]",
    re.IGNORECASE,
)
_FEWEST_CHARACTERS = 6
_NEARLY_ALL = 0.8


def title_of(stated: str, shown: str) -> str | None:
    """Return the stated title when it looks real, else None.

    Programs state names of files ("Microsoft Word - call.doc"), and writers take the file of the last quarter and leave
    its title in. Only a title of which nearly every word stands in `shown`, the text of the first pages, is believed.
    """
    title = " ".join("".join(c for c in stated if c.isprintable()).split())
    words = _WORD.findall(title.casefold())
    if len(title) < _FEWEST_CHARACTERS or not words or _JUNK.search(title):
        return None
    there = "".join(shown.casefold().split())
    found = sum(word in there for word in words)
    return title if found >= _NEARLY_ALL * len(words) else None
