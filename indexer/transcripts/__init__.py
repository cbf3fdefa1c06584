"""Lines to a Transcript: layout, speaker lines, speakers, sections, exchanges, metadata.

Each module takes values and returns values; `parsing` joins them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.model import Source, Transcript

__all__ = ["parse_transcript"]


def parse_transcript(source: Source, *, transcript_id: str | None = None) -> Transcript:
    """Return what the lines of a source say: who said what, where, in answer to what.

    Every character of the source that is not blank is in a passage or in a NonSpeech. Text that nothing
    attributes belongs to one unknown speaker. `transcript_id` overrides the id made from the file name.
    """
    # Its patterns take half a second to compile, which a search, that reads dates and periods alone, need not wait.
    from indexer.transcripts.parsing import parse  # noqa: PLC0415

    return parse(source, transcript_id)
