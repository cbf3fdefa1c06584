"""Zip archives: opens one only after all of it was unpacked and counted. This module owns zipfile.

Office files are zip archives, and a small archive can unpack to any size. What its directory says of sizes is
not believed: members are really unpacked, piece by piece, and counting stops at the first byte too many.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from indexer.errors import DamagedSourceError, OversizedSourceError, ProtectedSourceError

MOST_UNPACKED_BYTES = 200 * 1024**2
"""What an archive may unpack to: a call of three hours is 200 kB of text, and pictures come packed already."""

MOST_MEMBERS = 10_000
"""How many members an archive may have: a Word file has some dozens, with its pictures some hundreds."""

HIGHEST_RATIO = 200
"""How many times its size a member may unpack to: markup packs to a twentieth, a run of one byte to a thousandth."""

_SMALL_MEMBER = 1024**2  # Below this size, a high ratio does no harm: empty styles pack very well.
_PIECE = 64 * 1024
_ENCRYPTED = 0x1
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # All that the Office formats allow.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_FAILURES = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, OverflowError)
_SAVE_AGAIN = "Open it in the program that wrote it and save it again."
_UNLOCK = "Open it, take the password off, save it, and read it again."


def checked_archive(data: bytes, where: str) -> zipfile.ZipFile:
    """Return the zip archive that `data` is, after unpacking all of it once for checking.

    Raises OversizedSourceError when it unpacks to more than a transcript can be, ProtectedSourceError when it
    is locked with a password, DamagedSourceError when it is no zip archive, is cut short or fails its checksums.
    """
    if is_encrypted_office(data):
        raise ProtectedSourceError("it is locked with a password", where=where, mend=_UNLOCK)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise _oversized(f"it has {len(members)} members, more than {MOST_MEMBERS}", where)
        total = 0
        for member in members:
            total += _unpacked(archive, member, MOST_UNPACKED_BYTES - total, where)
    except _FAILURES as error:
        what = f"it is no whole archive ({error})"
        raise DamagedSourceError(what, where=where, mend=_SAVE_AGAIN) from error
    return archive


def is_encrypted_office(data: bytes) -> bool:
    """Whether `data` is an Office file under a password: a compound file with the encrypted archive as a stream."""
    return data.startswith(_OLE) and _ENCRYPTED_PACKAGE in data


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: int, where: str) -> int:
    """Return how many bytes the member unpacks to; stop as soon as it is more than `room`."""
    if member.flag_bits & _ENCRYPTED:
        raise ProtectedSourceError("it is locked with a password", where=where, mend=_UNLOCK)
    if member.compress_type not in _PACKINGS:
        what = f"{member.filename} is packed in a way that is not known here"
        raise DamagedSourceError(what, where=where, mend=_SAVE_AGAIN)
    size = 0
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > room:
                raise _oversized(f"it unpacks to more than {MOST_UNPACKED_BYTES // 1024**2} MB", where)
            if size > max(_SMALL_MEMBER, HIGHEST_RATIO * member.compress_size):
                raise _oversized(f"{member.filename} unpacks to more than {HIGHEST_RATIO} times its size", where)
    return size


def _oversized(what: str, where: str) -> OversizedSourceError:
    mend = "No transcript is as large as that; if it is one, take pictures out of it and save it again."
    return OversizedSourceError(what, where=where, mend=mend)
