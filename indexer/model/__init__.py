"""The values that stages hand to each other: frozen dataclasses, standard library only.

    enums, spans ◀── source        what a reader gives: a Source of pages of lines
                 ◀── transcript    what is indexed: a Transcript of turns, passages and exchanges

Everybody else imports them from here.
"""

from __future__ import annotations

from indexer.model.enums import Delivery, Kind, NonSpeechKind, Origin, Role, Section
from indexer.model.source import Content, Line, Page, Person, Source, Stated
from indexer.model.spans import LineSpan, TimeSpan
from indexer.model.transcript import (
    Answer,
    Evidence,
    Exchange,
    NonSpeech,
    Passage,
    SourceFile,
    Speaker,
    Transcript,
    Turn,
)

__all__ = [
    "Answer",
    "Content",
    "Delivery",
    "Evidence",
    "Exchange",
    "Kind",
    "Line",
    "LineSpan",
    "NonSpeech",
    "NonSpeechKind",
    "Origin",
    "Page",
    "Passage",
    "Person",
    "Role",
    "Section",
    "Source",
    "SourceFile",
    "Speaker",
    "Stated",
    "TimeSpan",
    "Transcript",
    "Turn",
]
