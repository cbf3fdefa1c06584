"""Speaker lines that take several lines: a name with the title, a dash or a mark below it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.model import Role
from indexer.transcripts.clock import leading_clock
from indexer.transcripts.cues import Cue, Form, Opening, label_cue, opening_of, read_label, undecorated, with_title
from indexer.transcripts.identities import fold
from indexer.transcripts.marks import delivery_mark
from indexer.transcripts.names import is_full_latin_name, is_latin_name
from indexer.transcripts.offices import firm_of_title, is_title
from indexer.transcripts.script import ends_in_firm, ends_sentence, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.evidence import Evidence
    from indexer.transcripts.layout import Paragraph

_RULE = re.compile(r"--|[-–—]")
_LONGEST_NAME = 40
_LONGEST_TITLE = 160
_NAME_FORMS = frozenset({Form.LINE, Form.COLON_LINE, Form.BOLD_LINE, Form.DASHED})
_FIGURE = re.compile(r"\d|\.\s*$")
_FREE_NAME = re.compile(r"[\w·.'’\- ]+")


def name_block(paragraphs: Sequence[Paragraph], index: int, evidence: Evidence) -> tuple[Cue, int] | None:
    """Read the name, and the title if there is one, that begin at `index`; return the cue and its length.

    A name is followed by a dash and a title, each on a line; by a title and then by a mark such as （翻译）
    or a sentence; or by a mark at once. A mark is no part of the block.
    """
    name = paragraphs[index]
    if not name.short or len(name.text) > 2 * _LONGEST_NAME:
        return None
    text = undecorated(name.text)
    if width(text) > _LONGEST_NAME or (ends_sentence(text) and not is_latin_name(text)):
        return None
    cue = read_label(text)
    return None if cue is not None and cue.role is Role.OPERATOR else _described_below(paragraphs, index, evidence, cue)


def _described_below(
    paragraphs: Sequence[Paragraph], index: int, evidence: Evidence, cue: Cue | None
) -> tuple[Cue, int] | None:
    """Read what stands below the line at `index`, which reads as `cue`."""
    text = undecorated(paragraphs[index].text)
    first, second = (paragraphs[at].text if at < len(paragraphs) else "" for at in (index + 1, index + 2))
    if cue is not None and _RULE.fullmatch(first) and second and _is_titled(cue, second, evidence):
        return with_title(replace(cue, strong=True), second), 3
    if cue is not None and delivery_mark(first):
        return cue, 1
    listed = _listed(evidence.people.get(text), first, second)
    if listed or not _may_be_title(first, evidence):
        return listed
    third = paragraphs[index + 3].text if index + 3 < len(paragraphs) else ""
    return _titled(text, cue, first, second) or _titled_above_heading(cue, first, second, third)


def timed_block(paragraphs: Sequence[Paragraph], index: int) -> Opening | None:
    """Read a clock time and a name on two lines, in either order, above words, as an opening of both lines.

    Recorders write "00:12" or "0:0:3.2 --> 0:0:7.1" above the name, or below it.
    """
    if index + 2 >= len(paragraphs):
        return None
    first, second = paragraphs[index].text, paragraphs[index + 1].text
    above, below = is_clock(first), is_clock(second)
    if above == below or is_clock(paragraphs[index + 2].text):
        return None
    clock, name = (leading_clock(first), second) if above else (leading_clock(second), first)
    found = opening_of(name)
    if found is None or found.form not in _NAME_FORMS or clock is None:
        return None
    form = Form.CLOCK_ABOVE if above else Form.CLOCK_BELOW
    return Opening(form, found.label, found.cue, len(name), clock[0], timed=True)


def is_clock(text: str) -> bool:
    """Whether a line is a clock time, or a span of two, and nothing else."""
    clock = leading_clock(text)
    return clock is not None and not text[clock[1] :].strip()


def _is_titled(cue: Cue, title: str, evidence: Evidence) -> bool:
    """Whether what stands below the name and the dash is a title, and not the figure of a list of figures."""
    return is_title(title) or fold(cue.name) in evidence.known or not _FIGURE.search(title)


def _listed(person: Cue | None, described: str, below: str) -> tuple[Cue, int] | None:
    """Read the name of a listed person above the title or firm that the list gives."""
    known = person is not None and below and described and described in {person.title, person.affiliation}
    return (replace(person, strong=True), 2) if person is not None and known else None


def _titled(name: str, cue: Cue | None, title: str, below: str) -> tuple[Cue, int] | None:
    """Read a name with a title below it. A mark below both proves even an unusual name to be one."""
    if cue is None and delivery_mark(below) and is_title(title) and _FREE_NAME.fullmatch(name):
        return with_title(Cue(name), title), 2
    if cue is not None and (delivery_mark(below) or (is_title(title) and ends_sentence(below))):
        return with_title(cue, title), 2
    return None


def _titled_above_heading(cue: Cue | None, title: str, heading: str, below: str) -> tuple[Cue, int] | None:
    """Read a full name and an office at a firm, "Chief Executive Officer, Pinewell plc", above a heading."""
    if cue is None or not is_full_latin_name(cue.name) or cue.title or not firm_of_title(title) or not is_title(title):
        return None
    is_heading = 0 < width(heading) <= _LONGEST_NAME and not ends_sentence(heading) and opening_of(heading) is not None
    return (with_title(cue, title), 2) if is_heading and ends_sentence(below) else None


def _may_be_title(text: str, evidence: Evidence) -> bool:
    if not text or len(text) > _LONGEST_TITLE or delivery_mark(text) or label_cue(text):
        return False
    if ends_sentence(text) and not (ends_in_firm(text) and is_title(text)):
        return False
    cue = read_label(text)
    return cue is None or (is_title(text) and fold(cue.name) not in evidence.known)
