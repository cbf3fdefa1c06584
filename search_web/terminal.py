"""Responses on a terminal, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from indexer.cli.output import console, printable
from indexer.model import Kind

if TYPE_CHECKING:
    from rich.console import Console

    from search_web.evaluation import Report
    from search_web.search.request import Hit, SearchResponse, SpeakerView


def print_response(response: SearchResponse) -> None:
    """Print the hits as numbered passages with their highlights and their source."""
    screen = console()
    for note in response.notes:
        screen.print(Text(printable(note), style="yellow"))
    if not response.hits:
        screen.print(Text(printable(f"Nothing found for: {response.query}")))
        return
    for number, hit in enumerate(response.hits, start=1):
        _print_hit(screen, number, hit)
    screen.print(Text(f"{response.total} passages · {response.took_ms:.0f} ms · {response.mode}", style="dim"))


def _print_hit(console: Console, number: int, hit: Hit) -> None:
    head = Text(f"{number}. ", style="bold")
    is_document = hit.transcript.kind is Kind.DOCUMENT
    head.append("Document" if is_document else printable(speaker_line(hit.speaker)), style="bold")
    console.print(head)
    console.print(Padding(Text(printable(_source_line(hit)), style="dim"), (0, 0, 0, 3)))
    if question := hit.answered:
        reply = printable(f"in reply to {question.speaker.name}: {question.text}")
        console.print(Padding(Text(reply, style="cyan"), (0, 0, 0, 3)))
    text = Text(printable(hit.text))
    if hit.best_sentence:
        text.stylize("underline", *hit.best_sentence)
    for start, end in hit.highlights:
        text.stylize("bold yellow", start, end)
    console.print(Padding(text, (0, 0, 0, 3)))
    console.print(Padding(Text(f"{_ranks(hit)}  {hit.id}", style="dim"), (0, 0, 1, 3)))


def speaker_line(speaker: SpeakerView) -> str:
    """Return name, title or firm, and role in one line."""
    known_by = speaker.title or speaker.affiliation
    return f"{speaker.name} ({known_by}) · {speaker.role}" if known_by else f"{speaker.name} · {speaker.role}"


def _source_line(hit: Hit) -> str:
    parts = [
        hit.transcript.title,
        hit.transcript.date or hit.transcript.period,
        hit.heading or ("" if hit.transcript.kind is Kind.DOCUMENT else hit.section),
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
