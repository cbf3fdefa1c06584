"""The parser: joins what the other modules of this folder find in the lines of a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.model import Kind, NonSpeechKind, SourceFile, Transcript
from indexer.text.language import dominant_language
from indexer.transcripts.blocks import is_clock
from indexer.transcripts.cues import Form, cue_of, line_cue, opening_of
from indexer.transcripts.evidence import gather
from indexer.transcripts.front_matter import take_front_matter
from indexer.transcripts.given import given_items, take_dropped
from indexer.transcripts.ids import transcript_id as id_of_file
from indexer.transcripts.inline_labels import split_speakers
from indexer.transcripts.items import classify
from indexer.transcripts.kinds import kind_of
from indexer.transcripts.layout import Regime, measure, paragraphs
from indexer.transcripts.marks import delivery_mark, is_end_mark
from indexer.transcripts.metadata import read_metadata
from indexer.transcripts.names import is_full_latin_name, is_han_name
from indexer.transcripts.nolabels import is_plausible_label
from indexer.transcripts.pages import take_off_heads
from indexer.transcripts.participants import take_participants
from indexer.transcripts.passages import assemble
from indexer.transcripts.question_marks import mark_turns, take_question_marks
from indexer.transcripts.questions import split_questions
from indexer.transcripts.reading import gathered, read
from indexer.transcripts.rules import take_rules
from indexer.transcripts.sections import section_of_heading
from indexer.transcripts.speakers import attribute, placed
from indexer.transcripts.stated_people import mend_speakers, people_of, silent
from indexer.transcripts.summaries import take_summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from indexer.model import NonSpeech, Source
    from indexer.transcripts.cues import Cue
    from indexer.transcripts.turns import Reading

_NOBODY_NAMED = "no line of the file says who speaks: all of it stands under one unknown speaker"
_SURE_FORMS = frozenset({Form.SQUARE, Form.HEADING_COLON, Form.BOLD_COLON, Form.BOLD_LINE})


def parse(source: Source, transcript_id: str | None) -> Transcript:
    """Return what the lines of a source say; see `parse_transcript`."""
    found = _read_given(source) if source.content.attributed else _read_lines(source)
    pieces = (*found.non_speech, *found.reading.non_speech)
    non_speech = tuple(sorted(pieces, key=lambda piece: piece.lines.first))
    metadata = read_metadata(source, found.fields, found.reading, non_speech)
    language = metadata.language or dominant_language("\n".join(turn.text for turn in found.reading.turns))
    key = transcript_id or id_of_file(source.path)
    stated = people_of(source)
    turns = mend_speakers(found.reading.turns, stated)
    is_document = found.kind is Kind.DOCUMENT
    spoken = placed(turns, language) if is_document else attribute(turns, found.people, language, found.lead)
    said = assemble(key, spoken, f"{metadata.title}\n{found.lead}")
    return Transcript(
        id=key,
        title=metadata.title,
        company=metadata.company,
        ticker=metadata.ticker,
        period=metadata.period,
        date=metadata.date,
        language=language,
        source=SourceFile(source.path, source.format, source.sha256),
        speakers=() if is_document else said.speakers,
        turns=said.turns,
        passages=said.passages,
        exchanges=said.exchanges,
        non_speech=non_speech,
        warnings=(*source.content.warnings, *metadata.warnings, *silent(turns, stated), *_unnamed(found)),
        fiscal=metadata.fiscal,
        kind=found.kind,
        evidence=metadata.evidence,
    )


@dataclass(frozen=True, slots=True)
class _ReadLines:
    """What became of the lines of a source.

    `fields` are those of its front matter, `non_speech` the pieces that `reading` does not have, and `lead` is the
    text above the record of the call.
    """

    reading: Reading
    people: tuple[Cue, ...]
    fields: Mapping[str, str]
    non_speech: tuple[NonSpeech, ...]
    lead: str = ""
    kind: Kind = Kind.SPOKEN


def _unnamed(found: _ReadLines) -> tuple[str, ...]:
    """Warn of a talk in which no line says who speaks."""
    turns = found.reading.turns
    if found.kind is Kind.DOCUMENT or not turns or any(turn.cue for turn in turns):
        return ()
    return (_NOBODY_NAMED,)


def _read_given(source: Source) -> _ReadLines:
    """Read a source whose format names the speakers."""
    people = tuple(cue_of(person) for person in (*people_of(source), *source.content.people))
    return _ReadLines(gathered(given_items(source.pages)), people, {}, ())


def _read_lines(source: Source) -> _ReadLines:
    """Read a source in which speakers are found by how its lines look."""
    given, lines = take_dropped(line for page in source.pages for line in page.lines)
    fields, front_matter, below = take_front_matter(lines)
    paged = take_off_heads(source.pages, below)
    rules, below = take_rules(paged.lines)
    layout = measure(below, _stands_alone, _is_whole)
    found = split_questions(split_speakers(paragraphs(below, layout, paged.page_of.get, _stands_alone, _is_whole)))
    listed = take_participants(found)
    people = (*(cue_of(person) for person in (*people_of(source), *source.content.people)), *listed.people)
    memo = take_summary(listed.rest)
    asks, question_marks, rest = take_question_marks(memo.rest)
    evidence = gather(rest, people)
    reading = read(mark_turns(classify(rest, evidence, wrapped=layout.regime is Regime.WRAPPED), asks))
    above = (*memo.non_speech, *_above_the_speakers(reading.non_speech))
    lead = "\n".join(" ".join(piece.text.split()) for piece in above)
    told = {**source.content.fields, **fields}
    kind = kind_of(reading, told, captions=layout.regime is Regime.CAPTIONS)
    dropped = (*given, *rules, *paged.dropped, *listed.non_speech, *memo.non_speech, *question_marks)
    return _ReadLines(reading, people, fields, (*front_matter, *dropped), lead, kind)


def _above_the_speakers(pieces: Sequence[NonSpeech]) -> Iterator[NonSpeech]:
    """Yield what stands above the first speaker line and may say who somebody is: title, cover, notes."""
    lines = [piece.lines.first for piece in pieces if piece.kind is NonSpeechKind.SPEAKER_LINE]
    told = {NonSpeechKind.TITLE, NonSpeechKind.NAVIGATION, NonSpeechKind.HEADING}
    return (piece for piece in pieces if piece.kind in told and lines and piece.lines.first < lines[0])


def _stands_alone(line: str) -> bool:
    """Whether a line is a speaker line, a mark or a heading by what it says, and no part of a paragraph."""
    text = line.strip()
    if delivery_mark(text) or is_end_mark(text) or section_of_heading(text) or text.startswith("#"):
        return True
    found = opening_of(text)
    if found is None:
        return is_clock(text)
    if found.timed or found.form in _SURE_FORMS:
        return True
    if found.cue and found.end < len(text):
        sure = found.cue.strong or found.cue.asks is not None
        return sure or is_full_latin_name(found.cue.name) or is_han_name(found.cue.name)
    return (found.form is Form.COLON_LINE and is_plausible_label(found.label)) or line_cue(text) is not None


def _is_whole(line: str) -> bool:
    """Whether a line that stands alone has no words behind the speaker's name which the next line may go on from."""
    found = opening_of(line.strip())
    return _stands_alone(line) and (found is None or found.end >= len(line.strip()))
