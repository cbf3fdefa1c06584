"""Who makes the request at hand."""

from __future__ import annotations

from flask import g

from search_web.access.model import LOCAL, Person


def current_person() -> Person:
    """Return who makes the request at hand: the local user where there are no accounts."""
    person: Person = g.get("person", LOCAL)
    return person
