"""Whether there are accounts at all, told without opening the notebook as long as nobody has written it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search_web.notebook.database import Notebook

    State = tuple[tuple[int, int, int, int] | None, ...]

_SETTLED = 100_000_000
"""For how many nanoseconds a file may be written anew without looking otherwise: ticks of its clock are coarse."""


class Presence:
    """Knows whether a notebook has accounts. It may be asked from many threads; that takes microseconds."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        # SQLite writes beside the file first: what was committed may stand there alone.
        self._files = (notebook.path, Path(f"{notebook.path}-wal"))
        self._known: tuple[State, bool] | None = None

    def any_accounts(self) -> bool:
        """Return whether anybody has an account.

        Raises what `Notebook` raises, for who cannot tell must let nobody in.
        """
        state = tuple(map(_state, self._files))
        known = self._known
        if known is not None and known[0] == state:
            return known[1]
        if state[0] is None:
            found = False
        else:
            with self._notebook.reading() as connection:
                query = "SELECT EXISTS (SELECT 1 FROM users WHERE removed_at IS NULL)"
                found = bool(connection.execute(query).fetchone()[0])
        newest = max((one[2] for one in state if one is not None), default=0)
        if newest + _SETTLED < time.time_ns():
            self._known = (state, found)
        return found


def _state(path: Path) -> tuple[int, int, int, int] | None:
    """Return what tells a file from itself after it was written; None when there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size
