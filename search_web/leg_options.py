"""The options that say which legs a search has, shared by the commands that search."""

from __future__ import annotations

from typing import Annotated

import typer

from search_web.search.request import Fusion, Mode

ModeOption = Annotated[Mode, typer.Option(help="Search by words, by meaning, or by both.")]
FusionOption = Annotated[Fusion, typer.Option(help="How a hybrid search joins its two legs.")]
EmbedderOption = Annotated[
    list[str] | None, typer.Option("--embedder", help="Use only this vector space; repeatable. Default: all.")
]
