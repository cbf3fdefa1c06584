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
StoreOption = Annotated[
    str,
    typer.Option(settings.STORE.option, envvar=settings.STORE.environment, help=settings.STORE.help, metavar="STORE"),
]
UriOption = Annotated[
    str | None,
    typer.Option(settings.URI.option, envvar=settings.URI.environment, help=settings.URI.help, metavar="URI"),
]
TitleOption = Annotated[str | None, typer.Option(settings.TITLE.option, help=settings.TITLE.help, metavar="TEXT")]
CompanyOption = Annotated[str | None, typer.Option(settings.COMPANY.option, help=settings.COMPANY.help, metavar="NAME")]
TickerOption = Annotated[str | None, typer.Option(settings.TICKER.option, help=settings.TICKER.help, metavar="CODE")]
PeriodOption = Annotated[str | None, typer.Option(settings.PERIOD.option, help=settings.PERIOD.help, metavar="PERIOD")]
DateOption = Annotated[str | None, typer.Option(settings.DATE.option, help=settings.DATE.help, metavar="DAY")]
LanguageOption = Annotated[
    str | None, typer.Option(settings.LANGUAGE.option, help=settings.LANGUAGE.help, metavar="zh|en")
]
DeviceOption = Annotated[
    str,
    typer.Option(
        settings.DEVICE.option, envvar=settings.DEVICE.environment, help=settings.DEVICE.help, metavar="DEVICE"
    ),
]
TimeLimitOption = Annotated[
    float,
    typer.Option(settings.TIME_LIMIT.option, help=settings.TIME_LIMIT.help, metavar="SECONDS", min=1, max=86400),
]
SentenceVectorsOption = Annotated[
    bool | None,
    typer.Option(
        f"{settings.SENTENCE_VECTORS.option}/--no{settings.SENTENCE_VECTORS.option.removeprefix('-')}",
        help=settings.SENTENCE_VECTORS.help,
    ),
]
VectorCacheOption = Annotated[
    int,
    typer.Option(
        settings.VECTOR_CACHE.option,
        help=settings.VECTOR_CACHE.help,
        envvar=settings.VECTOR_CACHE.environment,
        metavar="MB",
        min=0,
        max=1 << 24,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
