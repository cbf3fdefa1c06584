"""The commands that change collections: create, add, edit, move, remove and restore."""

from __future__ import annotations

from typing import Annotated

import typer

from indexer.cli import IndexOption, JsonOption, fail, main_guard, print_json
from search_web.quotes_cli.options import (
    CollectionArgument,
    EitherArgument,
    NotebookOption,
    NoteOption,
    QuoteArgument,
    TagOption,
    passages_of,
    store_of,
)

NameOption = Annotated[str | None, typer.Option("--name", help="The name of the collection.", metavar="TEXT")]
DescriptionOption = Annotated[
    str | None, typer.Option("--description", help="What the collection is about.", metavar="TEXT")
]


@main_guard()
def create(
    name: Annotated[str, typer.Argument(help="The name of the new collection.")],
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    description: DescriptionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a collection."""
    from search_web.quotes.json_view import collection_json
    from search_web.quotes_cli.printing import say

    made = store_of(index, notebook, "quotes create", name).create(name, description or "")
    if as_json:
        print_json(collection_json(made))
    else:
        say(f"Made the collection “{made.name}” ({made.id})")


@main_guard()
def add(
    collection: CollectionArgument,
    passage_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a passage, as search prints it.")],
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    start: Annotated[int | None, typer.Option(help="The first character, counted from 0.")] = None,
    end: Annotated[int | None, typer.Option(help="The character behind the last one.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="The exact words to take.", metavar="WORDS")] = None,
    note: NoteOption = None,
    tag: TagOption = None,
    as_json: JsonOption = False,
) -> None:
    """Collect a passage, or a part of one. A collection of a new name is made."""
    from indexer.errors import UnknownCollectionError
    from search_web.quotes.collect import collect, span_of
    from search_web.quotes.json_view import quote_json
    from search_web.quotes_cli.printing import print_quote, say

    if text is not None:
        if (start, end) != (None, None):
            fail("--text: give either the words or their --start and --end")
        start, end = span_of(passages_of(index), passage_id, text)
    taken = collect(passages_of(index), passage_id, start, end, note=note or "", tags=tuple(tag or ()))
    store = store_of(index, notebook, "quotes add", collection)
    try:
        into = store.named(collection)
    except UnknownCollectionError:
        if collection in {summary.collection.id for summary in store.collections(removed=True)}:
            raise
        into = store.create(collection)
        if not as_json:
            say(f"Made the collection “{into.name}” ({into.id})")
    (kept,) = store.add(into.id, [taken])
    if as_json:
        print_json(quote_json(kept))
    else:
        print_quote(kept)


@main_guard()
def edit(
    either: EitherArgument,
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    note: NoteOption = None,
    tag: TagOption = None,
    name: NameOption = None,
    description: DescriptionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Change the note or the tags of a quote, or the name or the description of a collection.

    The tags that are given take the place of all that there were; --tag "" takes them away.
    """
    from search_web.quotes.json_view import collection_json, quote_json
    from search_web.quotes_cli.printing import print_quote, say

    store = store_of(index, notebook, "quotes edit", either)
    if store.holds_quote(either):
        if name is not None or description is not None:
            fail("--name and --description belong to a collection, and this is the id of a quote")
        changed = store.edit_quote(either, note=note, tags=None if tag is None else [one for one in tag if one])
        if as_json:
            print_json(quote_json(changed))
        else:
            print_quote(changed)
        return
    if note is not None or tag:
        fail(f"--note and --tag belong to a quote, and no quote has the id {either}")
    collection = store.edit(store.named(either).id, name=name, description=description)
    if as_json:
        print_json(collection_json(collection))
    else:
        say(f"The collection {collection.id} is “{collection.name}”")


@main_guard()
def move(
    quote: QuoteArgument,
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    before: Annotated[str | None, typer.Option("--before", help="Put it before this quote.", metavar="ID")] = None,
    after: Annotated[str | None, typer.Option("--after", help="Put it after this quote.", metavar="ID")] = None,
    as_json: JsonOption = False,
) -> None:
    """Put a quote before or after another one of its collection."""
    from search_web.quotes.json_view import collection_json
    from search_web.quotes_cli.printing import print_collection

    moved = store_of(index, notebook, "quotes move", quote).move_quote(quote, before=before, after=after)
    if as_json:
        print_json(collection_json(moved))
    else:
        print_collection(moved)


@main_guard()
def remove(
    either: EitherArgument,
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remove a quote, or a collection with all its quotes. `quotes restore` takes it back."""
    from search_web.quotes_cli.printing import say

    store = store_of(index, notebook, "quotes remove", either)
    if store.holds_quote(either):
        store.remove_quote(either)
        removed = either
    else:
        removed = store.named(either).id
        store.remove(removed)
    if as_json:
        print_json({"removed": removed})
    else:
        say(f"Removed {either}. Take it back with: yuanhua quotes restore {removed}")


@main_guard()
def restore(
    either: Annotated[str, typer.Argument(metavar="ID", help="The id of a quote or collection that was removed.")],
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take back a quote to where it stood, or a collection with its quotes."""
    from search_web.quotes.json_view import collection_json, quote_json
    from search_web.quotes_cli.printing import print_collection, print_quote

    store = store_of(index, notebook, "quotes restore", either)
    if store.holds_quote(either):
        quote = store.restore_quote(either)
        if as_json:
            print_json(quote_json(quote))
        else:
            print_quote(quote)
        return
    collection = store.restore(either)
    if as_json:
        print_json(collection_json(collection))
    else:
        print_collection(collection)
