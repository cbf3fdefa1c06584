"""The commands of accounts, of tokens, and of the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.access_cli import audit, tokens, users

if TYPE_CHECKING:
    import typer


def register(app: typer.Typer) -> None:
    """Add the groups of commands users and tokens, and the command audit."""
    users.register(app)
    tokens.register(app)
    audit.register(app)
