"""Files whose format names speakers or times, as they were found: facts about them, not their text."""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

from indexer.codec import transcript_to_json
from indexer.model import NonSpeechKind, Role, Section, Source
from indexer.sources import READERS, read_source
from indexer.transcripts import parse_transcript

WILD = Path(__file__).parents[3] / "../shared/corpus/wild"
pytestmark = pytest.mark.skipif(not WILD.is_dir(), reason="the wild transcripts are not beside this checkout")


def ink(text: str) -> str:
    return "".join(text.split())


def speaker_and_section(passage) -> tuple[str, Section]:
    return passage.speaker.name, passage.section


def turns(call) -> list[list]:
    return [list(said) for _, said in groupby(call.passages, speaker_and_section)]


@pytest.fixture
def wild():
    def read(pattern: str):
        (path,) = WILD.glob(pattern)
        return path, parse_transcript(read_source(path))

    return read


def order(call) -> list[str]:
    return [name for name, _ in groupby(passage.speaker.name for passage in call.passages)]


def test_subtitles_of_a_talk_without_names(wild) -> None:
    path, talk = wild("keynote.srt")
    assert [speaker.name for speaker in talk.speakers] == ["Unknown speaker"]
    assert talk.language == "en"
    assert read_source(path).content.warnings == ()
    assert (talk.passages[0].time.start, talk.passages[-1].time.end) == (8.0, 6882.0)
    assert not any("-->" in passage.text for passage in talk.passages)
    kinds = Counter(piece.kind for piece in talk.non_speech)
    assert kinds == {NonSpeechKind.SYNTAX: 63, NonSpeechKind.TIME_MARK: 63}
    kept = "".join(passage.text for passage in talk.passages) + "".join(piece.text for piece in talk.non_speech)
    assert Counter(ink(kept)) == Counter(ink(path.read_text()))


def test_a_meeting_recorded_by_zoom(wild) -> None:
    path, call = wild("zoom_meeting.vtt")
    assert order(call)[:12] == [
        "Andrew Knight", "Paul McCartney", "George Harrison", "Ringo Starr", "Andrew Knight", "John Lennon",
        "George Harrison", "Andrew Knight", "John Lennon", "Andrew Knight", "John Lennon", "Andrew Knight",
    ]  # fmt: skip
    assert [speaker.name for speaker in call.speakers] == [
        "Andrew Knight", "Paul McCartney", "George Harrison", "Ringo Starr", "John Lennon", "Unknown speaker",
    ]  # fmt: skip
    unnamed = [passage for passage in call.passages if passage.speaker.name == "Unknown speaker"]
    assert [passage.lines.first for passage in unnamed] == [137, 153], "two cues name nobody"
    assert len(call.turns) == 34
    assert call.exchanges == ()
    assert not any(name in passage.text[:20] for passage in call.passages for name in ("Knight:", "Lennon:", "Starr:"))
    kept = "".join(passage.text for passage in call.passages) + "".join(piece.text for piece in call.non_speech)
    assert Counter(ink(kept)) == Counter(ink(path.read_text()))


def test_a_page_of_the_motley_fool_turned_into_records(wild) -> None:
    path, call = wild("fool_structured.json")
    statements = json.loads(path.read_text())["call_transcript"]
    assert (call.company, call.ticker, call.date) == ("Micro Focus Intl PLC", "MFGP", "2020-07-07")
    assert [turn.speaker.name for turn in call.turns] == [statement["speaker"] for statement in statements]
    assert [(exchange.asker.name, exchange.asker.affiliation) for exchange in call.exchanges] == [
        ("Michael Briest", "UBS"), ("Will Wallis", "Numis Securities"), ("John King", "Bank of America"),
        ("Julian Serafini", "Jefferies"), ("Gautam Pillai", "Goldman Sachs"), ("Michael Briest", "UBS"),
    ]  # fmt: skip
    assert [answer.speaker.name for answer in call.exchanges[-1].answers] == [
        "Stephen Murdoch", "Brian McArthur-Muscroft", "Ben Donnelly",
    ]  # fmt: skip
    assert {speaker.name for speaker in call.speakers if speaker.role is Role.MANAGEMENT} == {
        "Ben Donnelly", "Stephen Murdoch", "Brian McArthur-Muscroft",
    }  # fmt: skip
    assert next(passage.speaker.name for passage in call.passages if passage.section is Section.QA) == "Operator"
    tails = ("Officer", "Relations", "Analyst", "Operator")
    assert not any(passage.text.endswith(tails) for passage in call.passages)
    spoken = "".join(ink(passage.text) for passage in call.passages)
    at = 0
    for statement in statements:
        head = ink(statement["text"])[:-120] or ink(statement["text"])[:10]
        at = spoken.index(head, at) + len(head)
    glued = len("".join(ink(statement["text"]) for statement in statements)) - len(spoken)
    names = [piece.text for piece in call.non_speech if piece.kind is NonSpeechKind.SPEAKER_LINE]
    assert glued == sum(len(ink(name)) for name in names) - sum(
        len(ink(statement["speaker"])) for statement in statements
    )


def test_tokens_of_rev(wild) -> None:
    path, call = wild("rev_*.nlp")
    rows = [line.split("|") for line in path.read_text().splitlines()[1:] if line]
    assert order(call) == [f"Speaker {speaker}" for speaker, _ in groupby(row[1] for row in rows)]
    assert len(call.speakers) == len({row[1] for row in rows})
    assert ink("".join(passage.text for passage in call.passages)) == "".join(row[0] + row[4] for row in rows)


@pytest.mark.parametrize("pattern", ["keynote.srt", "zoom_meeting.vtt", "fool_structured.json", "rev_*.nlp"])
def test_what_was_printed_of_them_is_read_again(wild, pattern: str) -> None:
    _, call = wild(pattern)
    printed = transcript_to_json(call)
    again = parse_transcript(Source("x.json", "json", "0" * 64, READERS["json"](printed, "x.json")))
    told = [
        [(*who, "".join(ink(p.text) for p in said)) for who, said in groupby(each.passages, speaker_and_section)]
        for each in (call, again)
    ]
    assert told[0] == told[1]
    assert [turn[0].time.start if turn[0].time else None for turn in turns(again)] == [
        turn[0].time.start if turn[0].time else None for turn in turns(call)
    ]
    assert (again.company, again.date) == (call.company, call.date)
    assert [e.asker.name for e in again.exchanges] == [e.asker.name for e in call.exchanges]
