"""What commands write into the audit log."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable


def witness_of(action: str, changed: str) -> Callable[[sqlite3.Connection], None] | None:
    """Return what writes a line of this action into every transaction that changes something; None for no action."""
    from search_web.access.audit import recorder
    from search_web.access.model import Person

    return recorder(Person(None, _user(), frozenset()), action, changed) if action else None


def _user() -> str:
    """Return the name that the system has for who runs the command."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
