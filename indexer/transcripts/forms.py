"""The forms in which a file introduces who speaks, and what a line in one of them would introduce."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from indexer.transcripts.cue import Cue

if TYPE_CHECKING:
    from indexer.model import TimeSpan


class Form(StrEnum):
    """How a line introduces a speaker."""

    COLON = "Name: words"
    COLON_LINE = "Name:"
    BOLD_COLON = "**Name**: words"
    BOLD_LINE = "**Name**"
    HEADING_COLON = "### Name:"
    HEADING = "### Name"
    TIMED = "Name 00:12"
    TIMED_BEFORE = "00:12 Name"
    TIMED_COLON = "[00:12] Name: words"
    CLOCK_ABOVE = "00:12 and a line with the name"
    CLOCK_BELOW = "Name and a line with 00:12"
    SQUARE = "【Name】 words"
    STOPPED = "NAME. words, Name — words"
    DASHED = "Name -- Title"
    LINE = "Name"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a paragraph would introduce if it were a speaker line.

    `label` is the text of the label without decoration and time, `cue` the person that it reads as, None where
    it reads as none. The words of the speaker begin at `end`; `time` is the time beside the label.
    """

    form: Form
    label: str
    cue: Cue | None
    end: int
    time: TimeSpan | None = None
    timed: bool = False

    @property
    def person(self) -> Cue:
        """The cue, or one with the bare label for a name."""
        return self.cue or Cue(self.label, strong=False)
