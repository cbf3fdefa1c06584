"""Where something stands in a file and when it was said, for sources and transcripts alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineSpan:
    """Lines of the source file, counted from 1, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """When something was said: seconds from the start of the recording; `end` is None where only the start is known."""

    start: float
    end: float | None = None

    @property
    def clock(self) -> str:
        """When it began, as a player shows it: h:mm:ss."""
        minutes, seconds = divmod(int(self.start), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
