"""The commands that write collections to files and read them back: export and import."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from indexer.cli import IndexOption, JsonOption, fail, main_guard, print_json
from search_web.filter_options import Language
from search_web.quotes.exporting import ExportFormat
from search_web.quotes_cli.options import CollectionArgument, NotebookOption, passages_of, store_of

FormatOption = Annotated[
    ExportFormat | None,
    typer.Option("--format", help="The format; otherwise that of the name of FILE, or markdown.", show_default=False),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="The file to write; otherwise the output.", metavar="FILE")
]
CitationOption = Annotated[
    str | None,
    typer.Option(
        help="A style (plain, short, apa, gbt7714) or a template, such as '{speaker}, {occasion}, {date}'.",
        metavar="STYLE",
    ),
]


@main_guard()
def export_quotes(
    collection: CollectionArgument,
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    fmt: FormatOption = None,
    output: OutputOption = None,
    citation: CitationOption = None,
    language: Annotated[Language | None, typer.Option("--lang", help="Cite all quotes in this language.")] = None,
    base_url: Annotated[str, typer.Option(help="The address of the server, for links.", metavar="URL")] = "",
    check: Annotated[bool, typer.Option("--verify/--no-verify", help="Mark what is no longer in the index.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Write a collection as a file: markdown, html, csv, json, docx, bibtex or ris.

    The quotes are verified, and those that are no longer sound are marked and counted on stderr.
    """
    from search_web.quotes.citation import citation_style
    from search_web.quotes.exporting import export
    from search_web.quotes.verify import verify

    found = store_of(index, notebook).named(collection)
    chosen = fmt or _format_of(output)
    if output is None and (as_json or (chosen is ExportFormat.DOCX and sys.stdout.isatty())):
        fail("--output: name a file to write")
    style = citation_style(citation, language=language.value if language else None)
    verified = verify(found.quotes, passages_of(index)) if check else ()
    data = export(found, {one.quote.id: one for one in verified}, chosen, citation=style, base_url=base_url)
    unsound = sum(not one.sound for one in verified)
    if output is None:
        typer.echo(data, nl=False)
    else:
        _write(output, data)
    if as_json:
        print_json({"file": str(output), "format": chosen.value, "quotes": len(found.quotes), "unsound": unsound})
    elif unsound:
        typer.echo(f"{unsound} of {len(found.quotes)} quotes are no longer sound; they are marked", err=True)


@main_guard()
def import_quotes(
    file: Annotated[Path, typer.Argument(help="A file that export wrote, JSON or CSV.")],
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    into: Annotated[
        str | None, typer.Option("--into", help="The collection to add to; otherwise that of the file.", metavar="NAME")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Add the quotes of a file to a collection, all or none; those that it holds already are left as they are."""
    from search_web.quotes.importing import read_collection
    from search_web.quotes_cli.printing import say

    read = read_collection(file.read_bytes(), str(file))
    collection, added = store_of(index, notebook, "quotes import", str(file)).take_in(read, into)
    left = len(read.quotes) - len(added)
    if as_json:
        told = {"collection_id": collection.id, "name": collection.name, "added": len(added), "held_already": left}
        print_json(told)
    else:
        held = f"; {left} were there already, or in its bin" if left else ""
        say(f"Added {len(added)} of {len(read.quotes)} quotes to “{collection.name}” ({collection.id}){held}")


def _format_of(output: Path | None) -> ExportFormat:
    """Return the format that the name of a file tells."""
    if output is None:
        return ExportFormat.MARKDOWN
    told = [fmt for fmt in ExportFormat if fmt.suffix == output.suffix.lower()]
    if told:
        return told[0]
    return fail(f"{output}: its name tells no format; name one with --format ({', '.join(ExportFormat)})")


def _write(path: Path, data: bytes) -> None:
    """Write a file in one step: it is there as a whole, or as it was before."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.write_bytes(data)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
