"""PDFs as they were found: facts about them, read off their pages, not their text."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from time import thread_time
from typing import TYPE_CHECKING

import pytest

from indexer.model import NonSpeechKind, Role, Section
from indexer.sources import read_source
from indexer.transcripts import parse_transcript

if TYPE_CHECKING:
    from indexer.model import Source, Transcript

WILD = Path(__file__).parents[3] / "../shared/corpus/wild"
pytestmark = pytest.mark.skipif(not WILD.is_dir(), reason="the wild transcripts are not beside this checkout")

POWER, MERCIER, SHARP = "Andrew P. Power", "Matthew Mercier", "Christopher Sharp"
EXECUTIVES = {
    POWER: "President, CEO & Director",
    SHARP: "Chief Technology Officer",
    "Colin McLean": "Chief Revenue Officer",
    "Gregory S. Wright": "Chief Investment Officer",
    "Jordan Sadler": "Senior Vice President of Public & Private Investor Relations",
    MERCIER: None,
}
EXCHANGES = (
    ("Jonathan Michael Petersen", "Jefferies LLC, Research Division", [POWER]),
    ("Jonathan Atkin", "RBC Capital Markets, Research Division", [POWER, MERCIER]),
    ("Eric Thomas Luebchow", "Wells Fargo Securities, LLC, Research Division", [POWER]),
    ("David William Barden", "BofA Securities, Research Division", [POWER, SHARP]),
    ("Jyhhaw Liu", "Evercore ISI Institutional Equities, Research Division", [POWER, SHARP]),
    ("Yong Choe", "JPMorgan Chase & Co, Research Division", [POWER, "Colin McLean"]),
    ("Michael Ian Rollins", "Citigroup Inc., Research Division", [POWER]),
    ("Frank Garrett Louthan", "Raymond James & Associates, Inc., Research Division", ["Gregory S. Wright"]),
    ("Simon William Flannery", "Morgan Stanley, Research Division", [POWER, MERCIER]),
    ("Aryeh Klein", "BMO Capital Markets Equity Research", [POWER]),
    ("Matthew Niknam", "Deutsche Bank AG, Research Division", [POWER]),
    ("Michael Elias", "TD Cowen, Research Division", [POWER, "Gregory S. Wright"]),
    ("Nicholas Ralph Del Deo", "MoffettNathanson LLC", [POWER]),
    ("Erik Rasmussen", "Stifel, Nicolaus & Company, Incorporated, Research Division", [POWER]),
)


@lru_cache
def source(pattern: str) -> Source:
    (path,) = WILD.glob(pattern)
    return read_source(path)


@pytest.fixture
def call() -> Transcript:
    return parse_transcript(source("capiq_*.pdf"))


def test_the_speakers_of_the_call_in_their_order(call: Transcript) -> None:
    expected = ["Operator", "Jordan Sadler", POWER, MERCIER]
    for asker, _, answerers in EXCHANGES:
        expected += ["Operator", asker, *answerers]
        if asker == "Michael Ian Rollins":
            expected += [asker, POWER]
    expected += ["Operator", POWER, "Operator"]
    assert [turn.speaker.name for turn in call.turns] == expected


def test_titles_and_firms_from_the_columns_of_participants(call: Transcript) -> None:
    assert {s.name: s.title for s in call.speakers if s.role is Role.MANAGEMENT} == EXECUTIVES
    assert {s.name: s.affiliation for s in call.speakers if s.role is Role.ANALYST} == {
        asker: firm for asker, firm, _ in EXCHANGES
    }
    assert [s.name for s in call.speakers if s.role is Role.OPERATOR] == ["Operator"]
    assert len(call.speakers) == 21


def test_where_the_sections_begin(call: Transcript) -> None:
    questions = next(passage for passage in call.passages if passage.section is Section.QA)
    assert (questions.page, questions.speaker.name) == (10, "Operator")
    assert questions.text.startswith("[Operator Instructions] Today's first question")
    prepared = next(passage for passage in call.passages if passage.section is Section.PREPARED)
    assert (prepared.page, prepared.speaker.name) == (4, POWER)
    assert {passage.heading for passage in call.passages} == {"Presentation", "Question and Answer"}


def test_the_exchanges_of_the_call(call: Transcript) -> None:
    found = [(e.asker.name, [answer.speaker.name for answer in e.answers]) for e in call.exchanges]
    assert found == [(asker, answerers) for asker, _, answerers in EXCHANGES]


def test_what_the_call_says_of_itself(call: Transcript) -> None:
    assert call.date == "2024-05-02"
    assert call.company is not None
    assert call.company.startswith("Digital Realty")
    assert call.language == "en"
    assert call.warnings == ()


@pytest.mark.parametrize(
    ("begins", "ends", "page"),
    [
        ("During the first quarter, we posted record", "in the company history.", 4),  # It ends on page 5.
        ("In terms of earnings growth,", "of our balance sheet.", 7),
        ("Highlighted in our investor presentations", "of their guidance ranges.", 8),  # It ends on page 9.
        ("I guess if I could just explore", "development is evolving?", 11),  # It ends on page 12.
        ("Maybe to piggyback", "private AI and inferencing?", 13),  # Its speaker line is on page 12.
        ("Andy, earlier you said", "thinking about them?", 18),  # The name is on page 17, the firm on page 18.
        ("Bigger backdrop.", "trend over time.", 18),  # It ends on page 19.
    ],
)
def test_paragraphs_are_whole_and_know_their_page(call: Transcript, begins: str, ends: str, page: int) -> None:
    (passage,) = [passage for passage in call.passages if passage.text.startswith(begins)]
    assert passage.text.endswith(ends)
    assert passage.page == page


def test_every_paragraph_is_whole(call: Transcript) -> None:
    """A speaker breaks off nowhere in this call: each paragraph is a run of sentences."""
    assert len(call.passages) == 157
    for passage in call.passages:
        assert re.match(r"[A-Z\[0-9]", passage.text)
        assert re.search(r"[.?\]]$", passage.text)


def test_a_hyphen_at_a_line_end_belongs_to_its_word(call: Transcript) -> None:
    assert any("growing mark-to-market opportunity" in passage.text for passage in call.passages)


def test_no_running_head_cover_or_notice_in_any_passage(call: Transcript) -> None:
    said = "\n".join(passage.text for passage in call.passages)
    for furniture in ("spglobal.com", "Copyright", "EARNINGS CALL |", "Table of Contents", "NYSE:", "EPS (GAAP)"):
        assert furniture not in said
    kinds = Counter(piece.kind for piece in call.non_speech)
    assert kinds[NonSpeechKind.PAGE_NUMBER] == 20
    assert kinds[NonSpeechKind.RUNNING_HEAD] == 18 + 2 * 20
    assert {p.page for p in call.passages} == set(range(4, 20))


def test_no_character_of_the_pages_is_lost(call: Transcript) -> None:
    lines = "".join(line.text for page in source("capiq_*.pdf").pages for line in page.lines)
    kept = "".join(piece.text for piece in (*call.passages, *call.non_speech))
    assert Counter("".join(kept.split())) == Counter("".join(lines.split()))


def test_the_announcement_comes_in_the_paragraphs_of_its_pages() -> None:
    pages = source("公告_*.PDF").pages
    lines = [line for page in pages for line in page.lines]
    begins = [line.text[:8].strip() for line in lines if not line.continues]
    assert [page.number for page in pages] == [1, 2]
    assert begins == [
        "证券代码：688", "宁波容百新能源科", "2021年年度业", "本公司董事会及全", "重要内容提示：", "宁波容百新能源科",
        "公司预计2021", "一、 本期业绩预", "(一) 业绩预告", "2021年1月1", "(二) 业绩预告", "经公司财务部门初", "公司预计2021",
        "(三) 本次业绩", "二、 上年同期业", "2020年度，公", "三、 本期业绩变", "1. 报告期内，", "2. 公司产品盈",
        "3. 公司前驱体", "4. 公司综合成", "四、 风险提示", "本次业绩预计是公", "五、 其他说明事", "以上预告数据仅为",
        "特此公告。", "宁波容百新能源科", "2022年1月4",
    ]  # fmt: skip
    assert {line.text for line in lines if line.heading} >= {
        "一、 本期业绩预告情况",
        "四、 风险提示",
        "2021年年度业绩预告",
    }
    assert not any(re.search(r"[\u4e00-\u9fff] [\u4e00-\u9fff]", line.text) for line in lines[2:] if not line.heading)
    assert all(line.text.isprintable() for line in lines)


def test_the_call_is_read_in_a_few_seconds_even_where_coverage_is_traced() -> None:
    (path,) = WILD.glob("capiq_*.pdf")
    times = []
    for _ in range(2):
        start = thread_time()
        read_source(path)
        times.append(thread_time() - start)
    # Three, where it is traced; a machine may be a quarter as fast.
    assert min(times) < 12.0
