"""The commands of `yuanhua quotes`; `register` puts them on the program's Typer app."""

from __future__ import annotations

import typer

from search_web.quotes_cli.changing import add, create, edit, move, remove, restore
from search_web.quotes_cli.exchanging import export_quotes, import_quotes
from search_web.quotes_cli.reading import history, list_quotes, show, verify
from search_web.quotes_cli.sharing import share


def register(app: typer.Typer) -> None:
    """Add the group of commands quotes."""
    group = typer.Typer(
        help="Collect quotes, keep them with their exact source, and verify them against the index.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.command("list")(list_quotes)
    group.command("show")(show)
    group.command("verify")(verify)
    group.command("history")(history)
    group.command("create")(create)
    group.command("add")(add)
    group.command("edit")(edit)
    group.command("move")(move)
    group.command("remove")(remove)
    group.command("restore")(restore)
    group.command("share")(share)
    group.command("export")(export_quotes)
    group.command("import")(import_quotes)
    app.add_typer(group, name="quotes")
