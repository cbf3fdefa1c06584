"""Names of uploaded files: what a client says is made a name that every system takes, and no path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.errors import UnsupportedFormatError
from indexer.sources import READERS
from search_web.quotes.file_names import file_name

if TYPE_CHECKING:
    from search_web.uploads.model import Upload

_SEPARATORS = re.compile(r"[/\\\0]")
_INSTEAD = "transcript"
_SHOWN = 80


def safe_name(given: str) -> str:
    r"""Return the name under which a file is kept.

    Of a path only its last part counts, be it written with / or with \. Letters of every script stay; what systems
    forbid, controls and marks that turn the direction of writing go. Raises UnsupportedFormatError when no reader takes
    files whose names end so.
    """
    last = _SEPARATORS.split(given)[-1]
    stem, dot, suffix = last.rpartition(".")
    # Marks that nobody sees must not hide the true end of a name.
    suffix = "".join(filter(str.isalnum, suffix)).lower()
    if not dot or suffix not in READERS:
        what = f'no reader takes files that end in "{suffix[:_SHOWN]}"' if dot else "the file name has no suffix"
        mend = f"Readers exist for {', '.join(sorted(READERS))}; save the text in one of them"
        raise UnsupportedFormatError(what, where=shown_name(last), mend=mend)
    name = file_name(stem, f".{suffix}", _INSTEAD)
    # A folder of transcripts passes over files of this name.
    return f"{_INSTEAD} {name}" if name.upper().startswith("README") else name


def shown_name(given: str) -> str:
    """Return what a client calls a file as it can be shown: its last part on one line, without controls."""
    return file_name(_SEPARATORS.split(given)[-1], "", "file")[:_SHOWN]


def folder_name(upload: Upload) -> str:
    """Return the name of the folder of the library in which a confirmed file lies alone: its own name and its id."""
    return f"{upload.name.rpartition('.')[0]} {upload.id}"
