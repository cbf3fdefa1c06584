"""Quotes out of a file that an export wrote, JSON or CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.errors import CollectionFileError
from search_web.quotes.exports.csv_table import from_csv
from search_web.quotes.exports.json_document import from_json

if TYPE_CHECKING:
    from search_web.quotes.model import Collection

MAX_BYTES = 64 * 1024 * 1024
MAX_QUOTES = 20_000


def read_collection(data: bytes, where: str) -> Collection:
    """Return the collection that an export to JSON or CSV wrote, equal to what was exported.

    `where` names the file in errors. Ids, versions and times come back as they were; whoever keeps the collection
    decides what becomes of them. Quotes are not verified: the findings of the export are left aside.

    Raises CollectionFileError, which names the line or record and the field, when the file is neither, larger than
    MAX_BYTES, has more than MAX_QUOTES quotes, or has anything in it that is not understood. It is read whole or not at
    all.
    """
    if len(data) > MAX_BYTES:
        raise CollectionFileError(
            f"the file has {len(data):,} bytes, and at most {MAX_BYTES:,} are read",
            where=where,
            mend="Export the quotes in several collections.",
        )
    begin = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if not begin:
        raise CollectionFileError("the file is empty", where=where, mend="Choose a file that an export wrote.")
    collection = (from_json if begin in b"{[" else from_csv)(data, where, MAX_QUOTES)
    _check_ids(collection, where)
    return collection


def _check_ids(collection: Collection, where: str) -> None:
    seen: set[str] = set()
    for number, quote in enumerate(collection.quotes, start=1):
        if quote.id in seen:
            raise CollectionFileError(
                f"quote {number} has the id of an earlier one, {quote.id!r}",
                where=where,
                mend="Nothing was taken in. Remove one of the two.",
            )
        seen.add(quote.id)
