"""Transcripts as they were found: facts about them, not their text."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import Role, Section
from indexer.sources import read_source

WILD = Path(__file__).parents[3] / "../shared/corpus/wild"
pytestmark = pytest.mark.skipif(not WILD.is_dir(), reason="the wild transcripts are not beside this checkout")


@pytest.fixture
def wild(parse):
    def read(pattern: str):
        (path,) = WILD.glob(pattern)
        text = "\n".join(line.text for page in read_source(path).pages for line in page.lines)
        return parse(text, path.name)

    return read


def test_a_page_with_names_dashes_and_titles_on_lines_of_their_own(wild) -> None:
    call = wild("fool_text*.txt")
    assert (call.company, call.ticker, call.period, call.date) == ("Yum China", "YUMC", "2024Q1", "2024-04-29")
    assert [e.asker.name for e in call.exchanges] == [
        "Michelle Cheng", "Brian Bittner", "Chen Luo", "Lillian Lou", "Anne Ling", "Ethan Wang", "Sijie Lin",
    ]  # fmt: skip
    assert [a.speaker.name for a in call.exchanges[0].answers] == ["Joey Wat", "Andy Yeung"]
    assert {s.name for s in call.speakers if s.role is Role.MANAGEMENT} == {"Florence Lip", "Joey Wat", "Andy Yeung"}
    assert {p.speaker.name for p in call.passages if p.section is Section.INTRO} == {"Operator", "Florence Lip"}


def test_a_page_with_lists_of_participants_and_name_lines(wild) -> None:
    call = wild("seekingalpha*.txt")
    assert (call.company, call.ticker) == ("Intuitive Surgical, Inc.", "ISRG")
    assert (call.period, call.date) == ("2018Q1", "2018-04-17")
    assert [(e.asker.name, e.asker.affiliation) for e in call.exchanges] == [
        ("David Lewis", "Morgan Stanley"), ("Bob Hopkins", "Bank of America"), ("Larry Biegelsen", "Wells Fargo"),
        ("Tycho Peterson", "JPMorgan"), ("Amit Hazan", "Citi"), ("Richard Newitter", "Leerink Partners"),
        ("Rick Wise", "Stifel"), ("Isaac Ro", "Goldman Sachs"),
    ]  # fmt: skip
    assert len(call.speakers) == 12
    assert call.passages[-1].text.endswith("You may now disconnect.")


def test_a_news_page_with_firm_analyst_and_name(wild) -> None:
    call = wild("新浪科技*.txt")
    assert call.company == "微软"
    assert call.period is None, "a fiscal quarter is no calendar quarter"
    assert len(call.exchanges) == 8
    assert {s.name for s in call.speakers if s.role is Role.MANAGEMENT} == {"萨提亚·纳德拉", "艾米·胡德"}
    assert call.passages[-1].speaker.name == "艾米·胡德"


def test_a_memo_with_times(wild) -> None:
    call = wild("alphamemo*.txt")
    assert (call.company, call.ticker, call.date) == ("聯發科", "2454", "2026-03-11")
    assert [s.name for s in call.speakers] == ["未署名", "Jason Wang", "Jessie Wang"]
    assert not any(p.text.startswith("(0") for p in call.passages)


def test_markdown_talks(wild) -> None:
    assert [s.name for s in wild("archivetw*.md").speakers] == ["Leslie Daigle", "Alexa Raad", "唐鳳"]
    talk = wild("thoughtfoundry*.md")
    assert [s.name for s in talk.speakers] == ["主持人", "五律", "财老师"]
    assert len({p.heading for p in talk.passages}) == 9


def test_a_dump_of_subtitles_is_one_unknown_speaker_in_readable_passages(wild) -> None:
    talk = wild("subtitle*.txt")
    assert [s.name for s in talk.speakers] == ["未署名"]
    assert len(talk.passages) > 10
    assert max(len(p.text) for p in talk.passages) < 600
