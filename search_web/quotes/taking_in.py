"""What happens to a collection that was read from a file: its quotes go into one of the notebook."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.errors import UnknownCollectionError
from search_web.quotes import records
from search_web.quotes.changing import made_collection
from search_web.quotes.editing import add_quotes, fresh_id, whole
from search_web.quotes.guard import editable, readable_named
from search_web.quotes.wording import checked_name
from search_web.search.assemble import passage_url

if TYPE_CHECKING:
    import sqlite3

    from search_web.access.model import Person
    from search_web.quotes.history import Stamp
    from search_web.quotes.model import Collection, Quote

_PLAIN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def taken_in(
    connection: sqlite3.Connection, person: Person, stamp: Stamp, collection: Collection, name: str | None
) -> tuple[Collection, tuple[Quote, ...]]:
    """Add the quotes of a collection to one of the notebook; see `QuoteStore.take_in`."""
    wanted = checked_name(collection.name if name is None else name)
    into = records.id_named(connection, wanted, person.id)
    if name is not None:
        with suppress(UnknownCollectionError):
            into = readable_named(connection, person, wanted).id
    if into is None:
        into = made_collection(connection, person, stamp, wanted, collection.description).id
    editable(connection, person, into)
    added = add_quotes(connection, stamp, into, map(_from_outside, collection.quotes))
    return whole(connection, into), added


def _from_outside(quote: Quote) -> Quote:
    """Return a quote of a file with an id that stands in any address and header, and the address of its passage.

    The address that stands in the file may lead anywhere.
    """
    known = quote.id if _PLAIN_ID.fullmatch(quote.id) else fresh_id()
    return replace(quote, id=known, url=passage_url(quote.place.transcript_id, quote.place.passage_id))
