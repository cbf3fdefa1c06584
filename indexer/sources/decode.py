"""Bytes to text: which encoding a text file is in, and what to do with a byte that does not fit.

A mark decides, or UTF-8 that reads without fault. Else each encoding that transcripts come in is tried, and the
one whose reading is made of common characters is the right one. That tells the encodings of three words apart,
where general detectors need a paragraph, or fail on English text with a few Chinese names.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from indexer.errors import UndecodableTextError
from indexer.sources.plausibility import WIDE, plausibility

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # Before UTF-16, whose mark it begins with.
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EASTERN = ("gb18030", "big5hkscs", "cp932", "euc_jp", "utf-16-le", "utf-16-be")
_NAMES = {"cp1252": "Windows-1252", "cp932": "Shift-JIS", "euc_jp": "EUC-JP", "big5hkscs": "Big5"}
_BY_NAME = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "xgbk": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "big5hkscs": "big5hkscs", "cp950": "big5hkscs", "xxbig5": "big5hkscs",
    "shiftjis": "cp932", "sjis": "cp932", "xsjis": "cp932", "windows31j": "cp932", "eucjp": "euc_jp",
    "windows1252": "cp1252", "iso88591": "cp1252", "latin1": "cp1252", "usascii": "cp1252", "ascii": "cp1252",
}  # fmt: skip
_SAMPLE_BYTES = 100_000
_LIKELY = 0.45
_POSSIBLE = 0.2
_SURELY_WESTERN = 0.8
_FEWEST_TO_JUDGE = 3
_MOST_BAD = 0.02
_BYTES_OF_A_CHARACTER = 4
_FEWEST_BYTES_OF_UTF16 = 32  # Below that, ASCII text can look like it.
_REPLACEMENT = "\ufffd"
_SURELY_TEXT = re.compile("[\u00a0-\u024f\u0800-\U0010ffff]")  # Beyond ASCII; no chance gives one of these.
_STRAY = re.compile("[\udc80-\udcff]")  # What surrogateescape makes of a byte that does not fit.
_MOST_LINES_NAMED = 5


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, without a byte order mark, and the encoding that it was in.

    `warnings` name the lines in which bytes did not fit the encoding and stand as U+FFFD.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, where: str) -> str:
    """Return the text of `data` without a byte order mark; `decoded` tells more."""
    return decoded(data, where).text


def decoded(data: bytes, where: str, *, declared: str | None = None) -> Decoded:
    """Return the text of `data`, its encoding, and what could not be read.

    A byte order mark decides; then UTF-8, a few bad bytes aside; then the encoding that the file declares, where
    it fits; then whichever of GB18030, Big5, Shift-JIS, EUC-JP, UTF-16 and Windows-1252 gives the likeliest text.
    Raises UndecodableTextError naming `where`.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _read_as(data[len(mark) :], encoding, where)
    if b"\0" in data:
        return _wide(data, where)
    if _is_utf8(data):
        return _read_as(data, "utf-8", where)
    named = _BY_NAME.get(re.sub(r"[-_\s]", "", declared.lower())) if declared else None
    if named and _score(_sample(data), named) >= _POSSIBLE:
        return _read_as(data, named, where)
    return _legacy(data, where)


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8: all of them, or nearly all when single bytes are damaged or the end is cut."""
    text = data.decode("utf-8", "surrogateescape")
    if text.isascii():
        return True
    bad = len(_STRAY.findall(text))
    if not bad:
        return not _is_chance(text, data)
    whole = len(re.findall("[\x80-\ud7ff\ue000-\U0010ffff]", text))
    long = len(re.findall("[\u0800-\ud7ff\ue000-\U0010ffff]", text))  # Three bytes that fit are no chance.
    is_cut = whole == 0 and bad > 1 and text[:-bad].isascii() and _is_begun(data[-bad:])
    return is_cut or bad * 10 <= whole or (bad <= long and bad * 10 <= whole + 9)


def _is_begun(tail: bytes) -> bool:
    """Whether the bytes are a character of UTF-8 of which the last byte is missing."""
    try:
        tail.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.start == 0
    return False


def _is_chance(text: str, data: bytes) -> bool:
    """Whether bytes are UTF-8 only by chance: two Chinese words in GB18030 can read as Cyrillic or Arabic."""
    return not _SURELY_TEXT.search(text) and _score(data, "gb18030") >= _LIKELY


def _wide(data: bytes, where: str) -> Decoded:
    """Read bytes with zeros among them, which are UTF-16 or UTF-32 without a mark, or no text."""
    sample = data[:_SAMPLE_BYTES]
    scores = {encoding: _score(sample, encoding) for encoding in sorted(WIDE, reverse=True)}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < _LIKELY:
        raise _undecodable("these bytes are no text", where)
    return _read_as(data, best, where)


def _legacy(data: bytes, where: str) -> Decoded:
    sample = _sample(data)
    western = _score(sample, "cp1252")
    is_even = len(data) % 2 == 0 and len(data) >= _FEWEST_BYTES_OF_UTF16
    possible = [encoding for encoding in _EASTERN if encoding not in WIDE or is_even]
    scores = {encoding: _score(sample, encoding) for encoding in possible}
    best = max(possible, key=lambda encoding: scores[encoding])
    few = sum(not character.isascii() for character in sample.decode(best, "replace")) < _FEWEST_TO_JUDGE
    if western >= _SURELY_WESTERN and (scores[best] < _LIKELY or few):
        return _read_as(data, "cp1252", where)
    if scores[best] >= _POSSIBLE:
        return _read_as(data, best, where)
    if western >= _LIKELY:
        return _read_as(data, "cp1252", where)
    raise _undecodable("these bytes are no text in an encoding that is known here", where)


def _sample(data: bytes) -> bytes:
    """Return the first bytes from the line on in which something is not ASCII."""
    if len(data) <= _SAMPLE_BYTES:
        return data
    first = re.search(rb"[\x80-\xff]", data)
    start = data.rfind(b"\n", 0, first.start()) + 1 if first else 0
    return data[max(start, first.start() - _SAMPLE_BYTES // 2 if first else 0) :][:_SAMPLE_BYTES]


def _score(data: bytes, encoding: str) -> float:
    return plausibility(data.decode(encoding, "replace"), encoding)


def _read_as(data: bytes, encoding: str, where: str) -> Decoded:
    """Return the text in that encoding, with U+FFFD and a warning for single bytes that do not fit it."""
    name = _NAMES.get(encoding, encoding.upper())
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        first = error.start
    is_utf8 = encoding == "utf-8"
    text = data.decode(encoding, "surrogateescape" if is_utf8 else "replace")
    at = [found.start() for found in (_STRAY if is_utf8 else re.compile(_REPLACEMENT)).finditer(text)]
    if len(at) > min(max(_BYTES_OF_A_CHARACTER, _MOST_BAD * len(text)), len(text) / 2):
        raise _undecodable(f"byte {first} is not {name}, nor are {len(at)} in all", where)
    many = f"{len(at)} bytes are not {name}; U+FFFD stands for each" if len(at) > 1 else None
    warning = f"{_lines_of(text, at)}: {many or f'a byte is not {name}; U+FFFD stands for it'}"
    return Decoded(_STRAY.sub(_REPLACEMENT, text), encoding, (warning,))


def _lines_of(text: str, at: list[int]) -> str:
    looked_at = at[: 4 * _MOST_LINES_NAMED]
    numbers = sorted({len(re.findall(r"\r\n|\r|\n", text[:position])) + 1 for position in looked_at})
    named = ", ".join(map(str, numbers[:_MOST_LINES_NAMED]))
    more = len(numbers) > _MOST_LINES_NAMED or len(at) > len(looked_at)
    return f"line{'s' if len(numbers) > 1 else ''} {named}{' and more' if more else ''}"


def _undecodable(what: str, where: str) -> UndecodableTextError:
    return UndecodableTextError(what, where=where, mend="Save the file as UTF-8 text and read it again.")
