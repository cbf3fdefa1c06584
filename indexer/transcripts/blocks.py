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
    """Read the name, and the title if there is one, that begin at `index`; return the cue and its length.

    A name is followed by a dash and a title, each on a line; by a title and then by a mark such as （翻译）
    or a sentence; or by a mark at once. A mark is no part of the block.
    """
    name = paragraphs[index]
    text = undecorated(name.text)
    if not name.short or width(text) > _LONGEST_NAME or ends_sentence(text):
        return None
    cue = read_label(text)
    if cue is not None and cue.role is Role.OPERATOR:
        return None
    first, second = (paragraphs[at].text if at < len(paragraphs) else "" for at in (index + 1, index + 2))
    if cue is not None and _RULE.fullmatch(first) and second:
        return with_title(replace(cue, strong=True), second), 3
    if cue is not None and delivery_mark(first):
        return cue, 1
    return _titled(text, cue, first, second) if _may_be_title(first, evidence) else None


def _titled(name: str, cue: Cue | None, title: str, below: str) -> tuple[Cue, int] | None:
    """Read a name with a title below it. A mark below both proves even an unusual name to be one."""
    if cue is None and delivery_mark(below) and is_title(title) and _FREE_NAME.fullmatch(name):
        return with_title(Cue(name), title), 2
    if cue is not None and (delivery_mark(below) or (is_title(title) and ends_sentence(below))):
        return with_title(cue, title), 2
    return None


def _may_be_title(text: str, evidence: Evidence) -> bool:
    if not text or len(text) > _LONGEST_TITLE or ends_sentence(text) or delivery_mark(text) or label_cue(text):
        return False
    cue = read_label(text)
    return cue is None or (is_title(text) and cue.name not in evidence.people)
