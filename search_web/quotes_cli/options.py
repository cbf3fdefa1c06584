"""The options that the commands of quotes share, and what they open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from search_web import settings

if TYPE_CHECKING:
    from indexer.stores.passages import PassageStore
    from search_web.access.accounts import Accounts
    from search_web.quotes.links_store import CollectionLinks
    from search_web.quotes.store import QuoteStore

NotebookOption = Annotated[
    Path | None,
    typer.Option(
        settings.NOTEBOOK.option,
        help=settings.NOTEBOOK.help,
        envvar=settings.NOTEBOOK.environment,
        metavar="FILE",
        show_default=False,
    ),
]
CollectionArgument = Annotated[str, typer.Argument(metavar="COLLECTION", help="The name or the id of a collection.")]
QuoteArgument = Annotated[str, typer.Argument(metavar="QUOTE", help="The id of a quote, as `quotes list` prints it.")]
EitherArgument = Annotated[
    str, typer.Argument(metavar="QUOTE-OR-COLLECTION", help="The id of a quote, or the id or name of a collection.")
]
NoteOption = Annotated[str | None, typer.Option("--note", help="What to note beside the quote.", metavar="TEXT")]
TagOption = Annotated[list[str] | None, typer.Option("--tag", help="A tag of the quote; repeatable.", metavar="TEXT")]


def store_of(index: Path, notebook: Path | None, action: str = "", changed: str = "") -> QuoteStore:
    """Return the collections of the notebook that the options name.

    Whatever is changed there is written into the audit log, as this `action` of who runs the command.
    """
    from search_web.access_cli.witnessing import witness_of
    from search_web.notebook.database import Notebook
    from search_web.quotes.store import QuoteStore

    return QuoteStore(Notebook(notebook or settings.notebook_file(index), witness_of(action, changed)))


def links_of(index: Path, notebook: Path | None, action: str = "", changed: str = "") -> CollectionLinks:
    """Return the links to the collections of the notebook that the options name; `store_of` tells of the audit log."""
    from search_web.access_cli.witnessing import witness_of
    from search_web.notebook.database import Notebook
    from search_web.quotes.links_store import CollectionLinks

    return CollectionLinks(Notebook(notebook or settings.notebook_file(index), witness_of(action, changed)))


def accounts_of(index: Path, notebook: Path | None) -> Accounts:
    """Return the accounts of the notebook that the options name."""
    from search_web.access.accounts import Accounts
    from search_web.notebook.database import Notebook

    return Accounts(Notebook(notebook or settings.notebook_file(index)))


def passages_of(index: Path) -> PassageStore:
    """Return the passages of the index. Raises as `IndexReader.current` does."""
    from indexer.stores.index import IndexReader

    return IndexReader(index).current().passages
