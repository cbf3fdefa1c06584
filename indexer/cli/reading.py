"""The commands that show: parse, list, show, info and check."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from indexer.cli.options import (  # noqa: TC001 - Typer reads the annotations.
    CompanyOption,
    DateOption,
    IndexOption,
    JsonOption,
    LanguageOption,
    PeriodOption,
    TickerOption,
    TitleOption,
)
from indexer.cli.output import console, main_guard, print_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.stores.index import Generation, Problem
    from indexer.stores.passages import StoredPassage

# The commands import what they need when they run, so that the program starts quickly.
# ruff: noqa: PLC0415


class Format(StrEnum):
    """What a transcript is printed as, to take away."""

    MARKDOWN = "md"
    TEXT = "txt"


SourcePath = Annotated[Path, typer.Argument(help="The file to read.", metavar="FILE")]
AnyId = Annotated[str, typer.Argument(help="The id of a passage or of a transcript.", metavar="ID")]
AllOption = Annotated[
    bool, typer.Option("--all", help="Show also what was found beside it, and examples of what was left out.")
]
TurnsOption = Annotated[bool, typer.Option("--turns", help="Show also the first words of each turn.")]
FormatOption = Annotated[
    Format | None, typer.Option("--format", help="Print a whole transcript as Markdown or plain text, to take away.")
]
Distance = Annotated[int, typer.Option("--context", help="How many neighbours on either side.", min=0, max=50)]


@main_guard()
def parse(
    file: SourcePath,
    *,
    title: TitleOption = None,
    company: CompanyOption = None,
    ticker: TickerOption = None,
    period: PeriodOption = None,
    date: DateOption = None,
    language: LanguageOption = None,
    everything: AllOption = False,
    turns: TurnsOption = False,
    as_json: JsonOption = False,
) -> None:
    """Read one file and show what was understood, without an index."""
    from indexer.build import check_overrides, read_transcript
    from indexer.cli.parse_view import transcript_view
    from indexer.codec import transcript_to_json

    given = {
        "title": title,
        "company": company,
        "ticker": ticker,
        "period": period,
        "date": date,
        "language": language,
    }
    transcript = read_transcript(file, overrides=check_overrides(given))
    if as_json:
        typer.echo(transcript_to_json(transcript, indent=2))
    else:
        console().print(transcript_view(transcript, everything=everything, turns=turns))


@main_guard()
def list_transcripts(*, index: IndexOption, as_json: JsonOption = False) -> None:
    """List the transcripts of the index."""
    from indexer.cli.views import list_view

    with _opened(index) as generation:
        transcripts = generation.passages.transcripts()
    if as_json:
        print_json([asdict(info) for info in transcripts])
    else:
        console().print(list_view(transcripts))


@main_guard()
def show(
    identifier: AnyId,
    *,
    index: IndexOption,
    context: Distance = 1,
    as_json: JsonOption = False,
    form: FormatOption = None,
) -> None:
    """Show a passage with its neighbours, or a whole transcript."""
    from indexer.cli.views import passage_view, reading_view
    from indexer.codec import transcript_to_json
    from indexer.errors import UnknownPassageError, UnknownTranscriptError
    from indexer.transcript_markdown import transcript_markdown, transcript_text

    with _opened(index) as generation:
        passages = generation.passages
        try:
            row = passages.row_of(identifier)
        except UnknownPassageError:
            try:
                transcript = passages.transcript(identifier)
            except UnknownTranscriptError:
                mend = f"See the transcripts with: yuanhua list --index {index}"
                raise UnknownPassageError("no passage or transcript has this id", where=identifier, mend=mend) from None
            if form:
                written = transcript_markdown if form is Format.MARKDOWN else transcript_text
                # A terminal gets no control sequences of the source; a file gets every character.
                typer.echo(written(transcript), nl=False, color=not sys.stdout.isatty())
            elif as_json:
                typer.echo(transcript_to_json(transcript, indent=2))
            else:
                console().print(reading_view(transcript))
            return
        if form:
            raise typer.BadParameter(f"{identifier} is a passage, and no whole transcript", param_hint="--format")
        (hit,) = passages.get([row])
        ((before, after),) = passages.neighbours([row], context)
    if as_json:
        print_json(
            {
                **asdict(hit.passage),
                "transcript": asdict(hit.transcript),
                "context": {"before": _passages(before), "after": _passages(after)},
            }
        )
    else:
        console().print(passage_view(hit, before, after))


@main_guard()
def info(*, index: IndexOption, as_json: JsonOption = False) -> None:
    """Show how the index was made and what it holds."""
    from indexer.cli.views import info_view

    with _opened(index) as generation:
        described = _described(generation)
    if as_json:
        print_json(described)
    else:
        console().print(info_view(described))


@main_guard()
def check(*, index: IndexOption, as_json: JsonOption = False) -> None:
    """Verify every file of the index and compare its parts; exit code 1 when something is wrong."""
    from indexer.stores.index import check_index

    problems = check_index(index)
    if not problems:
        problems = tuple(_changed_models(index))
    if as_json:
        print_json([asdict(problem) for problem in problems])
    for problem in () if as_json else problems:
        typer.echo(f"{problem.where}: {problem.what}. {problem.mend}")
    if problems:
        raise typer.Exit(1)
    if not as_json:
        typer.echo(f"The index in {index} is sound.")


def _opened(index: Path) -> closing[Generation]:
    from indexer.stores.index import IndexReader

    return closing(IndexReader(index).current())


def _passages(stored: tuple[StoredPassage, ...]) -> list[dict[str, Any]]:
    return [asdict(item.passage) for item in stored]


def _described(generation: Generation) -> dict[str, Any]:
    """Return the manifest as a dict, the files only counted."""
    manifest = asdict(generation.manifest)
    files = manifest.pop("files")
    return {
        "index": str(generation.index),
        "generation": generation.name,
        **manifest,
        "files": len(files),
        "bytes": sum(record["size"] for record in files),
    }


def _changed_models(index: Path) -> Iterator[Problem]:
    """Yield the vector spaces whose model is missing here or is not the one that made them."""
    from indexer.embedding import create_embedder
    from indexer.errors import YuanhuaError
    from indexer.stores.index import Problem

    with _opened(index) as generation:
        for space in generation.manifest.spaces:
            try:
                generation.check_embedder(space.embedder, create_embedder(space.embedder).digest)
            except YuanhuaError as error:
                yield Problem(error.where or space.embedder, error.what, error.mend)
