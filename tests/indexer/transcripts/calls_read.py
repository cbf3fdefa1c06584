"""What tests compare of a transcript that was read: who speaks, in which office, what was said, who answers whom."""

from __future__ import annotations


def speakers(call) -> dict[str, tuple[str | None, str | None, str]]:
    """Return title, firm and role of everybody, by name."""
    return {each.name: (each.title, each.affiliation, each.role.value) for each in call.speakers}


def said(call) -> list[tuple[str, str]]:
    """Return who said each passage, and its text."""
    return [(passage.speaker.name, passage.text) for passage in call.passages]


def links(call) -> list[tuple[str, list[str]]]:
    """Return who asks in each exchange, and who gives each answer."""
    return [(each.asker.name, [answer.speaker.name for answer in each.answers]) for each in call.exchanges]
