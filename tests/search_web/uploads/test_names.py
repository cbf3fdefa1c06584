"""Whatever a client calls a file, it is kept under a name that is no path, shows what it is, and every system takes."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.errors import UnsupportedFormatError
from indexer.sources import READERS
from search_web.uploads.names import safe_name

if TYPE_CHECKING:
    from .conftest import Desk

CALL = "Ada North: The walrus kiln is lit.\n"


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("远汀集团 2025年一季度 call.txt", "远汀集团 2025年一季度 call.txt"),
        ("../../etc/cron.d/call.txt", "call.txt"),
        ("C:\\Users\\ada\\call.PDF", "call.pdf"),
        ("a\0b.txt", "b.txt"),
        ("call\u202etxt.exe\u202c.txt", "calltxt.exe.txt"),
        ("call.t\u200bxt", "call.txt"),
        (".hidden.txt", "hidden.txt"),
        ("...txt", "transcript.txt"),
        ("CON.txt", "transcript CON.txt"),
        ("README.md", "transcript README.md"),
        ("call.pdf.txt", "call.pdf.txt"),
        ("a:b*c?.txt", "a b c.txt"),
        ("线" * 300 + ".txt", "线" * 50 + ".txt"),
    ],
)
def test_names_that_people_and_attackers_give(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@given(st.text() | st.text(max_size=400).map(lambda stem: f"{stem}.txt"))
@example("x" * 300 + ".docx")
@example("\ud800.txt")
def test_any_name_is_made_safe_or_refused(name: str) -> None:
    try:
        kept = safe_name(name)
    except UnsupportedFormatError:
        return
    assert not set(kept) & set('/\\:*?"<>|\0')
    assert len(kept.encode()) <= 180
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in kept)
    assert kept.rpartition(".")[2] in READERS
    assert not kept.startswith(".")
    assert safe_name(kept) == kept


def test_hostile_names_stay_in_the_library(desk: Desk) -> None:
    names = ["../../escape.txt", "..\\up.txt", "/etc/passwd.txt", "a\u202e.txt", "n" * 400 + ".txt", "NUL.txt"]
    answer = desk.send(*((name, CALL.replace("walrus", f"walrus{place}")) for place, name in enumerate(names)))
    assert answer.json["problems"] == []
    desk.work()
    desk.client.post("/uploads/confirm")
    desk.work()
    assert {one["state"] for one in desk.client.get("/api/v1/uploads").json["uploads"]} == {"done"}
    assert len(desk.files()) == len(names)
    assert sorted(path.name for path in desk.folder.iterdir()) == sorted(
        ["calls", "index", "index-library", *(f"index-notebook.sqlite{end}" for end in ("", "-shm", "-wal"))]
    )


def test_two_files_of_one_name_and_a_name_that_looks_like_a_sidecar_do_not_meet(desk: Desk) -> None:
    first, second = desk.sent("call.pdf.txt", CALL), desk.sent("call.pdf.txt", CALL.replace("walrus", "otter"))
    desk.work()
    desk.client.post(f"/uploads/{first}", data={"company": "Northwind Kilns"})
    desk.work()
    desk.client.post("/uploads/confirm")
    desk.work()
    companies = [desk.one(one)["summary"]["company"] for one in (first, second)]
    assert companies == ["Northwind Kilns", None]
    assert desk.one(first)["transcript_id"] != desk.one(second)["transcript_id"]
    assert (len(desk.found("walrus")), len(desk.found("otter"))) == (1, 1)
