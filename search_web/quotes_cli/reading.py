"""The commands that read collections: list, show, verify and history."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

import typer

from indexer.cli import IndexOption, JsonOption, main_guard, print_json
from search_web.quotes_cli.options import (
    CollectionArgument,
    NotebookOption,
    QuoteArgument,
    accounts_of,
    passages_of,
    store_of,
)

_NOT_SOUND = 1


@main_guard()
def list_quotes(
    collection: Annotated[str | None, typer.Argument(metavar="[COLLECTION]", help="Its name or id.")] = None,
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    removed: Annotated[bool, typer.Option("--removed", help="List what was removed.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the collections, or the quotes of one."""
    from search_web.quotes.json_view import collection_json, quotes_json, summaries_json
    from search_web.quotes_cli.printing import print_collection, print_quotes, print_summaries

    store = store_of(index, notebook)
    if collection is None:
        summaries = store.collections(removed=removed)
        owners = (one.collection.owner for one in summaries)
        names = accounts_of(index, notebook).names(owner for owner in owners if owner)
        if as_json:
            print_json(summaries_json(summaries, names))
        else:
            print_summaries(summaries, names)
        return
    found = store.named(collection)
    if removed:
        quotes = store.removed_quotes(found.id).quotes
        if as_json:
            print_json(quotes_json(quotes))
        else:
            print_quotes(quotes)
    elif as_json:
        print_json(collection_json(found))
    else:
        print_collection(found)


@main_guard()
def show(
    quote: QuoteArgument,
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a quote with everything that is kept of it."""
    from search_web.quotes.json_view import quote_json
    from search_web.quotes_cli.printing import print_quote

    found = store_of(index, notebook).quote(quote)
    if as_json:
        print_json(quote_json(found))
    else:
        print_quote(found)


@main_guard()
def verify(
    collection: Annotated[str | None, typer.Argument(metavar="[COLLECTION]", help="Its name or id.")] = None,
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hold the quotes of one collection, or of all, against the index.

    Exit code 1 when the words of one have changed or are gone, or the index names another speaker or occasion.
    """
    from search_web.quotes.json_view import verification_json
    from search_web.quotes.verify import verify as verified_quotes
    from search_web.quotes_cli.printing import print_verification

    store = store_of(index, notebook)
    names = [collection] if collection else [summary.collection.id for summary in store.collections()]
    quotes = [quote for name in names for quote in store.named(name).quotes]
    verified = verified_quotes(quotes, passages_of(index))
    if as_json:
        print_json(verification_json(verified))
    else:
        print_verification(verified)
    if not all(one.sound for one in verified):
        raise typer.Exit(_NOT_SOUND)


@main_guard()
def history(
    collection: CollectionArgument,
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    quote: Annotated[str | None, typer.Option("--quote", help="Only the changes of this one.", metavar="ID")] = None,
    as_json: JsonOption = False,
) -> None:
    """Print every change of a collection, the latest first. One that was removed is named by its id."""
    from indexer.errors import UnknownCollectionError
    from search_web.quotes.json_view import history_json
    from search_web.quotes_cli.printing import print_history

    store = store_of(index, notebook)
    with suppress(UnknownCollectionError):  # It may be in the bin, where its history can still be read.
        collection = store.named(collection).id
    changes = store.history(collection, quote)
    names = accounts_of(index, notebook).names(change.by for change in changes if change.by)
    if as_json:
        print_json(history_json(changes, names))
    else:
        print_history(changes, names)
