"""The commands that write an index: index and embed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer import settings
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
from indexer.cli.output import TROUBLE, fail, main_guard, print_json, progress_bar

if TYPE_CHECKING:
    from indexer.build import BuildReport

_SOME_FAILED = 1
_NO_VECTORS = "none"

Paths = Annotated[list[Path], typer.Argument(help="Files and folders of transcripts.", metavar="PATHS")]
Engine = Annotated[
    str | None,
    typer.Option(settings.KEYWORD_ENGINE.option, help=settings.KEYWORD_ENGINE.help, metavar="NAME"),
]
Segmenter = Annotated[str | None, typer.Option(settings.SEGMENTER.option, help=settings.SEGMENTER.help, metavar="NAME")]
UserWords = Annotated[
    Path | None, typer.Option(settings.USER_WORDS.option, help=settings.USER_WORDS.help, metavar="FILE")
]
Embedders = Annotated[
    list[str] | None, typer.Option(settings.EMBEDDER.option, help=settings.EMBEDDER.help, metavar="NAME")
]
OneEmbedder = Annotated[str, typer.Option(settings.EMBEDDER.option, help="The model to add.", metavar="NAME")]
Rebuild = Annotated[bool, typer.Option(settings.REBUILD.option, help=settings.REBUILD.help)]


@main_guard()
def index(
    paths: Paths,
    *,
    index: IndexOption,
    keyword_engine: Engine = None,
    segmenter: Segmenter = None,
    user_words: UserWords = None,
    embedder: Embedders = None,
    rebuild: Rebuild = False,
    title: TitleOption = None,
    company: CompanyOption = None,
    ticker: TickerOption = None,
    period: PeriodOption = None,
    date: DateOption = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the index hold what the files under PATHS hold now.

    Files that are new are added, changed ones read again, and transcripts whose files are gone from PATHS
    removed. Exit code 1 when a file could not be read, 2 when none could or the index cannot be written.
    """
    from indexer.build import BuildSettings, check_overrides, index_paths  # noqa: PLC0415 - as in reading.py.

    given = {
        "title": title,
        "company": company,
        "ticker": ticker,
        "period": period,
        "date": date,
        "language": language,
    }
    wanted = BuildSettings(
        keyword_engine=keyword_engine,
        segmenter=segmenter,
        user_words=tuple(user_words.read_text(encoding="utf-8").split()) if user_words else None,
        embedders=_embedders(embedder),
        rebuild=rebuild,
        overrides=check_overrides(given),
    )
    with progress_bar() as progress:
        report = index_paths(index, paths, wanted, progress)
    _show(report, as_json=as_json)
    read = report.added or report.updated or report.unchanged
    if report.failed:
        raise typer.Exit(_SOME_FAILED if read else TROUBLE)
    if report.generation is None:
        fail(f"there is no transcript under {', '.join(map(str, paths))}; nothing was indexed")


@main_guard()
def embed(
    *,
    embedder: OneEmbedder,
    index: IndexOption,
    as_json: JsonOption = False,
) -> None:
    """Add the vectors of one more model to the index, without reading the transcripts again."""
    from indexer.build import embed_index  # noqa: PLC0415 - keeps other commands quick to start.

    with progress_bar() as progress:
        report = embed_index(index, embedder, progress)
    _show(report, as_json=as_json)


def _embedders(names: list[str] | None) -> tuple[str, ...] | None:
    if not names:
        return None
    return tuple(name for name in names if name != _NO_VECTORS)


def _show(report: BuildReport, *, as_json: bool) -> None:
    if as_json:
        print_json(report)
        return
    for note in report.skipped:
        typer.echo(f"skipped  {note.path}: {note.message}")
    for note in report.warnings:
        typer.echo(f"warning  {note.path}: {note.message}")
    for note in report.failed:
        typer.echo(f"failed   {note.path}: {note.message}", err=True)
    if report.generation is not None:
        typer.echo(
            f"{report.transcripts} transcripts, {report.passages} passages: {len(report.added)} added,"
            f" {len(report.updated)} updated, {len(report.removed)} removed,"
            f" {len(report.unchanged)} unchanged, {len(report.failed)} failed, {len(report.skipped)} skipped"
            f" (generation {report.generation}, {report.seconds:.1f} s)"
        )
