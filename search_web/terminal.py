"""Responses on a terminal, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from indexer.cli.output import console, printable
from indexer.model import Kind
from search_web.search.request import By
from search_web.terminal_explain import print_explained, print_fusion
from search_web.terminal_query import chip_line, found_line, print_query
from search_web.terminal_under import print_under

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from indexer.model import Speaker
    from indexer.stores.passage_pages import Neighbour, TranscriptOnPage
    from search_web.evaluation import Report
    from search_web.search.answer_values import AnswerResponse
    from search_web.search.response import Hit, HitGroup, SearchResponse
    from search_web.search.trend import Count, Trend

PER_THOUSAND = "per 1,000: of a thousand passages of that line, so many have it; so few calls and many can be compared."


def print_response(response: SearchResponse, *, neighbours: bool = False) -> None:
    """Print the hits as numbered passages with their highlights and their source, and their `neighbours` if wanted.

    What a terminal shows in colour stands between ** where the output is no terminal.
    """
    screen = console()
    print_query(screen, response)
    if not response.hits and not response.groups:
        screen.print(Text(printable(f"Nothing found for: {response.query}")))
        return
    if response.fusion_explained:
        print_fusion(screen, response.fusion_explained)
    for number, hit in enumerate(response.hits, start=1):
        _print_hit(screen, number, hit, neighbours=neighbours)
    for group in response.groups:
        _print_group(screen, group, neighbours=neighbours)
    for facet in response.facets or ():
        counts = ", ".join(f"{one.value} {one.count}" for one in facet.values)
        more = f" and {facet.more} more" if facet.more else ""
        screen.print(Text(printable(f"{facet.field}: {counts or 'none'}{more}")), soft_wrap=not screen.is_terminal)
    screen.print(Text(found_line(response), style="dim"))
    if response.next_cursor:
        screen.print(Text(f"more with: --cursor {response.next_cursor}", style="dim"))


def _print_group(screen: Console, group: HitGroup, *, neighbours: bool) -> None:
    call = group.transcript
    title = " · ".join(filter(None, (_company_unsaid(call), call.title)))
    if group.exchange:
        title = f"{title} · {group.exchange.question.speaker.name} asks: {group.exchange.question.text}"
    screen.print(Text(printable(title), style="bold underline"))
    for number, hit in enumerate(group.hits, start=1):
        _print_hit(screen, number, hit, neighbours=neighbours)
    if group.more:
        print_under(screen, Text(f"{group.more} more", style="dim"), below=1)


def _whose(hit: Hit) -> str:
    """Return who said it; nobody speaks a document."""
    return "Document" if hit.transcript.kind is Kind.DOCUMENT else speaker_line(hit.speaker)


def _print_hit(screen: Console, number: int, hit: Hit, *, neighbours: bool) -> None:
    screen.print(Text(printable(f"{number}. {_whose(hit)}"), style="bold"))
    print_under(screen, Text(printable(_source_line(hit)), style="dim"))
    if question := hit.answered:
        print_under(screen, Text(printable(f"in reply to {question.speaker.name}: {question.text}"), style="cyan"))
    if neighbours:
        _print_neighbours(screen, "before", hit.context.before, hit)
    text = Text(printable(hit.text))
    if hit.best_sentence:
        text.stylize("underline", *hit.best_sentence)
    for start, end in hit.highlights:
        text.stylize("bold yellow", start, end)
    print_under(screen, text if screen.is_terminal else _marked(text, hit.highlights))
    if neighbours:
        _print_neighbours(screen, "after", hit.context.after, hit)
    if hit.duplicates > hit.same_call:
        print_under(screen, Text(f"and {hit.duplicates - hit.same_call} more that say nearly the same", style="dim"))
    if hit.same_call:
        print_under(screen, Text(f"and {hit.same_call} in other files of the same call", style="dim"))
    if hit.explained:
        print_explained(screen, hit.explained, hit.score)
    print_under(screen, Text(" · ".join(filter(None, (_ranks(hit), hit.id))), style="dim"), below=1)


def _print_neighbours(screen: Console, where: str, neighbours: Iterable[Neighbour], hit: Hit) -> None:
    for neighbour in neighbours:
        who = "" if hit.transcript.kind is Kind.DOCUMENT else f", {neighbour.speaker.name}"
        print_under(screen, Text(printable(f"{where}{who}: {neighbour.text}"), style="dim"))


def _marked(text: Text, spans: Sequence[tuple[int, int]]) -> Text:
    """Return the text with the spans between **, those that touch as one, for where there is no colour."""
    marked, done = Text(), 0
    for start, end in spans:
        if marked and start == done:
            marked.right_crop(2)
        else:
            marked.append_text(text[done:start]).append("**")
        marked.append_text(text[start:end]).append("**")
        done = end
    return marked.append_text(text[done:])


def speaker_line(speaker: Speaker) -> str:
    """Return name, title or firm, and role in one line."""
    known_by = speaker.title or speaker.affiliation
    return f"{speaker.name} ({known_by}) · {speaker.role}" if known_by else f"{speaker.name} · {speaker.role}"


def _company_unsaid(call: TranscriptOnPage) -> str:
    """Return the company of a call whose title does not name it, else ""."""
    return call.company if call.company and call.company.casefold() not in call.title.casefold() else ""


def _source_line(hit: Hit) -> str:
    call = hit.transcript
    parts = [
        _company_unsaid(call),
        call.title,
        call.period,
        call.date,
        "" if hit.transcript.kind is Kind.DOCUMENT else hit.section,
        hit.heading,
    ]
    if hit.delivery != "unknown":
        parts.append({"original": "own words", "translated": "translation"}[hit.delivery])
    if hit.page is not None:
        parts.append(f"page {hit.page}")
    if hit.time is not None:
        parts.append(hit.time.clock)
    return " · ".join(part for part in parts if part)


def _ranks(hit: Hit) -> str:
    legs = {"words": hit.legs.keyword, "meaning": hit.legs.vector}
    return ", ".join(f"{name} #{leg.rank} ({leg.score:.2f})" for name, leg in legs.items() if leg)


def print_answers(response: AnswerResponse) -> None:
    """Print each answer: its sentences in bold inside the passage, who said it, to which question, and where."""
    screen = console()
    for note in response.notes:
        screen.print(Text(printable(note), style="yellow"))
    if bound := [chip_line(chip) for chip in response.chips if chip.active]:
        screen.print(Text(printable(f"Answers are bound to: {', '.join(bound)}"), style="dim"))
    if not response.answers:
        sure = f"The nearest has a confidence of {response.confidence:.2f}, below {response.threshold:.2f}."
        screen.print(Text(f"Nothing in this index answers: {printable(response.query)}"))
        screen.print(Text(f"{sure} See what comes near with: yuanhua search", style="dim"))
        return
    for number, answer in enumerate(response.answers, start=1):
        hit = answer.hit
        screen.print(Text(printable(f"{number}. {_whose(hit)}"), style="bold"))
        print_under(screen, Text(printable(_source_line(hit)), style="dim"))
        if answer.exchange and not hit.asks:
            question = answer.exchange.question
            asked = f"in answer to {speaker_line(question.speaker)}: {question.text}"
            print_under(screen, Text(printable(asked), style="cyan"))
        text = Text(printable(hit.text))
        for start, end in answer.sentences:
            text.stylize("bold", start, end)
        for start, end in hit.highlights:
            text.stylize("yellow", start, end)
        print_under(screen, text if screen.is_terminal else _marked(text, answer.sentences))
        where = printable(f"confidence {answer.confidence:.2f}  passage {hit.id}  transcript {hit.transcript.id}")
        print_under(screen, Text(where, style="dim"), below=1)
    found = f"{len(response.answers)} answer{'' if len(response.answers) == 1 else 's'}"
    screen.print(Text(f"{found} · {response.took_ms:.0f} ms · {response.scope}", style="dim"))


def print_trend(trend: Trend) -> None:
    """Print a trend as a table: a line for each period and group."""
    screen = console()
    for note in trend.notes:
        screen.print(Text(printable(note), style="yellow"))
    grouped = () if trend.by is By.PERIOD else (trend.by.value,)
    table = Table("period", *grouped, title=printable(trend.query), title_justify="left")
    for counted in ("passages", "calls", "mentions", "per 1,000"):
        table.add_column(counted, justify="right")
    for point in trend.points:
        group = (printable(point.group or "-"),) if grouped else ()
        table.add_row(printable(point.period or "-"), *group, *_counted(point.count))
    table.add_section()
    table.add_row("all", *("all" for _ in grouped), *_counted(trend.total))
    screen.print(table)
    screen.print(Text(PER_THOUSAND, style="dim"))
    if trend.groups_left_out:
        screen.print(Text(f"{trend.groups_left_out} more of {trend.by} are only in the total", style="dim"))


def _counted(count: Count) -> tuple[str, ...]:
    mentions = "-" if count.mentions is None else str(count.mentions)
    return str(count.passages), f"{count.calls} of {count.of_calls}", mentions, f"{count.per_thousand:.1f}"


def print_report(report: Report) -> None:
    """Print the figures of an evaluation as a table: all queries, then by language and kind."""
    table = Table("queries", "number", "nDCG@10", "MRR@10", "recall@100", title=f"{report.set} · {report.mode}")
    for name, figures in (("all", report.overall), *report.by_lang.items(), *report.by_kind.items()):
        scores = (figures.ndcg_10, figures.mrr_10, figures.recall_100)
        table.add_row(name, str(figures.queries), *(f"{score:.3f}" for score in scores))
    screen = console()
    screen.print(table)
    spaces = ", ".join(report.embedders) or "none"
    screen.print(Text(f"vectors: {spaces} · median {report.median_ms:.1f} ms a search"))
