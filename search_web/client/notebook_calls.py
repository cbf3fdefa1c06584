"""The calls of the client that read and change what is kept: collections of quotes, and saved searches.

A change takes what was read, and is refused with a ProblemError of status 412 where somebody has changed it meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.client.connection import Connection
from search_web.quotes.shapes import (
    Citation,
    Collection,
    CollectionList,
    History,
    Imported,
    Quote,
    QuoteList,
    Verification,
)
from search_web.saved.shapes import News, SavedSearch, SavedSearchList

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search_web.quotes.model import Visibility
    from search_web.quotes.shapes import CollectionHead, CollectionSummary, HistoryEntry

_CSV, _JSON = "text/csv", "application/json"


class NotebookCalls(Connection):
    """What a program does with collections and saved searches."""

    def collections(self, *, removed: bool = False) -> Iterator[CollectionSummary]:
        """Yield the collections, or those in the bin."""
        return self._listed(CollectionList, "collections", "collections", removed=removed)

    def create_collection(
        self, name: str, description: str = "", *, visibility: Visibility | None = None
    ) -> Collection:
        """Make a collection; where there are accounts it is private unless it says otherwise."""
        body = {"name": name, "description": description, "visibility": visibility}
        return self._send(Collection, "POST", "collections", body=body)

    def collection(self, collection_id: str) -> Collection:
        """Return a collection with its quotes."""
        return self._get(Collection, "collections", collection_id)

    def edit_collection(
        self,
        collection: CollectionHead,
        *,
        name: str | None = None,
        description: str | None = None,
        visibility: Visibility | None = None,
        owner: str | None = None,
    ) -> Collection:
        """Change what a collection that was read is called, who reads it, or whose it is: the name of an account."""
        path, tag = ("collections", collection["id"]), _tag(collection["id"], collection["version"])
        body = {"name": name, "description": description, "visibility": visibility, "owner": owner}
        return self._send(Collection, "PATCH", *path, body=body, tag=tag)

    def remove_collection(self, collection: CollectionHead) -> None:
        """Put a collection that was read into the bin."""
        self._ask("DELETE", ("collections", collection["id"]), {}, tag=_tag(collection["id"], collection["version"]))

    def restore_collection(self, collection_id: str) -> Collection:
        """Take a collection out of the bin."""
        return self._send(Collection, "POST", "collections", collection_id, "restore", body={})

    def collection_history(self, collection_id: str, *, quote: str | None = None) -> Iterator[HistoryEntry]:
        """Yield the changes of a collection, or of one quote in it, the latest first."""
        return self._listed(History, "changes", "collections", collection_id, "history", quote=quote)

    def verification(self, collection_id: str) -> Verification:
        """Return what became of the quotes of a collection in the index."""
        return self._get(Verification, "collections", collection_id, "verification")

    def export_collection(
        self,
        collection_id: str,
        format: str = "json",  # noqa: A002 - as the API has it.
        *,
        citation: str | None = None,
        lang: str | None = None,
    ) -> bytes:
        """Return a collection as a file; docs/quotes.md has the formats."""
        path = ("collections", collection_id, "export")
        return self._file(*path, format=format, citation=citation, lang=lang)

    def import_quotes(self, data: bytes, *, into: str | None = None) -> Imported:
        """Take in a file that an export to JSON or CSV wrote: all of its quotes or none.

        They go into the collection with the id `into`, or else into that of the name in the file.
        """
        is_json = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}
        headers = {"Content-Type": _JSON if is_json else _CSV}
        answer = self._ask("POST", ("collections", "import"), {"into": into}, content=data, headers=headers)
        return self._value(Imported, answer)

    def quotes(
        self, collection_id: str, *, q: str | None = None, tag: str | None = None, removed: bool = False
    ) -> Iterator[Quote]:
        """Yield the quotes of a collection with all words of `q` and with a tag, or those in its bin."""
        path = ("collections", collection_id, "quotes")
        return self._listed(QuoteList, "quotes", *path, q=q, tag=tag, removed=removed)

    def add_quote(
        self,
        collection_id: str,
        passage_id: str,
        *,
        start: int | None = None,
        end: int | None = None,
        text: str | None = None,
        note: str = "",
        tags: Sequence[str] = (),
    ) -> Quote:
        """Collect a passage, or its code points from `start` to `end`, or the words `text` in it."""
        body = {"passage_id": passage_id, "start": start, "end": end, "text": text, "note": note, "tags": list(tags)}
        return self._send(Quote, "POST", "collections", collection_id, "quotes", body=body)

    def quote(self, collection_id: str, quote_id: str) -> Quote:
        """Return a quote."""
        return self._get(Quote, "collections", collection_id, "quotes", quote_id)

    def edit_quote(self, quote: Quote, *, note: str | None = None, tags: Sequence[str] | None = None) -> Quote:
        """Change the note or the tags of a quote that was read."""
        body = {"note": note, "tags": None if tags is None else list(tags)}
        return self._send(Quote, "PATCH", *_place(quote), body=body, tag=_tag(quote["id"], quote["version"]))

    def remove_quote(self, quote: Quote) -> None:
        """Put a quote that was read into the bin of its collection."""
        self._ask("DELETE", _place(quote), {}, tag=_tag(quote["id"], quote["version"]))

    def restore_quote(self, collection_id: str, quote_id: str) -> Quote:
        """Take a quote back to where it stood."""
        return self._send(Quote, "POST", "collections", collection_id, "quotes", quote_id, "restore", body={})

    def move_quote(
        self, collection: CollectionHead, quote_id: str, *, before: str | None = None, after: str | None = None
    ) -> Collection:
        """Put a quote of a collection that was read before or after another one."""
        path = ("collections", collection["id"], "quotes", quote_id, "position")
        tag = _tag(collection["id"], collection["version"])
        return self._send(Collection, "PUT", *path, body={"before": before, "after": after}, tag=tag)

    def cite_quote(
        self, collection_id: str, quote_id: str, *, citation: str | None = None, lang: str | None = None
    ) -> Citation:
        """Return a quote with the line that cites it."""
        path = ("collections", collection_id, "quotes", quote_id, "citation")
        return self._get(Citation, *path, citation=citation, lang=lang)

    def searches(self, *, removed: bool = False) -> Iterator[SavedSearch]:
        """Yield the saved searches, or those in the bin."""
        return self._listed(SavedSearchList, "searches", "searches", removed=removed)

    def save_search(self, name: str, arguments: Sequence[tuple[str, str]]) -> SavedSearch:
        """Save a search: its arguments as names and values, ("q", "buyback") among them."""
        body = {"name": name, "arguments": [list(pair) for pair in arguments]}
        return self._send(SavedSearch, "POST", "searches", body=body)

    def saved_search(self, search_id: str) -> SavedSearch:
        """Return a saved search by its id or name."""
        return self._get(SavedSearch, "searches", search_id)

    def edit_search(
        self, search: SavedSearch, *, name: str | None = None, arguments: Sequence[tuple[str, str]] | None = None
    ) -> SavedSearch:
        """Change the name or the arguments of a saved search that was read."""
        body = {"name": name, "arguments": None if arguments is None else [list(pair) for pair in arguments]}
        tag = _tag(search["id"], search["version"])
        return self._send(SavedSearch, "PATCH", "searches", search["id"], body=body, tag=tag)

    def remove_search(self, search: SavedSearch) -> None:
        """Put a saved search that was read into the bin."""
        self._ask("DELETE", ("searches", search["id"]), {}, tag=_tag(search["id"], search["version"]))

    def restore_search(self, search_id: str) -> SavedSearch:
        """Take a saved search out of the bin."""
        return self._send(SavedSearch, "POST", "searches", search_id, "restore", body={})

    def news(self, search_id: str) -> News:
        """Return what is new in a saved search."""
        return self._get(News, "searches", search_id, "news")

    def see_news(self, search_id: str) -> SavedSearch:
        """Take what is new in a saved search for seen."""
        return self._send(SavedSearch, "POST", "searches", search_id, "seen", body={})


def _tag(resource_id: str, version: int) -> str:
    """Return the ETag of a version, as docs/api.md says it."""
    return f'"{resource_id}-{version}"'


def _place(quote: Quote) -> tuple[str, ...]:
    return ("collections", quote["collection_id"], "quotes", quote["id"])
