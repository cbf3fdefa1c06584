"""Files to pages of lines: one module a format, and `read_source`, which picks it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.errors import (
    DamagedSourceError,
    EmptySourceError,
    ProtectedSourceError,
    SourceError,
    UndecodableTextError,
    UnsupportedFormatError,
)
from indexer.model import Content, Line, Page, Source
from indexer.sources.archives import is_encrypted_office
from indexer.sources.opening import read_bytes
from indexer.sources.readers import READERS, format_of, is_text_format, most_bytes
from indexer.sources.sniffing import sniff

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.sources.sniffing import Sniffed

__all__ = ["READERS", "Content", "Line", "Page", "Source", "read_source"]


def read_source(path: Path) -> Source:
    """Return the lines of the file at `path`, with its digest.

    Its bytes decide over its suffix: a web page that was saved as a Word file is read as the web page that it is,
    with a warning. Raises UnsupportedFormatError when no reader takes it, OversizedSourceError, EmptySourceError,
    ProtectedSourceError, SourceError when it cannot be opened, and what the reader of its format raises.
    """
    suffix, where = path.suffix.lower().removeprefix("."), str(path)
    if suffix not in READERS and not path.exists():
        raise _no_reader(path, None)
    data = read_bytes(path, most_bytes(suffix))
    if not data:
        raise EmptySourceError("the file is empty", where=where, mend="Leave it out.")
    if is_encrypted_office(data):
        mend = "Open it, take the password off, save it, and read it again."
        raise ProtectedSourceError("it is locked with a password", where=where, mend=mend)
    found = sniff(data)
    is_as_named = suffix in READERS and (found is None or found.format == format_of(suffix))
    name = suffix if is_as_named else found.format if found else None
    if name is None or name not in READERS:
        raise _mistaken(path, suffix, found)
    content = READERS[name](data, where)
    if found and not is_as_named:
        warning = f"it is {found.what}, whatever its name says, and was read as one"
        content = replace(content, warnings=(warning, *content.warnings))
    return Source(where, name, hashlib.sha256(data).hexdigest(), content)


def _mistaken(path: Path, suffix: str, found: Sniffed | None) -> SourceError:
    """Return the error that says what a file is that cannot be read as what its name says."""
    if found is None or suffix not in READERS:
        return _no_reader(path, found)
    if is_text_format(suffix):
        mend = f"{found.mend} Text is best saved as UTF-8."
        return UndecodableTextError(f"it is {found.what} and no text", where=str(path), mend=mend)
    return DamagedSourceError(f"it is {found.what} and no {suffix} file", where=str(path), mend=found.mend)


def _no_reader(path: Path, found: Sniffed | None) -> UnsupportedFormatError:
    readers = f"Readers exist for {', '.join(sorted(READERS))}; save the text in one of them."
    if found:
        return UnsupportedFormatError(f"no reader takes {found.what}", where=str(path), mend=found.mend)
    what = f'no reader takes files that end in "{path.suffix}"' if path.suffix else "the file name has no suffix"
    return UnsupportedFormatError(what, where=str(path), mend=readers)
