"""A place of a file that may name the call: a piece of text and what kind of place it stands in.

Those who find places and those who read them share this and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from indexer.model import Origin
from indexer.transcripts.cues import undecorated
from indexer.transcripts.dates import half_width
from indexer.transcripts.periods import find_periods
from indexer.transcripts.script import close_han_gaps, ends_sentence, width

CALL_WORDS = re.compile(
    r"业绩|業績|财报|財報|电话会|電話會|说明会|說明會|法說會|法说会|发布会|發布會|交流会|交流會|股东大会|股東大會"
    r"|纪要|紀要|实录|實錄"
    r"|逐字稿|路演|调研|投资者关系活动|交流|季报|季報|年报|年報|中报|中報|公告"
    r"|earnings|results|conference|\bcall\b|concall|webcast|transcript|investor (?:day|meeting)|annual general",
    re.IGNORECASE,
)
"""Words that tell that a line names a call, and not only a company or a quarter."""

WIDEST_TITLE = 140
LONGEST_TEXT = 300


class Where(Enum):
    """What kind of place it is.

    `TITLE_LINE` is a line of a title that takes several, `HEAD` any short line near the title, `LEAD` a sentence
    above the first speaker, `TAIL` a last line of a file without speakers.
    """

    RUNNING_HEAD = "running head"
    TITLE_LINE = "title line"
    TITLE = "title"
    HEAD = "head"
    LEAD = "lead"
    WELCOME = "welcome"
    TAIL = "tail"

    @property
    def origin(self) -> Origin:
        """The origin of evidence that stands in such a place."""
        if self is Where.RUNNING_HEAD:
            return Origin.RUNNING_HEAD
        return Origin.TITLE if self in {Where.TITLE, Where.TITLE_LINE} else Origin.TEXT


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of text that may name the call. `text` is verbatim, `line` where it begins in the file."""

    where: Where
    text: str
    line: int | None

    @property
    def plain(self) -> str:
        """The text without markup and blanks between Han characters, in half-width Latin and on one line."""
        return close_han_gaps(half_width(undecorated(self.text[:LONGEST_TEXT]).replace("**", "").replace("__", "")))


def names_call(text: str) -> bool:
    """Whether the text is one line that names a call and its period."""
    fits = width(text) <= WIDEST_TITLE and "\n" not in text and not ends_sentence(text)
    return fits and bool(CALL_WORDS.search(text) and find_periods(text))
