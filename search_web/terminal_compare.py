"""One call against another on a terminal, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from indexer.cli.output import console, printable
from search_web.terminal_under import print_under

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from search_web.search.comparison import Comparison, Unmatched
    from search_web.search.directory import SpeakerEntry
    from search_web.search.distinctive import DistinctiveTerm


def print_comparison(found: Comparison) -> None:
    """Print what is new and what was dropped, the terms that tell the calls apart, and who came and went."""
    screen = console()
    for name, info in (("newer", found.newer), ("older", found.older)):
        screen.print(Text(printable(f"{name}: {info.title} {info.date or ''} {info.id}")))
    for note in found.notes:
        screen.print(Text(printable(note), style="yellow"))
    _print_passages(screen, "Only in the newer call", found.new, found.compared[0])
    _print_passages(screen, "Only in the older call", found.dropped, found.compared[1])
    _print_terms(screen, "More in the newer call", found.newer_terms)
    _print_terms(screen, "More in the older call", found.older_terms)
    _print_people(screen, "Speak in the newer call only", found.came)
    _print_people(screen, "Speak in the older call only", found.gone)


def _print_passages(screen: Console, heading: str, unmatched: Sequence[Unmatched], compared: int) -> None:
    screen.print(Text(f"\n{heading}: {len(unmatched)} of {compared} passages", style="bold"))
    for one in unmatched:
        screen.print(Text(printable(f"{one.hit.speaker.name} ({one.hit.speaker.role})  {one.hit.id}"), style="dim"))
        print_under(screen, Text(printable(one.hit.text)), indent=2, below=1)


def _print_terms(screen: Console, heading: str, terms: Sequence[DistinctiveTerm]) -> None:
    shown = ", ".join(f"{term.text} {term.here}:{term.there}" for term in terms)
    screen.print(Text(printable(f"{heading}: {shown or 'no term stands out'}")))


def _print_people(screen: Console, heading: str, entries: Sequence[SpeakerEntry]) -> None:
    if entries:
        names = ", ".join(f"{one.name} ({one.firm})" if one.firm else one.name for one in entries)
        screen.print(Text(printable(f"{heading}: {names}")))
