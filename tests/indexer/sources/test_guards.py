"""What is refused before it is read, and files that are not what their names say."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import docx
import pytest

from indexer.errors import (
    DamagedSourceError,
    EmptySourceError,
    OversizedSourceError,
    ProtectedSourceError,
    SourceError,
    UndecodableTextError,
    UnsupportedFormatError,
)
from indexer.sources import READERS, read_source
from indexer.sources.sniffing import sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def word_file(text: str = "Ines Varga: Good day.") -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_half_a_gigabyte_is_refused_without_being_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"call.{suffix}"
    with path.open("wb") as file:
        file.truncate(500 * 1024**2)  # A sparse file: it takes no room and would take half a gigabyte of memory.
    with pytest.raises(OversizedSourceError, match=r"call\..*it has 500 MB"):
        read_source(path)


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(EmptySourceError, match=rf"call\.{suffix}"):
        read_source(put(tmp_path / f"call.{suffix}", b""))


def test_pipes_devices_and_folders_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with pytest.raises(SourceError, match="pipe or a device"):
        read_source(pipe)
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    with pytest.raises(SourceError, match="folder"):
        read_source(folder)
    device = tmp_path / "device.txt"
    device.symlink_to("/dev/zero")
    with pytest.raises(SourceError, match="pipe or a device"):
        read_source(device)


def test_a_name_that_no_file_can_have_is_an_error_of_ours() -> None:
    with pytest.raises(SourceError, match="cannot be opened"):
        read_source(Path("a\0b.txt"))


def lines_of(path: Path) -> list[str]:
    return [line.text for page in read_source(path).pages for line in page.lines]


ONE_FILE = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=e\r\n\r\n"
    b"--e\r\nContent-Type: text/html\r\n\r\n<p>Ines Varga: Good day.</p>\r\n--e--\r\n"
)
PAGE = b"<!DOCTYPE html>\n<html><body><p>Ines Varga: Good day.</p></body></html>"


@pytest.mark.parametrize(
    ("name", "data", "format_"),
    [
        ("call.doc", PAGE, "html"),
        ("call.txt", PAGE, "html"),
        ("call.txt", b"\xef\xbb\xbf\n<!-- saved from url -->\n<HTML><body><p>Ines Varga: Good day.</p></body>", "html"),
        ("call.docx", "<html><p>Ines Varga: Good day.</p>".encode("utf-16"), "html"),
        ("call.zip", word_file(), "docx"),
        ("call.doc", word_file(), "docx"),
        ("call.txt", word_file(), "docx"),
        ("call", word_file(), "docx"),
        ("call.html", ONE_FILE, "mhtml"),
    ],
)  # fmt: skip
def test_the_bytes_decide_over_the_name(tmp_path: Path, name: str, data: bytes, format_: str) -> None:
    path = put(tmp_path / name, data)
    source = read_source(path)
    assert lines_of(path) == ["Ines Varga: Good day."]
    assert source.format == format_
    assert "whatever its name says" in source.content.warnings[0]


@pytest.mark.parametrize("name", ["call.html", "call.HTM"])
def test_a_file_that_is_what_its_name_says_brings_no_warning(tmp_path: Path, name: str) -> None:
    assert read_source(put(tmp_path / name, PAGE)).content.warnings == ()


@pytest.mark.parametrize(
    ("name", "data", "error", "message"),
    [
        ("call.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), UndecodableTextError, "picture"),
        ("call.md", gzip.compress(b"text", mtime=0), UndecodableTextError, "gzip.*Unpack"),
        ("call.txt", b"ID3\x03\x00\x00\x00" + bytes(90), UndecodableTextError, "MP3.*Transcribe"),
        ("call.txt", OLE + "WordDocument".encode("utf-16-le"), UndecodableTextError, r"\.doc.*docx"),
        ("call.docx", b"\xff\xd8\xff\xe0" + bytes(50), DamagedSourceError, "JPEG"),
        ("call.docx", b"Ines Varga: Good day.", DamagedSourceError, "no whole archive"),
        ("call.rtf", rb"{\rtf1\ansi Good day.}", UnsupportedFormatError, "Rich Text.*docx"),
        ("call.doc", OLE + "WordDocument".encode("utf-16-le"), UnsupportedFormatError, r"\.doc.*save it as docx"),
        ("call.gz", gzip.compress(b"text", mtime=0), UnsupportedFormatError, "gzip"),
        ("call.mp3", b"ID3\x03\x00\x00\x00" + bytes(90), UnsupportedFormatError, "Transcribe"),
        ("call.wav", b"some text", UnsupportedFormatError, r"\.wav.*Readers exist"),
        ("call.docx", OLE + "EncryptedPackage".encode("utf-16-le"), ProtectedSourceError, "password"),
        ("call.xyz", OLE + "EncryptedPackage".encode("utf-16-le"), ProtectedSourceError, "password"),
    ],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, name: str, data: bytes, error: type[SourceError], message: str
) -> None:
    with pytest.raises(error, match=f"(?s){message}"):
        read_source(put(tmp_path / name, data))


def test_an_open_document_text_says_what_to_do(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(UnsupportedFormatError, match=r"OpenDocument.*docx"):
        read_source(put(tmp_path / "call.odt", buffer.getvalue()))


@pytest.mark.parametrize(
    "text",
    [
        "MZ is the ticker of the firm.",
        "BZh: that is what it is called.",
        "PK: Good day.",
        "GIF89 pictures were the topic.",
        "ID3 is how we label it.",
        "<p>A line that opens with markup.</p>",
        "RIFF and WAVE are words.",
        "Content-Type: text is what the speaker said.",
    ],
)
def test_text_that_begins_like_something_else_is_text(text: str) -> None:
    assert sniff(text.encode()) is None


def test_many_remarks_before_a_page_take_no_time() -> None:
    assert sniff(b"<!-- a -->" * 400 + b"text") is None
    assert sniff(b"<!-- a -->" * 300 + b"<html>") is not None
