"""The commands of `yuanhua searches`: saved searches and what is new in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.cli import IndexOption, JsonOption, main_guard, print_json
from search_web import settings
from search_web.quotes_cli.options import NotebookOption

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from search_web.saved.model import News, SavedSearch
    from search_web.saved.store import SavedSearches
    from search_web.search.searcher import Searcher

SearchArgument = Annotated[str, typer.Argument(metavar="SEARCH", help="The name or the id of a saved search.")]


def register(app: typer.Typer) -> None:
    """Add the group of commands searches."""
    group = typer.Typer(
        help="Save searches, and see what is new in them since the last time.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.command("list")(list_searches)
    group.command("add")(add)
    group.command("news")(show_news)
    group.command("seen")(seen)
    group.command("rename")(rename)
    group.command("remove")(remove)
    group.command("restore")(restore)
    app.add_typer(group, name="searches")


@main_guard()
def list_searches(*, index: IndexOption, notebook: NotebookOption = None, as_json: JsonOption = False) -> None:
    """List the saved searches, each with how much is new in it."""
    from search_web.quotes_cli.printing import say
    from search_web.saved.json_view import searches_json
    from search_web.saved.news import arrived

    store = _store(index, notebook)
    found = store.all()
    if as_json:
        print_json(searches_json(found))
        return
    if not found:
        say("There are no saved searches. Save one with: yuanhua searches add NAME QUERY")
        return
    searcher = _searcher(index)
    arrivals = arrived(store, searcher)
    for search in found:
        new = _news(searcher, search, arrivals).total
        say(f"{search.name}: {search.query} · {new} new since {search.seen_at.date()} ({search.id})")


@main_guard()
def add(
    name: Annotated[str, typer.Argument(help="What to call the search.")],
    query: Annotated[str, typer.Argument(help="What to look for; fields such as company: and role: filter.")],
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Save a search. What is in the index now is not new to it."""
    from search_web.quotes_cli.printing import say
    from search_web.saved.json_view import search_json
    from search_web.saved.news import met
    from search_web.search.request import SearchRequest

    searcher = _searcher(index)
    searcher.said(SearchRequest(query))
    made = _store(index, notebook, "searches add", name).create(
        name, (("q", query),), met(searcher.reader.current().passages)
    )
    if as_json:
        print_json(search_json(made))
    else:
        say(f"Saved the search “{made.name}” ({made.id})")


@main_guard()
def show_news(
    search: SearchArgument, *, index: IndexOption, notebook: NotebookOption = None, as_json: JsonOption = False
) -> None:
    """Print what is new in a saved search; it stays new until `searches seen`."""
    from search_web.quotes_cli.printing import say
    from search_web.saved.json_view import news_json
    from search_web.saved.news import arrived

    store, searcher = _store(index, notebook), _searcher(index)
    found = _news(searcher, store.get(search), arrived(store, searcher))
    if as_json:
        print_json(news_json(found))
        return
    say(f"{found.total} new in “{found.search.name}” since {found.search.seen_at.date()}")
    for arrival in found.arrivals:
        hit = arrival.hit
        say(f"\n{hit.speaker.name} · {hit.transcript.title} · {hit.id}\n{hit.text}")


@main_guard()
def seen(
    search: SearchArgument, *, index: IndexOption, notebook: NotebookOption = None, as_json: JsonOption = False
) -> None:
    """Take what is new in a saved search for seen."""
    _told(_store(index, notebook, "searches seen", search).seen(search), "Nothing is new any more in", as_json=as_json)


@main_guard()
def rename(
    search: SearchArgument,
    name: Annotated[str, typer.Argument(help="What to call it.")],
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a saved search another name."""
    _told(_store(index, notebook, "searches rename", search).edit(search, name=name), "It is called", as_json=as_json)


@main_guard()
def remove(
    search: SearchArgument, *, index: IndexOption, notebook: NotebookOption = None, as_json: JsonOption = False
) -> None:
    """Put a saved search into the bin."""
    _told(_store(index, notebook, "searches remove", search).remove(search), "Removed", as_json=as_json)


@main_guard()
def restore(
    search: SearchArgument, *, index: IndexOption, notebook: NotebookOption = None, as_json: JsonOption = False
) -> None:
    """Take a saved search out of the bin."""
    _told(_store(index, notebook, "searches restore", search).restore(search), "Restored", as_json=as_json)


def _told(search: SavedSearch, done: str, *, as_json: bool) -> None:
    from search_web.quotes_cli.printing import say
    from search_web.saved.json_view import search_json

    if as_json:
        print_json(search_json(search))
    else:
        say(f"{done} “{search.name}” ({search.id})")


def _store(index: Path, notebook: Path | None, action: str = "", changed: str = "") -> SavedSearches:
    from search_web.access_cli.witnessing import witness_of
    from search_web.notebook.database import Notebook
    from search_web.saved.store import SavedSearches

    return SavedSearches(Notebook(notebook or settings.notebook_file(index), witness_of(action, changed)))


def _searcher(index: Path) -> Searcher:
    from indexer.stores.index import IndexReader
    from search_web.search.searcher import Searcher

    return Searcher(IndexReader(index))


def _news(searcher: Searcher, search: SavedSearch, arrivals: Mapping[str, datetime]) -> News:
    from werkzeug.datastructures import MultiDict

    from search_web.saved.news import news
    from search_web.web.params import search_request

    return news(searcher, search, search_request(MultiDict(search.arguments)), arrivals)
