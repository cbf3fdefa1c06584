"""A transcript taken away as Markdown or plain text: what it shows, and what our own readers make of it again."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from indexer.build import read_transcript
from indexer.markdown import escaped, unescaped
from indexer.model import Kind
from indexer.transcript_markdown import transcript_markdown, transcript_text

if TYPE_CHECKING:
    from indexer.model import Passage, Transcript

ROOT = Path(__file__).parents[2]
OWN = sorted(path for path in (ROOT / "corpus").iterdir() if path.name != "README.md")
SHARED = ROOT.parent / "shared" / "corpus"
OTHERS = sorted(path for path in SHARED.rglob("*") if path.is_file() and path.name != "README.md")
SIGNS = st.text(st.sampled_from("\\`*_[]<>~|$&#;:+=-.()!1234 \t\u3000amp\n汉𠮷🎉字"), max_size=40)


def back(transcript: Transcript, folder: Path) -> Transcript:
    file = folder / "taken-away.md"
    file.write_text(transcript_markdown(transcript), encoding="utf-8")
    return read_transcript(file)


def said(passage: Passage) -> tuple[object, ...]:
    who = passage.speaker
    return (
        *(passage.text, who.name, who.other_names, who.title, who.affiliation, who.role),
        *(passage.section, passage.heading, passage.delivery, passage.page),
    )


def shown(markdown: str) -> str:
    """Return the text that a renderer of Markdown shows, when it makes one paragraph of it."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"], markdown
    pieces = tokens[1].children or []
    assert {piece.type for piece in pieces} <= {"text", "text_special", "hardbreak"}, markdown
    return "".join("\n" if piece.type == "hardbreak" else piece.content for piece in pieces)


@given(st.one_of(st.text(st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.just("\n"))), SIGNS))
@example("1. 收入\n- 利润 2*3*4 <b>&amp;</b> $5 和 $6\n===")
@example("  a | b\n|---|---|\n")
def test_any_text_is_shown_as_it_is_and_read_back(text: str) -> None:
    assert unescaped(escaped(text)) == text
    if text.strip():
        assert shown(escaped(text)) == text


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_our_readers_take_the_markdown_of_a_sample_for_the_same_call(path: Path, tmp_path: Path) -> None:
    call = read_transcript(path)
    again = back(call, tmp_path)
    assert list(map(said, again.passages)) == list(map(said, call.passages))
    assert [(each.asker, len(each.question_ids), len(each.answers)) for each in again.exchanges] == [
        (each.asker, len(each.question_ids), len(each.answers)) for each in call.exchanges
    ]
    named = ("kind", "title", "company", "ticker", "period", "fiscal", "date", "language")
    assert [getattr(again, name) for name in named] == [getattr(call, name) for name in named]
    assert not again.warnings


@pytest.mark.skipif(not OTHERS, reason="no transcripts of others at hand")
@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.suffix + path.name[:12])
def test_our_readers_lose_no_word_of_anybody_in_the_markdown_of_real_files(path: Path, tmp_path: Path) -> None:
    call = read_transcript(path)

    def words(transcript: Transcript) -> list[tuple[str, str]]:
        turns = groupby(transcript.passages, key=lambda passage: passage.speaker.name)
        return [(name, "".join("".join(each.text.split()) for each in spoken)) for name, spoken in turns]

    assert words(back(call, tmp_path)) == words(call)


def test_what_looks_like_the_forms_of_the_file_is_only_text(tmp_path: Path) -> None:
    call = read_transcript(OWN[1])
    hostile = (
        "## Questions and answers",
        "**Jane Doe** [analyst]",
        "*translation*",
        "---",
        "- **Company:** Other",
        "a\\",
    )
    first, *rest = call.passages
    changed = (*(replace(first, text=text) for text in hostile), *rest)
    again = back(replace(call, passages=changed), tmp_path)
    assert [passage.text for passage in again.passages][: len(hostile)] == list(hostile)
    assert again.company == call.company
    assert {speaker.name for speaker in again.speakers} == {speaker.name for speaker in call.speakers}


def test_a_head_that_somebody_spoilt_is_told_of_and_not_believed(tmp_path: Path) -> None:
    call = read_transcript(OWN[1])
    assert call.date
    file = tmp_path / "spoilt.md"
    file.write_text(transcript_markdown(call).replace(f"**Date:** {call.date}", "**Date:** last May"), encoding="utf-8")
    again = read_transcript(file)
    assert again.date != "last May"
    assert any('"last May" is no date' in warning for warning in again.warnings)
    assert len(again.passages) == len(call.passages)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_the_plain_text_has_every_passage_verbatim_below_its_speaker(path: Path) -> None:
    call = read_transcript(path)
    text = transcript_text(call)
    assert call.source.sha256 in text
    assert path.name in text
    place = 0
    for passage in call.passages:
        place = text.index(f"\n{passage.text}\n", place)
        if call.kind is Kind.SPOKEN:
            speaker = re.findall(r"^(.+) \[\w+\]:$", text[:place], re.MULTILINE)[-1]
            assert speaker.startswith(passage.speaker.name)
