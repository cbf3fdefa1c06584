"""What users may write beside quotes: names, descriptions, notes and tags, as they are kept."""

from __future__ import annotations

import unicodedata
from itertools import count
from typing import TYPE_CHECKING

from indexer.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAX_NAME = 200
MAX_PROSE = 10_000
MAX_TAG = 100
MAX_TAGS = 50

_UNWRITTEN = frozenset({"Cc", "Cs"})
"""The Unicode categories of control characters and lone surrogates."""


def checked_name(value: str) -> str:
    """Return the name of a collection as one line, every run of blanks one blank.

    Raises InvalidRequestError when nothing is left, or more than MAX_NAME characters.
    """
    return _one_line("name", value, MAX_NAME)


def numbered_name(name: str, is_taken: Callable[[str], bool]) -> str:
    """Return this name, or where it is taken the name with the lowest number behind it that is not."""
    if not is_taken(name):
        return name
    numbered = (f"{name[: MAX_NAME - len(end)]}{end}" for end in (f" ({number})" for number in count(2)))
    return next(one for one in numbered if not is_taken(one))


def checked_prose(field: str, value: str) -> str:
    """Return a note or a description, verbatim but for line ends, which become one character each.

    Raises InvalidRequestError when it has more than MAX_PROSE characters, or control characters.
    """
    prose = value.replace("\r\n", "\n").replace("\r", "\n")
    if len(prose) > MAX_PROSE:
        raise InvalidRequestError(f"it has {len(prose)} characters", where=field, mend=f"Write at most {MAX_PROSE}")
    _check_written(field, prose.replace("\n", "").replace("\t", ""))
    return prose


def checked_tags(values: Iterable[str]) -> tuple[str, ...]:
    """Return the tags as lines, each once, in their order.

    Raises InvalidRequestError when there are more than MAX_TAGS, or one is empty or longer than MAX_TAG characters.
    """
    tags = tuple(dict.fromkeys(_one_line("tags", value, MAX_TAG) for value in values))
    if len(tags) > MAX_TAGS:
        raise InvalidRequestError(f"there are {len(tags)} tags", where="tags", mend=f"Give at most {MAX_TAGS}")
    return tags


def _one_line(field: str, value: str, longest: int) -> str:
    line = " ".join(value.split())
    if not line or len(line) > longest:
        what = "it is empty" if not line else f"it has {len(line)} characters"
        raise InvalidRequestError(what, where=field, mend=f"Write one line of 1 to {longest} characters")
    _check_written(field, line)
    return line


def _check_written(field: str, text: str) -> None:
    for place, character in enumerate(text):
        if unicodedata.category(character) in _UNWRITTEN:
            what = f"character {place + 1} is U+{ord(character):04X}, which nobody writes"
            raise InvalidRequestError(what, where=field, mend="Leave it out")
