"""The options that several commands share; names, defaults and help come from `indexer.settings`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from indexer import settings

IndexOption = Annotated[
    Path,
    typer.Option(
        settings.INDEX.option,
        envvar=settings.INDEX.environment,
        help=settings.INDEX.help,
        metavar="DIR",
        default_factory=lambda: Path(settings.INDEX.default),
        show_default=settings.INDEX.default,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
