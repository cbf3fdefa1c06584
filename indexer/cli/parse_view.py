"""What was understood of a file, as a person checks it in a terminal: what is doubtful first, then the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from indexer.cli.views import styled
from indexer.model import Kind
from indexer.overview import first_words, overview

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from indexer.model import Evidence, Passage, Speaker, Transcript
    from indexer.overview import (
        DroppedFacts,
        ExchangeFacts,
        FieldFacts,
        Overview,
        SectionFacts,
        SpeakerFacts,
        TurnFacts,
    )

_UNKNOWN = "-"
_MEASURED = "the words of the text"
_EXAMPLES = 3
_FOLDED = 5
_EVIDENCE = 90
_QUESTION = 120
_WORDS = 60
_WIDEST = 24


def transcript_view(transcript: Transcript, *, everything: bool = False, turns: bool = False) -> Group:
    """Show what was understood of a transcript.

    `everything` adds what was found beside what is believed, and examples of what was left out; `turns` the first
    words of each turn.
    """
    seen = overview(transcript)
    spoken = transcript.kind is Kind.SPOKEN
    parts: list[RenderableType] = [
        *_head(transcript, seen),
        *_part("Metadata", _metadata(seen.fields, everything=everything)),
        *(_part("Speakers", _speakers(seen.speakers)) if spoken else ()),
        *(_part("Sections", _sections(seen.sections)) if spoken else _part("Headings", _headings(seen.sections))),
        *(_part("Exchanges", _exchanges(seen.exchanges)) if spoken else ()),
        *_part("Left out", _dropped(seen.dropped, everything=everything)),
        *_folded(seen, everything=everything),
        *(_part("Turns", _turns(seen.turns)) if turns and spoken else ()),
    ]
    return Group(*parts)


def _head(transcript: Transcript, seen: Overview) -> Iterator[RenderableType]:
    counts = [
        "a document: nobody speaks in it" if transcript.kind is Kind.DOCUMENT else "spoken",
        transcript.source.format,
        {"zh": "Chinese", "en": "English"}.get(transcript.language, transcript.language),
        *(_counted(len(seen.speakers), "speaker") if seen.speakers else ()),
        *_counted(len(transcript.passages), "passage"),
        *(_counted(len(seen.exchanges), "exchange") if seen.exchanges else ()),
    ]
    yield styled(first_words(transcript.title, _EVIDENCE * 2), style="bold")
    yield styled(" · ".join(counts))
    yield styled(f"{transcript.source.path}  (id {transcript.id})", style="dim")
    if transcript.warnings:
        yield styled(f"\n{' '.join(_counted(len(transcript.warnings), 'warning'))}", style="bold yellow")
        for warning in transcript.warnings:
            yield _bullet("!", warning, style="yellow")
    else:
        yield styled("\nNo warnings", style="green")
    if seen.missing:
        yield _bullet("?", f"not found: {', '.join(seen.missing)}", style="yellow")


def _counted(number: int, what: str) -> tuple[str]:
    return (f"{number:,} {what}{'' if number == 1 else 's'}",)


def _part(heading: str, table: Table) -> Iterator[RenderableType]:
    yield styled(f"\n{heading}" if table.row_count else f"\n{heading}: none", style="bold")
    if table.row_count:
        yield table


def _metadata(fields: Iterable[FieldFacts], *, everything: bool) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(ratio=2, overflow="fold")
    table.add_column(ratio=3, overflow="fold", style="dim")
    told: set[str] = set()
    for field in fields:
        if field.value is None and field.name == "fiscal":
            continue
        told.add(field.value or "")
        value = {"true": "yes"}.get(field.value or "", field.value) if field.name == "fiscal" else field.value
        shown = field.evidence if everything else field.evidence[:1]
        sources = _sources(shown, told) if shown or not value else styled(_MEASURED)
        table.add_row(styled(field.name), styled(value or "not found"), sources)
        others = field.others if everything or field.name != "title" else ()
        for other in others:
            table.add_row("", styled(f"or {other.value}", style="yellow"), _sources((other,), told))
    return table


def _sources(found: Iterable[Evidence], told: set[str]) -> Text:
    """Return where a value comes from: the place, and what stands there unless that was `told` above."""
    lines = []
    for evidence in found:
        place = evidence.origin.value.replace("_", " ")
        line = f", line {evidence.line}" if evidence.line is not None else ""
        text = first_words(evidence.text, _EVIDENCE)
        lines.append(f"{place}{line}" if not text or evidence.text in told else f"{place}{line}: {text}")
        told.add(evidence.text)
    return styled("\n".join(lines))


def _speakers(speakers: Iterable[SpeakerFacts]) -> Table:
    table = _table("name", "title and firm", "role", "passages", "from line", figures=(3, 4))
    for facts in speakers:
        speaker = facts.speaker
        also = "".join(f"\n= {name}" for name in speaker.other_names)
        table.add_row(
            Text.assemble(styled(speaker.name), styled(also, style="dim")),
            styled(_post(speaker)),
            styled(speaker.role),
            str(facts.passages),
            str(facts.first.lines.first) if facts.first else _UNKNOWN,
        )
    return table


def _post(speaker: Speaker) -> str:
    firm = "" if (speaker.affiliation or "") in (speaker.title or "") else speaker.affiliation
    return ", ".join(part for part in (speaker.title, firm) if part) or _UNKNOWN


def _sections(sections: Iterable[SectionFacts]) -> Table:
    table = _table("section", "heading", "passages", "from line", "begins", figures=(2, 3), begins=True)
    for facts in sections:
        table.add_row(
            styled(facts.section),
            styled(facts.heading or ""),
            str(facts.passages),
            _line(facts.first),
            styled(first_words(facts.first.text, 2 * _WORDS)),
        )
    return table


def _headings(sections: Iterable[SectionFacts]) -> Table:
    """Return the headings of a document, which has no sections."""
    table = _table("heading", "passages", "from line", "begins", figures=(1, 2), begins=True)
    for facts in sections:
        words = styled(first_words(facts.first.text, 2 * _WORDS))
        table.add_row(styled(facts.heading or _UNKNOWN), str(facts.passages), _line(facts.first), words)
    return table


def _exchanges(exchanges: Iterable[ExchangeFacts]) -> Table:
    table = _table("", "asked by", "question", "line", "answered by", figures=(0, 3))
    for facts in exchanges:
        asker = facts.exchange.asker
        firm = f"\n{asker.affiliation}" if asker.affiliation else ""
        answered = "\n".join(f"{speaker.name} ({passages})" for speaker, passages in facts.answerers)
        table.add_row(
            str(facts.number),
            Text.assemble(styled(asker.name), styled(firm, style="dim")),
            styled(first_words(facts.question.text, _QUESTION)),
            _line(facts.question),
            styled(answered or "nobody", style="" if answered else "yellow"),
        )
    return table


def _dropped(dropped: Iterable[DroppedFacts], *, everything: bool) -> Table:
    columns = ("what", "pieces", "characters", *(("for example",) if everything else ()))
    table = _table(*columns, figures=(1, 2))
    for facts in dropped:
        some = facts.pieces[:_EXAMPLES]
        examples = "\n".join(f"{piece.lines.first}: {first_words(piece.text, _WORDS)}" for piece in some)
        cells = (styled(facts.kind.replace("_", " ")), f"{len(facts.pieces):,}", f"{facts.characters:,}")
        table.add_row(*cells, *((styled(examples),) if everything else ()))
    return table


def _folded(seen: Overview, *, everything: bool) -> Iterator[RenderableType]:
    """Say which short turns are in the record and no hits."""
    if not seen.folded:
        return
    total = sum(count for _, count in seen.folded)
    some = seen.folded if everything else seen.folded[:_FOLDED]
    texts = ", ".join(f"{first_words(text, _WORDS)} ({count})" for text, count in some)
    more = ", …" if len(some) < len(seen.folded) else ""
    yield styled(f"\nShort turns, in the record and no hits: {total}", style="bold")
    yield styled(f"{texts}{more}", style="dim")


def _turns(turns: Iterable[TurnFacts]) -> Table:
    table = _table("line", "who", "section", "passages", "begins", figures=(0, 3), begins=True)
    for facts in turns:
        table.add_row(
            _line(facts.first),
            styled(facts.turn.speaker.name),
            styled(facts.first.section),
            str(facts.passages),
            styled(first_words(facts.first.text, 2 * _WORDS)),
        )
    return table


def _table(*columns: str, figures: tuple[int, ...], begins: bool = False) -> Table:
    """Return a table without frames, which leave no room in narrow terminals.

    When its last column tells how something `begins`, that takes what room is left, on one line.
    """
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False, expand=begins)
    for place, name in enumerate(columns):
        if begins and place == len(columns) - 1:
            table.add_column(name, ratio=1, no_wrap=True, overflow="ellipsis")
        elif place in figures:
            table.add_column(name, justify="right", no_wrap=True)
        else:
            table.add_column(name, max_width=_WIDEST if begins else None, overflow="fold")
    return table


def _line(passage: Passage) -> str:
    return str(passage.lines.first)


def _bullet(sign: str, content: str, style: str) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_row(Text(f"  {sign}", style=style), styled(content, style=style))
    return table
