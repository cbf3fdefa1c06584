"""What a question takes for granted, pins down or is after, and what of a call bears it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.stores.filters import Filters
from indexer.stores.index import IndexReader
from search_web.search.answer_values import Scope
from search_web.search.answers import answer_question
from search_web.search.asked_after import asks_after_questions
from search_web.search.directions import opposed
from search_web.search.premises import event_of
from search_web.search.question_kinds import Wanted, hands_over, kinds_asked, kinds_carried
from search_web.search.request import SearchRequest
from search_web.search.searcher import Searcher
from search_web.search.transliterations import is_transliterated, sounds_alike
from search_web.search.unknown_things import things_named

if TYPE_CHECKING:
    from pathlib import Path

    from search_web.search.answer_values import Answer, AnswerResponse

ENGLISH = """\
Cobble Lane Ceramics Q3 2024 Earnings Call

Prepared Remarks:

Nell Hawtrey -- Chief Executive Officer

Good morning. We ended the garden line in May because three moulds broke and nobody makes them any more.

Tile revenue in Brazil was $41 million, up 12%. Tile revenue in Canada was flat.

We opened two kilns and let 14 apprentices start. Glaze prices fell 3%, while tile sales grew 9% on new hotels.

With that, I would like to turn the call over to our chief financial officer, Osric Vane.

Osric Vane -- Chief Financial Officer

Free cash flow was $18 million. Wages were 31% of revenue, a point more than last year.

Questions and Answers:

Petra Quill -- China Harbour Brokers -- Analyst

How long is the lease of the Porto studio, and can you leave it early?

Osric Vane -- Chief Financial Officer

It runs until 2031. We can leave in 2027 for a small fee.
"""
CHINESE = """\
砚溪文具 2024 年第三季度业绩电话会
2024 年 11 月 6 日

业务概览

梁若谷
砚溪文具董事长
（原话）
各位好。砚池业务本季度收入 12 亿元，同比增长 15%。墨锭的单价继续下降，渠道库存也在下降。
下面请戈登·菲尔德介绍海外的情况。

