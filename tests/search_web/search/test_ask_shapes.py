"""Questions of many shapes: what was paid, what is compared, what is supposed, and of whom and when nothing is known."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.stores.index import IndexReader
from search_web.search.answers import answer_question
from search_web.search.confidence import Evidence, confidence
from search_web.search.directions import opposed
from search_web.search.question_kinds import Wanted, announces, kinds_asked, kinds_carried, tells_earlier
from search_web.search.relative_periods import speaks_of_quarter
from search_web.search.request import SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from pathlib import Path

    from search_web.search.answer_values import Answer, AnswerResponse

CALL = """\
Brackwater Foods Q3 2024 Earnings Call

Ada Renshaw -- Chief Executive Officer

Good morning. In August we bought the Hollin dairy. The dairy has 300 cows and two cheese rooms. We paid $40 million in cash and took on no debt.

Our egg volume rose 9% because two new barns filled up in July, and prices held.

With that, Milo will take you through the bakery.

Milo Stroud -- Chief Financial Officer

Bakery sales were $61 million, up 8% compared with 5% in the second quarter.

Now to guidance. On our last call we expected sales growth of 4% to 6% for the year. We are refining that to between 5% and 6%.

Questions and Answers:

Ines Calder -- Farrow Securities -- Analyst

How many subscribers does the breakfast box have, and do they stay?

Ada Renshaw -- Chief Executive Officer

