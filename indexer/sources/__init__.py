"""Files to pages of lines: one module a format, and `read_source`, which picks it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from indexer.errors import SourceError, UnsupportedFormatError
from indexer.model import Content, Line, Page, Source
from indexer.sources.pdf import read_pdf
from indexer.sources.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["READERS", "Content", "Line", "Page", "Source", "read_source"]

READERS: Mapping[str, Callable[[bytes, str], Content]] = {"txt": read_text, "md": read_text, "pdf": read_pdf}
"""The reader of each format, by the suffix of the file: bytes and the name of the file to its content."""


def read_source(path: Path) -> Source:
    """Return the lines of the file at `path`, with its digest.

    Raises UnsupportedFormatError when the suffix has no reader, SourceError when the file cannot be opened,
    and what the reader of the format raises: UndecodableTextError, EmptySourceError.
    """
    name = path.suffix.lower().removeprefix(".")
    reader = READERS.get(name)
    if reader is None:
        raise UnsupportedFormatError(
            f'no reader takes files that end in "{path.suffix}"' if name else "the file name has no suffix",
            where=str(path),
            mend=f"Readers exist for {', '.join(sorted(READERS))}; save the text in one of them.",
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"the file cannot be opened ({error.strerror})",
            where=str(path),
            mend="Check its path and rights.",
        ) from error
    return Source(str(path), name, hashlib.sha256(data).hexdigest(), reader(data, str(path)))