戈登·菲尔德
砚溪文具海外总裁
（翻译）
我们在泰国新开了 6 家门店，主要得益于学校订单。海外收入 3 亿元，约合 4,200 万美元。
"""


def index_of(folder: Path, **texts: str) -> Searcher:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    index_paths(folder / "index", sorted(folder.glob("*.txt")), BuildSettings(embedders=("bundled",)))
    return Searcher(IndexReader(folder / "index"))


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return index_of(tmp_path_factory.mktemp("supposed"), english=ENGLISH, chinese=CHINESE)


def ask(searcher: Searcher, question: str, *, threshold: float = 0.5, filters: Filters | None = None) -> AnswerResponse:
    return answer_question(searcher, SearchRequest(question, filters=filters or Filters()), threshold=threshold)


def said(answer: Answer) -> str:
    return "…".join(answer.hit.text[start:end] for start, end in answer.sentences)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Why did Cobble Lane end the garden line?", "three moulds broke"),
        ("How much tile revenue was there in Brazil?", "$41 million"),
        ("What was free cash flow in dollars?", "$18 million"),
        ("What did Gordon Field say about stores in Thailand?", "6 家门店"),
        ("泰国新开了多少家门店？", "6 家门店"),
        ("海外收入约合多少美元？", "4,200 万美元"),
        ("砚池收入为什么增长？", "同比增长 15%"),
    ],
)
def test_what_was_told_is_answered(calls: Searcher, question: str, words: str) -> None:
    response = ask(calls, question)
    assert response.answered
    assert words in said(response.answers[0])


@pytest.mark.parametrize(
    "question",
    [
        "Why did Nell Hawtrey resign?",
        "Why did Cobble Lane Ceramics fire the apprentices?",
        "Why were the tiles recalled?",
        "梁若谷为什么辞职？",
        "砚池业务为什么停产？",
        "砚池收入为什么下降？",
        "How much tile revenue was there in Japan?",
        "砚池在越南的收入是多少？",
        "What was free cash flow in euros?",
        "海外收入折合多少日元？",
        "How many employees are there?",
        "What did Odalys Quint say about tiles?",
        "云鹭手机卖得怎么样？",
        "Did anybody ask about lead poisoning?",
    ],
)
def test_what_nobody_told_is_not_answered(calls: Searcher, question: str) -> None:
    assert not ask(calls, question).answered


@pytest.mark.parametrize(
    "question", ["Did anybody ask about the lease of the Porto studio?", "What did Petra Quill ask?"]
)
def test_what_was_asked_is_told_by_who_asked(calls: Searcher, question: str) -> None:
    response = ask(calls, question)
    assert response.scope is Scope.QUESTIONS
    assert [answer.hit.speaker.name for answer in response.answers] == ["Petra Quill"]


def test_where_only_analysts_may_speak_their_questions_are_searched(calls: Searcher) -> None:
    response = ask(calls, "lease of the Porto studio", filters=Filters(role=("analyst",)))
    assert "How long is the lease" in said(response.answers[0])


def test_the_place_that_begins_a_name_is_not_the_firm(calls: Searcher) -> None:
    assert not [chip for chip in ask(calls, "What was tile revenue in China?").chips if chip.kind == "firm"]
    assert [chip for chip in ask(calls, "What did China Harbour ask?").chips if chip.kind == "firm"]


def test_who_only_asks_back_answers_nothing(tmp_path: Path) -> None:
    lines = "Ada Moss: Is the ferry dock still closed in winter?\n\nBen Low: It is, from December until March.\n"
    searcher = index_of(tmp_path, meeting=lines)
    answers = ask(searcher, "Is the ferry dock closed in winter?", threshold=0.0).answers
    assert [answer.hit.speaker.name for answer in answers] == ["Ben Low"]


@pytest.mark.parametrize(
    ("question", "is_after"),
    [
        ("谁问了运费？", True),
        ("有没有人问过运费？", True),
        ("有分析师问到运费吗？", True),
        ("有没有人问运费的事？", True),
        ("Alex Roe 问了什么？", True),
        ("Did anyone ask about freight?", True),
        ("Which analysts asked about freight?", True),
        ("What did Alex Roe ask?", True),
        ("Were there any questions about freight?", True),
        ("运费的问题是什么？", False),
        ("主要问题有哪些？", False),
        ("What did Alex Roe say?", False),
        ("Did anyone leave the board?", False),
        ("有没有人离开董事会？", False),
    ],
)
def test_a_question_after_questions_is_told_from_others(question: str, *, is_after: bool) -> None:
    assert asks_after_questions(question) is is_after


@pytest.mark.parametrize(
    ("question", "event"),
    [
        ("Why did Cobble Lane cancel the order?", "cancel"),
        ("Why did the company decide to sell the mill?", "sell"),
        ("Why doesn't Nell Hawtrey still own the mill?", "own"),
        ("Why was the kettle recalled?", "recalled"),
        ("Why did             cancel the order?", "cancel"),
        ("砚溪为什么突然停产？", "停产"),
        ("為什麼要拆分？", "拆分"),
        ("Why did sales of tiles fall?", None),
        ("Why is wood dear?", None),
        ("What happened to the mill?", None),
    ],
)
def test_the_event_of_which_the_reason_is_asked_is_found(question: str, event: str | None) -> None:
    span = event_of(question)
    assert (question[slice(*span)] if span else None) == event


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("We have 3,100 pickers.", True),
        ("我们有 45 个仓。", True),
        ("已有数百万用户。", True),
        ("There were two of them.", True),
        ("Wages were 24.9% of sales, 10 basis points less.", False),
        ("It cost $41 million.", False),
        ("它花了 1.2 亿元。", False),
        ("88VIP 会员增长很快。", False),
    ],
)
def test_money_and_percentages_count_nothing(sentence: str, *, counts: bool) -> None:
    assert kinds_asked("How many pickers do you have?") == {Wanted.COUNT}
    assert bool(kinds_carried(sentence, frozenset({Wanted.COUNT}))) is counts


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("有多少员工？", {Wanted.COUNT}),
        ("How many of them stay?", {Wanted.QUANTITY}),
        ("贡献了几个百分点？", {Wanted.QUANTITY}),
        ("What is the interest rate on the notes?", {Wanted.MEASURE}),
        ("What did management expect for capital expenditures?", {Wanted.MEASURE}),
        ("What is the gross margin guidance?", {Wanted.MEASURE}),
    ],
)
def test_counts_and_rates_are_asked_for(question: str, kinds: set[Wanted]) -> None:
    assert kinds_asked(question) == kinds


@pytest.mark.parametrize(
    ("sentence", "hands"),
    [
        ("With that, I'd like to turn the call over to our chair, Osric Vane.", True),
        ("Back to you, Osric.", True),
        ("下面请戈登·菲尔德介绍海外的情况。", True),
        ("谢谢，接下来有请罗岚讲一讲财务。", True),
        ("We turned the mill over to the town for $3 million.", False),
        ("现在请工人的成本更高。", False),
    ],
)
def test_who_calls_on_the_next_tells_nothing(sentence: str, *, hands: bool) -> None:
    assert hands_over(sentence) is hands


def test_what_another_thing_did_does_not_bear_a_question_out() -> None:
    question, shown = "砚池收入为什么下降?", "砚池收入增长 15%。墨锭的单价继续下降。"
    assert opposed(question, shown, (), "砚池收入增长 15%。")
    assert not opposed(question, shown, (), shown)


@pytest.mark.parametrize(
    ("latin", "han", "alike"),
    [
        ("Gordon Field", "戈登·菲尔德", True),
        ("Osric Vane", "奥斯里克·韦恩", True),
        ("Martha Kessler", "玛莎·凯斯勒", True),
        ("Odalys Quint", "戈登·菲尔德", False),
        ("Nell Hawtrey", "玛莎·凯斯勒", False),
    ],
)
def test_names_that_are_written_by_their_sound_are_told_apart(latin: str, han: str, *, alike: bool) -> None:
    assert is_transliterated(han)
    assert sounds_alike(latin, han) is alike


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("云鹭手机卖得怎么样？", ["云鹭"]),
        ("请问星槎眼镜什么时候上市？", []),
        ("星槎眼镜的销量是多少？", ["星槎"]),
        ("智能手机的销量是多少？", []),
        ("手机卖得怎么样？", []),
        ("我们怎么看手机？", []),
    ],
)
def test_the_name_of_goods_stands_before_their_kind(question: str, things: list[str]) -> None:
    assert [question[slice(*span)] for span in things_named(question)] == things
