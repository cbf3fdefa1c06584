"""What a file is by its bytes, where these tell: its name may say something else."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from dataclasses import dataclass

_SAVE_AS_DOCX = "Open it in Word or LibreOffice and save it as docx."
_SAVE_AS_XLSX = "Open it in Excel or LibreOffice and save it as xlsx."
_SAVE_AS_PDF = "Save it as PDF."
_UNPACK = "Unpack it and read the files in it."
_TRANSCRIBE = "Transcribe it first: what is read here is text."
_AS_TEXT = "Save its text as txt."


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file is: in words, by the name of its format where it may have a reader, and what to do where not."""

    what: str
    format: str | None = None
    mend: str = _AS_TEXT


_PDF = Sniffed("a PDF", "pdf")
_HTML = Sniffed("a web page", "html")
_MHTML = Sniffed("a web page saved as one file (MHTML)", "mhtml")
_VTT = Sniffed("WebVTT subtitles", "vtt")
_RTF = Sniffed("a Rich Text file", "rtf", _SAVE_AS_DOCX)
_ZIP = Sniffed("a zip archive", None, _UNPACK)
_OLD_OFFICE = Sniffed("a file of an old Office program", None, _SAVE_AS_DOCX)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("WordDocument", Sniffed("an old Word file (.doc)", None, _SAVE_AS_DOCX)),
    ("Workbook", Sniffed("an old Excel file (.xls)", None, _SAVE_AS_XLSX)),
    ("PowerPoint Document", Sniffed("an old PowerPoint file (.ppt)", None, _SAVE_AS_PDF)),
    ("__substg1.0", Sniffed("an Outlook message", None, _AS_TEXT)),
)
_PACKED_FOLDERS = (
    ("word/", Sniffed("a Word file", "docx")),
    ("xl/", Sniffed("an Excel file", "xlsx")),
    ("ppt/", Sniffed("a PowerPoint file", None, _SAVE_AS_PDF)),
)
_PACKED_TYPES = (
    (b"application/vnd.oasis.opendocument.text", Sniffed("an OpenDocument text (.odt)", None, _SAVE_AS_DOCX)),
    (b"application/vnd.oasis.opendocument.spreadsheet", Sniffed("an OpenDocument table", None, _SAVE_AS_XLSX)),
    (b"application/epub+zip", Sniffed("an e-book (EPUB)", None, _AS_TEXT)),
)
# Each of these begins with bytes that no text begins with, or has a zero or control character near its beginning.
_BINARIES = (
    (0, b"\x1f\x8b", Sniffed("a gzip archive", None, _UNPACK)),
    (0, b"7z\xbc\xaf\x27\x1c", Sniffed("a 7z archive", None, _UNPACK)),
    (0, b"Rar!\x1a\x07", Sniffed("a RAR archive", None, _UNPACK)),
    (0, b"\xfd7zXZ\x00", Sniffed("an xz archive", None, _UNPACK)),
    (0, b"BZh", Sniffed("a bzip2 archive", None, _UNPACK)),
    (257, b"ustar", Sniffed("a tar archive", None, _UNPACK)),
    (0, b"\x89PNG\r\n\x1a\n", Sniffed("a picture (PNG)")),
    (0, b"\xff\xd8\xff", Sniffed("a picture (JPEG)")),
    (0, b"GIF8", Sniffed("a picture (GIF)")),
    (0, b"II*\x00", Sniffed("a picture (TIFF)")),
    (0, b"MM\x00*", Sniffed("a picture (TIFF)")),
    (8, b"WEBP", Sniffed("a picture (WebP)")),
    (8, b"WAVE", Sniffed("a sound recording (WAV)", None, _TRANSCRIBE)),
    (8, b"AVI ", Sniffed("a film (AVI)", None, _TRANSCRIBE)),
    (4, b"ftyp", Sniffed("a recording (MP4)", None, _TRANSCRIBE)),
    (0, b"ID3", Sniffed("a sound recording (MP3)", None, _TRANSCRIBE)),
    (0, b"\xff\xfb", Sniffed("a sound recording (MP3)", None, _TRANSCRIBE)),
    (0, b"OggS", Sniffed("a sound recording (Ogg)", None, _TRANSCRIBE)),
    (0, b"fLaC", Sniffed("a sound recording (FLAC)", None, _TRANSCRIBE)),
    (0, b"\x1aE\xdf\xa3", Sniffed("a film (Matroska)", None, _TRANSCRIBE)),
    (0, b"SQLite format 3\x00", Sniffed("a SQLite database")),
    (0, b"\x7fELF", Sniffed("a program")),
    (0, b"MZ", Sniffed("a program")),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD_BYTES = 4096
_HTML_HEAD = re.compile(
    r"(?:<\?xml[^>]*>|(?><!--.*?-->)|\s)*+<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_MIME_HEAD = re.compile(r"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", re.IGNORECASE)
_PDF_HEAD = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*%PDF-\d")


def sniff(data: bytes) -> Sniffed | None:
    """Return what a file is by its bytes, or None where they could be text of any kind or nothing known."""
    if _PDF_HEAD.match(data):
        return _PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if data.startswith(_OLE):
        return next((found for name, found in _OLE_STREAMS if name.encode("utf-16-le") in data), _OLD_OFFICE)
    if _CONTROL.search(data[:_HEAD_BYTES]) or not data[:2].isascii():
        for offset, signature, found in _BINARIES:
            if data.startswith(signature, offset):
                return found
    return _marked_up(_head(data))


def _packed(data: bytes) -> Sniffed:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError, OverflowError):
        names = re.findall(r"(?:word|xl|ppt)/", data[:_HEAD_BYTES].decode("latin-1"))
    for folder, found in _PACKED_FOLDERS:
        if any(name.startswith(folder) for name in names):
            return found
    return next((found for kind, found in _PACKED_TYPES if kind in data[:200]), _ZIP)


def _head(data: bytes) -> str:
    head = data[:_HEAD_BYTES]
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _marked_up(head: str) -> Sniffed | None:
    if _HTML_HEAD.match(head):
        return _HTML
    if head.startswith("{\\rtf"):
        return _RTF
    if re.match(r"WEBVTT(?:\s|$)", head):
        return _VTT
    return _MHTML if _MIME_HEAD.match(head.replace("\r\n", "\n")) else None
