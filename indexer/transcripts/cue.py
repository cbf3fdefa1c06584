"""What a speaker line says of who speaks: a value, and what a title adds to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.model import Delivery, Role
from indexer.transcripts.offices import ANALYST_TITLE, firm_of_title, is_broker, is_title
from indexer.transcripts.role_labels import role_of_label

_HOST = re.compile(r"主持人?|\b(?:host|moderator)\b|嘉宾|嘉賓", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """What a speaker line says.

    `strong` tells that the label has more than a bare name: a title, a firm, a second name, a role, a number;
    a bare name needs the file to agree, by a second label or by a list of participants. `delivery` is set when
    the line holds a mark. `nameless` tells that the label is that of a part in the call ("Operator"), `asks` that it
    stands for a question (True) or an answer (False), of somebody unnamed or of the one beside it: "答（张勇）".
    """

    name: str
    other_names: tuple[str, ...] = ()
    title: str | None = None
    affiliation: str | None = None
    role: Role | None = None
    delivery: Delivery | None = None
    strong: bool = True
    nameless: bool = False
    asks: bool | None = None

    @property
    def unnamed(self) -> bool:
        """Whether the label has no name of a person: it is that of a part in the call, a question or an answer."""
        return self.nameless or (self.asks is not None and role_of_label(self.name) is not None)


def with_title(cue: Cue, title: str) -> Cue:
    """Return the cue with the title of the person, and the firm and role that the title tells.

    What is the name of a bank or broker and of no office is the firm alone.
    """
    if not is_title(title) and is_broker(title):
        return replace(cue, affiliation=cue.affiliation or title, role=cue.role or Role.ANALYST)
    role = Role.ANALYST if ANALYST_TITLE.search(title) else cue.role
    if role is None and is_title(title) and not _HOST.search(title):
        role = Role.MANAGEMENT
    return replace(cue, title=title, affiliation=cue.affiliation or firm_of_title(title), role=cue.role or role)
