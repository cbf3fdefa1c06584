"""How the report of a build is shown: to a person, as JSON, and as one line for each set of changes."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import typer

from indexer.cli.output import print_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TypeVar

    from indexer.build import AheadReport, BuildReport, Duplicate, FailedFile, FileNote, MovedFile

    T = TypeVar("T")

MOST = 20
"""So many notes of a kind are shown to a person; JSON has them all."""


def show_report(report: BuildReport, *, as_json: bool, compact: bool = False) -> None:
    """Show a whole report; `compact` JSON is one line."""
    if as_json:
        _print_line(report) if compact else print_json(report)
        return
    _show_notes("moved", report.moved, _moved)
    _show_notes("skipped", report.skipped, _noted, by=lambda note: note.message)
    _show_notes("warning", report.warnings, _noted)
    _show_notes("the same", report.duplicates, _duplicate)
    _show_notes("failed", report.failed, _noted, by=lambda note: note.error, err=True)
    if report.generation is not None:
        typer.echo(
            f"{report.transcripts} transcripts, {report.passages} passages: {_counted(report)}"
            f" (generation {report.generation}, {report.seconds:.1f} s)"
        )


def show_ahead(report: AheadReport, *, as_json: bool) -> None:
    """Show what was embedded before an index is built."""
    if as_json:
        print_json(report)
        return
    _show_notes("skipped", report.skipped, _noted, by=lambda note: note.message)
    _show_notes("failed", report.failed, _noted, by=lambda note: note.error, err=True)
    typer.echo(
        f"{report.passages} passages, {report.texts} texts: {report.embedded} embedded with {report.embedder},"
        f" {report.known} known ({report.seconds:.1f} s)"
    )


def show_change(report: BuildReport, *, as_json: bool) -> None:
    """Show what one set of changes has made of the index, on one line; failures and duplicates have their own."""
    if as_json:
        _print_line(report)
        return
    _show_notes("the same", report.duplicates, _duplicate)
    _show_notes("failed", report.failed, _noted, by=lambda note: note.error, err=True)
    clock = datetime.now().astimezone().strftime("%H:%M:%S")
    typer.echo(
        f"{clock}  {_counted(report)}: {report.transcripts} transcripts, {report.passages} passages"
        f" (generation {report.generation}, {report.seconds:.1f} s)"
    )


def _counted(report: BuildReport) -> str:
    counts = {
        "added": report.added,
        "updated": report.updated,
        "removed": report.removed,
        "moved": report.moved,
        "unchanged": report.unchanged,
        "failed": report.failed,
        "skipped": report.skipped,
    }
    return ", ".join(f"{len(found)} {name}" for name, found in counts.items())


def _show_notes(
    label: str,
    notes: Sequence[T],
    tell: Callable[[T], str],
    *,
    by: Callable[[T], str] | None = None,
    err: bool = False,
) -> None:
    """Print the first notes, and of the others how many there are, by what they say."""
    for note in notes[:MOST]:
        typer.echo(f"{label:8} {tell(note)}", err=err)
    rest = notes[MOST:]
    if rest:
        kinds = Counter(by(note) for note in rest) if by else Counter()
        reasons = "; ".join(f"{count} × {kind}" for kind, count in kinds.most_common(MOST))
        typer.echo(f"{label:8} and {len(rest)} more{f' ({reasons})' if reasons else ''}; --json has them all", err=err)


def _noted(note: FileNote | FailedFile) -> str:
    return f"{note.path}: {note.message}"


def _moved(file: MovedFile) -> str:
    return f"{file.path}: it was {file.before}"


def _duplicate(pair: Duplicate) -> str:
    return f"{pair.path}: {pair.share:.0%} of it stands in {pair.other_path} too"


def _print_line(report: BuildReport) -> None:
    """Print JSON on one line, and at once, for a program that follows."""
    plain: dict[str, Any] = asdict(report)
    typer.echo(json.dumps(plain, ensure_ascii=False).encode("utf-8", "backslashreplace"))
