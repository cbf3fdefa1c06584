"""What the system says when it lets no index be written: a full disk, a quota, a folder that is read-only."""

from __future__ import annotations

import errno
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from indexer.errors import IndexUnwritableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# How faiss ends its messages.
_SAID_BY_THE_SYSTEM = re.compile(r"\(([A-Z][^()]*)\)$")

_REFUSALS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ENOTDIR}
)


@contextmanager
def writing(path: Path, *raised: type[Exception]) -> Iterator[None]:
    """Turn what the system refuses, and what else a library raises for that, into IndexUnwritableError."""
    try:
        yield
    except OSError as error:
        if error.errno not in _REFUSALS:
            raise
        raise unwritable(path, error) from error
    except raised as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: BaseException) -> IndexUnwritableError:
    """Return the error for a file of an index that cannot be written."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    if quoted := _SAID_BY_THE_SYSTEM.search(said):
        said = quoted[1]
    where = error.filename if isinstance(error, OSError) and error.filename else path
    mend = "See that the folder may be written to and has room, then run the command again; what was published stays"
    return IndexUnwritableError(f"it cannot be written ({said})", where=str(where), mend=mend)
