"""The command that adds the vectors of a model to an index, or makes them ahead of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from indexer import settings
from indexer.cli.options import (  # noqa: TC001 - Typer reads the annotations.
    DeviceOption,
    IndexOption,
    JsonOption,
    SentenceVectorsOption,
    TimeLimitOption,
    VectorCacheOption,
)
from indexer.cli.output import SOME_FAILED, TROUBLE, fail, main_guard, progress_bar
from indexer.cli.reports import show_ahead, show_report

SomePaths = Annotated[
    list[Path] | None, typer.Argument(help="Files and folders of transcripts, to embed ahead.", metavar="[PATHS]")
]
EmbedWorkers = Annotated[
    int | None,
    typer.Option(settings.EMBED_WORKERS.option, help=settings.EMBED_WORKERS.help, metavar="N", min=1, max=1024),
]
Address = Annotated[
    str,
    typer.Option(
        settings.ADDRESS.option, envvar=settings.ADDRESS.environment, help=settings.ADDRESS.help, metavar="ADDRESS"
    ),
]
OneEmbedder = Annotated[str, typer.Option(settings.EMBEDDER.option, help="The model to add.", metavar="NAME")]


@main_guard()
def embed(
    paths: SomePaths = None,
    *,
    embedder: OneEmbedder,
    index: IndexOption,
    workers: EmbedWorkers = None,
    address: Address = "",
    device: DeviceOption = settings.DEVICE.default,
    time_limit: TimeLimitOption = float(settings.TIME_LIMIT.default),
    sentence_vectors: SentenceVectorsOption = None,
    vector_cache: VectorCacheOption = int(settings.VECTOR_CACHE.default),
    as_json: JsonOption = False,
) -> None:
    """Add the vectors of one more model to the index, without reading the transcripts again.

    With --workers or --address many processes embed. With PATHS no index is touched: what an index of them needs is
    embedded and kept, and yuanhua index finds it. Exit code 1 when a file could not be read, 2 when none could.
    """
    from indexer.build import (  # noqa: PLC0415 - keeps other commands quick to start.
        AheadSettings,
        embed_index,
        embed_index_ahead,
        embed_paths_ahead,
    )

    if workers and address:
        raise typer.BadParameter("the workers are either here or at an address", param_hint=settings.ADDRESS.option)
    if sentence_vectors is not None and not paths:
        what = "an index says itself whether its sentences have vectors; yuanhua index changes that"
        raise typer.BadParameter(what, param_hint=settings.SENTENCE_VECTORS.option)
    wanted = AheadSettings(
        workers=workers,
        address=address,
        device=device,
        vector_cache=vector_cache,
        time_limit=time_limit,
        sentence_vectors=sentence_vectors is not False,
    )
    if paths:
        with progress_bar() as progress:
            ahead = embed_paths_ahead(paths, embedder, wanted, progress, index=index)
        show_ahead(ahead, as_json=as_json)
        if ahead.failed:
            raise typer.Exit(SOME_FAILED if ahead.read else TROUBLE)
        if not ahead.read:
            fail(f"there is no transcript under {', '.join(map(str, paths))}; nothing was embedded")
        return
    with progress_bar() as progress:
        if workers or address:
            ahead = embed_index_ahead(index, embedder, wanted, progress)
        report = embed_index(index, embedder, progress, vector_cache=vector_cache, device=device)
    if not as_json and (workers or address):
        show_ahead(ahead, as_json=False)
    show_report(report, as_json=as_json)
