"""What was made of a query, on a terminal: notes, suggestions, recognised names and added terms, with switches."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rich.text import Text

from indexer.cli.output import printable
from search_web.search.response import TotalRelation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from search_web.search.query_views import ChipView, ExpansionView
    from search_web.search.response import SearchResponse

MOST_TERMS = 20
"""How many added terms are listed, those that are switched off among them."""


def print_query(screen: Console, response: SearchResponse) -> None:
    """Print everything that the user should know before reading the hits."""
    for note in response.notes:
        screen.print(Text(printable(note), style="yellow"))
    for query in dict.fromkeys(one.query for one in response.suggestions):
        screen.print(Text(printable(f"Did you mean: {query}"), style="yellow"))
    _print_switches(
        screen, "Recognised", [(one.id, chip_line(one), one.active) for one in response.chips], "--recognised off"
    )
    _print_switches(screen, "Also searched", _terms(response.expansions), "--no-expand")


def found_line(response: SearchResponse) -> str:
    """Return how many passages were found, and which of the numbers is exact."""
    if response.total_relation is TotalRelation.EXACT:
        counted = _passages(response.total)
    else:
        words = response.word_total
        verb = "has" if words == 1 else "have"
        if words > response.total:
            counted = f"the {response.total:,} nearest passages, of {words:,} that have words of the query and others"
        else:
            counted = f"about {_passages(response.total)}; exactly {words:,} {verb} words of the query"
    if response.collapsed:
        counted += f" · {response.collapsed:,} shown under another that says the same"
    return f"{counted} · {response.took_ms:.0f} ms · {response.mode}"


def _passages(count: int) -> str:
    return f"{count:,} passage{'' if count == 1 else 's'}"


def _print_switches(screen: Console, title: str, listed: Iterable[tuple[str, str, bool]], everything: str) -> None:
    """Print entries (what switches one off, how it is shown, whether it is on), and how one or all are switched off."""
    entries = list(listed)
    if not entries:
        return
    shown = ", ".join(text if active else f"{text} (off)" for _, text, active in entries[:MOST_TERMS])
    more = f" and {len(entries) - MOST_TERMS} more" if len(entries) > MOST_TERMS else ""
    first = next((switch for switch, _, active in entries if active), None)
    off = f"  (one off: --without {shlex.quote(first)}, all: {everything})" if first else ""
    screen.print(Text(printable(f"{title}: {shown}{more}{off}"), style="dim"), soft_wrap=not screen.is_terminal)


def _terms(expansions: Iterable[ExpansionView]) -> list[tuple[str, str, bool]]:
    return [(one.term, one.term, one.active) for one in expansions]


def chip_line(chip: ChipView) -> str:
    """Return what was recognised and what is wanted of it in one line."""
    return f"{chip.id}{'' if chip.how == 'named' or chip.how in chip.id else f' ({chip.how})'}"
