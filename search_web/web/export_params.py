"""What the address of an exported collection asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors import InvalidRequestError
from search_web.quotes.exporting import ExportFormat
from search_web.web.params import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping


def format_wanted(arguments: Mapping[str, str]) -> ExportFormat:
    """Return the `format` of a file, JSON where none is named. Raises InvalidRequestError."""
    value = arguments.get("format") or ExportFormat.JSON
    if value not in list(ExportFormat):
        raise InvalidRequestError(
            f"'{value}' is no format", where="format", mend=f"Known are {', '.join(ExportFormat)}"
        )
    return ExportFormat(value)


def language_wanted(arguments: Mapping[str, str]) -> str | None:
    """Return the language `lang` of citations, None where each is to speak its own. Raises InvalidRequestError."""
    value = arguments.get("lang") or None
    if value not in {None, *LANGUAGES}:
        raise InvalidRequestError(f"'{value}' is no language", where="lang", mend=f"Known are {', '.join(LANGUAGES)}")
    return value
