"""The command that makes an index, and keeps it in step with its files."""

from __future__ import annotations

import signal
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer import settings
from indexer.cli.options import (  # noqa: TC001 - Typer reads the annotations.
    CompanyOption,
    DateOption,
    DeviceOption,
    IndexOption,
    JsonOption,
    LanguageOption,
    PeriodOption,
    SentenceVectorsOption,
    StoreOption,
    TickerOption,
    TimeLimitOption,
    TitleOption,
    UriOption,
    VectorCacheOption,
)
from indexer.cli.output import SOME_FAILED, TROUBLE, fail, main_guard, progress_bar
from indexer.cli.reports import show_change, show_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.build import BuildReport, BuildSettings, Progress
    from indexer.stores.milvus_address import MilvusAddress

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
Rebuild = Annotated[bool, typer.Option(settings.REBUILD.option, help=settings.REBUILD.help)]
Watch = Annotated[bool, typer.Option(settings.WATCH.option, help=settings.WATCH.help)]
Recall = Annotated[
    float | None,
    typer.Option(settings.RECALL.option, help=settings.RECALL.help, metavar="SHARE", min=0.5, max=1.0),
]
Workers = Annotated[
    int | None,
    typer.Option(settings.WORKERS.option, help=settings.WORKERS.help, metavar="N", min=1, max=1024),
]


@main_guard()
def index(
    paths: Paths,
    *,
    index: IndexOption,
    store: StoreOption = settings.STORE.default,
    uri: UriOption = None,
    keyword_engine: Engine = None,
    segmenter: Segmenter = None,
    user_words: UserWords = None,
    embedder: Embedders = None,
    rebuild: Rebuild = False,
    watch: Watch = False,
    workers: Workers = None,
    time_limit: TimeLimitOption = float(settings.TIME_LIMIT.default),
    sentence_vectors: SentenceVectorsOption = None,
    recall: Recall = None,
    vector_cache: VectorCacheOption = int(settings.VECTOR_CACHE.default),
    device: DeviceOption = settings.DEVICE.default,
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
    from indexer.stores.opening import milvus_address  # noqa: PLC0415
    from indexer.text.user_words import read_user_words  # noqa: PLC0415

    address = milvus_address(store, uri)
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
        user_words=read_user_words(user_words) if user_words else None,
        embedders=_embedders(embedder),
        rebuild=rebuild,
        workers=workers,
        time_limit=time_limit,
        overrides=check_overrides(given),
        vector_cache=vector_cache,
        device=device,
        sentence_vectors=sentence_vectors,
        recall=recall,
    )
    if watch:
        _watch(index, paths, wanted, address, as_json=as_json)
        return
    with _told_when_stopped(), progress_bar() as progress:
        report = index_paths(index, paths, wanted, progress)
        _publish(index, address, report, progress, replace_others=rebuild)
    show_report(report, as_json=as_json)
    _exit_by(report, paths)


def _publish(
    index: Path,
    address: MilvusAddress | None,
    report: BuildReport,
    progress: Progress,
    *,
    replace_others: bool = False,
) -> None:
    """Have Milvus hold what the folder holds now, where Milvus is the store."""
    if address is not None and report.generation is not None:
        from indexer.build.publish import publish_to_milvus  # noqa: PLC0415 - as above.

        publish_to_milvus(index, address, progress, replace_others=replace_others)


def _watch(
    index: Path, paths: list[Path], wanted: BuildSettings, address: MilvusAddress | None, *, as_json: bool
) -> None:
    """Index, then follow the paths until the user or the system says to stop, which is a good end."""
    from indexer.build import follow, quiet  # noqa: PLC0415 - as above.

    def say(message: str) -> None:
        typer.echo(message, err=True)

    with _until_stopped(), closing(follow(index, paths, wanted, say=say)) as reports:
        first = next(reports)
        _publish(index, address, first, quiet, replace_others=wanted.rebuild)
        show_report(first, as_json=as_json, compact=True)
        say(f"Watching {', '.join(map(str, paths))}; stop with Ctrl-C")
        for report in reports:
            _publish(index, address, report, quiet)
            show_change(report, as_json=as_json)


@contextmanager
def _told_when_stopped() -> Iterator[None]:
    """Say on Ctrl-C what has become of the index, before the command ends as it would."""
    try:
        yield
    except KeyboardInterrupt:
        kept = "what was published stays, and the same command goes on with what was embedded so far"
        typer.echo(f"Stopped: {kept}", err=True)
        raise


@contextmanager
def _until_stopped() -> Iterator[None]:
    """End the block quietly on Ctrl-C, and on the signal by which systems end a service."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def _exit_by(report: BuildReport, paths: list[Path]) -> None:
    """End with the exit code that the report means."""
    read = report.added or report.updated or report.moved or report.unchanged
    if report.failed:
        raise typer.Exit(SOME_FAILED if read else TROUBLE)
    if report.generation is None:
        fail(f"there is no transcript under {', '.join(map(str, paths))}; nothing was indexed")


def _embedders(names: list[str] | None) -> tuple[str, ...] | None:
    if not names:
        return None
    return tuple(name for name in names if name != _NO_VECTORS)
