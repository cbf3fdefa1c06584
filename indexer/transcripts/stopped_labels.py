"""Labels that no colon ends: "CHAIR LUND. Good day.", "Q1. What drives it?", "[00:12] J. Vale, CEO — We grew"."""

from __future__ import annotations

import re

from indexer.transcripts.labels import read_label
from indexer.transcripts.names import is_full_latin_name
from indexer.transcripts.offices import is_title
from indexer.transcripts.script import ends_in_firm, ends_sentence

_CAPITALS = re.compile(
    r"(?P<label>[A-Z][A-Z.'’\-]*(?: [A-Z][A-Z.'’\-]*){1,3}(?<!\.))\.\s+(?=[\"“‘\[(]?[A-Z0-9\u4e00-\u9fff])"
)
_ASKING = re.compile(r"(?P<label>[QA](?:\s?\d{1,3})?)\s?[.．]\s*(?=[^\s\d.])")
_NAME = re.compile(
    r"(?:[A-Z]\.\s*)*[^\W\d_a-z][\w'’\-]*(?:\s+[^\W\d_a-z][\w.'’\-]*){0,4}\s*(?:[:：,(（\[\d]|--|[-–—]|$)"
)
_TABBED = re.compile(r"(?P<label>[^\s:：|｜][^\t:：|｜]{1,60})\t\s*(?=\S)")
_DASHED = re.compile(r"\s*(?P<label>[^—–:：.!?。！？](?:[^—–:：!?。！？]{1,70}?[^\s—–:：!?。！？])?)\s+[—–]\s+(?=\S)")


def stopped_label(text: str) -> tuple[str, int] | None:
    """Return the label in capitals, or the sign of a question or an answer, that a full stop ends, and its length."""
    match = _ASKING.match(text) or _CAPITALS.match(text)
    if match is None or ends_in_firm(f"{match['label'].title()}."):
        return None
    if len(match["label"]) == 1 and _NAME.match(text, match.end()):
        return None  # "A. Khan:" is a name.
    return match["label"], match.end()


def tabbed_label(text: str) -> tuple[str, int] | None:
    """Return the label that a tab parts from a sentence, as where a table was copied into a text."""
    match = _TABBED.match(text)
    if match is None or not ends_sentence(text) or read_label(match["label"]) is None:
        return None
    return match["label"], match.end()


def dashed_label(text: str, start: int) -> tuple[str, int] | None:
    """Return the label that a long dash parts from the words: a name, mostly with title or firm, or a part in the call.

    `start` is the end of a clock time before it; without one the words must be a sentence and no title.
    """
    match = _DASHED.match(text, start)
    cue = read_label(match["label"]) if match else None
    if match is None or cue is None or not (cue.title or cue.affiliation or cue.role or is_full_latin_name(cue.name)):
        return None
    words = text[match.end() :]
    if not start and (not ends_sentence(words) or is_title(words) or words[:1].islower()):
        return None
    return match["label"], match.end()
