"""The reasons of a ranking on a terminal, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from indexer.cli.output import printable
from search_web.search.explanation import NAMES
from search_web.terminal_under import print_under

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from search_web.search.explanation import FusionExplained, HitExplained, Part, SpaceExplained, TermExplained

LEG_NAMES = {"keyword": "words", "vector": "meaning"}


def print_fusion(console: Console, explained: FusionExplained) -> None:
    """Print how the legs were joined."""
    for sentence in explained.why:
        console.print(Text(printable(sentence), style="cyan"))


def print_explained(console: Console, explained: HitExplained, score: float) -> None:
    """Print why a hit stands where it stands: a line for each term, each embedder and the sum."""
    for line in _lines(explained, score):
        print_under(console, Text(printable(line), style="dim"))


def _lines(explained: HitExplained, score: float) -> Iterator[str]:
    yield from map(_term_line, explained.terms)
    yield from map(_space_line, explained.spaces)
    yield f"{' + '.join(map(_part_told, explained.parts))} = {score:.3f}"


def _term_line(term: TermExplained) -> str:
    told = [term.source if term.of is None else f"{term.source}, for {term.of}"]
    if term.weight != 1.0:
        told.append(f"weighs {term.weight:g}")
    if term.passages is not None:
        told.append(f"idf {term.idf:.2f}, in {term.passages} passages")
    elsewhere = [f"{field.field} × {field.weight:g}" for field in term.fields if field.field != "text"]
    if term.times:
        told.append(f"{term.times} times in the text" if term.times > 1 else "once in the text")
    if elsewhere:
        told.append(f"in {', '.join(elsewhere)}")
    score = f"{term.score:.3f}" if term.counts else f"({term.score:.3f}, does not count)"
    return f"{score} {term.term} · {' · '.join(told)}"


def _space_line(space: SpaceExplained) -> str:
    sentence = "" if space.sentence is None else f", best sentence {space.sentence:.3f}"
    return f"{space.embedder}: cosine {space.passage:.3f}{sentence}, {space.standardised:+.2f} standard deviations"


def _part_told(part: Part) -> str:
    if part.leg == NAMES:
        return f"{NAMES} {part.adds:.3f}"
    rank = "not put forward" if part.rank is None else f"#{part.rank}"
    lent = f", {part.lent:.3f} of it from beside" if part.around else ""
    return f"{LEG_NAMES.get(part.leg, part.leg)} {part.adds:.3f} ({rank}{lent})"
