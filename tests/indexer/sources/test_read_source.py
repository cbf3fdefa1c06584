"""Files to lines: encodings, line ends, form feeds, and a named error for what is no text."""

from __future__ import annotations

import hashlib
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import EmptySourceError, SourceError, UndecodableTextError, UnsupportedFormatError
from indexer.sources import read_source
from indexer.sources.text import read_text

RUBBISH = Random(1).randbytes(4000) + b"\x00"  # noqa: S311 - no secret.
CHINESE = "各位投资者晚上好，欢迎参加本公司的季度业绩电话会议，下面请首席财务官介绍收入和利润的情况。" * 3
TRADITIONAL = "各位投資人晚安，歡迎參加本公司的季度業績電話會議，下面請財務長介紹營收與獲利的情況。" * 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "utf-8-sig"),
        (CHINESE, "utf-16"),
        (CHINESE, "gb18030"),
        (TRADITIONAL, "big5"),
        ("He said “we’re fine” — in a café. Thank you for the question about margins.", "cp1252"),
    ],
)
def test_reads_the_encodings_that_transcripts_come_in(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "call.txt"
    path.write_bytes(text.encode(encoding))
    source = read_source(path)
    assert "".join(line.text for page in source.pages for line in page.lines) == text
    assert source.format == "txt"
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_numbers_lines_from_one_whatever_ends_them(end: str) -> None:
    (page,) = read_text(f"one{end}{end}three\u2028still three".encode(), "x.md").pages
    assert [(line.number, line.text) for line in page.lines] == [(1, "one"), (2, ""), (3, "three\u2028still three")]
    assert page.number is None


def test_a_form_feed_opens_a_page_and_keeps_line_numbers() -> None:
    first, second = read_text(b"one\n\ftwo\nthree", "x.txt").pages
    assert (first.number, second.number) == (1, 2)
    assert [(line.number, line.text) for line in second.lines] == [(2, "two"), (3, "three")]


@pytest.mark.parametrize("data", [b"", b" \n\t \r\n", b"\xef\xbb\xbf"])
def test_a_file_without_text_is_said_to_be_empty(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "blank.txt"
    path.write_bytes(data)
    with pytest.raises(EmptySourceError, match=r"blank\.txt"):
        read_source(path)


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", RUBBISH, b"\xff\xfe\x00\xd8", bytes(range(128, 256)) * 20])
def test_bytes_that_are_no_text_are_refused_by_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "picture.txt"
    path.write_bytes(data)
    with pytest.raises(UndecodableTextError, match=r"picture\.txt.*UTF-8"):
        read_source(path)


def test_an_unknown_suffix_names_the_formats_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"md,.* txt"):
        read_source(tmp_path / "call.wav")
    with pytest.raises(UnsupportedFormatError, match="no suffix"):
        read_source(tmp_path / "call")


def test_a_missing_file_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be opened"):
        read_source(tmp_path / "gone.txt")


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_our_errors(data: bytes) -> None:
    try:
        pages = read_text(data, "x.txt").pages
    except (UndecodableTextError, EmptySourceError):
        return
    assert any(line.text.strip() for page in pages for line in page.lines)
