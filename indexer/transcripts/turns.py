"""The values that the stages of transcript reading hand on: speech, its cue, and turns with their speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.model import Delivery, LineSpan, NonSpeech, Section, Speaker, TimeSpan
    from indexer.transcripts.cues import Cue
    from indexer.transcripts.line_starts import LineStart


@dataclass(frozen=True, slots=True)
class Speech:
    """A paragraph that somebody said, before it is known who the speaker of its cue is.

    `starts` tells where in `text` the lines of the source begin.
    """

    text: str
    lines: LineSpan
    page: int | None
    heading: str | None
    delivery: Delivery
    time: TimeSpan | None = None
    starts: tuple[LineStart, ...] = ()


@dataclass(frozen=True, slots=True)
class CuedTurn:
    """What stands below one speaker line. `cue` is None for text that nothing attributes.

    `opens` is the section that a heading right before or within it opens, `asks` whether the format says that it
    asks or answers. `told` is the section that it belongs to by what the format says.
    """

    cue: Cue | None
    opens: Section | None
    speeches: tuple[Speech, ...]
    asks: bool | None = None
    told: Section | None = None

    @property
    def text(self) -> str:
        """All that is said in the turn, a paragraph a line."""
        return "\n".join(speech.text for speech in self.speeches)


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A turn with its speaker; neighbouring turns have different speakers or sections.

    `attributed` is False when no speaker line stands above it and the speaker is the unknown one.
    """

    speaker: Speaker
    opens: Section | None
    speeches: tuple[Speech, ...]
    attributed: bool = True
    asks: bool | None = None
    told: Section | None = None

    @property
    def text(self) -> str:
        """All that is said in the turn, a paragraph a line."""
        return "\n".join(speech.text for speech in self.speeches)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says: turns in their order, and the pieces that nobody spoke."""

    turns: tuple[CuedTurn, ...]
    non_speech: tuple[NonSpeech, ...]
