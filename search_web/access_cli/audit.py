"""The command `yuanhua audit`: who changed what."""

from __future__ import annotations

from typing import Annotated

import typer

from indexer.cli import IndexOption, JsonOption, main_guard, print_json
from search_web.access_cli.options import doors_of
from search_web.quotes_cli.options import NotebookOption


def register(app: typer.Typer) -> None:
    """Add the command audit."""
    app.command("audit")(audit)


@main_guard()
def audit(
    *,
    index: IndexOption,
    since: Annotated[str, typer.Option(metavar="TIME", help="Not before this day or time, in UTC.")] = "",
    user: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this person did.")] = None,
    before: Annotated[int | None, typer.Option(min=1, help="Only lines before this number.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many lines.")] = 100,
    notebook: NotebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print who changed what, when and from where, the latest first."""
    from search_web.access.json_view import entries_json
    from search_web.access.times import time_of
    from search_web.access_cli.printing import print_entries

    found = doors_of(index, notebook).audit.entries(
        since=time_of(since, "since"), user=user, before=before, limit=limit
    )
    if as_json:
        print_json(entries_json(found, limit))
    else:
        print_entries(found)
