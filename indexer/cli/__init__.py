"""The commands of the indexer; `register` puts them on the program's Typer app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.cli.building import index
from indexer.cli.embedding import embed
from indexer.cli.options import IndexOption, JsonOption, StoreOption, UriOption
from indexer.cli.output import fail, main_guard, print_json, progress_bar
from indexer.cli.reading import check, info, list_transcripts, parse, show

if TYPE_CHECKING:
    import typer

__all__ = [
    "IndexOption",
    "JsonOption",
    "StoreOption",
    "UriOption",
    "fail",
    "main_guard",
    "print_json",
    "progress_bar",
    "register",
]


def register(app: typer.Typer) -> None:
    """Add the commands parse, index, embed, list, info, check and show."""
    app.command("parse")(parse)
    app.command("index")(index)
    app.command("embed")(embed)
    app.command("list")(list_transcripts)
    app.command("info")(info)
    app.command("check")(check)
    app.command("show")(show)
