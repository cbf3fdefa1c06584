"""Transcripts as they were found: facts about them, not their text."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import Delivery, Role, Section
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
    assert (call.fiscal, call.warnings) == (False, ())
    assert [e.asker.name for e in call.exchanges] == [
        "Michelle Cheng", "Brian Bittner", "Chen Luo", "Lillian Lou", "Anne Ling", "Ethan Wang", "Sijie Lin",
    ]  # fmt: skip
    assert [a.speaker.name for a in call.exchanges[0].answers] == ["Joey Wat", "Andy Yeung"]
    assert {s.name for s in call.speakers if s.role is Role.MANAGEMENT} == {"Florence Lip", "Joey Wat", "Andy Yeung"}
    assert {p.speaker.name for p in call.passages if p.section is Section.INTRO} == {"Operator", "Florence Lip"}


def test_a_page_with_lists_of_participants_and_name_lines(wild) -> None:
    call = wild("seekingalpha*.txt")
    assert (call.company, call.ticker) == ("Intuitive Surgical, Inc.", "ISRG")
    assert (call.period, call.fiscal, call.date) == ("2018Q1", False, "2018-04-17")
    assert call.warnings == ()
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
    assert (call.period, call.fiscal, call.date) == ("2024Q3", True, "2024-04-28")
    assert "the date that the page gives" in call.warnings[0]
    assert len(call.exchanges) == 8
    assert {s.name for s in call.speakers if s.role is Role.MANAGEMENT} == {"萨提亚·纳德拉", "艾米·胡德"}
    assert call.passages[-1].speaker.name == "艾米·胡德"


def test_a_memo_with_times(wild) -> None:
    call = wild("alphamemo*.txt")
    assert (call.company, call.ticker, call.date) == ("聯發科", "2454", "2026-03-11")
    assert (call.period, call.warnings) == (None, ())
    assert [s.name for s in call.speakers] == ["Jason Wang", "Jessie Wang"]
    assert not any(p.text.startswith("(0") for p in call.passages)
    assert [p.delivery for p in call.passages] == [Delivery.ORIGINAL, Delivery.TRANSLATED] * 22
    assert (call.passages[0].time.start, call.passages[-1].time.start) == (0, 688)


def test_talks_name_no_company_and_no_period(wild) -> None:
    facts = {
        "archivetw*.md": ("2021-05-12", "2021-05-12 TechSequences 訪談"),
        "thoughtfoundry*.md": ("2026-02-27", None),
        "subtitle*.txt": (None, None),
    }
    for pattern, (date, title) in facts.items():
        talk = wild(pattern)
        assert (talk.company, talk.ticker, talk.period, talk.fiscal, talk.date) == (None, None, None, False, date)
        assert title in {None, talk.title}
        assert len(talk.warnings) == pattern.startswith("subtitle"), "nobody is named there"


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
