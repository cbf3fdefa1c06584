"""Pages and Word files as they were found: facts about them, not their text."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from indexer.model import Kind, NonSpeechKind, Role, Section
from indexer.sources import read_source
from indexer.transcripts import parse_transcript

WILD = Path(__file__).parents[3] / "../shared/corpus/wild"
pytestmark = pytest.mark.skipif(not WILD.is_dir(), reason="the wild transcripts are not beside this checkout")

CEO, CFO = "Stephen Murdoch", "Brian McArthur-Muscroft"
BRIEST, WALLIS, KING = "Michael Briest", "Will Wallis", "John King"
SERAFINI, PILLAI = "Julian Serafini", "Gautam Pillai"


def ink(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def page():
    (path,) = WILD.glob("fool_page*.html")
    return parse_transcript(read_source(path))


def test_the_call_of_a_saved_page(page) -> None:
    assert (page.kind, page.language) == (Kind.SPOKEN, "en")
    assert (page.company, page.ticker, page.date) == ("Micro Focus Intl PLC", "MFGP", "2020-07-07")
    assert page.title == "Micro Focus Intl PLC (MFGP) Q2 2020 Earnings Call Transcript"
    assert page.warnings == ()


def test_the_speakers_of_a_saved_page_in_their_order(page) -> None:
    names = [turn.speaker.name for turn in page.turns]
    assert names[:37] == [
        "Ben Donnelly", CEO, CFO, CEO, "Operator",
        BRIEST, CEO, CFO, BRIEST, "Operator",
        WALLIS, CFO, CEO, WALLIS, "Operator",
        KING, CFO, CEO, KING, CEO, "Operator",
        SERAFINI, CEO, CFO, SERAFINI, "Operator",
        PILLAI, CEO, CFO, PILLAI, "Operator",
        BRIEST, CEO, CFO, "Ben Donnelly", CEO, CFO,
    ]  # fmt: skip
    assert set(names[37:]) <= {"Operator"}
    titles = {speaker.name: speaker.title for speaker in page.speakers}
    assert titles[CEO] == "Chief Executive Officer"
    assert titles["Ben Donnelly"] == "Interim Head of Investor Relations"
    analysts = {speaker.name: speaker.affiliation for speaker in page.speakers if speaker.role is Role.ANALYST}
    assert analysts == {
        BRIEST: "UBS", WALLIS: "Numis Securities", KING: "Bank of America", SERAFINI: "Jefferies", PILLAI: "Goldman Sachs",
    }  # fmt: skip


def test_the_questions_of_a_saved_page(page) -> None:
    assert [exchange.asker.name for exchange in page.exchanges] == [BRIEST, WALLIS, KING, SERAFINI, PILLAI, BRIEST]
    first = next(turn for turn in page.turns if turn.speaker.name == "Operator")
    sections = {passage.turn: passage.section for passage in page.passages}
    assert sections[first.position] is Section.QA
    assert all(section is not Section.QA for turn, section in sections.items() if turn < first.position)


def test_what_stands_around_the_call_is_navigation(page) -> None:
    navigation = [piece.text for piece in page.non_speech if piece.kind is NonSpeechKind.NAVIGATION]
    assert "Terms of Use" in navigation
    assert "Personal Finance" in navigation
    spoken = " ".join(passage.text for passage in page.passages)
    for words in ("Motley Fool", "Stock Advisor", "Facebook", "All earnings call transcripts"):
        assert words not in spoken


def test_no_character_of_the_page_is_lost_or_doubled() -> None:
    (path,) = WILD.glob("fool_page*.html")
    source = read_source(path)
    call = parse_transcript(source)
    shown = Counter(ink("".join(line.text for page in source.pages for line in page.lines)))
    assert shown == Counter(ink("".join(piece.text for piece in (*call.passages, *call.non_speech))))


def test_the_page_and_the_records_of_the_same_call_agree(page) -> None:
    statements = json.loads((WILD / "fool_structured.json").read_text("utf-8"))["call_transcript"]
    text_of = {passage.id: passage.text for passage in page.passages}
    turns = [(turn.speaker.name, ink("".join(text_of[each] for each in turn.passage_ids))) for turn in page.turns]
    assert [name for name, _ in turns][:37] == [statement["speaker"] for statement in statements][:37]
    for (name, said), statement in zip(turns[:37], statements, strict=False):
        # The records keep the speaker line of the next turn at the end of each text.
        assert ink(statement["text"]).startswith(said), name
        assert len(ink(statement["text"])) - len(said) < 80, name


def test_a_meeting_in_a_word_file() -> None:
    meeting = parse_transcript(read_source(WILD / "meeting_transcript.docx"))
    assert [turn.speaker.name for turn in meeting.turns] == [f"Speaker {number}" for number in (1, 2, 1, 3, 2)]
    assert len(meeting.passages) == 5
    assert all(not passage.text.startswith("Speaker") for passage in meeting.passages)
    assert meeting.language == "en"
