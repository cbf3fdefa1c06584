"""Where the opening, the remarks and the questions of a call begin."""

from __future__ import annotations

from itertools import groupby

import pytest

from indexer.model import Delivery, LineSpan, Role, Section, Speaker
from indexer.transcripts.sections import section_of_heading, sections_of
from indexer.transcripts.turns import Speech, SpokenTurn

OPERATOR = Speaker("s0", "Operator", role=Role.OPERATOR)
HOST = Speaker("s1", "Dana Reed", title="Vice President, Investor Relations", role=Role.MANAGEMENT)
CHIEF = Speaker("s2", "Ines Ferreira", title="Chief Executive Officer", role=Role.MANAGEMENT)
FINANCE = Speaker("s3", "Tom Blake", title="Chief Financial Officer", role=Role.MANAGEMENT)
BROKER = Speaker("s4", "周然", affiliation="北岭银行", role=Role.ANALYST)
ANALYST = Speaker("s5", "Wei Tan", affiliation="Northway", role=Role.ANALYST)


def turn(speaker: Speaker, text: str, opens: Section | None = None, *, asks: bool | None = None) -> SpokenTurn:
    return SpokenTurn(speaker, opens, (Speech(text, LineSpan(1, 1), None, None, Delivery.UNKNOWN),), asks=asks)


def begins(*turns: SpokenTurn) -> list[tuple[str, int]]:
    """Return each section with the turn that it begins with."""
    found = enumerate(sections_of(turns))
    return [(section.value, next(group)[0]) for section, group in groupby(found, key=lambda item: item[1])]


WELCOME = turn(OPERATOR, "Good day, and welcome. After the remarks there will be a question-and-answer session.")
INTRODUCTION = turn(HOST, "Thank you. Ines Ferreira speaks first, and then we will take your questions.")
REMARKS = turn(CHIEF, "Sales rose by a tenth. " * 20)
NUMBERS = turn(FINANCE, "Costs fell. " * 20)
CALL = turn(OPERATOR, "The first question comes from Wei Tan of Northway.")
QUESTION = turn(ANALYST, "How is China?")
ANSWER = turn(CHIEF, "Growing.")


def test_an_operator_opens_the_questions_without_a_heading() -> None:
    found = begins(WELCOME, INTRODUCTION, REMARKS, NUMBERS, CALL, QUESTION, ANSWER)
    assert found == [("intro", 0), ("prepared", 2), ("qa", 4)]


def test_a_heading_that_comes_late_does_not_hold_the_questions_back() -> None:
    late = turn(CHIEF, "Growing.", Section.QA)
    assert begins(WELCOME, REMARKS, NUMBERS, CALL, QUESTION, late)[-1] == ("qa", 3)


@pytest.mark.parametrize(
    "words", ["现在进入问答环节，有请第一位分析师。", "Let's open the line for questions.", "下面請各位投資者提問。"]
)
def test_a_host_opens_the_questions_where_there_is_no_operator(words: str) -> None:
    assert begins(INTRODUCTION, REMARKS, NUMBERS, turn(HOST, words), QUESTION, ANSWER)[-1] == ("qa", 3)


def test_a_chief_who_ends_by_inviting_questions_has_still_made_remarks() -> None:
    remarks = turn(FINANCE, "Costs fell. " * 100 + "We will now take your questions.")
    assert begins(INTRODUCTION, REMARKS, remarks, QUESTION, ANSWER) == [("intro", 0), ("prepared", 1), ("qa", 3)]


def test_a_chief_who_speaks_first_is_not_opening_the_call() -> None:
    assert begins(REMARKS, NUMBERS, QUESTION, ANSWER) == [("prepared", 0), ("qa", 2)]


def test_a_broker_who_welcomes_asks_nothing_yet() -> None:
    welcome = turn(BROKER, "欢迎各位参加远山科技的电话会，我是北岭银行的周然，下面请管理层介绍。")
    assert begins(welcome, REMARKS, NUMBERS, QUESTION, ANSWER) == [("intro", 0), ("prepared", 1), ("qa", 3)]


def test_a_heading_in_a_table_of_contents_begins_nothing() -> None:
    listed = turn(OPERATOR, WELCOME.text, Section.QA)
    assert begins(listed, INTRODUCTION, REMARKS, CALL, QUESTION, ANSWER)[-1] == ("qa", 3)
    again = turn(OPERATOR, CALL.text, Section.QA)
    assert begins(listed, INTRODUCTION, REMARKS, again, QUESTION, ANSWER)[-1] == ("qa", 3)


def test_a_record_of_questions_only_is_all_questions() -> None:
    first = turn(Speaker("s6", "问", role=Role.ANALYST), "产能如何？", Section.QA)
    assert begins(first, turn(Speaker("s7", "答", role=Role.MANAGEMENT), "十万吨。")) == [("qa", 0)]


def test_what_the_format_says_decides() -> None:
    people = [Speaker(f"s{number}", f"Speaker {number}") for number in range(2)]
    asked = [turn(people[0], "Sales rose."), turn(people[1], "Why?", asks=True), turn(people[0], "Demand.", asks=False)]
    assert begins(*asked) == [("prepared", 0), ("qa", 1)]


def test_an_investor_day_has_remarks_again_after_questions() -> None:
    opened = turn(OPERATOR, CALL.text, Section.QA)
    remarks = turn(FINANCE, NUMBERS.text, Section.PREPARED)
    day = (REMARKS, opened, QUESTION, ANSWER, remarks, opened, QUESTION, ANSWER)
    assert begins(*day) == [("prepared", 0), ("qa", 1), ("prepared", 4), ("qa", 5)]
    assert begins(*day[:5])[-1] == ("qa", 1), "no questions follow: the heading may be any"


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Questions and Answers:", Section.QA), ("Question-and-Answer Session", Section.QA), ("二、问答环节", Section.QA),
        ("【問答】", Section.QA), ("投資人提問環節", Section.QA), ("投资者提出的主要问题及公司回复情况", Section.QA), ("Q&A", Section.QA),
        ("Prepared Remarks:", Section.PREPARED), ("一、管理層發言", Section.PREPARED), ("Question and Answer ..... 9", None),
        ("问答题", None), ("Any questions?", None),
    ],
)  # fmt: skip
def test_headings_are_known(heading: str, section: Section | None) -> None:
    assert section_of_heading(heading) is section
