"""Values as a person reads them in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from indexer.cli.output import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.model import Passage, Transcript
    from indexer.stores.passages import StoredPassage, TranscriptInfo

_UNKNOWN = "-"


def reading_view(transcript: Transcript) -> Group:
    """Show a whole transcript to read, each passage under its speaker and with its id."""
    heading = " · ".join(part for part in (transcript.title, transcript.company, transcript.date) if part)
    return Group(styled(heading, style="bold"), *map(_spoken, transcript.passages))


def passage_view(hit: StoredPassage, before: Iterable[StoredPassage], after: Iterable[StoredPassage]) -> Group:
    """Show a passage between its neighbours."""
    call = hit.transcript
    heading = " · ".join(part for part in (call.title, call.company, call.period, call.date, call.id) if part)
    return Group(
        styled(heading, style="bold"),
        *(_spoken(item.passage, style="dim") for item in before),
        _spoken(hit.passage),
        *(_spoken(item.passage, style="dim") for item in after),
    )


def list_view(transcripts: Sequence[TranscriptInfo]) -> Table:
    """Show transcripts, one a line."""
    table = Table()
    table.add_column("id", no_wrap=True)
    for name in ("date", "company", "period", "title", "passages", "speakers", "exchanges"):
        table.add_column(name)
    for info in transcripts:
        known = (info.id, info.date, info.company, info.period, info.title)
        counts = (info.passages, info.speakers, info.exchanges)
        table.add_row(*(styled(value or _UNKNOWN) for value in known), *map(str, counts))
    return table


def info_view(described: dict[str, Any]) -> Group:
    """Show the manifest of an index and its vector spaces."""
    facts = {name.replace("_", " "): value for name, value in described.items() if name != "spaces"}
    spaces = Table("vectors", "dimension", "passages", "sentences", "recall@10", "digest")
    for space in described["spaces"]:
        spaces.add_row(
            styled(space["embedder"]),
            *(str(space[name]) for name in ("dimension", "passages", "sentences")),
            "exact" if space["recall"] is None else f"{space['recall']:.3f}",
            space["digest"][:12],
        )
    return Group(_facts(facts), spaces)


def _facts(facts: dict[str, Any]) -> Table:
    table = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        shown = ", ".join(value) if isinstance(value, (list, tuple)) else value
        table.add_row(styled(name, style="bold"), styled(_UNKNOWN if shown in (None, "") else str(shown)))
    return table


def _spoken(passage: Passage, style: str = "") -> Text:
    speaker = passage.speaker
    firm = speaker.affiliation if speaker.affiliation and speaker.affiliation not in (speaker.title or "") else None
    of = ", ".join(part for part in (speaker.title, firm, speaker.role) if part)
    time = f"  {passage.time.clock}" if passage.time else ""
    return Text.assemble(
        "\n",
        styled(speaker.name, style="bold"),
        styled(f" ({of})  {passage.section}{time}  {passage.id}\n", style="dim"),
        styled(passage.text, style=style),
    )


def styled(content: str, style: str = "") -> Text:
    """Return verbatim text as the terminal shows it; no markup is read in it, and nothing in it steers the terminal."""
    return Text(printable(content), style=style)
