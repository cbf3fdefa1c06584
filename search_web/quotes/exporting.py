"""A collection as a file, in seven formats. docs/quotes.md says what each holds."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

from search_web.quotes.exports.entry import entries
from search_web.quotes.file_names import file_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from search_web.quotes.citation import CitationStyle
    from search_web.quotes.exports.entry import Entry
    from search_web.quotes.model import Collection, Verified


class ExportFormat(StrEnum):
    """The formats, by the names under which they are asked for."""

    MARKDOWN = "markdown"
    HTML = "html"
    CSV = "csv"
    JSON = "json"
    DOCX = "docx"
    BIBTEX = "bibtex"
    RIS = "ris"

    @property
    def suffix(self) -> str:
        """How names of such files end."""
        return {ExportFormat.MARKDOWN: ".md", ExportFormat.BIBTEX: ".bib"}.get(self, f".{self.value}")

    @property
    def media_type(self) -> str:
        """The media type of HTTP, with the encoding of text."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    ExportFormat.MARKDOWN: "text/markdown; charset=utf-8; variant=CommonMark",
    ExportFormat.HTML: "text/html; charset=utf-8",
    ExportFormat.CSV: "text/csv; charset=utf-8; header=present",
    ExportFormat.JSON: "application/json",
    ExportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ExportFormat.BIBTEX: "application/x-bibtex; charset=utf-8",
    ExportFormat.RIS: "application/x-research-info-systems; charset=utf-8",
}
_MODULES = {ExportFormat.CSV: "csv_table", ExportFormat.JSON: "json_document"}


def export(
    collection: Collection,
    verified: Mapping[str, Verified] | None,
    fmt: ExportFormat,
    *,
    citation: CitationStyle,
    base_url: str = "",
) -> bytes:
    """Return the bytes of a file with the quotes of a collection, in its order.

    `verified` has what became of the quotes in the index, by their ids: those that were moved, changed or are gone are
    marked. `base_url` is the address of this site ("https://quotes.example/"), which makes links of permalinks that
    are paths. The verbatim text of every quote can be read back to the code point, save characters that a format cannot
    hold at all: for these a sign stands in, and a note says so.
    """
    # A format is imported when it is asked for: python-docx alone takes a quarter of a second.
    module = import_module(f"search_web.quotes.exports.{_MODULES.get(fmt, fmt.value)}")
    write: Callable[[Collection, tuple[Entry, ...], CitationStyle], bytes] = getattr(module, f"to_{fmt.value}")
    return write(collection, entries(collection, verified, citation, base_url), citation)


def export_name(collection: Collection, fmt: ExportFormat) -> str:
    """Return a safe file name made of the collection's name, Chinese kept."""
    return file_name(collection.name, fmt.suffix)
