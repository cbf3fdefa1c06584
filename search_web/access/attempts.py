"""Sign-ins that failed, and how long to wait before another try. All processes count together, in the notebook."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from indexer.errors import TooManyAttemptsError
from search_web.access.accounts import folded, now
from search_web.access.origins import origin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from search_web.notebook.database import Notebook

_WINDOW = timedelta(minutes=15)
_KEPT = timedelta(hours=1)
_BOTH, _ADDRESS, _NAME = 5, 20, 50
"""How many may fail in the window for one name from one address, from one address, and for one name from anywhere.

The last is high, so that nobody can be locked out from elsewhere by a few wrong guesses.
"""

_LONGEST = 2000
"""No name of an account is longer when it is folded."""


class Attempts:
    """The failed sign-ins of one notebook."""

    def __init__(self, notebook: Notebook, clock: Callable[[], datetime] = now) -> None:
        self._notebook = notebook
        self._clock = clock

    def begin(self, name: str, address: str) -> int:
        """Count a try as one that failed, and return its number; `forget` or `take_back` when it did not.

        It is counted before the password is looked at, so that many at once are no more than one after the other.
        Raises TooManyAttemptsError where so many have failed that the next must wait.
        """
        at, key, place = self._clock(), _key(name), origin(address)
        # What lies far in the future was written down by a wrong clock, and must not make anybody wait till then.
        since, until = (at - _WINDOW).isoformat(), (at + _WINDOW).isoformat()
        with self._notebook.writing() as connection:
            rows = connection.execute(
                "SELECT at, folded, address FROM failed_sign_ins"
                " WHERE at > ? AND at <= ? AND (folded = ? OR address = ?) ORDER BY at",
                (since, until, key, place),
            ).fetchall()
            _check(rows, key, place, at)
            connection.execute(
                "DELETE FROM failed_sign_ins WHERE at NOT BETWEEN ? AND ?",
                ((at - _KEPT).isoformat(), (at + _KEPT).isoformat()),
            )
            cursor = connection.execute(
                "INSERT INTO failed_sign_ins (at, folded, address) VALUES (?, ?, ?)", (at.isoformat(), key, place)
            )
            return int(cursor.lastrowid or 0)

    def take_back(self, number: int) -> None:
        """Let a try that came to nothing, neither right nor wrong, be none."""
        with self._notebook.writing() as connection:
            connection.execute("DELETE FROM failed_sign_ins WHERE number = ?", (number,))

    def forget(self, name: str, address: str) -> None:
        """Note that a sign-in has succeeded: earlier slips of the same person count no more."""
        with self._notebook.writing() as connection:
            connection.execute(
                "DELETE FROM failed_sign_ins WHERE folded = ? AND address = ?", (_key(name), origin(address))
            )


def _check(rows: Sequence[tuple[str, str, str]], key: str, place: str, at: datetime) -> None:
    counted = (
        (_BOTH, [then for then, who, where in rows if who == key and where == place]),
        (_ADDRESS, [then for then, _, where in rows if where == place]),
        (_NAME, [then for then, who, _ in rows if who == key]),
    )
    waits = [datetime.fromisoformat(times[-most]) + _WINDOW for most, times in counted if len(times) >= most]
    if waits:
        seconds = max(1, int(min(max(waits) - at, _WINDOW).total_seconds()) + 1)
        mend = f"Try again in {-(-seconds // 60)} minutes"
        raise TooManyAttemptsError("too many sign-ins have failed", mend=mend, retry_after=seconds)


def _key(name: str) -> str:
    return folded(name)[:_LONGEST]
