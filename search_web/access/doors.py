"""All by which people come in to one server, together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.access.accounts import Accounts, now
from search_web.access.attempts import Attempts
from search_web.access.audit import AuditLog
from search_web.access.presence import Presence
from search_web.access.sessions import Sessions
from search_web.access.settings import AccessSettings
from search_web.access.tokens import Tokens
from search_web.notebook.database import Notebook

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path


class Doors:
    """Accounts, sessions, tokens, failed sign-ins and the audit log of the notebook in this file.

    They may be used from many threads, and by many processes at once. `witness` is told of every change, as `Notebook`
    has it.
    """

    def __init__(
        self,
        file: Path,
        settings: AccessSettings | None = None,
        clock: Callable[[], datetime] = now,
        witness: Callable[[sqlite3.Connection], None] | None = None,
    ) -> None:
        notebook = Notebook(file, witness)
        self.settings = settings or AccessSettings()
        self.accounts = Accounts(notebook, clock)
        self.sessions = Sessions(notebook, clock)
        self.tokens = Tokens(notebook, clock)
        self.attempts = Attempts(notebook, clock)
        self.audit = AuditLog(notebook, clock)
        self._presence = Presence(notebook)

    def are_open(self) -> bool:
        """Return whether everybody is the local user: there are no accounts, and none are demanded.

        Raises what `Notebook` raises, for who cannot tell must let nobody in.
        """
        return not self.settings.guarded and not self._presence.any_accounts()
