"""Bytes to text: which encoding a text file is in. This module owns charset-normalizer."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from indexer.errors import UndecodableTextError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # Before UTF-16, whose mark it begins with.
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = ("cp1252",)
_CHINESE_OR_WESTERN = ("gb18030", "big5hkscs", "cp1252")
_LAST_ASCII_BYTE = 0x7F
_FEW_BYTES_BEYOND_ASCII = 0.1


def decode(data: bytes, where: str) -> str:
    """Return the text of `data` without a byte order mark.

    The mark decides where there is one; then UTF-8, which other encodings hardly ever happen to be; then
    GB18030, Big5 or Windows-1252, whichever reads most like text. A Chinese encoding needs two bytes for a
    character, so few bytes beyond ASCII mean a Western one. Raises UndecodableTextError naming `where`.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, where)
    if b"\0" in data:
        raise _undecodable("these bytes are no text", where)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, where)


def _strictly(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(f"byte {error.start} is not {encoding}", where) from error


def _legacy(data: bytes, where: str) -> str:
    beyond_ascii = sum(byte > _LAST_ASCII_BYTE for byte in data) / len(data)
    candidates = _WESTERN if beyond_ascii < _FEW_BYTES_BEYOND_ASCII else _CHINESE_OR_WESTERN
    guess = from_bytes(data, cp_isolation=list(candidates), enable_fallback=False).best()
    if guess is None:
        raise _undecodable("these bytes are no text in an encoding that is known here", where)
    return str(guess)


def _undecodable(what: str, where: str) -> UndecodableTextError:
    return UndecodableTextError(what, where=where, mend="Save the file as UTF-8 text and read it again.")
