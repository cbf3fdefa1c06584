"""Archives: whole ones open, and bombs, locked and broken ones are refused by name before anything reads them."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import DamagedSourceError, OversizedSourceError, ProtectedSourceError, SourceError
from indexer.sources import archives
from indexer.sources.archives import checked_archive


def packed(members: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_a_whole_archive_opens() -> None:
    archive = checked_archive(packed({"a.xml": b"<a/>", "folder/b.xml": b"x" * 3000}), "call.docx")
    assert archive.namelist() == ["a.xml", "folder/b.xml"]
    assert archive.read("a.xml") == b"<a/>"


def test_a_member_that_unpacks_to_a_thousand_times_its_size_is_refused() -> None:
    with pytest.raises(OversizedSourceError, match=r"bomb\.docx: word/document\.xml unpacks to more than 200 times"):
        checked_archive(packed({"word/document.xml": bytes(30_000_000)}), "bomb.docx")


def test_many_members_that_are_each_modest_are_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_UNPACKED_BYTES", 3 * 1024**2)
    with pytest.raises(OversizedSourceError, match="unpacks to more than 3 MB"):
        checked_archive(packed({f"{n}.xml": bytes(1_000_000) for n in range(4)}), "bomb.xlsx")


def test_a_directory_that_lies_about_sizes_is_not_believed() -> None:
    data = bytearray(packed({"a.xml": bytes(30_000_000)}))
    directory = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, directory + 24, 100)
    with pytest.raises((DamagedSourceError, OversizedSourceError)):
        checked_archive(bytes(data), "liar.docx")


def test_an_archive_of_very_many_members_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 5)
    with pytest.raises(OversizedSourceError, match="6 members"):
        checked_archive(packed({str(n): b"" for n in range(6)}), "many.docx")


def test_a_locked_member_is_said_to_be_locked() -> None:
    data = bytearray(packed({"a.xml": b"secret"}))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ProtectedSourceError, match="password"):
        checked_archive(bytes(data), "locked.docx")


def test_an_office_file_under_a_password_is_said_to_be_locked() -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    with pytest.raises(ProtectedSourceError, match=r"locked\.xlsx.*password"):
        checked_archive(compound, "locked.xlsx")


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_no_office_file_has_is_refused(packing: int) -> None:
    with pytest.raises(DamagedSourceError, match="packed in a way"):
        checked_archive(packed({"a.xml": b"text"}, packing), "odd.docx")


def test_a_cut_archive_is_damaged() -> None:
    data = packed({"a.xml": b"text" * 1000})
    for end in (0, 3, 30, len(data) // 2, len(data) - 1):
        with pytest.raises(DamagedSourceError, match=r"cut\.docx"):
            checked_archive(data[:end], "cut.docx")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_change_of_bytes_raises_anything_but_our_errors(data: st.DataObject) -> None:
    whole = bytearray(packed({"a.xml": b"<a>text</a>" * 9, "b.xml": b"", "c/": b""}))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        archive = checked_archive(bytes(whole), "x.docx")
    except SourceError:
        return
    for member in archive.infolist():
        archive.read(member)
