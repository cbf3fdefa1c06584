"""Sign-ins that failed, and how long to wait before another try. All processes count together, in the notebook."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from indexer.errors import TooManyAttemptsError
from search_web.access.accounts import folded, now

if TYPE_CHECKING:
    from collections.abc import Callable

    from search_web.notebook.database import Notebook

_WINDOW = timedelta(minutes=15)
_KEPT = timedelta(hours=1)
_BOTH, _ADDRESS, _NAME = 5, 20, 50
"""How many may fail in the window for one name from one address, from one address, and for one name from anywhere.

The last is high, so that nobody can be locked out from elsewhere by a few wrong guesses.
"""


class Attempts:
    """The failed sign-ins of one notebook."""

    def __init__(self, notebook: Notebook, clock: Callable[[], datetime] = now) -> None:
        self._notebook = notebook
        self._clock = clock

    def check(self, name: str, address: str) -> None:
        """Raise TooManyAttemptsError where so many have failed that the next must wait."""
        since, key = (self._clock() - _WINDOW).isoformat(), folded(name)
        with self._notebook.reading() as connection:
            rows = connection.execute(
                "SELECT at, folded, address FROM failed_sign_ins"
                " WHERE at > ? AND (folded = ? OR address = ?) ORDER BY at",
                (since, key, address),
            ).fetchall()
        counted = (
            (_BOTH, [at for at, who, where in rows if who == key and where == address]),
            (_ADDRESS, [at for at, _, where in rows if where == address]),
            (_NAME, [at for at, who, _ in rows if who == key]),
        )
        waits = [datetime.fromisoformat(times[-most]) + _WINDOW for most, times in counted if len(times) >= most]
        if waits:
            seconds = max(1, int((max(waits) - self._clock()).total_seconds()) + 1)
            mend = f"Try again in {-(-seconds // 60)} minutes"
            raise TooManyAttemptsError("too many sign-ins have failed", mend=mend, retry_after=seconds)

    def failed(self, name: str, address: str) -> None:
        """Note that a sign-in has failed."""
        at = self._clock()
        with self._notebook.writing() as connection:
            connection.execute("DELETE FROM failed_sign_ins WHERE at < ?", ((at - _KEPT).isoformat(),))
            connection.execute(
                "INSERT INTO failed_sign_ins (at, folded, address) VALUES (?, ?, ?)",
                (at.isoformat(), folded(name)[:100], address),
            )

    def forget(self, name: str, address: str) -> None:
        """Note that a sign-in has succeeded: earlier slips of the same person count no more."""
        with self._notebook.writing() as connection:
            connection.execute("DELETE FROM failed_sign_ins WHERE folded = ? AND address = ?", (folded(name), address))
