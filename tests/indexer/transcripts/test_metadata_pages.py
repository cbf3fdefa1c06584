"""Metadata of saved web pages: their menus say nothing of the call, the line below their heading does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.model import NonSpeechKind, Origin
from indexer.sources import read_source
from indexer.transcripts import parse_transcript

if TYPE_CHECKING:
    from indexer.model import Transcript

SAID = "We grew the harbour business again, and we expect the second half of the year to be better than the first one."


def page(tmp_path: Path, entries: int, standfirst: str) -> Transcript:
    """Return what is understood of a page with so many entries in its menu."""
    menu = "".join(f'<li><a href="#">Shelf {number} of 2011</a></li>' for number in range(entries))
    speakers = ("Ada Fenwick -- Chief Executive Officer", "Bo Harbor -- Analyst") * 20
    turns = "".join(f"<p><strong>{who}</strong></p><p>{SAID}</p>" for who in speakers)
    file = tmp_path / "saved.html"
    file.write_text(
        f"<html><body><nav><ul>{menu}</ul></nav><div>"
        f"<header><h1>Fenwick Harbor Ltd (FWHB) Q2 2021 Earnings Call Transcript</h1><h2>{standfirst}</h2></header>"
        f"<div class='byline'><a href='#'>The Harbor Desk</a></div>"
        f"<section><p>Jul 7, 2021, 8:30 a.m. ET</p><h2>Prepared Remarks:</h2>{turns}</section>"
        "</div></body></html>",
        encoding="utf-8",
    )
    return parse_transcript(read_source(file))


@pytest.mark.parametrize("entries", [3, 300])
@pytest.mark.parametrize(
    ("standfirst", "fiscal"),
    [("FWHB earnings call for the period ending April 30, 2021.", True), ("A good half year.", False)],
)
def test_the_line_below_the_heading_tells_of_the_period_however_long_the_menu_is(
    tmp_path: Path, entries: int, standfirst: str, *, fiscal: bool
) -> None:
    call = page(tmp_path, entries, standfirst)
    assert (call.period, call.fiscal, call.date) == ("2021Q2", fiscal, "2021-07-07")
    assert [evidence.text for evidence in call.evidence if evidence.field == "fiscal"] == [standfirst] * fiscal
    assert {passage.text for passage in call.passages} == {SAID}


def test_a_menu_is_no_evidence(tmp_path: Path) -> None:
    call = page(tmp_path, 5, "A good half year.")
    menu = [piece for piece in call.non_speech if piece.kind is NonSpeechKind.NAVIGATION]
    assert sum("Shelf" in piece.text for piece in menu) == 5
    assert not any("Shelf" in evidence.text for evidence in call.evidence)
    assert {evidence.origin for evidence in call.evidence if evidence.field == "period"} == {Origin.TITLE}


def test_a_line_set_as_heading_below_the_title_is_not_spoken(tmp_path: Path) -> None:
    standfirst = "FWHB earnings call for the period ending April 30, 2021."
    said = "Welcome to all of you on this call."
    call = "<p>Ada Fenwick -- Chief Executive Officer</p><p>Good morning.</p><p>Bo Harbor -- Analyst</p><p>Hi.</p>"
    file = tmp_path / "saved.html"
    file.write_text(
        f"<html><body><main><h1>Fenwick Harbor Ltd (FWHB) Q2 2021 Earnings Call Transcript</h1><h2>{standfirst}</h2>"
        f"<p>{said}</p>{call * 5}</main></body></html>",
        encoding="utf-8",
    )
    read = parse_transcript(read_source(file))
    assert read.fiscal
    assert [piece.kind for piece in read.non_speech if piece.text == standfirst] == [NonSpeechKind.NAVIGATION]
    assert read.passages[0].text == said
