"""Speakers whom the format itself names: what their names, titles and firms tell besides."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.model import Role
from indexer.transcripts.cue import Cue, with_title
from indexer.transcripts.labels import part_in_call, read_label
from indexer.transcripts.offices import is_broker, is_title

if TYPE_CHECKING:
    from indexer.model import Person

_GUEST = re.compile(r"\s*[(（](?:guest|external|unverified|来宾|访客|訪客)[)）]$", re.IGNORECASE)


def cue_of(person: Person) -> Cue:
    """Return the cue of a speaker whom the format itself names.

    A role or a title that it does not give is read off the name and the title, where these tell.
    """
    name = _GUEST.sub("", person.name)
    cue = replace(part_in_call(name) or _titled(name) or Cue(name), other_names=person.other_names)
    firm = person.affiliation
    if person.title:
        cue = with_title(cue, person.title)
    elif firm and cue.role is None and not cue.title:
        cue = _described(cue, firm)
        firm = cue.affiliation or firm
    return replace(cue, affiliation=firm or cue.affiliation, role=person.role or cue.role, strong=True)


def _described(cue: Cue, firm: str) -> Cue:
    """Return the cue with what the format gives for a firm alone: some write the office behind it."""
    if is_title(firm) and not is_broker(firm):
        return with_title(cue, firm)
    return replace(cue, role=Role.ANALYST) if is_broker(firm) else cue


def _titled(name: str) -> Cue | None:
    """Read a name with title or house beside it, as some formats have it: "Name -- Title", "Name - UBS"."""
    cue = read_label(name)
    told = cue and (cue.title or (cue.affiliation and cue.affiliation != cue.name and is_broker(cue.affiliation)))
    return cue if cue and told and not cue.delivery and cue.asks is None else None
