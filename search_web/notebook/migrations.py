"""The schema of the notebook, step by step: schema/0001_….sql and so on, numbered by PRAGMA user_version.

A part of the program that wants tables in the notebook adds the next file. A file that was released is never changed.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def migrations() -> tuple[str, ...]:
    """Return the scripts in their order: the one at place N leads from version N to N + 1."""
    folder = files("search_web.notebook") / "schema"
    scripts = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    return tuple(script.read_text(encoding="utf-8") for script in scripts)


def version_of(connection: sqlite3.Connection) -> int:
    """Return how many migrations a database has seen."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to the newest version, in one transaction: wholly or not at all.

    When several processes do so at once, the first one does it and the others find it done.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number, script in enumerate(migrations()[version_of(connection) :], start=version_of(connection) + 1):
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; sqlite3 would commit before it runs a whole one."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
