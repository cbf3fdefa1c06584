"""Collections and quotes on a terminal, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from indexer.cli.output import console, printable
from indexer.model import Delivery, Kind
from search_web.quotes.model import EditKind, State
from search_web.terminal_under import print_under

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from search_web.quotes.history import Change
    from search_web.quotes.model import Collection, Edit, Quote, Verified, Voice
    from search_web.quotes.store import Summary

_STYLES = {State.UNCHANGED: "green", State.MOVED: "cyan", State.CHANGED: "bold red", State.GONE: "bold red"}
_EDIT_STYLES = {EditKind.SAME: "", EditKind.REMOVED: "red strike", EditKind.ADDED: "green underline"}
_EDIT_MARKS = {EditKind.SAME: "{}", EditKind.REMOVED: "[-{}-]", EditKind.ADDED: "{{+{}+}}"}
_DELIVERIES = {Delivery.ORIGINAL: "own words", Delivery.TRANSLATED: "translation"}


def say(message: str) -> None:
    """Print a line that steers no terminal."""
    console().print(Text(printable(message)))


def print_summaries(summaries: Sequence[Summary], names: Mapping[str, str]) -> None:
    """Print the list of collections as a table; `names` are those of accounts by their ids."""
    if not summaries:
        say("There are no collections. Make one with: yuanhua quotes create NAME")
        return
    owned = any(summary.collection.owner for summary in summaries)
    table = Table("name", "quotes", "changed", "id", *(("whose",) if owned else ()))
    for summary in summaries:
        one = summary.collection
        whose = f"{names.get(one.owner, one.owner)} ({one.visibility})" if one.owner else "team"
        cells = (Text(printable(one.name)), str(summary.count), f"{one.updated_at:%Y-%m-%d %H:%M}", one.id)
        table.add_row(*cells, *((Text(printable(whose)),) if owned else ()))
    console().print(table)


def print_collection(collection: Collection) -> None:
    """Print a collection with its quotes."""
    screen = console()
    screen.print(Text(printable(f"{collection.name} ({collection.id})"), style="bold underline"))
    if collection.description:
        screen.print(Text(printable(collection.description)))
    print_quotes(collection.quotes)


def print_quotes(quotes: Sequence[Quote]) -> None:
    """Print quotes, numbered."""
    if not quotes:
        say("There are no quotes.")
    for number, quote in enumerate(quotes, start=1):
        _print_head(console(), quote, f"{number}. ")
        _print_body(console(), quote)


def print_quote(quote: Quote) -> None:
    """Print everything that is kept of a quote."""
    screen = console()
    _print_head(screen, quote, "")
    _print_body(screen, quote)
    place = quote.place
    characters = f"characters {place.start} to {place.end} of {place.passage_id}"
    collected = f"collected {quote.collected_at:%Y-%m-%d %H:%M} UTC from {place.source_path}"
    for line in (characters, collected, f"sha256 {place.source_digest}", quote.url):
        print_under(screen, Text(printable(line), style="dim"))


def print_verification(verified: Sequence[Verified]) -> None:
    """Print what became of each quote, and of those that changed the difference."""
    screen = console()
    for one in verified:
        _print_head(screen, one.quote, "")
        style = _STYLES[one.state] if one.sound or not one.differences else "bold red"
        print_under(screen, Text(printable(f"{one.state}: {one.reason}"), style=style))
        text = _difference(one.edits) if one.edits else Text(printable(one.quote.text))
        print_under(screen, text)
        print_under(screen, Text(one.quote.id, style="dim"), below=1)
    counts = ", ".join(f"{sum(one.state is state for one in verified)} {state}" for state in State)
    renamed = sum(bool(one.differences) for one in verified)
    quotes = f"{len(verified)} quote" + ("" if len(verified) == 1 else "s")
    screen.print(Text(f"{quotes}: {counts}; {renamed} with another speaker or occasion"))


def print_history(changes: Sequence[Change], names: Mapping[str, str]) -> None:
    """Print changes, a line each, with the name of who made each; `names` are those of accounts by their ids."""
    for change in changes:
        by = f"{names.get(change.by, change.by)} " if change.by else ""
        say(f"{change.at:%Y-%m-%d %H:%M:%S}  {by}{change.sentence}")


def _print_head(screen: Console, quote: Quote, number: str) -> None:
    whose = "Document" if quote.occasion.kind is Kind.DOCUMENT else _speaker(quote.voice)
    screen.print(Text(printable(f"{number}{whose}"), style="bold"))
    print_under(screen, Text(printable(_source(quote)), style="dim"))


def _print_body(screen: Console, quote: Quote) -> None:
    if quote.question:
        asked = f"in reply to {quote.question[0].name}: {quote.question[1]}"
        print_under(screen, Text(printable(asked), style="cyan"))
    print_under(screen, Text(printable(quote.text)))
    for label, said in (("note", quote.note), ("tags", ", ".join(quote.tags))):
        if said:
            print_under(screen, Text(printable(f"{label}: {said}"), style="yellow"))
    print_under(screen, Text(quote.id, style="dim"))


def _speaker(voice: Voice) -> str:
    firm = voice.affiliation if voice.affiliation and voice.affiliation not in (voice.title or "") else None
    known_by = ", ".join(part for part in (voice.title, firm) if part)
    return f"{voice.name} ({known_by}) · {voice.role}" if known_by else f"{voice.name} · {voice.role}"


def _source(quote: Quote) -> str:
    occasion = quote.occasion
    parts = (
        occasion.company if occasion.company and occasion.company.casefold() not in occasion.title.casefold() else "",
        occasion.title,
        occasion.date or occasion.period,
        occasion.heading or ("" if occasion.kind is Kind.DOCUMENT else occasion.section),
        _DELIVERIES.get(quote.delivery, ""),
        "" if occasion.page is None else f"page {occasion.page}",
        "" if occasion.time is None else occasion.time.clock,
    )
    return " · ".join(part for part in parts if part)


def _difference(edits: Sequence[Edit]) -> Text:
    """Return what changed with marks, which show without colours too: [-removed-] and {+added+}."""
    text = Text()
    for edit in edits:
        text.append(printable(_EDIT_MARKS[edit.kind].format(edit.text)), style=_EDIT_STYLES[edit.kind])
    return text
