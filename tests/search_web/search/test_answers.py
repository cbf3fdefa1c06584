"""Questions put to the sample transcripts, and what answers them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from indexer.build import BuildSettings, index_paths
from indexer.errors import InvalidRequestError
from indexer.model import Role
from indexer.stores.filters import Filters
from indexer.stores.index import IndexReader
from search_web.cli import app
from search_web.search.answer_json import answers_json
from search_web.search.answer_values import Answer, AnswerResponse, Scope
from search_web.search.answers import answer_question, uses_operators
from search_web.search.question_kinds import announces, repeats_question
from search_web.search.request import SearchRequest
from search_web.search.searcher import Searcher


def ask(searcher: Searcher, question: str, scope: Scope = Scope.ANSWERS, **options: object) -> AnswerResponse:
    return answer_question(searcher, SearchRequest(question, **options), scope)  # type: ignore[arg-type]


def said(answer: Answer) -> str:
    return "…".join(answer.hit.text[start:end] for start, end in answer.sentences)


ANSWERED = [
    ("回购会不会停？", "回购不会停", "程若溪"),
    ("内蒙古园区什么时候上电？", "推迟到 8 月", "顾北辰"),
    ("谁将同时负责国内电商与 TingGo？", "秦以宁将同时负责国内电商与 TingGo", "沈望川"),
    ("智能体平台的次月留存是多少？", "88%", "顾北辰"),
    ("How many merchants do you plan to have on Copilot by the middle of 2026?", "15,000 merchants", "Rajiv Sundaram"),
    ("Who is the CFO of Fenwick Harbor?", "Helena Brandt, chief financial officer", "Dana Whitcomb"),
    ("How much did the same-hour grocery pilot cost?", "$11 million", "Marcus Oyelaran"),
    ("What utilization makes owning inference capacity better than renting?", "45%", "Rajiv Sundaram"),
]


@pytest.mark.parametrize(("question", "words", "speaker"), ANSWERED)
def test_the_first_answers_hold_the_words_that_answer(
    searcher: Searcher, question: str, words: str, speaker: str
) -> None:
    response = ask(searcher, question, limit=3)
    assert response.answered
    assert any(words in said(answer) and answer.hit.speaker.name == speaker for answer in response.answers)


@pytest.mark.parametrize(
    "question",
    [
        "地球到月球的距离是多少？",
        "When did Einstein publish the theory of relativity?",
        "太阳系有几颗行星？",
        "Who painted the ceiling of the chapel?",
        "恐龙为什么灭绝？",
    ],
)
def test_it_says_so_when_nothing_answers(searcher: Searcher, question: str) -> None:
    response = ask(searcher, question)
    assert not response.answered
    assert response.answers == ()
    assert response.confidence < response.threshold


def test_an_answer_tells_who_asked_and_where_the_answers_of_the_exchange_are(searcher: Searcher) -> None:
    first = ask(searcher, "回购会不会停？").answers[0]
    assert first.exchange is not None
    assert first.exchange.question.speaker.name == "何嘉言"
    assert first.hit.id in first.exchange.answers
    assert len(first.exchange.answers) > 1
    assert first.exchange.question.id not in first.exchange.answers


def test_a_question_in_english_is_answered_by_what_was_said_in_chinese(searcher: Searcher) -> None:
    response = ask(searcher, "Will the buyback stop?", filters=Filters(language=("zh",)))
    assert any("回购不会停" in said(answer) for answer in response.answers)


def test_searching_the_questions_gives_what_analysts_asked(searcher: Searcher) -> None:
    response = ask(searcher, "回购会不会停？", Scope.QUESTIONS)
    assert response.answered
    assert all(answer.hit.asks for answer in response.answers)
    first = response.answers[0]
    assert first.hit.speaker.role is Role.ANALYST
    assert "回购会不会停" in said(first)
    assert first.exchange is not None
    assert first.exchange.answers


def test_searching_both_gives_each_exchange_once(searcher: Searcher) -> None:
    response = ask(searcher, "资本开支和自由现金流", Scope.BOTH, limit=20)
    units = [answer.id for answer in response.answers]
    assert len(units) == len(set(units)) > 1


def test_the_surest_answer_comes_first(searcher: Searcher) -> None:
    response = answer_question(searcher, SearchRequest("回购为什么减少？", limit=20), threshold=0.0)
    sure = [answer.confidence for answer in response.answers]
    assert len(sure) > 3
    assert sure == sorted(sure, reverse=True)
    assert response.confidence == sure[0]


def test_no_answer_above_the_threshold_is_held_back(searcher: Searcher) -> None:
    question = "How much did free cash flow grow?"
    every = answer_question(searcher, SearchRequest(question, limit=50), threshold=0.0)
    shown = ask(searcher, question, limit=50)
    assert [one.id for one in shown.answers] == [one.id for one in every.answers if one.confidence >= shown.threshold]


@pytest.mark.parametrize(
    ("question", "company"),
    [
        ("远汀集团的自由现金流为什么下降？", "远汀集团"),
        ("Why did Fenwick Harbor lower its outlook for free cash flow?", "Fenwick Harbor"),
        ("Fenwick Harbor 的回购有多少？", "Fenwick Harbor"),
    ],
)
def test_a_company_that_is_named_binds(searcher: Searcher, question: str, company: str) -> None:
    response = answer_question(searcher, SearchRequest(question, limit=50), threshold=0.0)
    assert response.answers
    assert {answer.hit.transcript.company for answer in response.answers} == {company}


def test_a_company_that_is_switched_off_does_not_bind(searcher: Searcher) -> None:
    chips = ask(searcher, "Fenwick Harbor 的回购有多少？").chips
    off = tuple(chip.id for chip in chips if chip.kind == "company")
    assert off
    request = SearchRequest("Fenwick Harbor 的回购有多少？", limit=50, without=off)
    response = answer_question(searcher, request, threshold=0.0)
    assert len({answer.hit.transcript.company for answer in response.answers}) > 1


@pytest.mark.parametrize(
    "question",
    ["腾讯的回购有多少？", "How much free cash flow did Amazon generate?", "What does Zyntherium charge for AI?"],
)
def test_a_company_that_nothing_speaks_of_is_answered_by_nobody(searcher: Searcher, question: str) -> None:
    response = answer_question(searcher, SearchRequest(question, limit=50), threshold=0.5)
    assert response.answers == ()


def test_a_period_that_is_named_binds(searcher: Searcher) -> None:
    request = SearchRequest("Fenwick Harbor 2024 Q2 free cash flow", limit=50)
    response = answer_question(searcher, request, threshold=0.0)
    assert {answer.hit.transcript.period for answer in response.answers} == {"2024Q2"}


def test_what_somebody_asked_is_answered_from_their_exchanges(searcher: Searcher) -> None:
    response = answer_question(searcher, SearchRequest("Sofia Lindqvist 问了什么？", limit=50), threshold=0.0)
    assert response.answers
    assert all(answer.exchange is not None for answer in response.answers)
    assert {answer.exchange.question.speaker.name for answer in response.answers if answer.exchange} == {
        "Sofia Lindqvist"
    }


@pytest.mark.parametrize(
    ("sentence", "repeats"),
    [
        ("第二个问题是关于利润率的。", True),
        ("您问的第二个问题是海外仓。", True),
        ("Your second question was on pricing.", True),
        ("运费是一位分析师提出的问题。", True),
        ("An analyst from Larkspur asked about freight.", True),
        ("问题集中在改地址。", False),
        ("分析师预期偏高，我们不评论。", False),
        ("The first question mark over demand went away in May.", False),
        ("利润率下降的原因是包装材料涨价。", False),
    ],
)
def test_a_sentence_that_only_repeats_the_question_is_told(sentence: str, *, repeats: bool) -> None:
    assert repeats_question(sentence) is repeats


@pytest.mark.parametrize(
    ("sentence", "tells_nothing"),
    [
        ("Now let's go through our berth margins and key cost items.", True),
        ("Turning to gross profit.", True),
        ("She will give an overview of the results and offer some guidance.", True),
        ("接下来，看一下成本趋势。", True),
        ("现在，我们看一下各港区的业绩。", True),
        ("Turning to margin, it improved on mix.", False),
        ("Let's look at the margin: it fell by two points.", False),
        ("We will discuss it with the board.", False),
        ("They will provide the funding of the plant.", False),
        ("现在看来，需求比去年好很多。", False),
        ("接下来我们投入 3 亿元。", False),
    ],
)
def test_a_sentence_that_only_announces_is_told(sentence: str, *, tells_nothing: bool) -> None:
    assert announces(sentence) is tells_nothing


ANNOUNCED = """\
Lockport Q2 2024 Earnings Call

