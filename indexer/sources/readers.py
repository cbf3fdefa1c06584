"""The formats: which reader takes a file of which suffix, and how large such a file may be.

To add a format, add its reader here; `indexer.sources.sniffing` knows files by their bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.sources.html import read_html
from indexer.sources.mhtml import read_mhtml
from indexer.sources.pdf import read_pdf
from indexer.sources.records import read_json, read_jsonl
from indexer.sources.rev import read_nlp
from indexer.sources.spreadsheets import read_csv, read_tsv, read_xlsx
from indexer.sources.subtitles import read_sbv, read_srt, read_vtt
from indexer.sources.text import read_text
from indexer.sources.word import read_docx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from indexer.model import Content

READERS: Mapping[str, Callable[[bytes, str], Content]] = {
    "txt": read_text,
    "md": read_text,
    "html": read_html,
    "htm": read_html,
    "xhtml": read_html,
    "mhtml": read_mhtml,
    "mht": read_mhtml,
    "docx": read_docx,
    "pdf": read_pdf,
    "srt": read_srt,
    "vtt": read_vtt,
    "sbv": read_sbv,
    "json": read_json,
    "jsonl": read_jsonl,
    "ndjson": read_jsonl,
    "nlp": read_nlp,
    "xlsx": read_xlsx,
    "xlsm": read_xlsx,
    "csv": read_csv,
    "tsv": read_tsv,
}
"""The reader of each format, by the suffix of the file: bytes and the name of the file to its content."""

MOST_BYTES = 64 * 1024**2
"""How large a text may be: three hours of speech with a time for each word are 4 MB, a page with pictures in it 30."""

MOST_BYTES_PACKED = 200 * 1024**2
"""How large a file may be that carries pictures beside its text: PDF and the Office formats."""

_PACKED = frozenset({"pdf", "docx", "xlsx", "xlsm"})
_SAME_FORMAT = {"htm": "html", "xhtml": "html", "mht": "mhtml", "ndjson": "jsonl", "xlsm": "xlsx"}


def format_of(suffix: str) -> str:
    """Return the name of the format that files of a suffix have: "html" for "htm"."""
    return _SAME_FORMAT.get(suffix, suffix)


def is_text_format(suffix: str) -> bool:
    """Whether files of a suffix that has a reader are text, so that bytes that are no text do not belong there."""
    return suffix in READERS and suffix not in _PACKED


def most_bytes(suffix: str) -> int:
    """Return the most bytes that a file of a suffix may have."""
    return MOST_BYTES if is_text_format(suffix) else MOST_BYTES_PACKED
