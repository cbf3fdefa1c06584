"""The command `yuanhua eval`: how good and how fast searches are, on judged queries."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from indexer import settings
from indexer.cli import IndexOption, JsonOption, StoreOption, UriOption, main_guard, print_json, progress_bar
from search_web.leg_options import EmbedderOption, FusionOption, ModeOption
from search_web.search.request import Fusion, Mode


def register(app: typer.Typer) -> None:
    """Add the command eval."""
    app.command("eval")(evaluate)


def evaluate(
    path: Annotated[Path, typer.Argument(help="A judged file, or a folder of corpus, queries and qrels.")],
    *,
    index: IndexOption,
    store: StoreOption = settings.STORE.default,
    uri: UriOption = None,
    mode: ModeOption = Mode.HYBRID,
    fusion: FusionOption = Fusion.ADAPTIVE,
    embedder: EmbedderOption = None,
    cache: Annotated[Path | None, typer.Option(help=settings.CACHE.help, envvar=settings.CACHE.environment)] = None,
    queries: Annotated[int | None, typer.Option(min=1, help="Use only the first so many queries.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure nDCG@10, MRR@10, recall@100 and latency on judged queries."""
    from indexer.errors import InvalidRequestError
    from indexer.stores.opening import milvus_address, open_reader
    from search_web.evaluation import evaluate_file, evaluate_folder
    from search_web.search.searcher import Searcher
    from search_web.terminal import print_report

    embedders = tuple(embedder) if embedder else None
    with main_guard(), progress_bar() as progress:
        address = milvus_address(store, uri)
        if path.is_dir() and address:
            raise InvalidRequestError(
                "a folder is measured on an index of its own files", where="--store", mend="Leave --store away"
            )
        if path.is_dir():
            report = evaluate_folder(
                path,
                mode=mode,
                embedders=embedders,
                fusion=fusion,
                limit_queries=queries,
                cache=cache,
                progress=progress,
            )
        else:
            report = evaluate_file(
                path,
                Searcher(open_reader(index, address)),
                mode=mode,
                embedders=embedders,
                fusion=fusion,
                limit_queries=queries,
                progress=progress,
            )
    if as_json:
        print_json(report.as_json())
    else:
        print_report(report)
