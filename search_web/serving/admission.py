"""What must hold before a server opens its doors to others than who sits at this machine."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from indexer.errors import ServerError
from indexer.settings import INDEX
from search_web.access.doors import Doors
from search_web.settings import notebook_file
from search_web.web.limiting import check_limits

if TYPE_CHECKING:
    from search_web.serving.options import ServeOptions


def check_admission(options: ServeOptions) -> None:
    """Raise ServerError where others would come in and there is no account.

    Raises SettingsError for a rate limit that cannot be read.
    """
    check_limits(options.access)
    if not options.reaches_others:
        return
    doors = Doors(options.notebook or notebook_file(options.index))
    if not doors.accounts.all():
        where = options.host if not options.forwarded and not options.trusted_hosts else "the names and proxies given"
        what = f"others could come in by {where}, and there are no accounts to tell people apart"
        raise ServerError(what, mend=f"Make one first: yuanhua users add NAME --role admin{_place(options)}")


def _place(options: ServeOptions) -> str:
    """Return the options by which another command finds the same accounts."""
    if options.notebook:
        return f" --notebook {quote(str(options.notebook))}"
    if options.index != Path(INDEX.default):
        return f" --index {quote(str(options.index))}"
    return ""
