"""What a question asks for, and which sentences carry it."""

from __future__ import annotations

from time import thread_time

import pytest

from search_web.search.question_kinds import Wanted, kinds_asked, kinds_carried


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("毛利率为什么下降？", {Wanted.REASON}),
        ("Why did margins fall?", {Wanted.REASON}),
        ("門店有多少家？", {Wanted.COUNT}),
        ("毛利率是多少？", {Wanted.QUANTITY}),
        ("How much did it cost, and when is it paid?", {Wanted.MONEY, Wanted.TIME}),
        ("新工厂什么时候投产？", {Wanted.TIME}),
        ("谁接任财务官？", {Wanted.PERSON}),
        ("Who will run the unit?", {Wanted.PERSON}),
        ("公司怎么看竞争？", set()),
        ("How do you see competition?", set()),
    ],
)
def test_question_words_tell_what_is_asked_for(question: str, kinds: set[Wanted]) -> None:
    assert kinds_asked(question) == kinds


@pytest.mark.parametrize(
    ("sentence", "kind", "carries"),
    [
        ("这主要是因为运费上涨。", Wanted.REASON, True),
        ("Freight was dearer, driven by fuel.", Wanted.REASON, True),
        ("运费上涨了。", Wanted.REASON, False),
        ("一共花了八千万元。", Wanted.QUANTITY, True),
        ("It came to 34 percent.", Wanted.QUANTITY, True),
        ("It came to a lot.", Wanted.QUANTITY, False),
        ("工厂明年三季度投产。", Wanted.TIME, True),
        ("We will open in September.", Wanted.TIME, True),
        ("We will open soon.", Wanted.TIME, False),
        ("由周总接任。", Wanted.PERSON, True),
        ("Anna Lindqvist takes over.", Wanted.PERSON, True),
        ("Somebody takes over.", Wanted.PERSON, False),
    ],
)
def test_marks_tell_what_a_sentence_carries(sentence: str, kind: Wanted, carries: bool) -> None:  # noqa: FBT001
    assert (kind in kinds_carried(sentence, frozenset({kind}))) is carries


@pytest.mark.parametrize("words", ["what did expect ", "how much did pay ", "what was revenue for "])
def test_a_long_text_of_question_words_is_read_quickly(words: str) -> None:
    began = thread_time()
    kinds_asked((words * 8000)[:8000])
    assert thread_time() - began < 2.0
