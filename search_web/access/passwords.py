"""Passwords: what is accepted as one, and how it is kept. The only module that knows argon2."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from indexer.errors import InvalidRequestError, TooManyAttemptsError

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST = 10
LONGEST = 256

# Argon2id with 64 MiB, three passes and four lanes: the second choice of RFC 9106, section 4.
_HASHER = PasswordHasher()

_AT_ONCE = BoundedSemaphore(2)
"""Each takes 64 MiB: a crowd that guesses passwords must not take them all at once."""

_ADMITTED = BoundedSemaphore(4)
"""Those and who waits for a turn: the threads of a server are for those who search, not for a crowd that waits."""


def hashed_password(password: str) -> str:
    """Return what is kept of a password: parameters, salt and hash in one line. Raises as `is_password` does."""
    with _turn():
        return _HASHER.hash(_written(password))


def is_password(password: str, kept: str) -> bool:
    """Return whether this is the password of which `kept` was kept.

    An empty `kept`, of an account that there is not, takes as long as one that does not fit.
    Raises TooManyAttemptsError, whatever the password, where others wait for their turn already.
    """
    with _turn():
        if not kept:
            _HASHER.hash(_written(password)[:LONGEST])
            return False
        try:
            return _HASHER.verify(kept, _written(password)[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False


@contextmanager
def _turn() -> Iterator[None]:
    if not _ADMITTED.acquire(blocking=False):
        what, mend = "too many people are signing in at this moment", "Try again in a moment"
        raise TooManyAttemptsError(what, mend=mend, retry_after=1)
    try:
        with _AT_ONCE:
            yield
    finally:
        _ADMITTED.release()


def is_outdated(kept: str) -> bool:
    """Return whether passwords are kept otherwise now than this one was."""
    return _HASHER.check_needs_rehash(kept)


def checked_password(password: str, name: str) -> str:
    """Return a password that may be taken for the account of this name.

    Its length is what makes it hard to guess; there are no rules of which characters it must have (NIST SP 800-63B,
    section 3.1.1.2). Raises InvalidRequestError.
    """
    length = len(_written(password))
    if not SHORTEST <= length <= LONGEST:
        what = f"it has {length} characters"
        raise InvalidRequestError(what, where="password", mend=f"Take {SHORTEST} to {LONGEST} characters")
    if _written(password).casefold() == _written(name).casefold() or len(set(password)) == 1:
        what = "the name, or one character again and again, is guessed at once"
        raise InvalidRequestError(what, where="password", mend="Take several words that nobody else would put together")
    return password


def _written(password: str) -> str:
    """Return the password as all keyboards and systems write it."""
    return unicodedata.normalize("NFKC", password)
