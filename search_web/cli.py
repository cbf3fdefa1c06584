"""The command `yuanhua`: searching, beside the commands of the indexer and those of the other modules here."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from indexer import settings
from indexer.cli import IndexOption, JsonOption, StoreOption, UriOption, main_guard, print_json, register
from search_web import access_cli, commands, evaluation_cli, quotes_cli, running_cli, saved_cli
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
from search_web.leg_options import EmbedderOption, FusionOption, ModeOption
from search_web.search.answer_values import Scope
from search_web.search.request import MAX_GROUP_SIZE, MAX_LIMIT, Fusion, Grouping, Mode, Recognised, Sort


class _Commands(TyperGroup):
    """The commands, without the name of an exception before what is wrong with a value."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as the class above has it.
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ")
            raise


app = typer.Typer(
    name="yuanhua",
    cls=_Commands,
    help="Find what was actually said: search over transcripts of calls and meetings.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
register(app)
commands.register(app)
quotes_cli.register(app)
saved_cli.register(app)
running_cli.register(app)
access_cli.register(app)
evaluation_cli.register(app)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for, in Chinese, English or both.")],
    *,
    index: IndexOption,
    store: StoreOption = settings.STORE.default,
    uri: UriOption = None,
    mode: ModeOption = Mode.HYBRID,
    fusion: FusionOption = Fusion.ADAPTIVE,
    limit: Annotated[int, typer.Option(help=f"How many hits, at most {MAX_LIMIT}.")] = 10,
    offset: Annotated[int, typer.Option(help="How many hits to pass over.")] = 0,
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
    embedder: EmbedderOption = None,
    glossary: GlossaryOption = None,
    plain: Annotated[bool, typer.Option("--plain", help="Take QUERY as mere words, without operators.")] = False,
    expand: Annotated[bool, typer.Option(help="Let the glossary add terms.")] = True,
    cursor: Annotated[str | None, typer.Option(help="Go on where an answer ended: its next_cursor.")] = None,
    sort: Annotated[Sort, typer.Option(help="In which order hits come.")] = Sort.RELEVANCE,
    group: Annotated[Grouping | None, typer.Option(help="Put hits together by call or by exchange.")] = None,
    group_size: Annotated[int, typer.Option(help=f"How many hits of a group, at most {MAX_GROUP_SIZE}.")] = 3,
    collapse: Annotated[bool, typer.Option(help="Show passages that say nearly the same as one.")] = True,
    facets: Annotated[
        bool, typer.Option("--facets", help="Count what was found by company, period and so on.")
    ] = False,
    without: Annotated[
        list[str] | None, typer.Option(help="Leave this added term or recognised name out; repeatable.")
    ] = None,
    recognised: Annotated[
        Recognised, typer.Option(help="What names and periods of QUERY do: favour passages, keep only them, nothing.")
    ] = Recognised.SOFT,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each hit stands where it stands.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Search the index and print ranked passages with who said them."""
    from indexer.stores.opening import milvus_address, open_reader
    from search_web.search.request import SearchRequest
    from search_web.search.searcher import Searcher

    request = SearchRequest(
        query=query,
        mode=mode,
        fusion=fusion,
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
        limit=limit,
        offset=offset,
        context=1 if context is None else context,
        embedders=tuple(embedder) if embedder else None,
        plain=plain,
        expand=expand,
        without=tuple(without or ()),
        recognised=recognised,
        cursor=cursor,
        sort=sort,
        group=group,
        group_size=group_size,
        collapse=collapse,
        facets=facets,
        explain=explain,
    )
    with main_guard():
        response = Searcher(open_reader(index, milvus_address(store, uri)), tuple(glossary or ())).search(request)
        if as_json:
            from search_web.search.json_view import response_json

            print_json(response_json(response))
        else:
            from search_web.terminal import print_response

            print_response(response, neighbours=context is not None)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question, in Chinese, English or both.")],
    *,
    index: IndexOption,
    store: StoreOption = settings.STORE.default,
    uri: UriOption = None,
    scope: Annotated[Scope, typer.Option(help="Look in the answers given, the questions asked, or both.")] = (
        Scope.ANSWERS
    ),
    limit: Annotated[int, typer.Option(help=f"How many answers, at most {MAX_LIMIT}.")] = 5,
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
    glossary: GlossaryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the sentences that answer a question, word for word, or say that nothing answers it."""
    from indexer.stores.opening import milvus_address, open_reader
    from search_web.search.answers import answer_question
    from search_web.search.request import SearchRequest
    from search_web.search.searcher import Searcher

    filters = filters_of(
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
    )
    request = SearchRequest(query=question, filters=filters, limit=limit)
    with main_guard():
        response = answer_question(
            Searcher(open_reader(index, milvus_address(store, uri)), tuple(glossary or ())), request, scope
        )
        if as_json:
            from search_web.search.answer_json import answers_json

            print_json(answers_json(response))
        else:
            from search_web.terminal import print_answers

            print_answers(response)


def main() -> None:
    """Run the command line."""
    app()