About 18,400 at the end of September. Most of them stay past the first winter.
"""


@pytest.fixture(scope="module")
def brackwater(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("brackwater")
    (folder / "call.txt").write_text(CALL, encoding="utf-8")
    index_paths(folder / "index", [folder / "call.txt"], BuildSettings(embedders=("bundled",)))
    return Searcher(IndexReader(folder / "index"))


def ask(searcher: Searcher, question: str, threshold: float = 0.5) -> AnswerResponse:
    return answer_question(searcher, SearchRequest(question), threshold=threshold)


def said(answer: Answer) -> str:
    return "…".join(answer.hit.text[start:end] for start, end in answer.sentences)


@pytest.mark.parametrize(
    ("question", "words", "speaker"),
    [
        ("How much did Brackwater pay for the Hollin dairy?", "$40 million", "Ada Renshaw"),
        ("What sales growth does Brackwater expect for the year?", "between 5% and 6%", "Milo Stroud"),
        ("How many subscribers does the breakfast box have?", "18,400", "Ada Renshaw"),
        ("What were bakery sales?", "$61 million", "Milo Stroud"),
        ("Why did egg volume rise?", "two new barns", "Ada Renshaw"),
    ],
)
def test_the_sentence_with_what_was_asked_for_is_marked(
    brackwater: Searcher, question: str, words: str, speaker: str
) -> None:
    first = ask(brackwater, question, threshold=0.0).answers[0]
    assert words in said(first)
    assert first.hit.speaker.name == speaker


def test_who_asks_why_something_fell_that_rose_gets_no_answer(brackwater: Searcher) -> None:
    rose, fell = ask(brackwater, "Why did egg volume rise?"), ask(brackwater, "Why did egg volume fall?")
    assert rose.answered
    assert not fell.answered


def test_a_sentence_that_hands_over_is_no_answer(brackwater: Searcher) -> None:
    answers = ask(brackwater, "Who takes us through the bakery?", threshold=0.0).answers
    assert answers
    assert not any("take you through" in said(answer) for answer in answers)


def test_a_period_that_something_is_compared_with_does_not_bind(searcher: Searcher) -> None:
    response = ask(searcher, "How did Beacon revenue growth compare with the second quarter?", threshold=0.0)
    assert not [chip for chip in response.chips if chip.kind == "period"]
    assert response.answers[0].hit.transcript.period == "2024Q3"


def test_what_a_company_expects_of_a_coming_quarter_is_answered_from_its_last_call(searcher: Searcher) -> None:
    first = ask(searcher, "What does Fenwick Harbor expect revenue to be in Q4 2024?").answers[0]
    assert "$1.42 billion" in said(first)


def test_a_quarter_without_a_call_of_which_nobody_speaks_is_answered_by_nobody(searcher: Searcher) -> None:
    response = ask(searcher, "What was Fenwick Harbor's revenue in the first quarter of 2024?")
    assert not response.answered
    assert "No call of this index is of “first quarter of 2024”." in response.notes


@pytest.mark.parametrize("question", ["上个季度 dairy 有多少头牛？", "How many cows did the dairy have last quarter?"])
def test_a_period_by_the_newest_call_that_no_call_is_of_is_told(brackwater: Searcher, question: str) -> None:
    assert any("上个季度" in note or "last quarter" in note for note in ask(brackwater, question).notes)


@pytest.mark.parametrize(
    "question",
    [
        "汪知秋怎么看回购？",
        "What did Odalys Quint say about the buyback?",
        "According to Odalys Quint, is there a buyback?",
    ],
)
def test_somebody_of_whom_nobody_speaks_has_said_nothing(searcher: Searcher, question: str) -> None:
    assert not ask(searcher, question).answered


@pytest.mark.parametrize("question", ["程若溪怎么看回购？", "管理层怎么看回购？", "高管怎么看回购？"])
def test_those_who_speak_and_groups_are_nobody_unknown(searcher: Searcher, question: str) -> None:
    response = ask(searcher, question)
    assert response.answered
    assert not any("speaks of" in note for note in response.notes)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("How much did they pay for the barn?", {Wanted.MONEY}),
        ("并购花了多少钱？", {Wanted.MONEY}),
        ("How much did costs fall?", {Wanted.QUANTITY}),
        ("海外订单占比是多少？", {Wanted.SHARE}),
        ("What share of parcels goes by rail?", {Wanted.SHARE}),
        ("What was the gross margin?", {Wanted.MEASURE}),
        ("What tax rate do you expect for 2031?", {Wanted.MEASURE}),
        ("What is driving revenue growth?", {Wanted.REASON}),
        ("What is your view on margins?", set()),
        ("What did she say about revenue?", set()),
        ("毛利率怎么样？", set()),
    ],
)
def test_a_question_asks_for_the_narrowest_figure(question: str, kinds: set[Wanted]) -> None:
    assert kinds_asked(question) == kinds


@pytest.mark.parametrize(
    ("sentence", "kind", "carries"),
    [
        ("In 2019 we opened a depot.", Wanted.QUANTITY, False),
        ("On August 19 the line stopped.", Wanted.QUANTITY, False),
        ("2019 年以来我们一直在投入。", Wanted.QUANTITY, False),
        ("这是第二个问题。", Wanted.QUANTITY, False),
        ("Our GPT-4 pilot ended in Q2.", Wanted.QUANTITY, False),
        ("这是对过去八年的总结。", Wanted.QUANTITY, False),
        ("We have invested for the past ten years.", Wanted.QUANTITY, False),
        ("It pays back in two years.", Wanted.QUANTITY, True),
        ("用量涨到原来的三倍。", Wanted.QUANTITY, True),
        ("We run two kilns.", Wanted.QUANTITY, True),
        ("We tried three ways.", Wanted.MEASURE, False),
        ("It pays two euros a share.", Wanted.MEASURE, True),
        ("The margin was 31 percent.", Wanted.MEASURE, True),
        ("A team of 26 joined.", Wanted.MONEY, False),
        ("它花了 3 亿元。", Wanted.MONEY, True),
        ("About half of it goes by rail.", Wanted.SHARE, True),
    ],
)
def test_a_year_a_date_and_an_ordinal_are_no_figures(sentence: str, kind: Wanted, *, carries: bool) -> None:
    assert (kind in kinds_carried(sentence, frozenset({kind}))) is carries


@pytest.mark.parametrize(
    ("question", "shown", "around", "is_opposed"),
    [
        ("why did milk sales fall?", "milk sales rose 4%.", "", True),
        ("奶酪收入为什么下降?", "奶酪收入增长 4%。", "", True),
        ("物流为什么由盈转亏?", "物流实现扭亏。", "", True),
        ("why did milk sales fall?", "without the refund, they would have grown.", "milk sales were down.", False),
        ("why did milk sales fall?", "the drought.", "", False),
        ("why did milk sales rise?", "milk sales rose on price.", "", False),
        ("为什么收入增长而利润下降?", "收入增长 4%。", "", False),
        ("how are milk sales?", "milk sales rose 4%.", "", False),
    ],
)
def test_only_what_tells_nothing_but_the_opposite_is_opposed(
    question: str, shown: str, around: str, *, is_opposed: bool
) -> None:
    assert opposed(question, shown, (shown, around)) is is_opposed


def test_the_opposite_of_what_is_supposed_is_never_sure() -> None:
    best = Evidence(1.0, 1.0, 6.0, 1.0, foreign=False, sentence_deviations=6.0, passage_deviations=2.0)
    against = Evidence(1.0, 1.0, 6.0, 1.0, foreign=False, sentence_deviations=6.0, passage_deviations=2.0, opposed=True)
    for vectors in (True, False):
        assert confidence(against, vectors=vectors) < confidence(best, vectors=vectors)


@pytest.mark.parametrize(
    ("sentence", "earlier"),
    [
        ("On our last call we forecast growth of 4% to 6%.", True),
        ("此前我们预计全年增长 4% 到 6%。", True),
        ("We raised our previous guidance by a point.", False),
        ("在此之前市场并不大。", False),
    ],
)
def test_what_was_expected_before_is_told_from_what_is_expected_now(sentence: str, *, earlier: bool) -> None:
    assert tells_earlier(sentence) is earlier


@pytest.mark.parametrize(
    ("sentence", "tells_nothing"),
    [
        ("With that, Odalys will walk you through the mills.", True),
        ("Petra will review the trend in detail later in the call.", True),
        ("I'll now hand it over to Petra.", True),
        ("We will cover the cost of the repairs.", False),
        ("Petra will review the plan with the board.", False),
    ],
)
def test_who_hands_over_announces(sentence: str, *, tells_nothing: bool) -> None:
    assert announces(sentence) is tells_nothing


@pytest.mark.parametrize(
    ("text", "of", "speaks"),
    [
        ("We guide to more in the fourth quarter.", "2024Q3", True),
        ("四季度会更好。", None, True),
        ("Next quarter will be better.", "2024Q3", True),
        ("Next quarter will be better.", "2024Q2", False),
        ("A quarter of it goes by rail.", "2024Q3", False),
    ],
)
def test_a_passage_speaks_of_a_quarter_by_its_number_or_as_the_next(text: str, of: str | None, *, speaks: bool) -> None:
    assert speaks_of_quarter(text, "2024Q4", of) is speaks


def test_a_period_to_come_of_which_an_answer_speaks_needs_no_note(tmp_path: Path) -> None:
    (tmp_path / "call.txt").write_text(
        "麦田食品 2024 年第三季度业绩会\n2024年11月5日\n\n"
        "周岚 首席财务官：本季度收入为 41 亿元，面粉的成本下降了两个百分点。\n\n"
        "周岚 首席财务官：四季度我们会提价，吐司和法棍的出厂价各上调百分之三，经销商已经收到通知。\n",
        encoding="utf-8",
    )
    index_paths(tmp_path / "index", [tmp_path / "call.txt"], BuildSettings(embedders=("bundled",)))
    with closing(IndexReader(tmp_path / "index")) as reader:
        response = ask(Searcher(reader), "四季度会提价吗")
        assert "四季度" in response.answers[0].hit.text
        assert not any("四季度" in note for note in response.notes)
        assert any("一季度" in note for note in ask(Searcher(reader), "一季度收入是多少").notes)