Ines Ferreira -- Investor Relations

We are very pleased to have Tom Blake of Lockport with us today, who leads it.

She will give an overview of Lockport and offer some guidance on the margin.

Tom Blake -- Chief Financial Officer

Everybody worked hard in a cold winter, which helped us. Now let's go through our terminal margin and key cost items.

It was 17.6%, two points lower than last year, and rent was the main reason for what happened to the terminal margin.

Questions and Answers:

Paul Okafor -- Harbor Securities -- Analyst

What should we expect of the dredging in the south basin?

Tom Blake -- Chief Financial Officer

The dredging ends in May, and ships come in from June.
"""


@pytest.fixture(scope="module")
def lockport(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("lockport")
    (folder / "call.txt").write_text(ANNOUNCED, encoding="utf-8")
    index_paths(folder / "index", [folder / "call.txt"], BuildSettings(embedders=("bundled",)))
    return Searcher(IndexReader(folder / "index"))


@pytest.mark.parametrize("question", ["What was Lockport's terminal margin?", "What is the terminal margin?"])
def test_what_is_announced_is_answered_by_what_follows(lockport: Searcher, question: str) -> None:
    answers = answer_question(lockport, SearchRequest(question), threshold=0.0).answers
    assert "17.6%" in said(answers[0])
    assert not any("go through" in said(answer) or "overview" in said(answer) for answer in answers)


@pytest.mark.parametrize("question", ["Who asked about the dredging?", "谁问了 dredging？"])
def test_who_asked_is_told_by_the_question(lockport: Searcher, question: str) -> None:
    response = answer_question(lockport, SearchRequest(question), threshold=0.0)
    assert response.scope is Scope.QUESTIONS
    assert [answer.hit.speaker.name for answer in response.answers] == ["Paul Okafor"]


@pytest.mark.parametrize("scope", list(Scope))
@pytest.mark.parametrize("question", ["Which question comes first?", "listen-only mode", "下一个问题是谁提的？"])
def test_operators_never_answer(searcher: Searcher, question: str, scope: Scope) -> None:
    response = answer_question(searcher, SearchRequest(question, limit=50), scope, threshold=0.0)
    assert response.answers
    assert all(answer.hit.speaker.role is not Role.OPERATOR for answer in response.answers)


def test_analysts_do_not_answer(searcher: Searcher) -> None:
    response = answer_question(searcher, SearchRequest("my question is on guidance", limit=50), threshold=0.0)
    assert all(answer.hit.speaker.role is not Role.ANALYST and not answer.hit.asks for answer in response.answers)


def test_filters_hold_for_answers_found_through_their_question(searcher: Searcher) -> None:
    only = Filters(speaker=("罗启明",))
    response = answer_question(searcher, SearchRequest("欧盟的处理费", filters=only, limit=50), threshold=0.0)
    assert {answer.hit.speaker.name for answer in response.answers} == {"罗启明"}


def test_operators_in_a_question_bind(searcher: Searcher) -> None:
    response = answer_question(searcher, SearchRequest('"潮汐调度" 毛利', limit=50), threshold=0.0)
    assert response.answers
    assert all("潮汐调度" in answer.hit.text for answer in response.answers)


def test_marks_of_a_sentence_are_no_operators() -> None:
    assert not uses_operators("What about margins (and cash")
    assert not uses_operators("菜鸟为什么扭亏？")
    assert uses_operators("speaker:张勇 AI 怎么变现")


def test_a_limit_out_of_range_is_an_error(searcher: Searcher) -> None:
    with pytest.raises(InvalidRequestError, match="limit"):
        ask(searcher, "回购", limit=0)


WORDS = st.sampled_from(
    ["回购", "自由现金流", "多少", "为什么", "谁", "？", " ", "free cash flow", "why", "how much", "AI", "ＡＩ", "变现",
     "👩‍👩‍👧", "é", "淘寶", "question", "“", "(", "guidance", "汀云"]
)  # fmt: skip


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(question=st.lists(WORDS, min_size=1, max_size=6).map("".join).filter(str.strip), scope=st.sampled_from(Scope))
def test_every_sentence_is_verbatim_and_in_order(searcher: Searcher, question: str, scope: Scope) -> None:
    texts = {
        passage.id: passage.text
        for info in searcher.reader.current().passages.transcripts()
        for passage in searcher.reader.current().passages.transcript(info.id).passages
    }
    response = answer_question(searcher, SearchRequest(question, limit=20), scope, threshold=0.0)
    for answer in response.answers:
        text = texts[answer.hit.id]
        assert answer.hit.text == text
        assert 1 <= len(answer.sentences) <= 3
        assert 0.0 <= answer.confidence <= 1.0
        ends = [0]
        for start, end in answer.sentences:
            assert ends[-1] <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
            ends.append(end)
        assert all(0 <= start < end <= len(text) for start, end in answer.hit.highlights)


def test_the_command_prints_what_the_interface_answers(searcher: Searcher, sample_index: Path) -> None:
    result = CliRunner().invoke(app, ["ask", "回购会不会停？", "--index", str(sample_index), "--json"])
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    expected = answers_json(ask(searcher, "回购会不会停？", limit=5))
    assert printed | {"took_ms": 0} == json.loads(json.dumps(expected)) | {"took_ms": 0}
    first = printed["answers"][0]
    assert first["exchange"]["asker"]["name"] == "何嘉言"
    assert "回购不会停" in first["text"][slice(*first["sentences"][0])]


def test_the_command_says_that_nothing_answers_and_succeeds(sample_index: Path) -> None:
    result = CliRunner().invoke(app, ["ask", "恐龙为什么灭绝？", "--index", str(sample_index)])
    assert result.exit_code == 0
    assert "Nothing in this index answers: 恐龙为什么灭绝？" in result.stdout


def test_the_command_tells_the_passage_and_its_transcript(searcher: Searcher, sample_index: Path) -> None:
    first = ask(searcher, "回购会不会停？").answers[0]
    result = CliRunner().invoke(app, ["ask", "回购会不会停？", "--index", str(sample_index)], env={"COLUMNS": "250"})
    assert f"passage {first.hit.id}  transcript {first.hit.transcript.id}" in result.stdout


CALL = Path(__file__).parents[3] / "../shared/corpus/alibaba-june-quarter-2023-call-zh.txt"


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    if not CALL.is_file():
        pytest.skip(f"{CALL} is not there")
    folder = tmp_path_factory.mktemp("call") / "index"
    index_paths(folder, [CALL], BuildSettings(embedders=("bundled",)))
    return Searcher(IndexReader(folder))


@pytest.mark.parametrize(
    ("question", "fact", "speaker"),
    [
        ("菜鸟为什么扭亏？", "8.77", "徐宏"),
        ("How does management plan to monetize AI?", "阿里云", "张勇"),
        ("Lazada 亏损为什么收窄", "变现率", "徐宏"),
        ("How much free cash flow did the company generate?", "391", "徐宏"),
    ],
)
def test_a_real_call_answers_with_its_facts(call: Searcher, question: str, fact: str, speaker: str) -> None:
    response = ask(call, question)
    assert response.answered
    assert any(fact in said(answer) and answer.hit.speaker.name == speaker for answer in response.answers)


@pytest.mark.parametrize("question", ["Copilot 有没有供应不足？", "肯德基外卖为什么增长？", "微软的 Azure 增长是多少"])
def test_a_real_call_does_not_answer_for_another_company(call: Searcher, question: str) -> None:
    assert not ask(call, question).answered
