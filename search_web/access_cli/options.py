"""The options of accounts: those that commands share, and those by which `serve` lets people in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from search_web import settings

if TYPE_CHECKING:
    from search_web.access.doors import Doors

AccountArgument = Annotated[str, typer.Argument(metavar="NAME", help="The name or the id of an account.")]
TrustedHostOption = Annotated[
    list[str] | None,
    typer.Option(
        settings.TRUSTED_HOST.option,
        envvar=settings.TRUSTED_HOST.environment,
        help=settings.TRUSTED_HOST.help,
        metavar="NAME",
    ),
]
ForwardedOption = Annotated[
    int,
    typer.Option(
        settings.FORWARDED.option,
        envvar=settings.FORWARDED.environment,
        help=settings.FORWARDED.help,
        min=0,
        max=10,
    ),
]
RateLimitOption = Annotated[
    str,
    typer.Option(
        settings.RATE_LIMIT.option,
        envvar=settings.RATE_LIMIT.environment,
        help=settings.RATE_LIMIT.help,
        metavar="RATE",
    ),
]
AddressRateLimitOption = Annotated[
    str,
    typer.Option(
        settings.ADDRESS_RATE_LIMIT.option,
        envvar=settings.ADDRESS_RATE_LIMIT.environment,
        help=settings.ADDRESS_RATE_LIMIT.help,
        metavar="RATE",
    ),
]
SignInRateLimitOption = Annotated[
    str,
    typer.Option(
        settings.SIGN_IN_RATE_LIMIT.option,
        envvar=settings.SIGN_IN_RATE_LIMIT.environment,
        help=settings.SIGN_IN_RATE_LIMIT.help,
        metavar="RATE",
    ),
]


def doors_of(index: Path, notebook: Path | None, action: str = "", changed: str = "") -> Doors:
    """Return the accounts of the notebook that the options name.

    Whatever is changed there is written into the audit log, as this `action` of who runs the command.
    """
    from search_web.access.doors import Doors
    from search_web.access_cli.witnessing import witness_of

    return Doors(notebook or settings.notebook_file(index), witness=witness_of(action, changed))
