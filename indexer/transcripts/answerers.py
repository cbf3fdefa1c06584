"""Who asks or answers, named behind the sign of it: "答：黃志明：我們…", "問1：（高盛 陳先生）管理層…"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.transcripts.cues import Cue, Form, opening_of, read_label
from indexer.transcripts.identities import fold

if TYPE_CHECKING:
    from indexer.transcripts.cues import Opening
    from indexer.transcripts.evidence import Evidence

_IN_BRACKETS = re.compile(r"\s*[（(【\[](?P<label>[^（()）【】\[\]]{2,40})[）)】\]]\s*[:：]?\s*(?=\S)")
_ADDS = re.compile(r"(?:补充|補充|回答|答)$")
_BLANKS = re.compile(r"\s*")


def named_behind(found: Opening, text: str, evidence: Evidence) -> tuple[Cue, int]:
    """Return the person whom the words of an unnamed asker or answerer open with, and where the words begin then.

    A name before a second colon must be known from a list or from labels of its own, or have a title or a firm; what
    stands in brackets must have one of these. Otherwise they are the cue and the end of the opening itself.
    """
    cue = found.person
    if cue.asks is None or not cue.unnamed:
        return cue, found.end
    if match := _IN_BRACKETS.match(text, found.end):
        person = read_label(_ADDS.sub("", match["label"]))
        if person and (_person(person) or fold(person.name) in evidence.known):
            return _asking(person, cue), match.end()
    start = _BLANKS.match(text, found.end)
    at = start.end() if start else found.end
    inner = opening_of(text[at:])
    if inner is None or inner.form is not Form.COLON or inner.cue is None or inner.cue.asks is not None:
        return cue, found.end
    if not inner.cue.nameless and (_person(inner.cue) or evidence.comes_again(inner)):
        return _asking(inner.cue, cue), at + inner.end
    return cue, found.end


def _person(cue: Cue | None) -> Cue | None:
    named = cue is not None and not cue.nameless and cue.asks is None
    return cue if cue is not None and named and (cue.title or cue.affiliation) else None


def _asking(person: Cue, sign: Cue) -> Cue:
    return replace(person, role=person.role or sign.role, strong=True, asks=sign.asks)
