"""Sidecars: what they may state, and how a mistake in one is told."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import SidecarError
from indexer.model import Origin, Person, Role
from indexer.sources.sidecar import belongs_to_a_file, read_sidecar, sidecar_of

WHOLE = """\
title = " The call "
company = "Larkspur Foods"
ticker = "LKSP"
period = "2024q1"
fiscal = true
date = 2024-05-02
language = "en"

[[speakers]]
name = "Tom Reed"
other_names = ["T. Reed", "里德"]
title = "Chief Executive Officer"
affiliation = "Larkspur Foods"
role = "management"

[[speakers]]
name = "Ann Lee"
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "call.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_whole_sidecar(tmp_path: Path) -> None:
    stated = read_sidecar(written(tmp_path, WHOLE))
    assert stated.origin is Origin.SIDECAR
    assert dict(stated.fields) == {
        "title": "The call",
        "company": "Larkspur Foods",
        "ticker": "LKSP",
        "period": "2024Q1",
        "fiscal": "true",
        "date": "2024-05-02",
        "language": "en",
    }
    assert stated.people == (
        Person("Tom Reed", ("T. Reed", "里德"), "Chief Executive Officer", "Larkspur Foods", Role.MANAGEMENT),
        Person("Ann Lee"),
    )
    assert (stated.lines["title"], stated.lines["language"]) == (1, 7)
    assert "name" not in stated.lines


def test_other_ways_to_write_the_same(tmp_path: Path) -> None:
    stated = read_sidecar(written(tmp_path, b'\xef\xbb\xbfdate = "2024-05-02"\r\nperiod = 2024\r\n'))
    assert dict(stated.fields) == {"date": "2024-05-02", "period": "2024"}
    assert dict(read_sidecar(written(tmp_path, "")).fields) == {}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('company = "A"\nperiod = "Q9"\n', 'line 2: period is "Q9"; write a quarter ("2024Q1")'),
        ('date = "2023-13-01"\n', 'line 1: date is "2023-13-01"; write a day of the calendar'),
        ('language = "fr"\n', 'line 1: language is "fr"; write "zh" or "en"'),
        ("ticker = 700\n", "line 1: ticker is 700; write it in quotes"),
        ('company = ""\n', 'line 1: company is ""; write one line'),
        ('fiscal = "yes"\n', 'line 1: fiscal is "yes"; write true or false'),
        ('compny = "A"\n', 'line 1: there is no field "compny"; known are title, company, ticker, period, date'),
        ("company = \n", "it is no TOML: Invalid value (at line 1"),
        (f"title = {'9' * 5000}\n", "it is no TOML: Exceeds the limit"),
        (b'company = "\xff"\n', "byte 11 is not UTF-8"),
        ('speakers = "Ann"\n', "write each below a line [[speakers]]"),
        ('[[speakers]]\ntitle = "CEO"\n', "speaker 1 has no name"),
        (
            '[[speakers]]\nname = "A"\n[[speakers]]\nname = "B"\nrole = "boss"\n',
            'speaker 2: role is "boss"; write manag',
        ),
        ('[[speakers]]\nname = "A"\nother_names = "B"\n', 'speaker 1: other_names is "B"; write a list'),
        ('[[speakers]]\nname = "A"\nfirm = "B"\n', 'speaker 1: there is no field "firm"; known are name, other_names'),
        ("[[speakers]]\nname = 1\n", "speaker 1: name is 1; write words in quotes"),
        ("#" * 1_000_001, "it has more than 1,000,000 bytes"),
        ("a = " + "[" * 100_000, "it is "),
    ],
)
def test_mistakes_are_named_with_what_is_allowed(tmp_path: Path, text: str | bytes, complaint: str) -> None:
    with pytest.raises(SidecarError) as error:
        read_sidecar(written(tmp_path, text))
    assert complaint in str(error.value)
    assert str(error.value).startswith(f"{tmp_path / 'call.toml'}: the sidecar call.toml")


def test_one_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(SidecarError, match="it cannot be opened"):
        read_sidecar(tmp_path / "call.toml")


@given(data=st.binary(max_size=200))
def test_no_bytes_raise_anything_else(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    with suppress(SidecarError):
        read_sidecar(written(tmp_path_factory.mktemp("sidecar"), data))


def test_the_one_with_the_whole_name_comes_first(tmp_path: Path) -> None:
    call = tmp_path / "call.v2.pdf"
    assert sidecar_of(call) is None
    (tmp_path / "call.v2.toml").touch()
    assert sidecar_of(call) == tmp_path / "call.v2.toml"
    (tmp_path / "call.v2.pdf.toml").touch()
    assert sidecar_of(call) == tmp_path / "call.v2.pdf.toml"
    assert sidecar_of(tmp_path / "call.v2.srt") == tmp_path / "call.v2.toml"
    assert sidecar_of(tmp_path / "call.v2.toml") is None


def test_which_names_have_a_file_to_belong_to() -> None:
    names = ["call.txt", "other.pdf", "notes.doc"]
    formats = {"txt", "pdf"}
    assert belongs_to_a_file("call.toml", names, formats)
    assert belongs_to_a_file("other.pdf.toml", names, formats)
    assert not belongs_to_a_file("notes.toml", names, formats)
    assert not belongs_to_a_file("lost.toml", names, formats)
    assert not belongs_to_a_file("lost.toml", ["lost.toml"], {"toml"})
