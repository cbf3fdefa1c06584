"""Speaker lines that take several lines: a name with the title, a dash or a mark below it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.model import Role
from indexer.transcripts.cues import Cue, label_cue, read_label, undecorated, with_title
from indexer.transcripts.marks import delivery_mark
from indexer.transcripts.names import is_title
from indexer.transcripts.script import ends_sentence, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.evidence import Evidence
    from indexer.transcripts.layout import Paragraph

_RULE = re.compile(r"--|[-–—]")
_LONGEST_NAME = 40
_LONGEST_TITLE = 160
_FREE_NAME = re.compile(r"[\w·.'’\- ]+")


def name_block(paragraphs: Sequence[Paragraph], index: int, evidence: Evidence) -> tuple[Cue, int] | None:
    """Read the name, and the title if there is one, that begin at `index`: the cue and the paragraphs it takes.

    A name is followed by a dash and a title, each on a line; by a title and then by a mark such as （翻译） or a
    sentence; or by a mark at once. A mark is no part of the block.
    """
    name = paragraphs[index]
    text = undecorated(name.text)
    if not name.short or width(text) > _LONGEST_NAME or ends_sentence(text):
        return None
    first, second = (paragraphs[at].text if at < len(paragraphs) else "" for at in (index + 1, index + 2))
    cue = read_label(text)
    if cue is not None and cue.role is Role.OPERATOR:
        return None
    if cue is not None and _RULE.fullmatch(first) and second:
        return with_title(replace(cue, strong=True), second), 3
    if cue is not None and delivery_mark(first):
        return cue, 1
    if not _may_be_title(first, evidence):
        return None
    if delivery_mark(second):
        if cue is not None or (_FREE_NAME.fullmatch(text) and is_title(first)):
            return with_title(cue or Cue(text), first), 2
        return None
    if cue is not None and is_title(first) and ends_sentence(second):
        return with_title(cue, first), 2
    return None


def _may_be_title(text: str, evidence: Evidence) -> bool:
    if (
        not text
        or len(text) > _LONGEST_TITLE
        or ends_sentence(text)
        or delivery_mark(text)
        or label_cue(text)
    ):
        return False
    cue = read_label(text)
    return cue is None or (is_title(text) and cue.name not in evidence.people)
