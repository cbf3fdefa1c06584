"""Who makes the request at hand."""

from __future__ import annotations

from flask import g

from search_web.access.model import NOBODY, Person, Scope


def current_person() -> Person:
    """Return who makes the request at hand: LOCAL where there are no accounts, NOBODY who has not signed in."""
    person: Person = g.get("person", NOBODY)
    return person


def may(scope: str) -> bool:
    """Return whether whoever makes the request at hand may do this: a page shows nothing else."""
    return Scope(scope) in current_person().scopes


def is_signed_in() -> bool:
    """Return whether the request at hand comes from an account."""
    return current_person().id is not None
