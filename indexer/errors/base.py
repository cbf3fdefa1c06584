"""The base of the error tree. The whole tree is drawn in `indexer.errors`."""

from __future__ import annotations


class YuanhuaError(Exception):
    """The base of every error that Yuanhua raises on purpose.

    `what` says what went wrong, `where` names the file, page, line or parameter, and `mend` says what to do
    next. `str(error)` is the three in one line.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        line = f"{where}: {what}" if where else what
        super().__init__(f"{line}. {mend}" if mend else line)
