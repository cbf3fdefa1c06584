"""The values that the stages of transcript reading hand on: speech, its cue, and turns with their speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.model import Delivery, LineSpan, NonSpeech, Section, Speaker
    from indexer.transcripts.cues import Cue


@dataclass(frozen=True, slots=True)
class Speech:
    """A paragraph that somebody said, before it is known who the speaker of its cue is."""

    text: str
    lines: LineSpan
    page: int | None
    heading: str | None
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class CuedTurn:
    """What stands below one speaker line. `cue` is None for text that nothing attributes.

    `opens` is the section that a heading right before or within it opens.
    """

    cue: Cue | None
    opens: Section | None
    speeches: tuple[Speech, ...]

    @property
    def text(self) -> str:
        """All that is said in the turn, a paragraph a line."""
        return "\n".join(speech.text for speech in self.speeches)


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A turn whose speaker is known; neighbouring turns have different speakers or sections."""

    speaker: Speaker
    opens: Section | None
    speeches: tuple[Speech, ...]

    @property
    def text(self) -> str:
        """All that is said in the turn, a paragraph a line."""
        return "\n".join(speech.text for speech in self.speeches)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says: turns in their order, and the pieces that nobody spoke.

    `prelude` holds what stands before the first speaker line, for title, company and date.
    """

    turns: tuple[CuedTurn, ...]
    non_speech: tuple[NonSpeech, ...]
    prelude: tuple[str, ...]
