"""Speaker lines: the forms in which a file introduces who speaks, each told by its signs.

`opening_of` says in which form a paragraph might introduce a speaker, with the label and the time that it gives.
Whether it does is judged on the whole file (see evidence.py), since "Note: words" has the same form as
"Name: words". To add a layout, add a form.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.model import Role
from indexer.transcripts.clock import leading_clock, trailing_clock
from indexer.transcripts.cue import Cue, with_title
from indexer.transcripts.forms import Form, Opening
from indexer.transcripts.given_people import cue_of
from indexer.transcripts.label_signs import unbracketed, undecorated, without_turn_number
from indexer.transcripts.labels import LONGEST_LABEL, read_label, without_clock
from indexer.transcripts.names import is_full_latin_name, is_han_name, is_numbered
from indexer.transcripts.script import width
from indexer.transcripts.stamped_labels import dated_start, side_of_written, stamped_label
from indexer.transcripts.stopped_labels import dashed_label, stopped_label, tabbed_label

if TYPE_CHECKING:
    from indexer.model import TimeSpan

__all__ = [
    "Cue",
    "Form",
    "Opening",
    "cue_of",
    "label_cue",
    "line_cue",
    "opening_of",
    "read_label",
    "undecorated",
    "with_title",
]

_COLON = re.compile(r"[:：]")
_HEADING = re.compile(r"#{1,6}\s+")
_BOLD = re.compile(
    r"(?:[-*•]\s+)?(?P<sign>\*\*|__)(?P<label>[^*_\n]{1,120}?)(?P<inner>[:：])?\s*(?P=sign)(?P<outer>\s*[:：])?"
)
_BRACKETED = re.compile(r"\s*[(（][^()（）]{1,80}[)）]\s*")
_SQUARE = re.compile(r"【(?P<label>[^【】]{1,40})】\s*[:：]?")
_NUMBERED = re.compile(r"\s*(?:\d{1,4}\s*[.)、．]|[（(]\d{1,4}[)）])\s*(?=\D)")
_SUFFIX = re.compile(r"\b(?:Jr|Sr|Ph\.?D|M\.?D|Esq|[A-Z])\.$")
_DASH_LINE = re.compile(r"\s(?:--|[-–—―])(?:\s|$)|——|(?<=[^\W\d_]|[.)])--(?=[^\W\d_])")
_NO_LABEL = re.compile(
    r"[。！？!?；;“”「」『』\"]|，(?!.{0,30}(?:官|裁|事|理|师|師|代表|书|長|长)[）)]?$)|https?$|\w://"
)
_SENT = re.compile(r"From\s+(?P<label>\S.*?)\s+to\s+\S.*", re.IGNORECASE)
_WIDEST_FREE_LABEL = 40
_WIDEST_NAME_LINE = 60


def label_cue(text: str) -> tuple[Cue, int] | None:
    """Read "Label: words" or "Label:" with a label that reads as a person; return the cue and where the words begin."""
    found = opening_of(text)
    if found is None or found.cue is None or found.form in {Form.LINE, Form.DASHED, Form.HEADING, Form.BOLD_LINE}:
        return None
    return found.cue, found.end


def line_cue(text: str) -> Cue | None:
    """Read a line without a colon that can only be a speaker line.

    Those are a role, a numbered label, "Name -- Title", and a name with a clock time.
    """
    bare = undecorated(text)
    found = opening_of(bare)
    if found is None or found.cue is None or found.end < len(bare):
        return None
    if found.form is Form.LINE:
        return found.cue if (found.cue.role and len(found.label) > 1) or is_numbered(found.label) else None
    if found.form is Form.DASHED:
        return found.cue if found.cue.title or (found.cue.affiliation and found.cue.strong) else None
    return found.cue if found.form in {Form.TIMED, Form.TIMED_BEFORE} else None


@lru_cache(maxsize=8192)
def opening_of(text: str) -> Opening | None:
    """Return the form in which the text, one paragraph, might introduce a speaker, or None."""
    text = text.rstrip()
    if heading := _HEADING.match(text):
        return _heading(text, heading.end())
    if bold := _BOLD.match(text):
        return _bold(text, bold)
    if square := _SQUARE.match(text):
        return _opening(Form.SQUARE, square["label"], square.end())
    return _stamped(text) or _stopped(text) or _labelled_or_line(text)


def _stamped(text: str) -> Opening | None:
    """Read a label in one piece with a time, or with a day beside it."""
    if stamped := stamped_label(text):
        label, time, end = stamped
        form = Form.TIMED_COLON if text[end:].strip() else Form.TIMED_BEFORE
        found = _opening(form, label, end)
        return replace(found, time=time, timed=True) if found else None
    if side := side_of_written(text):
        who, asks = side
        cue = Cue(who, role=Role.ANALYST if asks else Role.MANAGEMENT, asks=asks)
        return Opening(Form.COLON_LINE, who, cue, len(text))
    if (start := dated_start(text)) and (labelled := _colon(text, start)):
        found = _opening(Form.TIMED_COLON, *labelled)
        return replace(found, timed=True) if found else None
    return None


def _stopped(text: str) -> Opening | None:
    """Read a label that a full stop, a long dash or a tab parts from the words."""
    head = text[:LONGEST_LABEL]
    stopped = stopped_label(text) or (dashed_label(text, 0) if "—" in head else None)
    stopped = stopped or (tabbed_label(text) if "\t" in head else None)
    return _opening(Form.STOPPED, *stopped) if stopped else None


def _labelled_or_line(text: str) -> Opening | None:
    before = leading_clock(text)
    start = before[1] if before else 0
    if labelled := (dashed_label(text, start) if before else None) or _colon(text, start):
        label, end = labelled
        if (number := _NUMBERED.match(label)) and _is_somebody(label[number.end() :]):
            label = label[number.end() :]
        return _timed_or(label, end, text, before[0] if before else None)
    return _line(text, before)


def _is_somebody(label: str) -> bool:
    """Whether a label behind the number of a turn names a person, a part in the call, or a house."""
    cue = read_label(label)
    return (
        cue is not None and cue.asks is None and (cue.strong or is_full_latin_name(cue.name) or is_han_name(cue.name))
    )


def _heading(text: str, start: int) -> Opening | None:
    label = undecorated(text[start:])
    bare = label.rstrip(" :：")
    form = Form.HEADING_COLON if bare != label else Form.HEADING
    if form is Form.HEADING_COLON or not _COLON.search(bare):
        return _opening(form, bare, len(text))
    if (labelled := _colon(text, start)) and (found := _opening(Form.COLON, *labelled)) and found.cue:
        return found if found.cue.asks is not None else None
    return None


def _bold(text: str, bold: re.Match[str]) -> Opening | None:
    label, end = bold["label"], bold.end()
    clock = leading_clock(text[end:].lstrip())
    if bold["inner"] or bold["outer"]:
        found = _opening(Form.BOLD_COLON, label, end)
    elif clock and not text[end:].lstrip()[clock[1] :].strip(" :："):
        found = _opening(Form.TIMED, label, len(text))
        return replace(found, time=clock[0], timed=True) if found else None
    elif not text[end:].strip():
        found = _line(label, leading_clock(label))
        if found is None or found.timed:
            return replace(found, end=len(text)) if found else None
        return replace(found, form=Form.DASHED if found.form is Form.DASHED else Form.BOLD_LINE, end=len(text))
    elif _DASH_LINE.match(text[end:]) or _BRACKETED.fullmatch(text, end):
        found = _line(text.replace("*", ""), None)
        return replace(found, end=len(text)) if found else None
    else:
        return None
    return found


def _colon(text: str, start: int) -> tuple[str, int] | None:
    """Return the label before the first colon that belongs to no time, ratio or address, and where the words begin."""
    for colon in _COLON.finditer(text, start, start + LONGEST_LABEL + 1):
        before, after = text[colon.start() - 1 : colon.start()], text[colon.end() : colon.end() + 1]
        if before.isdigit() and after.isdigit():
            continue
        if text[colon.end() : colon.end() + 2] == "//":
            return None
        label = text[start : colon.start()]
        return (label, colon.end()) if label.strip() and not _NO_LABEL.search(label) else None
    return None


def _timed_or(label: str, end: int, text: str, time: TimeSpan | None) -> Opening | None:
    """Read a label with a colon; a clock time before it, behind it or behind the colon makes it a timed one."""
    timed = time is not None
    if tail := trailing_clock(label.strip()):
        time, timed = tail[0] or time, True
    rest = text[end:].lstrip()
    clock = leading_clock(rest)
    if clock and not timed and (not rest[clock[1] :].strip() or rest[0] in "([（【"):
        time, timed = clock[0], True
        end = len(text) - len(rest) + clock[1]
    while text[end : end + 1] in {"*", "_"}:
        end += 1
    words = bool(text[end:].strip())
    if timed:
        form = (
            Form.TIMED_COLON
            if words
            else Form.TIMED_BEFORE
            if timed and time and not tail and not clock
            else Form.TIMED
        )
    else:
        form = Form.COLON if words else Form.COLON_LINE
    found = _opening(form, label, end)
    return replace(found, time=time, timed=True) if found and timed else found


def _line(text: str, before: tuple[TimeSpan, int] | None) -> Opening | None:
    """Read a line without a colon: a name with a time, a dash and a title, or nothing beside it."""
    if width(text) > LONGEST_LABEL or (text[-1:] in ".。！？!?,，;；、" and not _SUFFIX.search(text)):
        return None
    whole, text = len(text), without_turn_number(text)
    bare = without_clock(text)
    tail = trailing_clock(text)
    if before or tail:
        time = before[0] if before else tail[0] if tail else None
        form = Form.TIMED if tail else Form.TIMED_BEFORE
        found = _opening(form, bare, len(text)) if width(bare) <= _WIDEST_NAME_LINE else None
        return replace(found, time=time, timed=True) if found else None
    if _DASH_LINE.search(text):
        cue = read_label(text)
        return (
            Opening(Form.DASHED, undecorated(text), cue, whole)
            if cue and (cue.title or cue.affiliation or cue.strong)
            else None
        )
    return _opening(Form.LINE, text, whole) if width(text) <= _WIDEST_NAME_LINE or read_label(text) else None


def _opening(form: Form, label: str, end: int) -> Opening | None:
    label = without_clock(unbracketed(undecorated(without_turn_number(label))))
    if sent := _SENT.fullmatch(label):
        label = sent["label"]
    if not any(map(str.isalpha, label)):
        return None
    cue = read_label(label)
    if cue is None and width(label) > _WIDEST_FREE_LABEL:
        return None
    return Opening(form, label, cue, end)
