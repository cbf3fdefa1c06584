"""The options that every command that searches has: among which passages to look, and with which glossary."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.model import Delivery, Role, Section
from search_web import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.stores.filters import Filters


class Language(StrEnum):
    """The languages that passages are told apart by."""

    ZH = "zh"
    EN = "en"


GlossaryOption = Annotated[
    list[Path] | None,
    typer.Option(
        settings.GLOSSARY.option,
        help=settings.GLOSSARY.help,
        envvar=settings.GLOSSARY.environment,
        metavar="FILE",
    ),
]
SpeakerOption = Annotated[list[str] | None, typer.Option("--speaker", help="Said by this person; repeatable.")]
RoleOption = Annotated[list[Role] | None, typer.Option("--role", help="Said by someone in this role; repeatable.")]
CompanyOption = Annotated[list[str] | None, typer.Option("--company", help="Company or ticker; repeatable.")]
SectionOption = Annotated[list[Section] | None, typer.Option("--section", help="Part of the call; repeatable.")]
LanguageOption = Annotated[
    list[Language] | None, typer.Option("--language", "--lang", help="Language of the passage; repeatable.")
]
DeliveryOption = Annotated[
    list[Delivery] | None, typer.Option("--delivery", help="Own words or translation; repeatable.")
]
TranscriptOption = Annotated[
    list[str] | None, typer.Option("--transcript", help="Only this transcript, by id; repeatable.")
]
FirmOption = Annotated[list[str] | None, typer.Option("--firm", help="Said for this firm; repeatable.")]


def _as_held(periods: list[str] | None) -> list[str] | None:
    """Return the periods as the index writes them; commands without a search need not wait for what reads them."""
    if not periods:
        return periods
    from search_web.search.query_fields import expected_values, period_value  # noqa: PLC0415

    read = [period_value(text) for text in periods]
    if None in read:
        text = periods[read.index(None)]
        raise typer.BadParameter(f"{text!r} is no period. Use {expected_values('period')}.")
    return [period for period in read if period]


PeriodOption = Annotated[
    list[str] | None,
    typer.Option("--period", help="Of this period, such as 2023Q2; repeatable.", callback=_as_held),
]
DateFromOption = Annotated[str | None, typer.Option("--date-from", help="From this day on, such as 2023-08-10.")]
DateToOption = Annotated[str | None, typer.Option("--date-to", help="Up to this day.")]


def filters_of(*, date_from: str | None, date_to: str | None, **values: Sequence[str] | None) -> Filters:
    """Return the filters of the options, each by the name of its field."""
    from indexer.stores.filters import Filters  # noqa: PLC0415 - commands without a search need not wait for it.

    given = {name: tuple(listed or ()) for name, listed in values.items()}
    return Filters(date_from=date_from, date_to=date_to, **given)
