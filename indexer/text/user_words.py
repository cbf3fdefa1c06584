"""Chinese words that a segmenter shall not cut, as files list them: one a line, # begins a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from indexer.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path


def read_user_words(path: Path) -> tuple[str, ...]:
    """Return the words of a user's file. Raises SettingsError when it cannot be read, or is not UTF-8."""
    try:
        return _words(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        mend = "Name another with --user-words"
        raise SettingsError(f"cannot be read ({error.strerror})", where=str(path), mend=mend) from error
    except UnicodeDecodeError as error:
        raise SettingsError("the words are not UTF-8", where=str(path), mend="Save the file as UTF-8") from error


@cache
def built_in_words() -> tuple[str, ...]:
    """Return the words that come with the program."""
    return _words(files("indexer.text").joinpath("user_words.txt").read_text(encoding="utf-8"))


def _words(text: str) -> tuple[str, ...]:
    lines = (line.partition("#")[0] for line in text.splitlines())
    return tuple(word for line in lines for word in line.split())
