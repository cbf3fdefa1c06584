"""Responses on a terminal, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

if TYPE_CHECKING:
    from search_web.search.request import Hit, SearchResponse, SpeakerView


def print_response(response: SearchResponse) -> None:
    """Print the hits as numbered passages with their highlights and their source."""
    console = Console(highlight=False, soft_wrap=True)
    for note in response.notes:
        console.print(Text(note, style="yellow"))
    if not response.hits:
        console.print(Text(f"Nothing found for: {response.query}"))
        return
    for number, hit in enumerate(response.hits, start=1):
        _print_hit(console, number, hit)
    console.print(Text(f"{response.total} passages · {response.took_ms:.0f} ms · {response.mode}", style="dim"))


def _print_hit(console: Console, number: int, hit: Hit) -> None:
    head = Text(f"{number}. ", style="bold")
    head.append(speaker_line(hit.speaker), style="bold")
    console.print(head)
    console.print(Padding(Text(_source_line(hit), style="dim"), (0, 0, 0, 3)))
    if hit.exchange and hit.exchange.question.id != hit.id:
        question = hit.exchange.question
        console.print(
            Padding(Text(f"in reply to {question.speaker.name}: {question.text}", style="cyan"), (0, 0, 0, 3))
        )
    text = Text(hit.text)
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
    parts = [hit.transcript.title, hit.transcript.date or hit.transcript.period, hit.heading or hit.section]
    if hit.delivery != "unknown":
        parts.append({"original": "own words", "translated": "translation"}[hit.delivery])
    if hit.page is not None:
        parts.append(f"page {hit.page}")
    return " · ".join(part for part in parts if part)


def _ranks(hit: Hit) -> str:
    legs = {"words": hit.legs.keyword, "meaning": hit.legs.vector}
    return ", ".join(f"{name} #{leg.rank} ({leg.score:.2f})" for name, leg in legs.items() if leg)
