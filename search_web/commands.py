"""The commands beside `search` that ask the index something: `similar`, `trend` and `compare`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.cli import IndexOption, JsonOption, main_guard, print_json
from search_web.filter_options import (
    CompanyOption,
    DateFromOption,
    DateToOption,
    DeliveryOption,
    FirmOption,
    GlossaryOption,
    LanguageOption,
    PeriodOption,
    RoleOption,
    SectionOption,
    SpeakerOption,
    TranscriptOption,
    filters_of,
)
from search_web.search.request import MAX_LIMIT, By

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_web.search.searcher import Searcher


def register(app: typer.Typer) -> None:
    """Add the commands similar, trend and compare."""
    app.command("similar")(similar)
    app.command("trend")(trend)
    app.command("compare")(compare)


def similar(
    passage_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a passage, as search prints it.")],
    *,
    index: IndexOption,
    limit: Annotated[int, typer.Option(help=f"How many hits, at most {MAX_LIMIT}.")] = 10,
    context: Annotated[
        int | None, typer.Option(help="Print so many neighbouring passages on either side; JSON has 1 otherwise.")
    ] = None,
    speaker: SpeakerOption = None,
    role: RoleOption = None,
    company: CompanyOption = None,
    section: SectionOption = None,
    language: LanguageOption = None,
    delivery: DeliveryOption = None,
    transcript: TranscriptOption = None,
    firm: FirmOption = None,
    period: PeriodOption = None,
    date_from: DateFromOption = None,
    date_to: DateToOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the passages that are most like one."""
    from search_web.search.request import SearchRequest
    from search_web.terminal import print_response

    wanted = SearchRequest(
        passage_id,
        limit=limit,
        context=1 if context is None else context,
        filters=filters_of(
            speaker=speaker,
            role=role,
            company=company,
            section=section,
            language=language,
            delivery=delivery,
            transcript=transcript,
            firm=firm,
            period=period,
            date_from=date_from,
            date_to=date_to,
        ),
    )
    with main_guard():
        response = _searcher(index).similar(passage_id, wanted)
        if as_json:
            from search_web.search.json_view import response_json

            print_json(response_json(response))
        else:
            print_response(response, neighbours=context is not None)


def trend(
    query: Annotated[str, typer.Argument(help="What to count, in Chinese, English or both.")],
    *,
    index: IndexOption,
    by: Annotated[By, typer.Option(help="What the passages of a period are told apart by.")] = By.PERIOD,
    speaker: SpeakerOption = None,
    role: RoleOption = None,
    company: CompanyOption = None,
    section: SectionOption = None,
    language: LanguageOption = None,
    delivery: DeliveryOption = None,
    transcript: TranscriptOption = None,
    firm: FirmOption = None,
    period: PeriodOption = None,
    date_from: DateFromOption = None,
    date_to: DateToOption = None,
    plain: Annotated[bool, typer.Option("--plain", help="Take QUERY as mere words, without operators.")] = False,
    expand: Annotated[bool, typer.Option(help="Let the glossary add terms.")] = True,
    without: Annotated[list[str] | None, typer.Option(help="Leave this added term out; repeatable.")] = None,
    glossary: GlossaryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count how often something is said, period by period."""
    from search_web.search.request import SearchRequest
    from search_web.search.trend import trend_json
    from search_web.terminal import print_trend

    wanted = SearchRequest(
        query,
        plain=plain,
        expand=expand,
        without=tuple(without or ()),
        filters=filters_of(
            speaker=speaker,
            role=role,
            company=company,
            section=section,
            language=language,
            delivery=delivery,
            transcript=transcript,
            firm=firm,
            period=period,
            date_from=date_from,
            date_to=date_to,
        ),
    )
    with main_guard():
        found = _searcher(index, glossary).trend(wanted, by)
        if as_json:
            print_json(trend_json(found))
        else:
            print_trend(found)


def compare(
    one: Annotated[str, typer.Argument(metavar="ID", help="The id of a transcript, as list prints it.")],
    other: Annotated[
        str | None, typer.Argument(metavar="ID", help="The id of another. Default: the call before it of the company.")
    ] = None,
    *,
    index: IndexOption,
    as_json: JsonOption = False,
) -> None:
    """Print what one call says that another does not: passages, terms and speakers."""
    from indexer.errors import InvalidRequestError
    from search_web.search.comparison import compare_calls, previous_call
    from search_web.search.comparison_json import comparison_json
    from search_web.terminal_compare import print_comparison

    with main_guard():
        searcher = _searcher(index)
        before = other or previous_call(searcher, one)
        if before is None:
            what = "no earlier call of the same company is in the index"
            raise InvalidRequestError(what, where=one, mend="Give the id of another call behind it")
        found = compare_calls(searcher, before, one)
        if as_json:
            print_json(comparison_json(found))
        else:
            print_comparison(found)


def _searcher(index: Path, glossary: Sequence[Path] | None = None) -> Searcher:
    from indexer.stores.index import IndexReader
    from search_web.search.searcher import Searcher

    return Searcher(IndexReader(index), tuple(glossary or ()))
